import DHIS2
import DHIS2Simulator

// The route is missing, forbidden or misconfigured.
extension ServedOrigin {
    static let routes: [ServedOrigin] = [
        ServedOrigin(
            "user who may not run it",
            { $0.route.isPublic = false },
            .route
        ),
        ServedOrigin(
            "disabled",
            { $0.route.disabled = true },
            .route
        ),
        ServedOrigin(
            "disabled after it was looked up",
            { $0.meets(.disableRoute) },
            .route
        ),
        ServedOrigin(
            "deleted after it was looked up",
            { $0.meets(.deleteRoute) },
            .route
        ),
        ServedOrigin(
            "code that is no route's",
            { $0.code = "targte" },
            .route
        ),
        ServedOrigin(
            "sub-path refused",
            {
                $0.route.url = "https://target.example.org/status"
                $0.path = "x"
            },
            .route
        ),
        // A slash alone counts as a sub-path for DHIS2, but the client drops it.
        ServedOrigin(
            "query that is not encoded as DHIS2 needs it",
            // Era B encodes again whatever it gets.
            in: SimulatedEra.since42,
            {
                $0.client.version = ServerVersion("2.41.9")
                $0.parameters = ["q": "a b"]
            },
            .route
        ),
        ServedOrigin(
            "route whose own path is not encoded",
            // Era B encodes again whatever it gets.
            in: SimulatedEra.since42,
            { $0.route.url = "https://target.example.org/a b" },
            .route
        ),
        ServedOrigin(
            "placeholder without a value",
            // Placeholders came with 2.44.
            in: [.e],
            { $0.route.url = "https://target.example.org/{site}/status" },
            .route
        ),
        ServedOrigin(
            "placeholder before there were any",
            in: [.b],
            { $0.route.url = "https://target.example.org/{site}/status" },
            .route
        ),
        ServedOrigin(
            "credentials for the target that cannot be had",
            // OAuth 2 came with 2.42.
            in: SimulatedEra.since42,
            { $0.route.auth = .clientCredentials(token: nil) },
            .route
        ),
        ServedOrigin(
            "target that the allow-list does not name",
            // The list came with 2.42.
            in: SimulatedEra.since42,
            { $0.route.isAllowListed = false },
            .route
        ),
    ]
}
