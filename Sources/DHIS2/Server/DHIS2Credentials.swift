import DHIS2Behaviour
import FoundationEssentials

/// How a client proves who it is.
///
/// Descriptions never show a secret.
public enum DHIS2Credentials: Sendable, Hashable {
    /// A personal access token (`d2p_…` or `d2pat_…`), sent as `Authorization: ApiToken …`.
    case personalAccessToken(String)
    /// A user's name and password, sent as `Authorization: Basic …`.
    ///
    /// DHIS2 hashes the password for each request outside of a session; a token is the better choice.
    case basic(username: String, password: String)

    /// The value of the `Authorization` header.
    var authorization: String {
        switch self {
        case .personalAccessToken(let token): "ApiToken \(token)"
        // The capital B matters: DHIS2 takes a lower-case scheme for a request without credentials.
        case .basic(let username, let password):
            "Basic " + Data("\(username):\(password)".utf8).base64EncodedString()
        }
    }

    /// Whether a header can carry them: no control characters, and no colon in a username (RFC 7617, section 2).
    var fault: String? {
        switch self {
        case .personalAccessToken(let token):
            if token.isEmpty { return "The personal access token is empty." }
            if let mistake = CredentialRules.mistake(inToken: token) {
                return "The personal access token \(mistake.clause): \(mistake.help)."
            }
        case .basic(let username, let password):
            if username.isEmpty { return "The username is empty." }
            if username.contains(":") { return "The username holds a colon, which Basic authentication cannot carry." }
            if !CredentialRules.canSend(username) || !CredentialRules.canSend(password) {
                return "The username or the password holds a control character, such as a line break."
            }
        }
        return nil
    }
}

extension DHIS2Credentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The kind of the credentials, and the username.
    public var description: String {
        switch self {
        case .personalAccessToken: "personal access token"
        case .basic(let username, _): "password of \(username)"
        }
    }

    /// The description; it shows no secret either.
    public var debugDescription: String { description }

    /// A mirror without children, so that `dump` shows no secret either.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
