/// What credentials a request can carry.
///
/// The client and the job file both ask it, so that what a run refuses before it sends anything is known when the file is
/// checked.
package enum CredentialRules {
    /// Whether a token can be sent: visible ASCII characters only.
    package static func canSend(token: String) -> Bool {
        token.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }

    /// Whether a username or a password can be sent: no control characters.
    package static func canSend(_ text: String) -> Bool {
        !text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
    }
}
