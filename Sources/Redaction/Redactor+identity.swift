package import Checks

extension Redactor {
    /// Works out who a job's checks are from run to run, and what they ask, so that a report of them can be compared
    /// with an earlier one and read by `--last-failed`.
    ///
    /// The redactor must be one of the job's secrets, which are kept out of it.
    package func identify(_ job: inout Job) {
        job.suiteIdentity = SuiteIdentity(of: job, by: self)
        var identifier = CheckIdentifier(job, by: self)
        // In place, as checks are costly to copy.
        for place in job.checks.indices { job.checks[place].identity = identifier.identity(of: job.checks[place]) }
    }

    /// Works out who the checks of jobs are that make one run, and what they ask.
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

extension Redactor: SecretMask {
    package func holdsSecret(_ text: String) -> Bool { isIgnoredSecret(text) || masked(text) != text }

    package func masked(_ text: String) -> String {
        isIgnoredSecret(text) ? Self.replacement : redact(text).value
    }

    package func hidesValue(of name: String) -> Bool { names.contains(name) }

    package func hidesValue(at location: String) -> Bool { isSensitive(location) }
}
