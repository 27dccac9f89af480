import DHIS2Behaviour

/// What DHIS2 says about credentials that it refuses.
struct AuthenticationFault {
    let reason: OriginReason
    let sentence: String

    /// Reads a token's refusal, which DHIS2 marks with `WWW-Authenticate: ApiToken`.
    init(tokenMessage message: String?, server: String) {
        let known = message.flatMap(Self.ofToken)
        reason = known?.reason ?? .tokenRefused
        if let known {
            sentence = "\(server) refused the personal access token: \(known.phrase)."
        } else if let message {
            sentence = "\(server) refused the personal access token: \(ServerText.excerpt(message))"
        } else {
            sentence = "\(server) refused the personal access token without saying why."
        }
    }

    /// Reads the refusal of a username and password.
    init(passwordMessage message: String?, server: String) {
        let known = message.flatMap { DHIS2Message.recognise($0, about: .password, status: 401)?.message.meaning }
        reason = known?.reason ?? .credentialsRefused
        if let known {
            sentence = "\(server) refused \(known.phrase)."
        } else {
            sentence =
                message.map { "\(server) refused the credentials: \(ServerText.excerpt($0))" }
                ?? "\(server) refused the credentials without saying why."
        }
    }

    /// Whether a message is one that DHIS2 has for tokens only.
    static func isAboutToken(_ message: String?) -> Bool {
        message.flatMap(ofToken) != nil
    }

    /// What a message about a token means, with a 400 or a 401.
    private static func ofToken(_ message: String) -> DHIS2Message.Meaning? {
        DHIS2Message.recognise(message, about: .token, status: 401)?.message.meaning
    }
}
