import DHIS2
import DHIS2Simulator

// DHIS2 has no answer of the target's to pass on.
extension ServedOrigin {
    private static let failures: [(UpstreamFailure, ResponseOrigin.Layer, ResponseOrigin.Reason)] = [
        (.refused, .route, .targetRefused), (.unresolvable, .route, .targetNameResolution), (.tls, .route, .targetTLS),
        (.reset, .route, .targetReset), (.connectTimeout(after: .zero), .route, .targetTimeout),
        (.poolExhausted, .dhis2, .connectionPoolExhausted),
    ]

    static let unreachableTargets: [ServedOrigin] =
        failures.flatMap { failure, layer, reason in
            [
                ServedOrigin(
                    "\(reason), as 503",
                    // From 2.42 on it is a 500.
                    in: [.b],
                    { $0.route.upstream = .failing(failure) },
                    layer
                ),
                ServedOrigin(
                    "\(reason), as 500",
                    // Before 2.42 it is a 503.
                    in: SimulatedEra.since42,
                    { $0.route.upstream = .failing(failure) },
                    layer
                ),
            ]
        } + [
            ServedOrigin(
                "answer that is not HTTP",
                { $0.route.upstream = .failing(.garbage(line: "SSH-2.0-x y")) },
                .route
            ),
            ServedOrigin("chunks that are none", { $0.route.upstream = .failing(.badChunk(line: "zz")) }, .route),
            ServedOrigin("closes before it answers", { $0.route.upstream = .failing(.closes) }, .route),
            ServedOrigin(
                "redirect to a host that refuses",
                // Later eras do not follow it.
                in: [.b],
                {
                    let gone = SimulatedUpstream.failing(.refused)
                    let url = "https://moved.example.org/"
                    $0.route.upstream = .redirecting(to: url, status: 302, headers: [:], followedTo: gone)
                },
                .route
            ),
            ServedOrigin(
                "too slow for the route, as 503",
                // From 2.42 on it is an empty 504.
                in: [.b],
                {
                    $0.route.responseTimeoutSeconds = 1
                    $0.route.upstream = .failing(.timeout(after: nil))
                },
                .route
            ),
            ServedOrigin(
                "too slow for the route, as 504",
                // Before 2.42 it is a 503.
                in: SimulatedEra.since42,
                {
                    $0.route.responseTimeoutSeconds = 1
                    $0.route.upstream = .failing(.timeout(after: nil))
                },
                .route
            ),
            ServedOrigin(
                "empty 504 before the route's time is up",
                // Before 2.42 it can only be the target's.
                in: SimulatedEra.since42,
                {
                    $0.route.responseTimeoutSeconds = 60
                    $0.route.upstream = .empty(status: 504)
                },
                .upstream
            ),
            ServedOrigin(
                "empty 503 of the target",
                // 2.44 says it in another way when the allow-list does not name a target.
                in: [.d],
                { $0.route.upstream = .empty(status: 503) },
                .route
            ),
            ServedOrigin(
                "empty 503 of the target, where it can only be the target's",
                in: [.b, .e],
                { $0.route.upstream = .empty(status: 503) },
                .upstream
            ),
            ServedOrigin(
                "DHIS2's own 500",
                {
                    let body = #"{"httpStatus":"X","httpStatusCode":500,"status":"ERROR","message":"Null pointer"}"#
                    $0.meets(.status(500, headers: ["Content-Type": "application/json"], body: body))
                },
                .dhis2
            ),
        ]
}
