import DHIS2Behaviour

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

extension RouteError {
    static func noSuchRoute(_ code: String, suggestion: String?, response: RouteResponse? = nil) -> RouteError {
        var message = "No route has the code \(ServerText.verbatim(code))"
        if response?.reference == .code(code) { message += ", or it is disabled and not shown to you" }
        message += "."
        if let suggestion { message += " Did you mean \(ServerText.verbatim(suggestion))?" }
        return RouteError(.noSuchRoute, message: message, routeCode: code, response: response)
    }

    static func unaddressable(_ code: String, suggestion: String?) -> RouteError {
        var message = "No route with the code \(ServerText.verbatim(code)) is in the list of routes"
        message += ", and a URL cannot hold this code."
        if let suggestion { message += " Did you mean \(ServerText.verbatim(suggestion))?" }
        return RouteError(.noSuchRoute, message: message, routeCode: code)
    }

    static func lookupFailed(_ code: String, _ error: DHIS2Error) -> RouteError {
        if error.code == .cancelled { return cancelled(code) }
        return RouteError(
            .lookupFailed,
            message: "The route \(ServerText.verbatim(code)) could not be looked up: \(error.message)",
            routeCode: code,
            underlying: error
        )
    }

    static func versionUnknown(_ code: String, _ error: DHIS2Error) -> RouteError {
        if error.code == .cancelled { return cancelled(code) }
        return RouteError(
            .versionUnknown,
            message: """
                The parameters of the route \(ServerText.verbatim(code)) are written as the server's version needs it, \
                and that could not be read: \(error.message)
                """,
            routeCode: code,
            underlying: error
        )
    }

    static func noAnswer(_ code: String, _ error: TransportError, url: String) -> RouteError {
        RouteError(
            error.code == .cancelled ? .cancelled : .noAnswer,
            message: error.message,
            routeCode: code,
            transportError: error,
            url: url
        )
    }

    static func queryRefused(_ code: String, by version: ServerVersion) -> RouteError {
        let message = queryRefusal(of: "The route \(ServerText.verbatim(code))", by: "DHIS2 \(version)")
        return RouteError(.queryRefused, message: message, routeCode: code)
    }

    /// - Parameter route: What follows an article in a sentence.
    static func queryRefusal(of route: String, by dhis2: String) -> String {
        """
        \(route) authenticates to its target by query parameters, and \(dhis2) cannot run such a route with parameters \
        of the request (2.44 can). Leave out the parameters, or authenticate in another way.
        """
    }

    static func cancelled(_ code: String) -> RouteError {
        RouteError(
            .cancelled,
            message: "The task was cancelled while it looked up the route \(ServerText.verbatim(code)).",
            routeCode: code
        )
    }
}
