import DHIS2Behaviour

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
        let message = queryRefusal(of: "the route \(ServerText.verbatim(code))", by: "DHIS2 \(version)")
        return RouteError(.queryRefused, message: OriginDecision.capitalized(message), routeCode: code)
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
