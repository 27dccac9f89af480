public import DHIS2Behaviour
public import HTTPVocabulary

/// The run that an answer belongs to, and what is known about its route and server.
public struct OriginContext: Sendable, Hashable {
    /// The route's code.
    public var code: String
    /// How the route was addressed; `nil` when the request never got so far.
    public var reference: RouteReference?
    /// The route as the list shows it.
    public var route: Route?
    /// The sub-path.
    public var subPath: String
    /// The method.
    public var method: HTTPMethod
    /// Whether the request had query parameters.
    public var hasQuery: Bool
    /// Whether the request's `Accept` lets DHIS2 write its own errors.
    public var acceptsErrors = true
    /// Whether the route's target has answered before.
    public var hasTargetAnswered = false
    /// The server.
    public var server: BaseURL
    /// Whether the credentials are a personal access token.
    public var usesToken: Bool
    /// The server's version.
    public var version: ServerVersion?
    /// The client's own bound on the request.
    public var timeout: Duration?
    /// What preflight found.
    public var preflight: PreflightKnowledge
    /// Whether the request belonged to the client's session; otherwise it made one of its own.
    public var isInSession = true
    /// Whether the request was sent a second time, because DHIS2 had ended the session of the first.
    public var wasRepeated = false
    /// Whether DHIS2 itself was asked, such as for `/api/system/info`: no target can have answered.
    var asksDHIS2Itself = false

    /// Creates a context; what is left out is unknown.
    public init(
        code: String,
        reference: RouteReference? = nil,
        route: Route? = nil,
        subPath: String = "",
        method: HTTPMethod = .get,
        hasQuery: Bool = false,
        server: BaseURL,
        usesToken: Bool = true,
        version: ServerVersion? = nil,
        timeout: Duration? = nil,
        preflight: PreflightKnowledge = PreflightKnowledge()
    ) {
        self.code = code
        self.reference = reference
        self.route = route
        self.subPath = subPath
        self.method = method
        self.hasQuery = hasQuery
        self.server = server
        self.usesToken = usesToken
        self.version = version
        self.timeout = timeout
        self.preflight = preflight
    }

    /// What the server can do, as far as its version is known.
    var behaviour: PossibleBehaviour { PossibleBehaviour(of: version) }

    /// Whether DHIS2 may have failed because the route authenticates by query parameters and the request had some too.
    var mayRefuseQuery: Bool {
        guard hasQuery, behaviour.may(\.refusesQueryBesideItsOwn) else { return false }
        guard let route else { return true }
        return route.authenticationType == Route.queryAuthentication
    }

    var dhis2Name: String { version.map { "DHIS2 \($0)" } ?? "DHIS2" }

    /// Whatever stands between the client and DHIS2.
    var inFront: String { "something in front of DHIS2 on \(server.hostAndPort)" }

    var routeName: String { "the route " + ServerText.quoted(code) }

    /// The target as sentences name it: with its host where that is known.
    var targetName: String {
        guard let host = route?.targetHost else { return "the target of \(routeName)" }
        return "the target of \(routeName) (\(ServerText.excerpt(host, limit: 80)))"
    }
}
