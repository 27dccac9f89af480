import Checks
import Reports

extension Redactor {
    /// A redactor that knows what all of the jobs keep secret: their servers' secrets, and the values that their checks
    /// send under sensitive names, wherever those turn up.
    ///
    /// - Parameter secrets: Further texts, such as what the environment holds.
    init(_ jobs: [Job], secrets: [String] = []) {
        self.init(hiding: jobs.map(\.server), secrets: secrets + JobSecrets(of: jobs).values.sorted())
    }

    /// Says that a secret is too short to be hidden, if one is.
    func warnOfShortSecrets() {
        guard ignoredSecretCount > 0 else { return }
        let message = "a secret of fewer than \(Redactor.minimumLength) characters cannot be hidden in the output"
        Terminal(.standardError).write("warning: \(message)\n")
    }
}
