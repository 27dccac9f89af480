import Checks
import Reports
import Runner

/// What `run` and `demo` have in common: plans in, console and reports out, and a status.
struct RunExecution {
    var plans: [RunPlan]
    var reports: ReportOptions
    var output: OutputOptions

    /// Runs the jobs; returns the status that they amount to.
    func status() async throws -> ExitStatus {
        guard plans.contains(where: { !$0.isEmpty }) else {
            throw CommandFailure(.nothingToRun, "Nothing to run: no check is selected.")
        }
        let baseline = try reports.baselineReport()
        let session = try RunSession(plans)
        let redactor = Redactor(plans.map(\.job))
        let terminal = Terminal(reports.usesStandardOutput ? .standardError : .standardOutput)
        let console = Console(on: terminal, output: output, redactor: redactor, plans: plans)
        let control = RunControl()
        let watcher = SignalWatcher { control.end(.interrupted(signal: $0)) }
        let report = await session.run(control: control) { console.show($0) }
        let comparison = baseline.map { RunComparison(baseline: $0, current: redactor.redact(report)) }
        let failures = ReportWriter(targets: reports.targets(comparison), redactor: redactor).write(report)
        console.show(summaryOf: report)
        if let comparison { console.show(comparison) }
        for failure in failures {
            Terminal(.standardError).write("error: cannot write the report \(failure)\n")
        }
        withExtendedLifetime(watcher) {}
        let status = ExitStatus(of: report, reportsWritten: failures.isEmpty)
        let hasRegression = reports.failOnRegression && comparison?.hasRegression == true
        return status == .passed && hasRegression ? .failed : status
    }
}
