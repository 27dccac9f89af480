import DHIS2

// Who refused.
extension OriginRow {
    static let refusals: [OriginRow] = [
        OriginRow(
            "token refused",
            .marked(
                401,
                ["WWW-Authenticate: ApiToken"],
                message: "Failed to authenticate API token, token has expired."
            ),
            .dhis2,
            .tokenExpired,
            .certain,
            "DHIS2 2.43.0 refused the personal access token: it has expired."
        ),
        OriginRow(
            "token malformed",
            .marked(400, ["WWW-Authenticate: ApiToken"], message: "Checksum validation failed"),
            .dhis2,
            .tokenMalformed,
            .certain,
            "DHIS2 2.43.0 refused the personal access token: it is malformed, as when it was copied in part or holds an extra character."
        ),
        OriginRow(
            "token refused, header stripped",
            .answer(401, body: HTTPExchange.envelope(401, "The API token does not exists")),
            in: .stripped,
            .dhis2,
            .tokenUnknown,
            .likely,
            "DHIS2 2.43.0 refused the personal access token: it does not exist there, because it was deleted or belongs to another server."
        ),
        OriginRow(
            "401 in DHIS2's words after preflight",
            .marked(401, message: "Unauthorized"),
            .upstream,
            .credentialsRefusedByTarget,
            .likely,
            "T\(target) refused the credentials that the route sends it (401).",
            or: .passwordRefused
        ),
        OriginRow(
            "401 in DHIS2's words without preflight, password",
            .marked(401, message: "Unauthorized"),
            in: .known(accepted: nil, usesToken: false),
            .dhis2,
            .passwordRefused,
            .likely,
            "DHIS2 2.43.0 refused the username or the password; accounts with two-factor authentication get the same answer.",
            or: .answered
        ),
        OriginRow(
            "locked",
            .marked(401, message: "Account locked"),
            in: .known(accepted: false, usesToken: false),
            .dhis2,
            .accountLocked,
            .likely,
            "DHIS2 2.43.0 refused the user: the account is locked, usually after too many wrong passwords.",
            or: .answered
        ),
        OriginRow(
            "401 in DHIS2's words without preflight, token",
            .marked(401, message: "Unauthorized"),
            in: .known(accepted: nil),
            .upstream,
            .credentialsRefusedByTarget,
            .possible,
            "T\(target) refused the credentials that the route sends it (401).",
            or: .passwordRefused
        ),
        OriginRow(
            "401 of the target",
            .marked(401, body: "no"),
            .upstream,
            .credentialsRefusedByTarget,
            .certain,
            "T\(target) refused the credentials that the route sends it (401)."
        ),
        OriginRow(
            "401 of a proxy",
            .page(401, headers: ["WWW-Authenticate: Basic realm=\"x\""]),
            .proxy,
            .proxyAuthentication,
            .certain,
            "Something in front of DHIS2 on dhis.example.org wants credentials of its own before it lets requests through (401)."
        ),
        OriginRow(
            "407",
            .page(407),
            .proxy,
            .proxyAuthentication,
            .likely,
            "A proxy on the way to dhis.example.org wants credentials of its own (407): write them into the proxy's URL."
        ),
        OriginRow(
            "407 of a proxy that was sent credentials",
            .page(407).by(proxy: "proxy proxy.example:3128", hasCredentials: true),
            .proxy,
            .proxyAuthentication,
            .likely,
            """
            The proxy proxy.example:3128 on the way to dhis.example.org refused the credentials in the proxy's URL (407): \
            check the user and the password.
            """
        ),
        OriginRow("407 of the target", .marked(407), .upstream, .answered, .certain, "T\(target) answered 407."),
        OriginRow(
            "403 from 2.42 on",
            .marked(403, message: "User not authorized to execute route", errorCode: "E1006"),
            .route,
            .routeForbidden,
            .likely,
            #"The user may not run the route "chap": DHIS2 2.43.0 wants read access to it, or one of its authorities."#,
            or: .answered
        ),
        OriginRow(
            "403 before 2.42",
            .marked(403, message: "User not authorized", errorCode: "E1006"),
            in: .known("2.41.3"),
            .route,
            .routeForbidden,
            .likely,
            #"The user may not run the route "chap": DHIS2 2.41.3 wants read access to it, or one of its authorities."#,
            or: .answered
        ),
        OriginRow(
            "403 of the target",
            .marked(403, body: "no"),
            .upstream,
            .answered,
            .certain,
            "T\(target) answered 403."
        ),
        OriginRow(
            "403 in other words of DHIS2",
            .marked(403, message: "No"),
            .upstream,
            .answered,
            .possible,
            "T\(target) answered 403.",
            or: .unexpectedAnswer
        ),
        OriginRow(
            "403 of a firewall",
            .page(403),
            .proxy,
            .proxyError,
            .likely,
            "Something in front of DHIS2 on dhis.example.org answered 403: the page is not DHIS2's.",
            or: .answered
        ),
    ]
}
