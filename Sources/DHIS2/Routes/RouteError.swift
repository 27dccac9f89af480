/// Why a run has no answer, or a route could not be looked up.
public struct RouteError: Error, Sendable, CustomStringConvertible {
    /// What kind of failure it was.
    public var code: Code
    /// A sentence that a person can act on.
    public var message: String
    /// The code of the route that was to run.
    public var routeCode: String
    /// Why no answer came, for ``Code/noAnswer``.
    public var transportError: TransportError?
    /// Why the lookup failed, for ``Code/lookupFailed`` and ``Code/versionUnknown``.
    public var underlying: DHIS2Error?
    /// DHIS2's own answer that it has no such route, for ``Code/noSuchRoute``.
    public var response: RouteResponse?
    /// The URL that the request was sent to, for ``Code/noAnswer``.
    public var url: String?

    /// Creates an error.
    public init(
        _ code: Code,
        message: String,
        routeCode: String,
        transportError: TransportError? = nil,
        underlying: DHIS2Error? = nil,
        response: RouteResponse? = nil,
        url: String? = nil
    ) {
        self.code = code
        self.message = message
        self.routeCode = routeCode
        self.transportError = transportError
        self.underlying = underlying
        self.response = response
        self.url = url
    }

    /// The message.
    public var description: String { message }
}

extension RouteError {
    /// A kind of failure; more may be added.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Kind: String {
            case noSuchRoute = "no-such-route"
            case lookupFailed = "lookup-failed"
            case versionUnknown = "version-unknown"
            case unsendable
            case queryRefused = "query-refused"
            case noAnswer = "no-answer"
            case cancelled
        }

        private let kind: Kind

        /// Neither the list nor DHIS2 itself knows a route with this code.
        public static let noSuchRoute = Self(kind: .noSuchRoute)
        /// The list of routes could not be read.
        public static let lookupFailed = Self(kind: .lookupFailed)
        /// The parameters need an encoding that depends on the server's version, and that could not be read.
        public static let versionUnknown = Self(kind: .versionUnknown)
        /// The parameters or the sub-path cannot reach the target unaltered.
        public static let unsendable = Self(kind: .unsendable)
        /// The route authenticates by query parameters, which DHIS2 up to 2.43 cannot call with parameters of the request.
        public static let queryRefused = Self(kind: .queryRefused)
        /// No complete answer came to the run.
        public static let noAnswer = Self(kind: .noAnswer)
        /// The task was cancelled.
        public static let cancelled = Self(kind: .cancelled)

        /// The code in kebab-case, as reports show it.
        public var description: String { kind.rawValue }
    }
}
