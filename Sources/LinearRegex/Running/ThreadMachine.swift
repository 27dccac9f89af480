/// Runs a program over a text by following all of its paths side by side, in order of preference.
///
/// At each position every instruction is looked at once at most, so the work is bounded by the length of the text
/// times the size of the program. A path that reaches an instruction after another one is dropped: the one before it is
/// preferred, and from there both would do the same. So the order of paths is all that is needed to find the match that
/// Perl would find, without trying one after the other.
struct ThreadMachine {
    /// What a run is to find.
    enum Goal {
        /// A match that covers the text from the start offset to the end.
        case whole
        /// Any match at all.
        case anywhere
        /// The preferred match that starts leftmost.
        case leftmost
    }

    private struct Thread {
        var instruction: Int
        var start: Int
    }

    private let program: RegexProgram
    private var closed: [Thread] = []
    private var pending: [Int] = []
    private var lastSeen: [Int]
    private var steps = 0

    private init(_ program: RegexProgram) {
        self.program = program
        lastSeen = Array(repeating: -1, count: program.instructions.count)
    }

    /// Runs a program from an offset.
    ///
    /// Once `steps` is over `limit`, what is returned means nothing.
    static func run(
        _ program: RegexProgram,
        on text: Span<UInt8>,
        from start: Int,
        goal: Goal,
        steps: inout Int,
        limit: Int = .max
    ) -> Range<Int>? {
        var machine = ThreadMachine(program)
        machine.steps = steps
        defer { steps = machine.steps }
        return machine.run(on: text, from: start, goal: goal, limit: limit)
    }

    private mutating func run(on text: Span<UInt8>, from start: Int, goal: Goal, limit: Int) -> Range<Int>? {
        var best: Range<Int>?
        var threads: [Thread] = []
        var position = start
        var before = Neighbour(before: start, in: text)
        while steps <= limit {
            steps += 1
            let isAtEnd = position == text.count
            let (scalar, length) = isAtEnd ? (0, 0) : UTF8Decoder.scalar(in: text, at: position)
            let after = isAtEnd ? Neighbour.edge : Neighbour(scalar: scalar)
            closed.removeAll(keepingCapacity: true)
            for thread in threads { close(thread, at: position, before, after) }
            let mayStart = goal == .whole || program.isAnchored ? position == start : best == nil
            if mayStart { close(Thread(instruction: 0, start: position), at: position, before, after) }

            threads.removeAll(keepingCapacity: true)
            advance: for thread in closed {
                steps += 1
                let instruction = program.instructions[thread.instruction]
                switch instruction {
                case .match:
                    if goal == .whole, !isAtEnd { continue }
                    best = thread.start..<position
                    // What follows is less preferred, here and from here on.
                    break advance
                default:
                    if !isAtEnd, program.accepts(instruction, scalar) {
                        threads.append(Thread(instruction: thread.instruction + 1, start: thread.start))
                    }
                }
            }
            if isAtEnd || (best != nil && goal != .leftmost) { return best }
            let canStartLater = goal != .whole && !program.isAnchored && best == nil
            if threads.isEmpty, !canStartLater { return best }
            position += length
            before = after
        }
        return nil
    }

    /// Follows what consumes nothing, and leaves the instructions that consume or match in order of preference.
    private mutating func close(_ thread: Thread, at position: Int, _ before: Neighbour, _ after: Neighbour) {
        pending.append(thread.instruction)
        while let index = pending.popLast() {
            guard lastSeen[index] != position else { continue }
            lastSeen[index] = position
            steps += 1
            switch program.instructions[index] {
            case .jump(let target):
                pending.append(target)
            case .split(let first, let second):
                pending.append(second)
                pending.append(first)
            case .assert(let assertion):
                if assertion.holds(between: before, and: after) { pending.append(index + 1) }
            case .scalar, .set, .match:
                closed.append(Thread(instruction: index, start: thread.start))
            }
        }
    }
}
