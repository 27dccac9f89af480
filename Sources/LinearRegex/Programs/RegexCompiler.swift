/// Turns a parsed pattern into a program for the automata.
///
/// The instructions are those of Thompson's construction, as Russ Cox describes them in "Regular Expression Matching:
/// the Virtual Machine Approach" (2009): counted repetitions are written out, and a choice is a split whose first
/// branch is the preferred one.
struct RegexCompiler {
    private var instructions: [RegexInstruction] = []
    private var sets: [ScalarSet] = []
    private var setIndices: [ScalarSet: Int] = [:]

    private init() {}

    static func compile(_ syntax: RegexSyntax) throws(RegexError) -> RegexProgram {
        // Checked before anything is emitted: nested counts such as (a{1000}){1000} multiply.
        guard size(of: syntax) < RegexProgram.maximumSize else {
            throw RegexError(
                "The pattern is too large: its repetitions expand to over \(RegexProgram.maximumSize) steps. "
                    + "Lower its counts.",
                at: 0
            )
        }
        var compiler = RegexCompiler()
        compiler.emit(syntax)
        compiler.instructions.append(.match)
        let (groups, count) = compiler.asciiGroups()
        var prefix: [UInt8] = []
        let isLiteral = appendPrefix(of: syntax, to: &prefix)
        return RegexProgram(
            instructions: compiler.instructions,
            sets: compiler.sets,
            prefix: prefix,
            isLiteral: isLiteral && !prefix.isEmpty,
            isAnchored: isAnchored(syntax),
            asciiGroups: groups,
            groupCount: count,
            wideLiterals: compiler.wideLiterals
        )
    }

    /// An upper bound of the work and the instructions that a pattern needs, at most `Int.max`.
    private static func size(of syntax: RegexSyntax) -> Int {
        switch syntax {
        case .empty, .scalar, .set, .assertion:
            return 1
        case .sequence(let pieces):
            return pieces.reduce(1) { saturatingSum($0, size(of: $1)) }
        case .alternatives(let branches):
            return branches.reduce(1) { saturatingSum($0, saturatingSum(size(of: $1), 2)) }
        case .repetition(let body, let minimum, let maximum, _):
            let copies = max(minimum, maximum ?? saturatingSum(minimum, 1), 1)
            let (product, overflow) = saturatingSum(size(of: body), 2).multipliedReportingOverflow(by: copies)
            return overflow ? Int.max : product
        }
    }

    private static func saturatingSum(_ left: Int, _ right: Int) -> Int {
        let (sum, overflow) = left.addingReportingOverflow(right)
        return overflow ? Int.max : sum
    }

    private mutating func emit(_ syntax: RegexSyntax) {
        switch syntax {
        case .empty:
            break
        case .scalar(let scalar):
            instructions.append(.scalar(scalar.value))
        case .set(let set):
            instructions.append(.set(index(of: set)))
        case .assertion(let assertion):
            instructions.append(.assert(assertion))
        case .sequence(let pieces):
            for piece in pieces { emit(piece) }
        case .alternatives(let branches):
            emitAlternatives(branches)
        case .repetition(let body, let minimum, let maximum, let isLazy):
            emitRepetition(body, minimum: minimum, maximum: maximum, isLazy: isLazy)
        }
    }

    private mutating func emitAlternatives(_ branches: [RegexSyntax]) {
        var exits: [Int] = []
        for (index, branch) in branches.enumerated() {
            guard index < branches.count - 1 else {
                emit(branch)
                break
            }
            let split = reserve()
            emit(branch)
            exits.append(reserve())
            instructions[split] = .split(split + 1, instructions.count)
        }
        for exit in exits { instructions[exit] = .jump(instructions.count) }
    }

