/// A deterministic automaton over a program, built state by state while a text is read.
///
/// The first time that a state meets a group of scalars, all live instructions are followed; after that it is one look
/// into a table. All states at once could be two to the power of the pattern's size, but a text visits few of them, so
/// only those are made. Where it visits too many, the tables are emptied and filled anew: memory is bounded, and a byte
/// never costs more than following the instructions once, so the time stays linear.
///
/// It answers whether there is a match, not where it starts. It lives for one search, so patterns stay immutable and
/// need no lock.
struct LazyAutomaton {
    /// The instructions that are live, before what consumes nothing is followed, and what stood before them.
    private struct State: Hashable {
        var before: Neighbour
        var live: [Int32]
    }

    private static let maximumStates = 1_000
    /// Bounds the memory of patterns whose states are large.
    private static let maximumLive = 200_000
    private static let unknown: Int32 = -1

    private let program: RegexProgram
    private let isSearch: Bool
    private let limit: Int
    private let columns: Int
    private var states: [State] = []
    private var numbers: [State: Int32] = [:]
    /// For each state and group of ASCII scalars: the next state, doubled, plus one if a match ended before it.
    private var table: [Int32] = []
    /// The same for the groups of all other scalars; its rows are made when the first such scalar comes.
    private var wideTable: [Int32] = []
    private var wideGroups: WideGroups
    private var liveCount = 0
    private var restarts = 0
    private var lastSeen: [Int]
    private var generation = 0
    private var pending: [Int32] = []

    /// How much work was done: bytes read and instructions looked at.
    private(set) var steps = 0

    /// - Parameters:
    ///   - program: The pattern.
    ///   - isSearch: Whether a match may start anywhere.
    ///   - limit: How many steps may be done; once `steps` is over it, no answer means anything.
    init(_ program: RegexProgram, isSearch: Bool, limit: Int = .max) {
        self.program = program
        self.isSearch = isSearch
        self.limit = limit
        columns = program.groupCount
        wideGroups = WideGroups(program)
        lastSeen = Array(repeating: 0, count: program.instructions.count)
    }

    mutating func matchesWhole(_ text: Span<UInt8>) -> Bool {
        var state = number(of: State(before: .edge, live: [0]))
        var position = 0
        while position < text.count, steps <= limit {
            let (scalar, length) = UTF8Decoder.scalar(in: text, at: position)
            state = next(after: state, scalar) >> 1
            if states[Int(state)].live.isEmpty { return false }
            position += length
        }
        return endsInMatch(state)
    }

    /// An offset from which the leftmost match can be looked for, or `nil` if there is no match.
    ///
    /// Nothing is live at that offset, so no match that starts earlier is missed.
    mutating func search(_ text: Span<UInt8>, from start: Int) -> Int? {
        var state = number(of: State(before: Neighbour(before: start, in: text), live: []))
        var position = start
        var idlePosition = start
        while true {
            if states[Int(state)].live.isEmpty {
                if program.isAnchored, position > start { return nil }
                if !program.prefix.isEmpty {
                    guard let found = program.firstPrefix(in: text, from: position) else {
                        steps += text.count - position
                        return nil
                    }
                    steps += found - position
                    position = found
                    state = number(of: State(before: Neighbour(before: found, in: text), live: []))
                }
                idlePosition = position
            }
            guard position < text.count else { break }
            guard steps <= limit else { return nil }
            let (scalar, length) = UTF8Decoder.scalar(in: text, at: position)
            let encoded = next(after: state, scalar)
            if encoded & 1 == 1 { return idlePosition }
            state = encoded >> 1
            position += length
        }
        return endsInMatch(state) ? idlePosition : nil
    }

    /// The next state, doubled, plus one if a match ended before the scalar.
    @inline(__always)
    private mutating func next(after state: Int32, _ scalar: UInt32) -> Int32 {
        steps += 1
        guard scalar < 128 else { return nextWide(after: state, scalar) }
        let cell = Int(state) * columns + Int(program.asciiGroups[Int(scalar)])
        let known = table[cell]
        if known != Self.unknown { return known }
        let restartsBefore = restarts
        let encoded = compute(after: state, scalar)
        // When the tables were emptied to make room, the old state's row is gone.
        if restarts == restartsBefore { table[cell] = encoded }
        return encoded
    }

    /// The same for a scalar beyond ASCII.
    private mutating func nextWide(after state: Int32, _ scalar: UInt32) -> Int32 {
        guard let group = wideGroups.group(of: scalar, steps: &steps) else { return compute(after: state, scalar) }
        let missing = states.count * WideGroups.maximumCount - wideTable.count
        if missing > 0 { wideTable.append(contentsOf: repeatElement(Self.unknown, count: missing)) }
        let cell = Int(state) * WideGroups.maximumCount + group
        let known = wideTable[cell]
        if known != Self.unknown { return known }
        let restartsBefore = restarts
        let encoded = compute(after: state, scalar)
        if restarts == restartsBefore { wideTable[cell] = encoded }
        return encoded
    }

