import Checks
import Reports
import Runner

/// What `run` and `demo` have in common: plans in, console and reports out, and a status.
struct RunExecution {
    var plans: [RunPlan]
    var reports: ReportOptions

    /// Runs the jobs; returns the status that they amount to.
    func status() async throws -> ExitStatus {
        guard plans.contains(where: { !$0.isEmpty }) else {
            throw CommandFailure(.nothingToRun, "Nothing to run: no check is selected.")
        }
        let session = try RunSession(plans)
        let redactor = Redactor(plans.map(\.job))
        let writer = ReportWriter(targets: reports.targets, redactor: redactor)
        let terminal = Terminal(writer.usesStandardOutput ? .standardError : .standardOutput)
        let console = Console(on: terminal, redactor: redactor)
        let control = RunControl()
        let watcher = SignalWatcher { control.end(.interrupted(signal: $0)) }
        let report = await session.run(control: control) { console.show($0) }
        let failures = writer.write(report)
        console.show(summaryOf: report)
        for failure in failures {
            Terminal(.standardError).write("error: cannot write the report \(failure)\n")
        }
        withExtendedLifetime(watcher) {}
        return ExitStatus(of: report, reportsWritten: failures.isEmpty)
    }
}
