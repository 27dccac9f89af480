import DHIS2

extension PreflightRow {
    private static func token(_ status: Int, _ message: String) -> HTTPExchange {
        .marked(status, ["WWW-Authenticate: ApiToken"], message: message)
    }

    private static func tokenRow(
        _ status: Int,
        _ message: String,
        _ reason: ResponseOrigin.Reason,
        _ text: String
    ) -> PreflightRow {
        PreflightRow(
            name: message,
            exchange: token(status, message),
            layer: .dhis2,
            reason: reason,
            message: "dhis.example.org refused the personal access token: \(text)."
        )
    }

    private static let malformed = "it is malformed, as when it was copied in part or holds an extra character"

    static let tokenRows: [PreflightRow] = [
        tokenRow(400, "Api token is malformed", .tokenMalformed, malformed),
        tokenRow(401, "Api token is malformed", .tokenMalformed, malformed),
        tokenRow(400, "Checksum validation failed", .tokenMalformed, malformed),
        tokenRow(
            401,
            "The API token does not exists",
            .tokenUnknown,
            "it does not exist there, because it was deleted or belongs to another server"
        ),
        tokenRow(
            401,
            "Failed to authenticate API token, token has expired.",
            .tokenExpired,
            "it has expired"
        ),
        tokenRow(
            401,
            "Failed to authenticate API token, request http method is not allowed.",
            .tokenMethod,
            "it may not be used with this HTTP method"
        ),
        tokenRow(
            401,
            "Failed to authenticate API token, request ip address is not allowed.",
            .tokenAddress,
            "it may not be used from this IP address"
        ),
        tokenRow(
            401,
            "Failed to authenticate API token, request http referrer is missing or not allowed.",
            .tokenReferrer,
            "it may only be used with certain Referer headers"
        ),
        tokenRow(
            401,
            "The API token is disabled, locked or 2FA is enabled.",
            .tokenOwner,
            "its owner is disabled or locked, or has two-factor authentication"
        ),
        tokenRow(401, "Something new", .tokenRefused, "Something new").with { $0.message.removeLast() },
        PreflightRow(
            name: "a token refused without a message",
            exchange: .marked(401, ["WWW-Authenticate: ApiToken"]),
            layer: .dhis2,
            reason: .tokenRefused,
            message: "dhis.example.org refused the personal access token without saying why."
        ),
    ]

    static let passwordRows: [PreflightRow] = [
        PreflightRow(
            name: "wrong password",
            exchange: .marked(401, message: "Unauthorized"),
            usesToken: false,
            layer: .dhis2,
            reason: .passwordRefused,
            message: """
                dhis.example.org refused the username or the password; accounts with two-factor authentication \
                get the same answer.
                """
        ),
        PreflightRow(
            name: "locked",
            exchange: .marked(401, message: "Account locked"),
            usesToken: false,
            layer: .dhis2,
            reason: .accountLocked,
            message: "dhis.example.org refused the user: the account is locked, usually after too many wrong passwords."
        ),
        PreflightRow(
            name: "disabled",
            exchange: .marked(401, message: "Account disabled"),
            usesToken: false,
            layer: .dhis2,
            reason: .accountDisabled,
            message: "dhis.example.org refused the user: the account is disabled."
        ),
        PreflightRow(
            name: "another 401",
            exchange: .marked(401, message: "Bad day"),
            usesToken: false,
            layer: .dhis2,
            reason: .credentialsRefused,
            message: "dhis.example.org refused the credentials: Bad day"
        ),
    ]
}
