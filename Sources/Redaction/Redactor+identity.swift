public import Checks

extension Redactor {
    /// Works out who a job's checks are from run to run, and what they ask, so that a report of them can be compared
    /// with an earlier one and read by `--last-failed`.
    ///
    /// The redactor must know the job's secrets, whose values are kept out of it. A job that was identified before it ran
    /// has reports that can be compared check by check; without, checks are known by their names.
    public func identify(_ job: inout Job) {
        let mask = RedactorMask(self)
        job.suiteIdentity = SuiteIdentity(of: job, by: mask)
        var identifier = CheckIdentifier(job, by: mask)
        for (place, identity) in identifier.identities(of: job.checks).enumerated() {
            job.checks[place].identity = identity
        }
    }

    /// Works out who the checks of jobs are, and what they ask.
    package func identify(_ jobs: inout [Job]) {
        for place in jobs.indices { identify(&jobs[place]) }
    }
}

/// A redactor as what identities are made by.
private final class RedactorMask: SecretMask {
    private let redactor: Redactor

    init(_ redactor: Redactor) {
        self.redactor = redactor
    }

    func holdsSecret(_ text: String) -> Bool { masked(text) != text }

    func masked(_ text: String) -> String {
        guard redactor.mayHide(in: text) else { return text }
        return redactor.isIgnoredSecret(text) ? Redactor.replacement : redactor.redact(text).value
    }

    func masked(words: String) -> String {
        guard redactor.mayHide(in: words) else { return words }
        if redactor.isIgnoredSecret(words) { return Redactor.replacement }
        var words = words
        redactor.hide(inWords: &words)
        return words
    }

    func hidesValue(of name: String) -> Bool {
        redactor.names.contains(name, in: .parameter) || redactor.names.contains(name, in: .field)
    }

    func hidesValue(at location: String) -> Bool {
        var location = location
        return location.withUTF8(redactor.names.hidesWhat)
    }
}
