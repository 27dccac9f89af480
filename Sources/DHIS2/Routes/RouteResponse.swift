import DHIS2Behaviour
public import HTTPVocabulary

/// The answer to a run of a route, whatever its status.
public struct RouteResponse: Sendable {
    /// The answer.
    public var exchange: HTTPExchange
    /// The request's URL as it was sent; credentials are never part of it, parameters are.
    public var url: String
    /// The request's method.
    public var method: HTTPMethod
    /// The sub-path as it was given.
    public var path: String
    /// Whether DHIS2 did not know the route any more, so that it was looked up again.
    public var wasLookedUpAgain = false
    /// Whether the request belonged to the client's session; otherwise it made one of its own.
    public var isInSession = true
    /// Whether the request was sent a second time, because DHIS2 had ended the session of the first.
    public var wasRepeated = false
    /// The request's header fields, the session's cookie apart.
    var requestFields = HTTPFields()

    /// Shared with the cache, so that each of many responses costs one reference.
    var target: RouteTarget

    /// The route's code, as it was asked for.
    public var code: String { target.code }

    /// How the route was addressed.
    public var reference: RouteReference { target.reference }

    /// The route as the list showed it last; `nil` when it was addressed by code without a look at the list.
    public var route: Route? { target.route }

    /// The route's uid, where it is known.
    public var uid: String? {
        if case .uid(let uid) = reference { uid } else { route?.id }
    }
}

extension RouteResponse {
    /// Creates the answer of a run that did not happen, for tests of code that takes one.
    ///
    /// - Parameters:
    ///   - exchange: The answer.
    ///   - code: The route's code.
    ///   - route: The route as the list would show it; `nil` addresses it by code.
    ///   - path: The sub-path.
    ///   - method: The request's method.
    ///   - apiURL: The API's URL, with a slash at its end.
    public init(
        _ exchange: HTTPExchange,
        code: String,
        route: Route? = nil,
        path: String = "",
        method: HTTPMethod = .get,
        apiURL: String = "https://dhis2.example.org/api/"
    ) {
        let target = RouteTarget(
            code: code,
            standing: route.map { .listed($0) } ?? .assumed,
            addressing: .uid,
            apiURL: apiURL
        )
        let url = (target.runURL ?? apiURL) + (path.isEmpty ? "" : "/" + path)
        self.init(exchange: exchange, url: url, method: method, path: path, target: target)
    }
}

/// Where runs of one code are sent.
///
/// A class, so that a run takes it out of the cache for the price of one reference count.
final class RouteTarget: Sendable {
    /// How the target came about.
    enum Standing {
        /// The list shows the route.
        case listed(Route)
        /// The list does not show it; DHIS2 may know it by code all the same.
        case unlisted
        /// The list was not asked.
        case assumed
    }

    let code: String
    let standing: Standing
    let reference: RouteReference
    /// The address of the run, without a sub-path; `nil` for a code that a URL cannot hold.
    let runURL: String?
    /// The route's target as DHIS2's list of allowed servers sees it: scheme, host and port.
    let targetOrigin: String?

    init(code: String, standing: Standing, addressing: RouteAddressing, apiURL: String) {
        self.code = code
        self.standing = standing
        targetOrigin = if case .listed(let route) = standing { route.targetOrigin } else { nil }
        if case .listed(let route) = standing, addressing == .uid || !RouteCodeRules.isAddressable(code) {
            reference = .uid(route.id)
        } else {
            reference = .code(code)
        }
        if case .code = reference, !RouteCodeRules.isAddressable(code) {
            runURL = nil
        } else {
            var url = apiURL + "routes/"
            url.appendPercentEncoded(reference.description, keeping: .plainInPath)
            runURL = url + "/run"
        }
    }

    var route: Route? {
        if case .listed(let route) = standing { route } else { nil }
    }
}

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
