import Redaction

extension Redactor {
    /// Says that a secret is too short to be hidden, if one is.
    func warnOfShortSecrets() {
        guard ignoredSecretCount > 0 else { return }
        Terminal(.standardError).write(
            "warning: a secret of fewer than \(Redactor.minimumLength) characters cannot be hidden in the output\n"
        )
    }
}
