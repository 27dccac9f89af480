import Checks
import Redaction
import Reports

/// What `run`, `demo` and `merge` do once all results are there: they write the reports, show the run and what has
/// changed, and say what it amounts to.
struct Conclusion {
    private let reports: ReportSettings
    private let redactor: Redactor
    private let output: OutputQueue

    /// Prepares the end of a run.
    ///
    /// - Parameter output: What writes to standard output and standard error.
    init(_ reports: ReportSettings, redactor: Redactor, output: OutputQueue) {
        self.reports = reports
        self.redactor = redactor
        self.output = output
    }

    /// Concludes a run.
    ///
    /// - Parameters:
    ///   - report: The run.
    ///   - comparison: What has changed since an earlier run, if one is compared with.
    ///   - includesEvents: Whether the stream of events is still to be written, as one more report.
    ///   - earlierFailures: Tells what had kept reports from being written, once the output has been drained.
    ///   - isHurried: Whether somebody wants the command to end, whoever reads its output.
    ///   - show: Shows the run and what has changed.
    /// - Returns: The status of the command.
    func status(
        of report: RedactedReport,
        _ comparison: RunComparison?,
        includesEvents: Bool = false,
        earlierFailures: () -> [SystemError] = { [] },
        isHurried: () -> Bool = { false },
        show: (RedactedReport, RunComparison?) -> Void
    ) -> ExitStatus {
        let targets = reports.targets(comparison, includesEvents: includesEvents)
        let unwritten = ReportWriter(targets: targets, redactor: redactor, output: output).write(report)
        show(report, comparison)
        output.drain(isHurried: isHurried)
        let standardError = Terminal(.standardError)
        let failures = earlierFailures() + unwritten.all
        for failure in failures { standardError.write("error: cannot write the report \(failure)\n") }
        if report.value.failure == .regression { standardError.write("error: \(RunComparison.regressionMessage)\n") }
        return ExitStatus(of: report.value, reportsWritten: failures.isEmpty)
    }
}

extension RunComparison {
    /// Why a run fails whose checks may all have passed.
    static let regressionMessage: Message = "\(own: RunFailure.regressionClause)"

    /// The later run, failed where it is worse and must not be.
    func judging(_ report: RedactedReport, failsOnRegression: Bool) -> RedactedReport {
        failsOnRegression && hasRegression ? report.failing(with: .regression) : report
    }
}
