/// A text file as it was read: the name to call it by, and its bytes.
///
/// Lines end at LF, CRLF or CR, as editors count them. A leading UTF-8 byte order mark belongs to no line.
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
