import DHIS2
import HTTPVocabulary

// Errors in DHIS2's message format, of the DHIS2 that was asked and of one that is the target of a route.
extension OriginRow {
    private static let newVersions = ["2.42.5.2", "2.43.1", "2.44-SNAPSHOT"]

    /// What a DHIS2 says of itself and of its routes, whichever it is.
    private static let words: [(status: Int, message: String?)] = [
        (400, "Illegal character in query at index 21: http://inner.example/a?key=SECRET"),
        (400, "Unknown path property: x"), (403, "User not authorized to execute route"),
        (403, "Access is denied"), (404, "Route not found: 'chapchapch1'"), (404, "Route not found: 'inner'"),
        (404, "OrganisationUnit with id x could not be found."), (405, "Request method 'PUT' is not supported"),
        (409, "One or more errors occurred, please see full details in import report."),
        (500, "Connection refused: inner.example/10.0.0.7:80"), (500, "Failed to resolve 'inner.example' [A(1)]"),
        (500, "PKIX path building failed: unable to find valid certification path"),
        (500, "Something else went wrong"), (500, nil), (502, "An error occurred during authentication"),
        (502, "Route '59' does not allow sub-paths"), (502, "An unexpected error occurred"), (503, "Down"),
        (504, "Late"),
    ]

    static let errorsOfInnerServers: [OriginRow] =
        newVersions.flatMap { version in
            words.map { status, message in
                OriginRow(
                    "\(version): the target's \(status) \(message ?? "without a message")",
                    .ofInner(status, message),
                    in: .known(version),
                    .upstream,
                    .answered,
                    .certain,
                    "T\(target) answered \(status)."
                )
            }
        }
        + words.map { status, message in
            OriginRow(
                "2.41.9.1: the target's \(status) \(message ?? "without a message") with its length",
                .ofInner(status, message, ["Content-Length: 99"]),
                in: .known("2.41.9.1", marks: [.securityHeaders, .chunks]),
                .upstream,
                .answered,
                .certain,
                "T\(target) answered \(status)."
            )
        }

