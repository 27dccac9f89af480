/// Why a query or a sub-path cannot be sent so that the route's target gets it as it was given.
public struct RequestEncodingError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What cannot be sent.
    public var code: Code
    /// A sentence that names the character and the server's version.
    public var message: String

    /// Creates an error.
    public init(_ code: Code, message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}

extension RequestEncodingError {
    /// A kind of encoding error; more may be added.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Kind: String {
            case queryCharacter = "query-character"
            case pathCharacter = "path-character"
            case pathSegment = "path-segment"
        }

        private let kind: Kind

        /// A parameter holds a character that this server's version alters on its way to the target.
        public static let queryCharacter = Self(kind: .queryCharacter)
        /// The sub-path holds a character that DHIS2 refuses or alters.
        public static let pathCharacter = Self(kind: .pathCharacter)
        /// The sub-path has an empty, `.` or `..` segment.
        public static let pathSegment = Self(kind: .pathSegment)

        /// The code in kebab-case, as reports show it.
        public var description: String { kind.rawValue }
    }
}
