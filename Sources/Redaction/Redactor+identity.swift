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
        for (place, identity) in identifier.identities(of: job.checks.span).enumerated() {
            job.checks[place].identity = identity
        }
    }

    /// Works out who the checks of the jobs of one run are, and what they ask.
    package static func identify(_ jobs: inout [Job]) {
        let redactor = Redactor(secretsOf: jobs)
        for place in jobs.indices { redactor.identify(&jobs[place]) }
    }

    /// Works out who the checks of a run are that was made without.
    ///
    /// - Parameter jobs: The jobs of the run, each of which must be among those whose secrets the redactor hides.
    package func identify(_ report: inout RunReport, of jobs: [Job]) {
        for suite in report.suites.indices where report.suites[suite].identity == nil {
            let (file, name) = (report.suites[suite].file, report.suites[suite].name)
            guard var job = jobs.first(where: { $0.file == file && $0.name == name }) else { continue }
            identify(&job)
            report.suites[suite].identity = job.suiteIdentity
            for place in report.suites[suite].results.indices {
                let index = report.suites[suite].results[place].index
                guard job.checks.indices.contains(index),
                    job.checks[index].name == report.suites[suite].results[place].name
                else { continue }
                report.suites[suite].results[place].identity = job.checks[index].identity
            }
        }
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
        redactor.isIgnoredSecret(text) ? Redactor.replacement : redactor.redact(text).value
    }

    func hidesValue(of name: String) -> Bool { redactor.names.contains(name) }

    func hidesValue(at location: String) -> Bool { redactor.isSensitive(location) }
}
