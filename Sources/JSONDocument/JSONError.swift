/// Why a text is not JSON, or not JSON that is accepted here.
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
