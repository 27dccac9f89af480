import DHIS2Behaviour

/// Recognises what DHIS2 says in its own words about a route.
enum OwnAnswer {
    /// Whether DHIS2 says that it has no route, or only a disabled one, with the uid or code it was addressed by.
    static func saysRouteNotFound(_ response: RouteResponse) -> Bool {
        guard response.exchange.statusCode == 404, let message = WebMessage(response.exchange)?.message else {
            return false
        }
        return isRouteNotFound(message, reference: response.reference.description)
    }

    /// Whether a 404's message names a route that is missing.
    ///
    /// The reference must match: a target that is a DHIS2 itself says the same of routes of its own.
    static func isRouteNotFound(_ message: String, reference: String) -> Bool {
        guard let known = DHIS2Message.recognise(message, about: .route, status: 404) else { return false }
        return [.routeNotFound, .routeNotFoundBefore242].contains(known.message) && known.gaps == [reference]
    }
}