    private mutating func compute(after state: Int32, _ scalar: UInt32) -> Int32 {
        var live: [Int32] = []
        let after = Neighbour(scalar: scalar)
        let isMatch = follow(states[Int(state)], after) { program, index in
            if program.accepts(program.instructions[index], scalar) { live.append(Int32(index + 1)) }
        }
        live.sort()
        return number(of: State(before: after, live: live)) << 1 | (isMatch ? 1 : 0)
    }

    private mutating func endsInMatch(_ state: Int32) -> Bool {
        follow(states[Int(state)], .edge) { _, _ in }
    }

    /// Visits each consuming instruction that can be reached here, and says whether the match can.
    private mutating func follow(
        _ state: State,
        _ after: Neighbour,
        visit: (RegexProgram, Int) -> Void
    ) -> Bool {
        generation += 1
        var isMatch = false
        pending.append(contentsOf: state.live)
        if isSearch, !program.isAnchored || state.before == .edge { pending.append(0) }
        while let index = pending.popLast().map(Int.init) {
            guard lastSeen[index] != generation else { continue }
            lastSeen[index] = generation
            steps += 1
            switch program.instructions[index] {
            case .jump(let target):
                pending.append(Int32(target))
            case .split(let first, let second):
                pending.append(Int32(first))
                pending.append(Int32(second))
            case .assert(let assertion):
                if assertion.holds(between: state.before, and: after) { pending.append(Int32(index + 1)) }
            case .match:
                isMatch = true
            case .scalar, .set:
                visit(program, index)
            }
        }
        return isMatch
    }

    private mutating func number(of state: State) -> Int32 {
        if let known = numbers[state] { return known }
        if states.count == Self.maximumStates || liveCount > Self.maximumLive {
            restarts += 1
            liveCount = 0
            states.removeAll(keepingCapacity: true)
            numbers.removeAll(keepingCapacity: true)
            table.removeAll(keepingCapacity: true)
            wideTable.removeAll(keepingCapacity: true)
        }
        liveCount += state.live.count
        let number = Int32(states.count)
        states.append(state)
        numbers[state] = number
        table.append(contentsOf: repeatElement(Self.unknown, count: columns))
        return number
    }
}

/// Sorts the scalars beyond ASCII into groups that no instruction of a program tells apart, as they come.
///
/// Which sets hold a scalar can depend on its category and case, so it is found out once for each scalar and kept.
private struct WideGroups {
    /// The most groups; scalars of further ones have none.
    static let maximumCount = 64

    private static let pageSize = 256
    private static let unknown: UInt8 = 255
    private static let none: UInt8 = 254

    private let program: RegexProgram
    /// For each page of scalars, where its groups start in `groups`, plus one; made with the first scalar.
    private var pages: [Int32] = []
    private var groups: [UInt8] = []
    private var numbers: [[UInt64]: UInt8] = [:]

    init(_ program: RegexProgram) {
        self.program = program
    }

    /// The number of a scalar's group, or `nil` if there are too many groups.
    @inline(__always)
    mutating func group(of scalar: UInt32, steps: inout Int) -> Int? {
        if pages.isEmpty { pages = Array(repeating: 0, count: 0x11_0000 / Self.pageSize) }
        let page = Int(scalar) / Self.pageSize
        if pages[page] == 0 {
            pages[page] = Int32(groups.count + 1)
            groups.append(contentsOf: repeatElement(Self.unknown, count: Self.pageSize))
        }
        let place = Int(pages[page]) - 1 + Int(scalar) % Self.pageSize
        if groups[place] == Self.unknown { groups[place] = number(for: scalar, steps: &steps) }
        return groups[place] == Self.none ? nil : Int(groups[place])
    }

    private mutating func number(for scalar: UInt32, steps: inout Int) -> UInt8 {
        let signature = signature(of: scalar)
        steps += program.sets.count + program.wideLiterals.count
        if let known = numbers[signature] { return known }
        guard numbers.count < Self.maximumCount else { return Self.none }
        let number = UInt8(numbers.count)
        numbers[signature] = number
        return number
    }

    /// Which literal the scalar is, if it is one, and then a bit for each set that says whether it holds the scalar.
    private func signature(of scalar: UInt32) -> [UInt64] {
        var words = [UInt64](repeating: 0, count: 1 + (program.sets.count + 63) / 64)
        if program.wideLiterals.contains(scalar) { words[0] = UInt64(scalar) }
        for (index, set) in program.sets.enumerated() where set.contains(scalar) {
            words[1 + index / 64] |= 1 << UInt64(index % 64)
        }
        return words
    }
}