    static let ownErrors: [OriginRow] =
        newVersions.flatMap { version in
            [
                OriginRow(
                    "\(version): own refusal of the user",
                    .own(403, "User not authorized to execute route"),
                    in: .known(version),
                    .route,
                    .routeForbidden,
                    .certain,
                    """
                    The user may not run the route "chap": DHIS2 \(version) wants read access to it, or one of its \
                    authorities.
                    """
                ),
                OriginRow(
                    "\(version): own disabled route",
                    .own(404, "Route not found: 'chapchapch1'"),
                    in: .known(version, route: .disabledChap),
                    .route,
                    .routeDisabled,
                    .certain,
                    "The route \"chap\" exists but is disabled."
                ),
                OriginRow(
                    "\(version): own 404 about something else",
                    .own(404, "App 'login' not found."),
                    in: .known(version),
                    .dhis2,
                    .unexpectedAnswer,
                    .certain,
                    "DHIS2 \(version) itself answered 404: App 'login' not found."
                ),
                OriginRow(
                    "\(version): own 500 without a message",
                    .own(500, nil),
                    in: .known(version),
                    .dhis2,
                    .internalError,
                    .certain,
                    "DHIS2 \(version) failed (500) without a message; check the DHIS2 log."
                ),
                OriginRow(
                    "\(version): own 500 about a mistake of its own",
                    .own(500, #"Cannot invoke "String.length()" because "value" is null"#),
                    in: .known(version),
                    .dhis2,
                    .internalError,
                    .certain,
                    """
                    DHIS2 \(version) failed (500); check the DHIS2 log: Cannot invoke "String.length()" because "value" is \
                    null
                    """
                ),
                OriginRow(
                    "\(version): own 409",
                    .own(409, "No"),
                    in: .known(version),
                    .dhis2,
                    .unexpectedAnswer,
                    .certain,
                    "DHIS2 \(version) itself answered 409: No"
                ),
                OriginRow(
                    "\(version): own error where a proxy strips the headers",
                    .answer(
                        403,
                        ["Content-Type: application/json"],
                        body: HTTPExchange.envelope(403, "User not authorized to execute route")
                    ),
                    in: .known(version, marks: []),
                    .route,
                    .routeForbidden,
                    .certain,
                    """
                    The user may not run the route "chap": DHIS2 \(version) wants read access to it, or one of its \
                    authorities.
                    """
                ),
                OriginRow(
                    "\(version): own error without a look at the server",
                    .own(502, "An error occurred during authentication"),
                    in: .known(nil, marksArrive: nil, accepted: nil),
                    .route,
                    .targetAuthentication,
                    .certain,
                    """
                    DHIS2 could not get the credentials that the route "chap" sends to its target; check the route's \
                    authentication, e.g. its OAuth 2 token address and secret.
                    """
                ),
                OriginRow(
                    "\(version): own answer to HEAD",
                    .marked(404, ["Content-Type: application/json"]),
                    in: .known(version, method: .head),
                    .dhis2,
                    .unexpectedAnswer,
                    .certain,
                    """
                    DHIS2 \(version) itself answered 404; the answer to a HEAD has no body that says why. Use GET to find \
                    out.
                    """
                ),
                OriginRow(
                    "\(version): the target's answer to HEAD",
                    .marked(404, ["Content-Type: application/json;charset=UTF-8"]),
                    in: .known(version, method: .head),
                    .upstream,
                    .answered,
                    .certain,
                    "T\(target) answered 404."
                ),
            ]
        } + [
            OriginRow(
                "2.41.9.1: own error in chunks",
                .ofInner(403, "User not authorized", ["Transfer-Encoding: chunked"]),
                in: .known("2.41.9.1", marks: [.securityHeaders, .chunks]),
                .route,
                .routeForbidden,
                .certain,
                "The user may not run the route \"chap\": DHIS2 2.41.9.1 wants read access to it, or one of its authorities."
            ),
            OriginRow(
                "2.41.9.1: own error where nothing arrives in chunks",
                .ofInner(403, "User not authorized"),
                in: .known("2.41.9.1"),
                .route,
                .routeForbidden,
                .likely,
                """
                The user may not run the route "chap": DHIS2 2.41.9.1 wants read access to it, or one of its authorities.
                """,
                or: .answered
            ),
            OriginRow(
                "own error under a type that a proxy has rewritten",
                .marked(403, message: "User not authorized to execute route"),
                .route,
                .routeForbidden,
                .likely,
                "The user may not run the route \"chap\": DHIS2 2.43.0 wants read access to it, or one of its authorities.",
                or: .answered
            ),
        ]

    /// A 401 in DHIS2's words and without a challenge, which DHIS2 gives to passwords only.
    static let refusalsOfPasswords: [OriginRow] = [
        OriginRow(
            "own 401 where a new session is due",
            .ofInner(401, "Unauthorized"),
            in: .known(marks: [.securityHeaders, .sessionCookie], usesToken: false) { $0.isInSession = false },
            .dhis2,
            .passwordRefused,
            .certain,
            """
            DHIS2 2.43.0 refused the username or the password; accounts with two-factor authentication get the same answer.
            """
        ),
        OriginRow(
            "own 401 where the end of the session is due",
            .ofInner(401, "Account disabled"),
            in: .known(marks: [.securityHeaders, .sessionExpiry], usesToken: false),
            .dhis2,
            .accountDisabled,
            .certain,
            "DHIS2 2.43.0 refused the user: the account is disabled."
        ),
        OriginRow(
            "own 401 to HEAD where a new session is due",
            .marked(401, ["Content-Type: application/json;charset=UTF-8"]),
            in: .known(marks: [.securityHeaders, .sessionCookie], usesToken: false, method: .head) {
                $0.isInSession = false
            },
            .dhis2,
            .credentialsRefused,
            .certain,
            "DHIS2 2.43.0 refused the credentials without saying why."
        ),
        OriginRow(
            "401 with a session",
            .ofInner(401, "Unauthorized", ["Set-Cookie: JSESSIONID=x; Path=/"]),
            in: .known(marks: [.securityHeaders, .sessionCookie], usesToken: false) { $0.isInSession = false },
            .upstream,
            .credentialsRefusedByTarget,
            .certain,
            "T\(target) refused the credentials that the route sends it (401)."
        ),
        OriginRow(
            "401 about a token with the end of the session",
            .ofInner(401, "The API token does not exists", ["Set-Cookie: SESSION_EXPIRE=x; Path=/"]),
            in: .known(marks: [.securityHeaders, .sessionExpiry]),
            .upstream,
            .credentialsRefusedByTarget,
            .certain,
            "T\(target) refused the credentials that the route sends it (401)."
        ),
        OriginRow(
            "401 in a session of 2.42, which hands out no cookie",
            .ofInner(401, "Unauthorized"),
            in: .known("2.42.5.2", marks: [.securityHeaders, .sessionCookie]),
            .upstream,
            .credentialsRefusedByTarget,
            .likely,
            "T\(target) refused the credentials that the route sends it (401).",
            or: .passwordRefused
        ),
        OriginRow(
            "401 about a token without its challenge in a session of 2.42",
            .ofInner(401, "The API token does not exists"),
            in: .known("2.42.5.2", marks: [.securityHeaders, .sessionCookie]),
            .upstream,
            .credentialsRefusedByTarget,
            .likely,
            "T\(target) refused the credentials that the route sends it (401).",
            or: .tokenUnknown
        ),
    ]
}
