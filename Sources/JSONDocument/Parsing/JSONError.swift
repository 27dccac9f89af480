/// Why a text is not JSON, or not JSON that is accepted here.
///
/// Line and column are counted when the error is made, so that a text without a problem pays nothing for them.
public struct JSONError: Error, Hashable, CustomStringConvertible {
    /// The kind of a problem.
    public struct Code: Sendable, Hashable {
        private enum Kind: Sendable, Hashable {
            case syntax, encoding, duplicateName, numberOutOfRange, nestingTooDeep, textTooLarge
        }

        private let kind: Kind

        /// The text breaks the grammar of RFC 8259.
        public static let syntax = Code(kind: .syntax)

        /// The bytes are not UTF-8, or an escape stands for half a surrogate pair.
        public static let encoding = Code(kind: .encoding)

        /// An object has two members of one name.
        public static let duplicateName = Code(kind: .duplicateName)

        /// A number's exponent has more digits than are accepted.
        public static let numberOutOfRange = Code(kind: .numberOutOfRange)

        /// Arrays and objects are nested deeper than the limit.
        public static let nestingTooDeep = Code(kind: .nestingTooDeep)

        /// The text has more bytes than the limit.
        public static let textTooLarge = Code(kind: .textTooLarge)
    }

    /// The kind of the problem.
    public let code: Code

    /// A sentence that says what is wrong.
    public let message: String

    /// Where the problem starts.
    public let position: JSONPosition

    /// For a duplicate name, where the first member of that name is.
    public let firstPosition: JSONPosition?

    /// The position and the message.
    public var description: String { "\(position): \(message)" }

    init(_ code: Code, _ message: String, at position: JSONPosition, first: JSONPosition? = nil) {
        self.code = code
        self.message = message
        self.position = position
        firstPosition = first
    }
}

/// A place in a JSON text.
public struct JSONPosition: Sendable, Hashable, CustomStringConvertible {
    /// The number of bytes before the place.
    public let offset: Int

    /// The line, counted from 1; a line ends with its line feed.
    public let line: Int

    /// The column, counted in Unicode scalars from 1; a byte order mark before the text counts for nothing.
    public let column: Int

    /// The line and column in words.
    public var description: String { "line \(line), column \(column)" }

    init(offset: Int, in text: Span<UInt8>) {
        var line = 1
        var column = 1
        let start = JSONScanner.lengthOfByteOrderMark(text)
        for index in start..<max(min(offset, text.count), start) {
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

/// How large and how deep a JSON text may be.
public struct JSONLimits: Sendable, Hashable {
    /// The deepest nesting that any limits allow.
    ///
    /// Values are trees whose comparison and destruction recurse, so the bound keeps them within a thread's stack.
    public static let maximumDepth = 1_000

    /// The largest text that any limits allow, in bytes.
    public static let maximumBytes = Int(UInt32.max) - 1

    /// The deepest nesting of arrays and objects that is accepted, at most `maximumDepth`.
    public let depth: Int

    /// The largest text that is accepted, in bytes, at most `maximumBytes`.
    public let bytes: Int

    /// Sets the limits; larger ones than the maxima are lowered to them.
    public init(depth: Int = 256, bytes: Int = 256 * 1024 * 1024) {
        self.depth = min(depth, Self.maximumDepth)
        self.bytes = min(bytes, Self.maximumBytes)
    }
}
