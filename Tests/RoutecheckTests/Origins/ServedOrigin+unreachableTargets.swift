import DHIS2
import DHIS2Simulator

// DHIS2 has no answer of the target's to pass on.
extension ServedOrigin {
    private static let failures: [(UpstreamFailure, ResponseOrigin.Layer, ResponseOrigin.Reason, String)] = [
        (.refused, .route, .targetRefused, "connection refused"),
        (.unresolvable, .route, .targetNameResolution, "the host name does not resolve there"),
        (.tls, .route, .targetTLS, "it does not trust the target's certificate"),
        (.reset, .route, .targetReset, "the target broke the connection"),
        (.connectTimeout(after: .zero), .route, .targetTimeout, "no answer in time"),
        (.poolExhausted, .dhis2, .connectionPoolExhausted, "all its connections to that host were in use"),
    ]

    static let unreachableTargets: [ServedOrigin] =
        failures.flatMap { failure, layer, reason, phrase in
            [
                ServedOrigin(
                    "\(reason), as 503",
                    // From 2.42 on it is a 500.
                    in: [.b],
                    { $0.route.upstream = .failing(failure) },
                    layer,
                    reason,
                    .likely,
                    "DHIS2 VERSION could not reach t\(target): \(phrase)."
                ),
                ServedOrigin(
                    "\(reason), as 500",
                    // Before 2.42 it is a 503.
                    in: SimulatedEra.since42,
                    { $0.route.upstream = .failing(failure) },
                    layer,
                    reason,
                    .possible,
                    "DHIS2 VERSION could not reach t\(target): \(phrase).",
                    or: .internalError
                ),
            ]
        } + [
            ServedOrigin(
                "too slow for the route, as 503",
                // From 2.42 on it is an empty 504.
                in: [.b],
                {
                    $0.route.responseTimeoutSeconds = 1
                    $0.route.upstream = .failing(.timeout(after: nil))
                },
                .route,
                .targetTimeout,
                .likely,
                "DHIS2 VERSION could not reach t\(target): no answer in time."
            ),
            ServedOrigin(
                "too slow for the route, as 504",
                // Before 2.42 it is a 503.
                in: SimulatedEra.since42,
                {
                    $0.route.responseTimeoutSeconds = 1
                    $0.route.upstream = .failing(.timeout(after: nil))
                },
                .route,
                .targetTimeout,
                .likely,
                "T\(target) did not answer DHIS2 VERSION within the 1 s that the route allows."
            ),
            ServedOrigin(
                "empty 504 before the route's time is up",
                // Before 2.42 it can only be the target's.
                in: SimulatedEra.since42,
                {
                    $0.route.responseTimeoutSeconds = 60
                    $0.route.upstream = .empty(status: 504)
                },
                .upstream,
                .answered,
                .likely,
                "T\(target) answered 504.",
                or: .targetTimeout
            ),
            ServedOrigin(
                "empty 503 of the target",
                // 2.44 says it in another way when the allow-list does not name a target.
                in: [.d],
                { $0.route.upstream = .empty(status: 503) },
                .route,
                .targetNotAllowed,
                .possible,
                """
                DHIS2 VERSION may not call t\(target): its route.remote_servers_allowed does not name the host, or the \
                target is plain http.
                """,
                or: .answered
            ),
            ServedOrigin(
                "empty 503 of the target, where it can only be the target's",
                in: [.b, .e],
                { $0.route.upstream = .empty(status: 503) },
                .upstream,
                .answered,
                .likely,
                "T\(target) answered 503."
            ),
            ServedOrigin(
                "DHIS2's own 500",
                {
                    let body = #"{"httpStatus":"X","httpStatusCode":500,"status":"ERROR","message":"Null pointer"}"#
                    $0.meets(.status(500, headers: ["Content-Type": "application/json"], body: body))
                },
                .dhis2,
                .internalError,
                .possible,
                "DHIS2 VERSION may have failed by itself (500); its log knows more: Null pointer",
                or: .answered
            ),
        ]
}
