import Checks
import Redaction
import Reports
import RouteChecks
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
        let baseline = try reports.baselineReport()
        let control = RunControl()
        let watcher = SignalWatcher { control.end(.interrupted(signal: $0)) }
        let jobRun = try JobRun(plans)
        let redactor = Redactor(secretsOf: plans.map(\.job))
        let standardError = Terminal(.standardError)
        redactor.warnOfShortSecrets()
        for hint in plans.compactMap({ $0.onlyHint(by: redactor) }) { standardError.write("\(hint)\n") }
        let terminal = reports.usesStandardOutput ? standardError : Terminal(.standardOutput)
        let queue = OutputQueue()
        let console = Console(on: terminal, by: queue, options: output, redactor: redactor, plans: plans)
        let (events, problem) = eventFile(queue, redactor)
        // The run goes on, but whoever waits for it should not learn of this when it is over.
        for problem in [problem].compactMap(\.self) + reports.unwritable {
            standardError.write("warning: the report cannot be written: \(problem)\n")
        }
        let gate = patience.map { patience in
            ReadinessGate(patience: patience) { standardError.write("\(redactor.redact($0))\n") }
        }
        var report = await jobRun.report(
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
        let isInterrupted = { if case .interrupted = control.ending { true } else { false } }
        let conclusion = RunConclusion(
            reports: reports,
            redactor: redactor,
            baseline: baseline,
            jobs: plans.map(\.job),
            output: queue
        )
        let status = conclusion.status(
            of: redactor.redact(consume report),
            earlierFailures: { [problem, events?.failure].compactMap(\.self) },
            isHurried: isInterrupted
        ) { redacted, comparison in
            console.show(summaryOf: redacted)
            if let comparison { console.show(comparison) }
        }
        withExtendedLifetime(watcher) {}
        // A signal that came when all checks had ended still asked the process to stop.
        if case .interrupted(let signal) = control.ending { return .interrupted(signal: signal) }
        return status
    }

    /// The stream of events, if one is asked for, or why there is none; the run goes on without it.
    private func eventFile(_ queue: OutputQueue, _ redactor: Redactor) -> (EventFile?, SystemError?) {
        do throws(SystemError) {
            guard let path = reports.eventPath else { return (nil, nil) }
            return (try EventFile(path: path, by: queue, redactor: redactor), nil)
        } catch {
            return (nil, error)
        }
    }
}
