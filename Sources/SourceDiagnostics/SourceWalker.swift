/// Goes forward through a source and knows line, column and byte offset at once.
///
/// Asking for places in the file's order costs one pass over the bytes altogether.
package struct SourceWalker {
    private let bytes: [UInt8]
    private let start: Int
    package private(set) var offset: Int
    package private(set) var line = 1
    package private(set) var column = 1

    package init(_ source: SourceText) {
        bytes = source.bytes
        start = source.textStart
        offset = start
    }

    package var position: SourcePosition { SourcePosition(line: line, column: column) }

    /// The byte at the walker, or `nil` at the end.
    package var byte: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    /// The byte so many places ahead, or `nil` past the end.
    package func peek(_ distance: Int) -> UInt8? {
        offset + distance < bytes.count ? bytes[offset + distance] : nil
    }

    package var isAtEnd: Bool { offset >= bytes.count }

    /// Steps over one character, or over both bytes of a CRLF.
    package mutating func step() {
        guard offset < bytes.count else { return }
        let byte = bytes[offset]
        offset += 1
        switch byte {
        case UInt8(ascii: "\n"):
            line += 1
            column = 1
        case UInt8(ascii: "\r"):
            if offset < bytes.count, bytes[offset] == UInt8(ascii: "\n") { offset += 1 }
            line += 1
            column = 1
        case 0x80...:
            while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
            column += 1
        default:
            column += 1
        }
    }

    /// Goes to the character that holds the byte at `target`; starts again from the top when that lies behind.
    package mutating func advance(toByte target: Int) {
        if target < offset { rewind() }
        while offset < min(target, bytes.count) {
            let (before, beforeLine, beforeColumn) = (offset, line, column)
            step()
            if offset > target {
                (offset, line, column) = (before, beforeLine, beforeColumn)
                return
            }
        }
    }

    /// Goes to a position, or to the end of its line where the line is shorter.
    package mutating func advance(to target: SourcePosition) {
        if target < position { rewind() }
        while line < target.line, offset < bytes.count { step() }
        while line == target.line, column < target.column, let byte, byte != 0x0A, byte != 0x0D { step() }
    }

    private mutating func rewind() {
        offset = start
        line = 1
        column = 1
    }
}
