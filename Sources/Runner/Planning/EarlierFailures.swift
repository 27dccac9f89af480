public import Checks

/// The checks of an earlier run that did not pass, by the names of their suites or job files.
public struct EarlierFailures: Sendable {
    private var byFile: [String: Set<String>] = [:]
    private var bySuite: [String: Set<String>] = [:]

    /// Takes the checks that failed the run, and those that the end of the run cut off.
    public init(in report: RunReport) {
        for suite in report.suites {
            let names = suite.results.filter { $0.failsRun || $0.outcome == .notRun }.map(\.name)
            byFile[suite.file, default: []].formUnion(names)
            bySuite[suite.name, default: []].formUnion(names)
        }
    }

    /// Whether a check of a job is among them.
    ///
    /// A job file that has moved since is known by its suite's name.
    public func contains(_ check: Check, of job: Job) -> Bool {
        (byFile[job.file] ?? bySuite[job.name])?.contains(check.name) ?? false
    }
}
