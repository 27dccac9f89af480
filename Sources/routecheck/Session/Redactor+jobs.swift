import Checks
import HTTPTypes
import Reports

extension Redactor {
    /// How many values of sensitive names are looked for; each costs time in every text that is written.
    private static let valueLimit = 200

    /// A redactor that knows what all of the jobs keep secret: their servers' secrets, and the values that their checks
    /// send under sensitive names, wherever those turn up.
    init(_ jobs: [Job]) {
        let values = jobs.reduce(into: Set<String>()) { values, job in
            let isSensitive = Redactor.sensitiveNames(of: job.server)
            for check in job.checks where values.count < Self.valueLimit {
                for parameter in check.parameters where isSensitive(parameter.name) { values.insert(parameter.value) }
                for field in check.headerFields where isSensitive(field.name.canonicalName) {
                    values.insert(field.value)
                }
            }
            for field in job.server.headerFields where isSensitive(field.name.canonicalName) {
                values.insert(field.value)
            }
        }
        self.init(hiding: jobs.map(\.server), secrets: values.sorted())
    }

    /// Says that a secret is too short to be hidden, if one is.
    func warnOfShortSecrets() {
        guard ignoredSecretCount > 0 else { return }
        let message = "a secret of fewer than \(Redactor.minimumLength) characters cannot be hidden in the output"
        Terminal(.standardError).write("warning: \(message)\n")
    }
}
