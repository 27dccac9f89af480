import Checks
import Redaction
import Reports

/// What `run`, `demo` and `merge` do once all results are there: they write the reports, show what came of the run and
/// what has changed, and say what it amounts to.
struct RunConclusion {
    var reports: ReportOptions
    var redactor: Redactor
    /// The report of an earlier run to compare with.
    var baseline: RedactedReport?
    /// The job files, where the command has read them.
    var jobs: [Job]?
    /// What writes to standard output and standard error.
    var output: OutputQueue

    /// Concludes a run.
    ///
    /// - Parameters:
    ///   - report: The run.
    ///   - includesEvents: Whether the stream of events is still to be written, as one more report.
    ///   - earlierFailures: Tells what had kept reports from being written, once the output has been drained.
    ///   - show: Shows the run and what has changed.
    ///   - isHurried: Whether somebody wants the command to end, whoever reads its output.
    /// - Returns: The status of the command.
    func status(
        of report: RedactedReport,
        includesEvents: Bool = false,
        earlierFailures: () -> [SystemError] = { [] },
        isHurried: () -> Bool = { false },
        show: (RedactedReport, RunComparison?) -> Void
    ) -> ExitStatus {
        let comparison = baseline.map { RunComparison(baseline: $0, current: report, jobs: jobs) }
        let targets = reports.targets(comparison, includesEvents: includesEvents)
        let unwritten = ReportWriter(targets: targets, redactor: redactor, output: output).write(report)
        show(report, comparison)
        output.drain(isHurried: isHurried)
        let standardError = Terminal(.standardError)
        let failures = earlierFailures() + unwritten.all
        for failure in failures { standardError.write("error: cannot write the report \(failure)\n") }
        let hasRegression = reports.failsOnRegression && comparison?.hasRegression == true
        if hasRegression { standardError.write("error: \(RunComparison.regressionMessage)\n") }
        let status = ExitStatus(of: report.value, reportsWritten: failures.isEmpty)
        return status == .passed && hasRegression ? .failed : status
    }
}

extension RunComparison {
    /// Why a run fails whose checks may all have passed.
    static let regressionMessage: Message =
        "something is worse than in the baseline, which --fail-on-regression does not allow"
}
