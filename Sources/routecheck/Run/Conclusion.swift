import Checks
import Redaction
import Reports

/// What `run`, `demo` and `merge` do once all results are there: they write the reports, show the run and what has
/// changed, and say what it amounts to.
struct Conclusion {
    private let reports: ReportSettings
    private let redactor: Redactor
    private let output: OutputQueue
    private let isHurried: @Sendable () -> Bool

    /// How long a reader of what is said last has to take it, once somebody is in a hurry.
    private static let lastWord = Duration.milliseconds(100)

    /// Prepares the end of a run.
    ///
    /// - Parameters:
    ///   - output: What writes to standard output and standard error.
    ///   - isHurried: Whether somebody wants the command to end, whoever reads its output.
    init(
        _ reports: ReportSettings,
        redactor: Redactor,
        output: OutputQueue,
        isHurried: @escaping @Sendable () -> Bool = { false }
    ) {
        self.reports = reports
        self.redactor = redactor
        self.output = output
        self.isHurried = isHurried
    }

    /// Concludes a run.
    ///
    /// - Parameters:
    ///   - report: The run.
    ///   - comparison: What has changed since an earlier run, if one is compared with.
    ///   - includesEvents: Whether the stream of events is still to be written, as one more report.
    ///   - events: The stream of events that was written while the run went on.
    ///   - show: Shows the run and what has changed.
    /// - Returns: The status of the command.
    func status(
        of report: RedactedReport,
        _ comparison: RunComparison?,
        includesEvents: Bool = false,
        events: EventFile.Opening? = nil,
        show: (RedactedReport, RunComparison?) -> Void
    ) -> ExitStatus {
        let targets = reports.targets(comparison, includesEvents: includesEvents)
        let writer = ReportWriter(targets: targets, redactor: redactor, output: output, isHurried: isHurried)
        let writing = writer.write(report)
        show(report, comparison)
        let queues = [output] + writing.queues + (events?.file?.queues ?? [])
        OutputQueue.drain(queues, isHurried: isHurried)
        let failures = [events?.problem, events?.file?.failure].compactMap(\.self) + writing.failures
        for failure in failures { output.tell("error: cannot write the report \(failure)\n") }
        // Who has closed the pipe has seen enough of the run; the reports are there.
        let loss = output.loss.flatMap { $0.isReaderGone ? nil : $0 }
        if let loss { output.tell("error: cannot write to \(loss)\n") }
        if report.value.failure == .regression { output.tell("error: \(RunComparison.regressionMessage)\n") }
        OutputQueue.drain([output], hurriedFor: Self.lastWord, isHurried: isHurried)
        return ExitStatus(of: report.value, reportsWritten: failures.isEmpty && loss == nil)
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
