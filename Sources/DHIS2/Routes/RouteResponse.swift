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
