import Checks
import Reports
import Runner

/// What `run` and `demo` have in common: plans in, console and reports out, and a status.
struct RunExecution {
    var plans: [RunPlan]
    var reports: ReportOptions
    var output: OutputOptions
    var bounds = RunBounds()
    /// Whether a check that passed only after a retry fails the run.
    var failsOnFlaky = false
    /// How long to wait for a server that is not up yet; `nil` does not wait.
    var patience: Duration?

    /// Runs the jobs; returns the status that they amount to.
    func status() async throws -> ExitStatus {
        guard plans.contains(where: { !$0.isEmpty }) else {
            throw CommandFailure(.nothingToRun, "Nothing to run: no check is selected.")
        }
        let baseline = try reports.baselineReport()
        let control = RunControl()
        let watcher = SignalWatcher { control.end(.interrupted(signal: $0)) }
        let session = try RunSession(plans)
        let redactor = Redactor(plans.map(\.job))
        let standardError = Terminal(.standardError)
        redactor.warnOfShortSecrets()
        let terminal = reports.usesStandardOutput ? standardError : Terminal(.standardOutput)
        let queue = OutputQueue()
        let console = Console(on: terminal, by: queue, options: output, redactor: redactor, plans: plans)
        let (events, problem) = eventFile(queue, redactor)
        let gate = patience.map { patience in
            ReadinessGate(patience: patience) { standardError.write(redactor.redact($0) + "\n") }
        }
        var report = await session.run(
            control: control,
            bounds: bounds,
            gate: gate,
            onStart: { events?.begin(plans, startedAt: $0) },
            // What a person has seen must be found in the stream, so it is written there first.
            onEvent: { event in
                events?.write(event)
                console.show(event)
            }
        )
        report.failsOnFlaky = failsOnFlaky
        events?.end(report)
        let redacted = RedactedReport(report, by: redactor)
        let comparison = baseline.map { RunComparison(baseline: $0, current: redacted.report) }
        let unwritten = ReportWriter(targets: reports.targets(comparison), redactor: redactor).write(redacted)
        console.show(summaryOf: redacted)
        if let comparison { console.show(comparison) }
        queue.drain { if case .interrupted = control.ending { true } else { false } }
        let failures = [problem, events?.failure].compactMap(\.self) + unwritten
        for failure in failures { standardError.write("error: cannot write the report \(failure)\n") }
        let status = ExitStatus(of: report, reportsWritten: failures.isEmpty)
        withExtendedLifetime(watcher) {}
        // A signal that came when all checks had ended still asked the process to stop.
        if case .interrupted(let signal) = control.ending { return .interrupted(signal: signal) }
        let hasRegression = reports.failOnRegression && comparison?.hasRegression == true
        return status == .passed && hasRegression ? .failed : status
    }

    /// The stream of events, if one is asked for, or why there is none; the run goes on without it.
    private func eventFile(_ queue: OutputQueue, _ redactor: Redactor) -> (EventFile?, SystemError?) {
        do throws(SystemError) {
            guard let path = reports.reportNdjson else { return (nil, nil) }
            return (try EventFile(path: path, by: queue, redactor: redactor), nil)
        } catch {
            return (nil, error)
        }
    }
}
