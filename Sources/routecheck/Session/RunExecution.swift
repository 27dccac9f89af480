import Checks
import Reports
import Runner

/// What `run` and `demo` have in common: plans in, console and reports out, and a status.
struct RunExecution {
    var plans: [RunPlan]
    var reports: ReportOptions
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
        let control = RunControl()
        let watcher = SignalWatcher { control.end(.interrupted(signal: $0)) }
        let session = try RunSession(plans)
        let redactor = Redactor(plans.map(\.job))
        let writer = ReportWriter(targets: reports.targets, redactor: redactor)
        let standardError = Terminal(.standardError)
        let console = Console(
            on: reports.usesStandardOutput ? standardError : Terminal(.standardOutput),
            redactor: redactor
        )
        var failures: [SystemError] = []
        var events: EventFile?
        do throws(SystemError) {
            events = try reports.reportNdjson.map { path throws(SystemError) in
                try EventFile(path: path, redactor: redactor)
            }
        } catch {
            failures.append(error)
        }
        let gate = patience.map { patience in
            ReadinessGate(patience: patience) { standardError.write(redactor.redact($0) + "\n") }
        }
        let stream = events
        let report = await session.run(
            control: control,
            bounds: bounds,
            gate: gate,
            onStart: { stream?.begin(plans, startedAt: $0) },
            // What a person has seen must be found in the stream, so it is written there first.
            onEvent: { event in
                stream?.write(event)
                console.show(event)
            }
        )
        stream?.end(report)
        failures += writer.write(report) + [stream?.failure].compactMap(\.self)
        console.show(summaryOf: report)
        for failure in failures { standardError.write("error: cannot write the report \(failure)\n") }
        let flaky = report.counts.flaky
        if failsOnFlaky, flaky > 0 {
            let checks = flaky == 1 ? "1 check passed" : "\(flaky) checks passed"
            standardError.write("error: \(checks) only after a retry, which --fail-on-flaky does not allow\n")
        }
        withExtendedLifetime(watcher) {}
        // A signal that came when all checks had ended still asked the process to stop.
        if case .interrupted(let signal) = control.ending { return .interrupted(signal: signal) }
        return ExitStatus(of: report, reportsWritten: failures.isEmpty, failsOnFlaky: failsOnFlaky)
    }
}