    private mutating func emitRepetition(_ body: RegexSyntax, minimum: Int, maximum: Int?, isLazy: Bool) {
        if let maximum, maximum < minimum {
            // RFC 9485's grammar allows {3,1}; it matches nothing.
            instructions.append(.set(index(of: ScalarSet())))
            return
        }
        guard let maximum else {
            for _ in 1..<max(minimum, 1) { emit(body) }
            emitLoop(body, mayBeSkipped: minimum == 0, isLazy: isLazy)
            return
        }
        for _ in 0..<minimum { emit(body) }
        var splits: [Int] = []
        for _ in minimum..<maximum {
            splits.append(reserve())
            emit(body)
        }
        for split in splits {
            instructions[split] = Self.split(into: split + 1, past: instructions.count, isLazy: isLazy)
        }
    }

    /// Emits a body that may be repeated without end.
    ///
    /// The choice to go on comes after the body, so that a body that prefers to match nothing can end the loop.
    private mutating func emitLoop(_ body: RegexSyntax, mayBeSkipped: Bool, isLazy: Bool) {
        let skip = mayBeSkipped ? reserve() : nil
        let start = instructions.count
        emit(body)
        instructions.append(Self.split(into: start, past: instructions.count + 1, isLazy: isLazy))
        if let skip { instructions[skip] = Self.split(into: start, past: instructions.count, isLazy: isLazy) }
    }

    private static func split(into body: Int, past end: Int, isLazy: Bool) -> RegexInstruction {
        isLazy ? .split(end, body) : .split(body, end)
    }

    /// Leaves room for an instruction whose target is not known yet.
    private mutating func reserve() -> Int {
        instructions.append(.match)
        return instructions.count - 1
    }

    private mutating func index(of set: ScalarSet) -> Int {
        if let known = setIndices[set] { return known }
        sets.append(set)
        setIndices[set] = sets.count - 1
        return sets.count - 1
    }
}

// What speeds up the search for a match.
extension RegexCompiler {
    /// Appends the bytes that every match must start with, and says whether they are all of this part.
    private static func appendPrefix(of syntax: RegexSyntax, to prefix: inout [UInt8]) -> Bool {
        switch syntax {
        case .scalar(let scalar):
            let bytes = Array(String(scalar).utf8)
            guard prefix.count + bytes.count <= RegexProgram.maximumPrefix else { return false }
            prefix += bytes
            return true
        case .sequence(let pieces):
            for piece in pieces where !appendPrefix(of: piece, to: &prefix) { return false }
            return true
        case .repetition(let body, let minimum, _, _) where minimum > 0:
            _ = appendPrefix(of: body, to: &prefix)
            return false
        case .empty:
            return true
        case .set, .assertion, .alternatives, .repetition:
            return false
        }
    }

    private static func isAnchored(_ syntax: RegexSyntax) -> Bool {
        switch syntax {
        case .assertion(.textStart): true
        case .sequence(let pieces): pieces.first.map(isAnchored) ?? false
        case .alternatives(let branches): branches.allSatisfy(isAnchored)
        case .repetition(let body, let minimum, _, _): minimum > 0 && isAnchored(body)
        case .empty, .scalar, .set, .assertion: false
        }
    }

    private var wideLiterals: Set<UInt32> {
        var literals: Set<UInt32> = []
        for case .scalar(let value) in instructions where value >= 128 { literals.insert(value) }
        return literals
    }

    /// Splits ASCII into groups that the program and the assertions treat alike.
    private func asciiGroups() -> (groups: [UInt8], count: Int) {
        var groups = (UInt32(0)..<128).map { UInt8(Neighbour(scalar: $0).rawValue - 1) }
        var count = 3
        func refine(_ isMember: (UInt32) -> Bool) {
            var renamed: [UInt16: UInt8] = [:]
            for value in 0..<128 {
                let key = UInt16(groups[value]) << 1 | (isMember(UInt32(value)) ? 1 : 0)
                let group = renamed[key] ?? UInt8(renamed.count)
                renamed[key] = group
                groups[value] = group
            }
            count = renamed.count
        }
        for set in sets { refine(set.contains) }
        var literals: Set<UInt32> = []
        for case .scalar(let value) in instructions where value < 128 && literals.insert(value).inserted {
            refine { $0 == value }
        }
        return (groups, count)
    }
}
