/// A place in a JSON text.
public struct JSONPosition: Sendable, Hashable, CustomStringConvertible {
    /// The number of bytes before the place.
    public let offset: Int

    /// The line, counted from 1; a line ends with its line feed.
    public let line: Int

    /// The column, counted in Unicode scalars from 1.
    public let column: Int

    /// The line and column in words.
    public var description: String { "line \(line), column \(column)" }

    init(offset: Int, in text: Span<UInt8>) {
        var line = 1
        var column = 1
        for index in 0..<min(offset, text.count) {
            switch text[index] {
            case 0x0A:
                line += 1
                column = 1
            case 0x80...0xBF:
                // A continuation byte belongs to the scalar before it.
                break
            default:
                column += 1
            }
        }
        self.offset = offset
        self.line = line
        self.column = column
    }
}
