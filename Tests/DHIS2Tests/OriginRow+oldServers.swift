import DHIS2
import HTTPVocabulary

// What 2.40 and 2.41 say.
extension OriginRow {
    private static func ioError(_ cause: String) -> HTTPExchange {
        .marked(503, message: "I/O error on GET request for \"https://chap.example.org/api?key=SECRET\": \(cause)")
    }

    static let oldServers: [OriginRow] =
        ["2.40.3", "2.41.8"].flatMap { (version: String) -> [OriginRow] in
            [
                (
                    "Connect to chap.example.org:443 failed: Connection refused", ResponseOrigin.Reason.targetRefused,
                    "connection refused"
                ),
                (
                    "chap.example.org: Name or service not known", .targetNameResolution,
                    "the host name does not resolve there"
                ),
                ("Read timed out", .targetTimeout, "no answer in time"),
                ("PKIX path building failed", .targetTLS, "it does not trust the target's certificate"),
                ("Connection reset", .targetReset, "the target broke the connection"),
                (
                    "chap.example.org:443 failed to respond", .targetReset,
                    "the target closed the connection before it answered"
                ),
                ("No route to host", .targetUnreachable, "no route to that host"),
                ("something else", .targetUnreachable, "an input or output error"),
            ].map { cause, reason, phrase in
                OriginRow(
                    "\(version): \(cause)",
                    ioError(cause),
                    in: .known(version),
                    .route,
                    reason,
                    .likely,
                    "DHIS2 \(version) \(verb(reason)) t\(target): \(phrase)."
                )
            } + [
                OriginRow(
                    "\(version): pool",
                    ioError("Timeout waiting for connection from pool"),
                    in: .known(version),
                    .dhis2,
                    .connectionPoolExhausted,
                    .likely,
                    "DHIS2 \(version) could not reach t\(target): all its connections to that host were in use."
                ),
                OriginRow(
                    "\(version): empty 503",
                    .marked(503),
                    in: .known(version),
                    .upstream,
                    .answered,
                    .certain,
                    "T\(target) answered 503."
                ),
                OriginRow(
                    "\(version): empty 504",
                    .marked(504).after(milliseconds: 9_999),
                    in: .known(version),
                    .upstream,
                    .answered,
                    .certain,
                    "T\(target) answered 504."
                ),
                OriginRow(
                    "\(version): redirect",
                    .marked(302),
                    in: .known(version, method: .post),
                    .upstream,
                    .redirected,
                    .possible,
                    """
                    T\(target) answered with a redirect (302), which DHIS2 does not follow; it drops the Location header. \
                    Let the route's URL name the final address.
                    """
                ),
            ]
        } + [
            OriginRow(
                "2.40.3: wrapped 500",
                .marked(500, message: "500 Internal Server Error"),
                in: .known("2.40.3"),
                .upstream,
                .answered,
                .likely,
                "T\(target) answered 500."
            ),
            OriginRow(
                "2.40.3: wrapped 400",
                .marked(400, message: "400 Bad Request"),
                in: .known("2.40.3"),
                .upstream,
                .answered,
                .likely,
                "T\(target) answered 400."
            ),
            OriginRow(
                "2.40.3: wrapped 403",
                .marked(403, message: "403 Forbidden"),
                in: .known("2.40.3"),
                .upstream,
                .answered,
                .likely,
                "T\(target) answered 403."
            ),
            OriginRow(
                "2.40.3: wrapped 422",
                .marked(422, message: "422"),
                in: .known("2.40.3"),
                .upstream,
                .answered,
                .likely,
                "T\(target) answered 422."
            ),
            OriginRow(
                "2.41.8: DHIS2's 500",
                .marked(500, message: "Connection refused"),
                in: .known("2.41.8"),
                .dhis2,
                .internalError,
                .possible,
                "DHIS2 2.41.8 may have failed itself (500); check the DHIS2 log: Connection refused",
                or: .answered
            ),
            OriginRow(
                "2.41.8: placeholder",
                .marked(400, message: "Not enough variable values available to expand 'region'"),
                in: .known("2.41.8"),
                .route,
                .placeholderMissing,
                .likely,
                """
                The URL of the route "chap" has the placeholder {region}, which DHIS2 2.41.8 cannot fill: placeholders came \
                with 2.44.
                """,
                or: .answered
            ),
            OriginRow(
                "2.43.0: another server's placeholder",
                .marked(400, message: "Not enough variable values available to expand 'region'"),
                .upstream,
                .answered,
                .possible,
                "T\(target) answered 400.",
                or: .unexpectedAnswer
            ),
        ]
}
