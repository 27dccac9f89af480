/// One step of the automaton that a pattern compiles to.
enum RegexInstruction: Hashable, Sendable {
    /// Consumes exactly this scalar.
    case scalar(UInt32)
    /// Consumes one scalar of the set with this index.
    case set(Int)
    /// Passes if the condition holds here.
    case assert(RegexAssertion)
    case jump(Int)
    /// Goes on at both; the first is preferred.
    case split(Int, Int)
    case match
}

/// A compiled pattern: instructions, and what speeds up finding where to start them.
///
/// Many patterns begin with plain text, and finding that first costs much less than running any automaton;
/// a pattern that is nothing but plain text never needs one.
struct RegexProgram: Hashable, Sendable {
    let instructions: [RegexInstruction]
    let sets: [ScalarSet]

    /// Bytes that every match starts with; at most `maximumPrefix`, so that looking for them stays linear.
    let prefix: [UInt8]

    /// Whether `prefix` is the whole pattern.
    let isLiteral: Bool

    /// Whether a match can start at the start of the text only.
    let isAnchored: Bool

    /// For each ASCII scalar, which group of scalars it belongs to that no instruction tells apart.
    let asciiGroups: [UInt8]
    let groupCount: Int

    /// The scalars beyond ASCII that an instruction consumes by themselves.
    let wideLiterals: Set<UInt32>

    static let maximumPrefix = 16

    /// The most instructions; the time to match is bounded by their number times the length of the text.
    static let maximumSize = 10_000

    @inline(__always)
    func accepts(_ instruction: RegexInstruction, _ scalar: UInt32) -> Bool {
        switch instruction {
        case .scalar(let expected): expected == scalar
        case .set(let index): sets[index].contains(scalar)
        case .assert, .jump, .split, .match: false
        }
    }

    func startsWithPrefix(_ text: Span<UInt8>, at offset: Int) -> Bool {
        guard offset + prefix.count <= text.count else { return false }
        for index in prefix.indices where text[offset + index] != prefix[index] { return false }
        return true
    }

    func firstPrefix(in text: Span<UInt8>, from start: Int) -> Int? {
        guard let first = prefix.first, start + prefix.count <= text.count else { return nil }
        let last = text.count - prefix.count
        var offset = start
        while offset <= last {
            if text[unchecked: offset] == first, startsWithPrefix(text, at: offset) { return offset }
            offset += 1
        }
        return nil
    }
}
