import DHIS2
import DHIS2Simulator

// The route is missing, forbidden or misconfigured.
extension ServedOrigin {
    static let routes: [ServedOrigin] = [
        ServedOrigin(
            "user who may not run it",
            { $0.route.isPublic = false },
            .route,
            .routeForbidden,
            .likely,
            """
            The user may not run the route "target": DHIS2 VERSION wants read access to it, or one of its authorities.
            """,
            or: .answered
        ),
        ServedOrigin(
            "disabled",
            { $0.route.disabled = true },
            .route,
            .routeDisabled,
            .likely,
            #"The route "target" exists but is disabled."#
        ),
        ServedOrigin(
            "disabled after it was looked up",
            { $0.meets(.disableRoute) },
            .route,
            .routeDisabled,
            .likely,
            #"The route "target" exists but is disabled."#
        ),
        ServedOrigin(
            "deleted after it was looked up",
            { $0.meets(.deleteRoute) },
            .route,
            .routeNotFound,
            .certain,
            #"No route has the code "target", or it is disabled and not shown to you."#
        ),
        ServedOrigin(
            "code that is no route's",
            { $0.code = "targte" },
            .route,
            .routeNotFound,
            .certain,
            #"No route has the code "targte", or it is disabled and not shown to you. Did you mean "target"?"#
        ),
        subPathRefused(in: [.b], as: 400),
        subPathRefused(in: SimulatedEra.since42, as: 502),
        // A slash alone counts as a sub-path for DHIS2, but the client drops it.
        ServedOrigin(
            "query that is not encoded as DHIS2 needs it",
            // Era B encodes again whatever it gets.
            in: SimulatedEra.since42,
            {
                $0.client.version = ServerVersion("2.41.9")
                $0.parameters = ["q": "a b"]
            },
            .route,
            .targetURLMalformed,
            .likely,
            """
            DHIS2 2.41.9 could not build the target's URL for the route "target": a character in the query is not \
            encoded as it needs it. Check the route's URL, and the version if it is pinned.
            """,
            or: .answered
        ),
        ServedOrigin(
            "route whose own path is not encoded",
            // Era B encodes again whatever it gets.
            in: SimulatedEra.since42,
            { $0.route.url = "https://target.example.org/a b" },
            .route,
            .targetURLMalformed,
            .likely,
            """
            DHIS2 VERSION could not build the target's URL for the route "target": a character in the path is not \
            encoded as it needs it. Check the route's URL, and the version if it is pinned.
            """,
            or: .answered
        ),
        ServedOrigin(
            "placeholder without a value",
            // Placeholders came with 2.44.
            in: [.e],
            { $0.route.url = "https://target.example.org/{site}/status" },
            .route,
            .placeholderMissing,
            .likely,
            #"The URL of the route "target" has the placeholder {site}, which got no value; give it as the parameter _site."#
        ),
        ServedOrigin(
            "placeholder before there were any",
            in: [.b],
            { $0.route.url = "https://target.example.org/{site}/status" },
            .route,
            .placeholderMissing,
            .likely,
            """
            The URL of the route "target" has the placeholder {site}, which DHIS2 VERSION cannot fill: placeholders came \
            with 2.44.
            """,
            or: .answered
        ),
        ServedOrigin(
            "credentials for the target that cannot be had",
            // OAuth 2 came with 2.42.
            in: SimulatedEra.since42,
            { $0.route.auth = .clientCredentials(token: nil) },
            .route,
            .targetAuthentication,
            .likely,
            """
            DHIS2 VERSION could not get the credentials that the route "target" sends to its target; check the route's \
            authentication, such as its OAuth 2 token address and secret.
            """
        ),
        ServedOrigin(
            "target that the allow-list does not name",
            // The list came with 2.42.
            in: SimulatedEra.since42,
            { $0.route.isAllowListed = false },
            .route,
            .targetNotAllowed,
            .possible,
            """
            DHIS2 VERSION may not call the target of the route "target" (target.example.org): its \
            route.remote_servers_allowed does not name the host, or the target is plain http.
            """,
            or: .answered
        ),
    ]

    private static func subPathRefused(in eras: [SimulatedEra], as status: Int) -> ServedOrigin {
        ServedOrigin(
            "sub-path refused",
            in: eras,
            {
                $0.route.url = "https://target.example.org/status"
                $0.path = "x"
            },
            .route,
            .subPathNotAllowed,
            .likely,
            """
            The route "target" takes no path after /run (\(status)). Let the route's URL end with /**, or leave the path \
            out.
            """
        )
    }
}
