/// Why a request to DHIS2's own API gave no usable value.
public struct DHIS2Error: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of failure it was.
    public var code: Code
    /// A sentence that a person can act on.
    public var message: String
    /// The status of the answer, if one came.
    public var statusCode: Int?
    /// Why no answer came, if none came.
    public var transportError: TransportError?
    /// What is known about the server's or the credentials' fault, where the answer tells.
    public var problem: PreflightProblem?
    /// The value of the answer's `Retry-After` field, if it had one.
    public var retryAfter: String?

    /// Creates an error.
    public init(
        _ code: Code,
        message: String,
        statusCode: Int? = nil,
        transportError: TransportError? = nil,
        problem: PreflightProblem? = nil,
        retryAfter: String? = nil
    ) {
        self.code = code
        self.retryAfter = retryAfter
        self.message = message
        self.statusCode = statusCode
        self.transportError = transportError
        self.problem = problem
    }

    /// The message.
    public var description: String { message }
}

extension DHIS2Error {
    /// A kind of failure; more may be added.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Kind: String {
            case invalidBaseURL = "invalid-base-url"
            case invalidCredentials = "invalid-credentials"
            case noAnswer = "no-answer"
            case badStatus = "bad-status"
            case notJSON = "not-json"
            case invalidJSON = "invalid-json"
            case invalidPage = "invalid-page"
            case cancelled
        }

        private let kind: Kind

        /// The server's URL is malformed.
        public static let invalidBaseURL = Self(kind: .invalidBaseURL)
        /// The credentials cannot be sent in a header.
        public static let invalidCredentials = Self(kind: .invalidCredentials)
        /// No complete answer came; see ``DHIS2Error/transportError``.
        public static let noAnswer = Self(kind: .noAnswer)
        /// The answer's status is not 2xx.
        public static let badStatus = Self(kind: .badStatus)
        /// The answer is HTML, or another text that is not JSON.
        public static let notJSON = Self(kind: .notJSON)
        /// The answer is JSON, but not of the expected shape, or it was cut at the transport's limit.
        public static let invalidJSON = Self(kind: .invalidJSON)
        /// There is no such page of a list; nothing was sent.
        public static let invalidPage = Self(kind: .invalidPage)
        /// The task was cancelled while it waited.
        public static let cancelled = Self(kind: .cancelled)

        /// The code in kebab-case, as reports show it.
        public var description: String { kind.rawValue }
    }
}

extension DHIS2Error {
    init(_ problem: PreflightProblem) {
        let code: Code =
            if problem.transportError?.code == .cancelled { .cancelled } else if problem.transportError != nil {
                .noAnswer
            } else if let status = problem.statusCode, !(200...299).contains(status) {
                .badStatus
            } else {
                .notJSON
            }
        self.init(
            code,
            message: problem.message,
            statusCode: problem.statusCode,
            transportError: problem.transportError,
            problem: problem,
            retryAfter: problem.retryAfter
        )
    }
}
