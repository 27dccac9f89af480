/// What DHIS2 says about credentials that it refuses.
struct AuthenticationFault {
    let reason: ResponseOrigin.Reason
    let sentence: String

    /// Reads a token's refusal, which DHIS2 marks with `WWW-Authenticate: ApiToken`.
    init(tokenMessage message: String?, server: String) {
        let found = message.flatMap(Self.tokenFault)
        reason = found?.reason ?? .tokenRefused
        if let found {
            sentence = "\(server) refused the personal access token: \(found.text)."
        } else if let message {
            sentence = "\(server) refused the personal access token: \(ServerText.excerpt(message))"
        } else {
            sentence = "\(server) refused the personal access token without saying why."
        }
    }

    /// Reads the refusal of a username and password.
    init(passwordMessage message: String?, server: String) {
        switch message {
        case "Account locked":
            reason = .accountLocked
            sentence = "\(server) refused the user: the account is locked, usually after too many wrong passwords."
        case "Account disabled":
            reason = .accountDisabled
            sentence = "\(server) refused the user: the account is disabled."
        case "Unauthorized":
            reason = .passwordRefused
            sentence = """
                \(server) refused the username or the password; it says the same of a user with two-factor \
                authentication.
                """
        default:
            reason = .credentialsRefused
            sentence =
                message.map { "\(server) refused the credentials: \(ServerText.excerpt($0))" }
                ?? "\(server) refused the credentials without saying why."
        }
    }

    /// Whether a message is one that DHIS2 has for tokens only.
    static func isAboutToken(_ message: String?) -> Bool {
        message.flatMap(tokenFault) != nil
    }

    private static func tokenFault(_ message: String) -> (reason: ResponseOrigin.Reason, text: String)? {
        switch message {
        case "Api token is malformed", "Checksum validation failed":
            (.tokenMalformed, "it is malformed, as when it was copied in part or holds an extra character")
        case "The API token does not exists":
            (.tokenUnknown, "it does not exist there, because it was deleted or belongs to another server")
        case "Failed to authenticate API token, token has expired.":
            (.tokenExpired, "it has expired")
        case "Failed to authenticate API token, request http method is not allowed.":
            (.tokenMethod, "it may not be used with this HTTP method")
        case "Failed to authenticate API token, request ip address is not allowed.":
            (.tokenAddress, "it may not be used from this IP address")
        case "Failed to authenticate API token, request http referrer is missing or not allowed.":
            (.tokenReferrer, "it may only be used with certain Referer headers")
        case "The API token is disabled, locked or 2FA is enabled.":
            (.tokenOwner, "its owner is disabled or locked, or has two-factor authentication")
        default: nil
        }
    }
}
