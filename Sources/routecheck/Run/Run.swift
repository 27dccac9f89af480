import Checks
import Redaction
import Reports
import RouteChecks
import Runner

/// What `run` and `demo` have in common: plans in; the console, the reports and a status out.
///
/// This is the whole of a run, from top to bottom: what can end it early, who is told of each event, the run itself,
/// and what is done with its report. ``RouteChecks/JobRun`` sends the requests; ``Conclusion`` writes the reports.
struct Run {
    let plans: [RunPlan]
    let settings: RunSettings
    /// Hides the jobs' secrets, where the command has needed it before the run; to make one takes a look at every check.
    var redactor: Redactor?

    /// Runs the plans; returns what the process is to say of them.
    func status() async throws -> ExitStatus {
        let run = try JobRun(plans, bodyMemory: settings.bodyMemory)
        let control = RunControl()
        let watcher = SignalWatcher { control.end(.interrupted(signal: $0)) }
        defer { withExtendedLifetime(watcher) {} }
        let jobs = plans.map(\.job)
        let redactor = redactor ?? Redactor(secretsOf: jobs)

        warn(by: redactor)
        let output = OutputQueue()
        let console = Console(settings.console, by: output, redactor: redactor, plans: plans)
        let events = EventFile.Opening(settings.reports.events, by: output, redactor: redactor)
        // The run goes on without these reports.
        for problem in [events.problem].compactMap(\.self) + settings.reports.unwritable {
            Terminal(.standardError).write("warning: the report cannot be written: \(problem)\n")
        }

        var report = await run.report(
            control: control,
            bounds: settings.bounds,
            gate: gate(by: redactor),
            onStart: { events.file?.begin(plans, startedAt: $0) },
            // What a person has seen must be found in the stream, so it is written there first.
            onEvent: { event in
                events.file?.write(event)
                console.show(event)
            }
        )
        report.failsOnFlaky = settings.failsOnFlaky
        let (judged, comparison) = settings.reports.compared(redactor.redact(consume report), of: jobs)
        events.file?.end(judged.value)

        let conclusion = Conclusion(settings.reports, redactor: redactor, output: output)
        let status = conclusion.status(
            of: judged,
            comparison,
            earlierFailures: { [events.problem, events.file?.failure].compactMap(\.self) },
            isHurried: { control.signal != nil },
            show: console.show
        )
        // A signal that came when all checks had ended still asked the process to stop.
        return control.signal.map { .interrupted(signal: $0) } ?? status
    }

    /// Says before the run what a person would not want to learn at its end.
    private func warn(by redactor: Redactor) {
        let standardError = Terminal(.standardError)
        standardError.warn(ofSecretsTooShortFor: redactor)
        for hint in plans.compactMap(\.onlyHint) { standardError.write("\(redactor.redact(hint))\n") }
    }

    /// Lets the run wait for servers that are not up yet, if it is to.
    private func gate(by redactor: Redactor) -> ReadinessGate? {
        settings.patience.map { patience in
            ReadinessGate(patience: patience) { Terminal(.standardError).write("\(redactor.redact($0))\n") }
        }
    }
}
