import Checks

/// A result with its suite, as the sections of the page pass it around.
struct ReportEntry {
    var suite: SuiteReport
    var result: CheckResult

    /// The entries of a run that a condition picks, at most so many.
    static func entries(of report: RunReport, limit: Int, where isWanted: (CheckResult) -> Bool) -> [Self] {
        var entries: [Self] = []
        for suite in report.suites {
            for result in suite.results where isWanted(result) {
                guard entries.count < limit else { return entries }
                entries.append(Self(suite: suite, result: result))
            }
        }
        return entries
    }
}
