/// A text file as it was read: the name to call it by, and its bytes.
///
/// Lines end at LF, CRLF or CR, as editors count them. A leading UTF-8 byte order mark belongs to no line.
///
/// The bytes are kept rather than a string: a file need not be UTF-8 to be reported, and a place that a parser names is
/// mostly a byte offset. ``SourcePosition`` is a place as people name it, and `SourceWalker` finds one from the
/// other.
public struct SourceText: Sendable {
    /// The name to call the file by in diagnostics.
    public let name: String
    /// The file's bytes, byte order mark included.
    public let bytes: [UInt8]

    /// Makes a source from a file's bytes.
    public init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }

    /// Makes a source from text.
    public init(name: String, text: String) {
        self.init(name: name, bytes: Array(text.utf8))
    }

    /// Where the text begins: after the byte order mark, if there is one.
    package var textStart: Int {
        bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// The position of the byte at an offset; an offset past the end gives the position after the last character.
    package func position(ofByte offset: Int) -> SourcePosition {
        var walker = SourceWalker(self)
        walker.advance(toByte: offset)
        return walker.position
    }
}

/// A place in a source text.
///
/// Every node of a tree keeps one, so it is packed into eight bytes.
public struct SourcePosition: Hashable, Comparable, Sendable {
    private var storedLine: UInt32
    private var storedColumn: UInt32

    /// The line, counted from 1.
    public var line: Int {
        get { Int(storedLine) }
        set { storedLine = UInt32(clamping: newValue) }
    }

    /// The column, counted from 1 in Unicode scalars.
    public var column: Int {
        get { Int(storedColumn) }
        set { storedColumn = UInt32(clamping: newValue) }
    }

    /// Creates a position from a line and a column, both counted from 1.
    public init(line: Int, column: Int) {
        storedLine = UInt32(clamping: line)
        storedColumn = UInt32(clamping: column)
    }

    /// Orders positions as they follow each other in the text.
    public static func < (left: Self, right: Self) -> Bool {
        (left.storedLine, left.storedColumn) < (right.storedLine, right.storedColumn)
    }
}

/// Goes forward through a source and knows line, column and byte offset at once.
///
/// Asking for places in the file's order costs one pass over the bytes altogether. A table of line starts would answer
/// any order as quickly, but most files have no problem at all, and then it would have been made for nothing.
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
