import DHIS2

// What 2.42 and later say.
extension OriginRow {
    /// What DHIS2 did not get from a target.
    static func verb(_ reason: ResponseOrigin.Reason) -> String {
        [.targetReset, .targetNotHTTP].contains(reason) ? "got no answer from" : "could not reach"
    }

    static let reactiveServers: [OriginRow] =
        ["2.42.2", "2.43.0", "2.44-SNAPSHOT"].flatMap { (version: String) -> [OriginRow] in
            [
                (
                    "Connection refused: chap.example.org/10.0.0.7:443", ResponseOrigin.Reason.targetRefused,
                    "connection refused"
                ),
                (
                    "Failed to resolve 'chap.example.org' [A(1)]", .targetNameResolution,
                    "the host name does not resolve there"
                ),
                (
                    "PKIX path building failed: unable to find valid certification path", .targetTLS,
                    "it does not trust the target's certificate"
                ),
                ("Received fatal alert: handshake_failure", .targetTLS, "the TLS handshake failed"),
                ("not an SSL/TLS record: 485454", .targetTLS, "TLS failed"),
                (
                    "connection timed out after 30000 ms: chap.example.org/10.0.0.7:443", .targetTimeout,
                    "it did not accept a connection in time; it is down, or a firewall drops the packets"
                ),
                ("Connection reset by peer", .targetReset, "the target broke the connection"),
                (
                    "Connection prematurely closed BEFORE response", .targetReset,
                    "the target closed the connection before it answered"
                ),
            ].map { message, reason, phrase in
                OriginRow(
                    "\(version): \(message)",
                    .marked(500, message: message),
                    in: .known(version),
                    .route,
                    reason,
                    .possible,
                    "DHIS2 \(version) \(verb(reason)) t\(target): \(phrase).",
                    or: .internalError
                )
            }
                + [
                    "Pool#acquire(Duration) has been pending for more than the configured timeout of 45000ms",
                    "Pending acquire queue has reached its maximum size of 1000",
                ].map { message in
                    OriginRow(
                        "\(version): \(message)",
                        .marked(500, message: message),
                        in: .known(version),
                        .dhis2,
                        .connectionPoolExhausted,
                        .possible,
                        "DHIS2 \(version) could not reach t\(target): all its connections to that host were in use.",
                        or: .internalError
                    )
                } + [
                    OriginRow(
                        "\(version): DHIS2's own 500",
                        .marked(500, message: "Cannot invoke \"String.length()\""),
                        in: .known(version),
                        .dhis2,
                        .internalError,
                        .possible,
                        "DHIS2 \(version) may have failed itself (500); check the DHIS2 log: Cannot invoke \"String.length()\"",
                        or: .answered
                    ),
                    OriginRow(
                        "\(version): the target's 500",
                        .marked(500, body: "oops"),
                        in: .known(version),
                        .upstream,
                        .answered,
                        .certain,
                        "T\(target) answered 500."
                    ),
                    OriginRow(
                        "\(version): too slow",
                        .marked(504).after(milliseconds: 10_050),
                        in: .known(version, route: .chap(timeout: 10)),
                        .route,
                        .targetTimeout,
                        .likely,
                        "T\(target) did not answer DHIS2 \(version) within the 10 s that the route allows."
                    ),
                    OriginRow(
                        "\(version): too slow by the default",
                        .marked(504).after(milliseconds: 5_010),
                        in: .known(version),
                        .route,
                        .targetTimeout,
                        .likely,
                        "T\(target) did not answer DHIS2 \(version) within the time that the route allows."
                    ),
                    OriginRow(
                        "\(version): 504 too early",
                        .marked(504).after(milliseconds: 40),
                        in: .known(version, route: .chap(timeout: 10)),
                        .upstream,
                        .answered,
                        .likely,
                        "T\(target) answered 504.",
                        or: .targetTimeout
                    ),
                    OriginRow(
                        "\(version): 504 too early for the default",
                        .marked(504).after(milliseconds: 40),
                        in: .known(version),
                        .route,
                        .targetTimeout,
                        .possible,
                        "T\(target) did not answer DHIS2 \(version) within the time that the route allows.",
                        or: .answered
                    ),
                    OriginRow(
                        "\(version): 504 with a body",
                        .marked(504, body: "late").after(milliseconds: 9_999),
                        in: .known(version),
                        .upstream,
                        .answered,
                        .certain,
                        "T\(target) answered 504."
                    ),
                ]
        }
        + ["2.42.2", "2.43.0"].map { (version: String) in
            OriginRow(
                "\(version): allow-list",
                .marked(503),
                in: .known(version),
                .route,
                .targetNotAllowed,
                .possible,
                """
                DHIS2 \(version) may not call the target of the route "chap" (chap.example.org): its \
                route.remote_servers_allowed does not name the host, or the target is plain http.
                """,
                or: .answered
            )
        } + [
            OriginRow(
                "2.44: empty 503",
                .marked(503),
                in: .known("2.44-SNAPSHOT"),
                .upstream,
                .answered,
                .certain,
                "T\(target) answered 503."
            ),
            OriginRow(
                "503 with a body",
                .marked(503, body: "busy"),
                .upstream,
                .answered,
                .certain,
                "T\(target) answered 503."
            ),
            OriginRow(
                "502 of the target",
                .marked(502, body: "upstream down"),
                .upstream,
                .answered,
                .certain,
                "T\(target) answered 502."
            ),
        ]
}
