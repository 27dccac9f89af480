// What DHIS2's security says of credentials. Messages about tokens come with `WWW-Authenticate: ApiToken`.
extension DHIS2Message {
    static let tokens: [DHIS2Message] = [
        token(
            "token-malformed",
            "Api token is malformed",
            versions: running,
            .answered(words: "dhis2-core, ApiTokenResolver.java"),
            .tokenMalformed,
            "it is malformed, as when it was copied in part or holds an extra character"
        ),
        token(
            "token-checksum",
            "Checksum validation failed",
            versions: running,
            .answered(words: "dhis2-core, ApiTokenResolver.java"),
            .tokenMalformed,
            "it is malformed, as when it was copied in part or holds an extra character"
        ),
        token(
            "token-unknown",
            "The API token does not exists",
            versions: running,
            .answered(words: "dhis2-core, ApiTokenAuthManager.java"),
            .tokenUnknown,
            "it does not exist there, because it was deleted or belongs to another server"
        ),
        token(
            "token-expired",
            "Failed to authenticate API token, token has expired.",
            versions: running,
            .answered(words: "dhis2-core, ApiTokenAuthManager.java"),
            .tokenExpired,
            "it has expired"
        ),
        token(
            "token-method",
            "Failed to authenticate API token, request http method is not allowed.",
            versions: running,
            .answered(words: "dhis2-core, Dhis2ApiTokenFilter.java"),
            .tokenMethod,
            "it may not be used with this HTTP method"
        ),
        token(
            "token-address",
            "Failed to authenticate API token, request ip address is not allowed.",
            versions: running,
            .answered(words: "dhis2-core, Dhis2ApiTokenFilter.java"),
            .tokenAddress,
            "it may not be used from this IP address"
        ),
        token(
            "token-referrer",
            "Failed to authenticate API token, request http referrer is missing or not allowed.",
            versions: running,
            .answered(words: "dhis2-core, Dhis2ApiTokenFilter.java"),
            .tokenReferrer,
            "it may only be used with certain Referer headers"
        ),
        token(
            "token-owner",
            "The API token is disabled, locked or 2FA is enabled.",
            versions: oldSource + newSource,
            .written("dhis2-core, ApiTokenAuthManager.java"),
            .tokenOwner,
            "its owner is disabled or locked, or has two-factor authentication"
        ),
    ]

    /// - Parameter phrase: What follows "refused the personal access token: ".
    private static func token(
        _ name: String,
        _ text: String,
        versions: [ServerVersion],
        _ source: Source,
        _ reason: OriginReason,
        _ phrase: String
    ) -> DHIS2Message {
        DHIS2Message(
            name,
            .token,
            MessagePattern(stringLiteral: text),
            example: text,
            statuses: [400, 401],
            versions: versions,
            source,
            meaning: Meaning(.dhis2, reason, phrase)
        )
    }

    static let passwords: [DHIS2Message] = [
        password(
            "account-locked",
            "Account locked",
            versions: oldSource + newSource,
            .written("dhis2-core, FormLoginBasicAuthenticationEntryPoint.java"),
            .accountLocked,
            "the user: the account is locked, usually after too many wrong passwords"
        ),
        password(
            "account-disabled",
            "Account disabled",
            versions: running,
            .answered(words: "dhis2-core, FormLoginBasicAuthenticationEntryPoint.java"),
            .accountDisabled,
            "the user: the account is disabled"
        ),
        password(
            "password-refused",
            "Unauthorized",
            versions: running,
            .answered(words: "dhis2-core, FormLoginBasicAuthenticationEntryPoint.java"),
            .passwordRefused,
            "the username or the password; accounts with two-factor authentication get the same answer"
        ),
    ]

    /// - Parameter phrase: What follows "refused ".
    private static func password(
        _ name: String,
        _ text: String,
        versions: [ServerVersion],
        _ source: Source,
        _ reason: OriginReason,
        _ phrase: String
    ) -> DHIS2Message {
        DHIS2Message(
            name,
            .password,
            MessagePattern(stringLiteral: text),
            example: text,
            statuses: [401],
            versions: versions,
            source,
            meaning: Meaning(.dhis2, reason, phrase)
        )
    }
}
