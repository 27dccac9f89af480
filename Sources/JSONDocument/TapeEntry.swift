/// One value or member name of a parsed text.
///
/// Entries lie in the order of the text, parents before children.
struct TapeEntry: Sendable {
    enum Kind: UInt8, Sendable {
        case null, `false`, `true`, number, string, array, object
        /// A member's name; its value is the next entry.
        case name
    }

    let kind: Kind

    /// Whether a string or name has escapes to resolve.
    let isEscaped: Bool

    /// The byte offset of the first byte, for text the one after the quote.
    let start: UInt32

    /// The length in bytes, for text without its quotes; the number of children for arrays and objects.
    var length: UInt32

    /// The index after the last descendant, for arrays and objects.
    var end: UInt32

    init(_ kind: Kind, start: Int, length: Int, isEscaped: Bool = false) {
        self.kind = kind
        self.isEscaped = isEscaped
        self.start = UInt32(truncatingIfNeeded: start)
        self.length = UInt32(truncatingIfNeeded: length)
        end = 0
    }

    var isContainer: Bool { kind == .array || kind == .object }

    var byteRange: Range<Int> { Int(start)..<(Int(start) + Int(length)) }
}
