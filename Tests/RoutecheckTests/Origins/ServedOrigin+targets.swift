import DHIS2
import DHIS2Simulator
import HTTPVocabulary

// The target answered.
extension ServedOrigin {
    static let targets: [ServedOrigin] =
        [400, 404, 405, 410, 418, 422, 429, 500, 502, 503, 504].map { (status: Int) in
            ServedOrigin(
                "\(status) of the target",
                { $0.route.upstream = .text(#"{"detail":"no"}"#, status: status) },
                .upstream
            )
        } + [
            ServedOrigin(
                "200",
                { $0.route.upstream = .text("{}") },
                .upstream
            ),
            ServedOrigin(
                "200 where a proxy hides the marks",
                { $0.server.hidesMarker = true },
                .upstream
            ),
            ServedOrigin(
                "HTML 200 of the target",
                { $0.route.upstream = .text("<title>Login</title>", type: "text/html") },
                .upstream
            ),
            ServedOrigin(
                "HTML 404 of the target",
                { $0.route.upstream = .text("<h1>Not Found</h1>", status: 404, type: "text/html") },
                .upstream
            ),
            ServedOrigin(
                "another DHIS2's missing route",
                { $0.targetSays(404, "Route not found: 'else'") },
                .upstream
            ),
            ServedOrigin(
                "redirect of the target to a GET",
                // Era B follows it.
                in: SimulatedEra.since42,
                { $0.route.upstream = .redirecting(to: "https://moved.example.org/") },
                .upstream
            ),
            ServedOrigin(
                "redirect of the target to a login page of its own",
                // Era B follows it.
                in: SimulatedEra.since42,
                { $0.route.upstream = .redirecting(to: "https://target.example.org/login/", status: 302) },
                .upstream
            ),
            ServedOrigin(
                "redirect of the target to a POST",
                // Later eras are certain of it, whatever the method.
                in: [.b],
                {
                    $0.route.upstream = .redirecting(to: "https://moved.example.org/")
                    $0.method = .post
                },
                .upstream
            ),
            ServedOrigin(
                "304 of the target",
                { $0.route.upstream = .empty(status: 304) },
                .upstream
            ),
            ServedOrigin(
                "empty 503 of the target",
                // From 2.42.4 to 2.43 the allow-list says the same.
                in: [.b, .e],
                { $0.route.upstream = .empty(status: 503) },
                .upstream
            ),
            ServedOrigin(
                "empty 504 of the target",
                // From 2.42 on a slow target looks the same.
                in: [.b],
                { $0.route.upstream = .empty(status: 504) },
                .upstream
            ),
        ]
}
