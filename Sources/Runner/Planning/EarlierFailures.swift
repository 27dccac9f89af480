public import Checks

/// The checks of an earlier run that did not pass.
public struct EarlierFailures: Sendable {
    private var names: [SuiteMatching.Identity: Set<String>] = [:]

    /// Takes the checks of some jobs that failed the run, and those that the end of the run cut off.
    ///
    /// A job file that has moved since is known by its suite's name, if that is clear.
    public init(in report: RunReport, of jobs: [Job]) {
        let matching = SuiteMatching(earlier: report.suites.map(\.identity), later: jobs.map(\.identity))
        for job in jobs {
            guard let place = matching.place(of: job.identity) else { continue }
            let results = report.suites[place].results.lazy.filter { $0.failsRun || $0.outcome == .notRun }
            names[job.identity] = Set(results.map(\.name))
        }
    }

    /// Whether a check of a job is among them.
    public func contains(_ check: Check, of job: Job) -> Bool {
        names[job.identity]?.contains(check.name) ?? false
    }

    /// Whether the earlier run had all of the jobs and nothing failed in any of them.
    public func areNone(of jobs: [Job]) -> Bool {
        jobs.allSatisfy { names[$0.identity]?.isEmpty ?? false }
    }
}
