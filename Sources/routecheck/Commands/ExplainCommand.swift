import Arguments
import Checks
import Redaction
import Reports
import RouteChecks
import Runner

/// `routecheck explain`.
struct ExplainCommand: JobReadingCommand {
    var jobs = JobOptions()
    var selection = SelectionOptions()
    var color = ColorChoice.auto

    static let command = command(
        "explain",
        "Run one check once and show request, response, who answered, times and each expectation."
    ) {
        CommandTable(
            Self(),
            discussion: [.paragraph("Secrets are hidden. The exit status is that of run.")],
            operands: [JobOptions.operand.at(\.jobs)],
            options: [
                JobOptions.group.at(\.jobs),
                SelectionOptions.group.at(\.selection),
                OptionGroup("Output", [ColorChoice.option { $0.color = $1 }]),
            ]
        ) { $0 }
    }

    func check() throws(UsageProblem) {
        try jobs.check()
    }

    func run() async throws {
        let jobs = try jobs.load()
        let plans = selection.plans(for: jobs)
        let selected = plans.flatMap { plan in plan.entries.map { (plan: plan, check: $0.check) } }
        guard let (plan, check) = selected.first else { throw selection.emptiness(of: plans) }
        let redactor = Redactor(secretsOf: jobs)
        guard selected.count == 1 else {
            throw UsageProblem(
                "explain takes one check, but \(selected.count) are selected; name one with --name, such as "
                    + "--name '\(redactor.redact(plan.job.checks[check].name).value)'."
            )
        }
        Terminal(.standardError).warn(ofSecretsTooShortFor: redactor)
        let terminal = Terminal(.standardOutput)
        let style = ConsoleStyle(usesColor: color.isUsed(on: terminal), usesUnicode: Terminal.usesUnicode)
        let run = try JobRun([plan])
        let control = RunControl()
        // A signal does not end the process before its session at DHIS2.
        let watcher = SignalWatcher { control.end(.interrupted(signal: $0)) }
        defer { withExtendedLifetime(watcher) {} }
        do {
            let explanation = try await run.explanation(ofCheck: check, control: control)
            if let signal = control.signal { throw CommandFailure(.interrupted(signal: signal)) }
            let renderer = ExplanationRenderer(style: style)
            let queue = OutputQueue()
            queue.show(renderer.text(redactor.redact(explanation), file: redactor.redact(plan.job.file)), on: terminal)
            OutputQueue.drain([queue]) { watcher.first.number != nil }
            if let signal = watcher.first.number { throw CommandFailure(.interrupted(signal: signal)) }
            if let loss = queue.loss { throw CommandFailure(lost: loss) }
            if explanation.result.failsRun { throw CommandFailure(.failed) }
        } catch let unusable as CheckRunner.ServerUnusable {
            if let signal = control.signal { throw CommandFailure(.interrupted(signal: signal)) }
            let fault = unusable.fault
            let reason = redactor.redact("\(fault.layer.rawValue): \(fault.message)")
            throw CommandFailure(.serverUnusable, "\(reason)")
        }
    }
}
