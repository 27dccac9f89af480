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
        let control = RunControl()
        let watcher = SignalWatcher { control.end(.interrupted(signal: $0)) }
        let isHurried: @Sendable () -> Bool = { [first = watcher.first] in first.number != nil }
        let jobs = plans.map(\.job)
        let redactor = redactor ?? Redactor(secretsOf: jobs)
        let blank = redactor.redact(BlankReports.report(.unfinished, of: plans))
        let unwritable = BlankReports(settings.reports).write(blank, by: redactor)
        let run = try JobRun(plans, bodyMemory: settings.bodyMemory)

        let output = OutputQueue()
        warn(by: redactor, output)
        let console = Console(settings.console, by: output, redactor: redactor, plans: plans)
        let events = EventFile.Opening(settings.reports.events, by: output, redactor: redactor, isHurried: isHurried)
        // The run goes on without these reports.
        for problem in [events.problem].compactMap(\.self) + unwritable {
            output.tell("warning: the report cannot be written: \(problem)\n")
        }

        var report = await run.report(
            control: control,
            bounds: settings.bounds,
            gate: gate(by: redactor, output),
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

        let conclusion = Conclusion(settings.reports, redactor: redactor, output: output, isHurried: isHurried)
        let status = conclusion.status(of: judged, comparison, events: events, show: console.show)
        // A signal that came when all checks had ended still asked the process to stop.
        return watcher.first.number.map { .interrupted(signal: $0) } ?? status
    }

    /// Says before the run what a person would not want to learn at its end.
    private func warn(by redactor: Redactor, _ output: OutputQueue) {
        if let warning = redactor.warningOfShortSecrets { output.tell(warning) }
        for hint in plans.compactMap(\.onlyHint) { output.tell("\(redactor.redact(hint))\n") }
    }

    /// Lets the run wait for servers that are not up yet, if it is to.
    private func gate(by redactor: Redactor, _ output: OutputQueue) -> ReadinessGate? {
        settings.patience.map { patience in
            ReadinessGate(patience: patience) { output.tell("\(redactor.redact($0))\n") }
        }
    }
}
