import ArgumentParser
import Checks
import Reports
import Runner

struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Run one check once and show request, answer, who answered, times and each expectation.",
        discussion: "Secrets are hidden. Exit status as for run."
    )

    @OptionGroup var jobs: JobOptions
    @OptionGroup var selection: SelectionOptions

    @Option(help: ColorChoice.help)
    var color = ColorChoice.auto

    func run() async throws {
        let jobs = try jobs.load()
        let plans = try selection.plans(for: jobs)
        let selected = plans.flatMap { plan in plan.entries.map { (plan: plan, check: $0.check) } }
        guard let (plan, check) = selected.first else { throw selection.emptiness(of: plans) }
        guard selected.count == 1 else {
            throw CommandFailure(
                .usage,
                "explain takes one check, but \(selected.count) are selected; name one with --name, such as "
                    + "--name '\(plan.job.checks[check].name)'."
            )
        }
        let redactor = Redactor(jobs)
        redactor.warnOfShortSecrets()
        let terminal = Terminal(.standardOutput)
        let style = ConsoleStyle(usesColor: color.isUsed(on: terminal), usesUnicode: Terminal.usesUnicode)
        do {
            let explanation = try await RunSession([plan]).explanation(ofCheck: check)
            let text = ExplanationRenderer(style: style).text(redactor.redact(explanation), file: plan.job.file)
            terminal.write(text)
            if explanation.result.failsRun { throw CommandFailure(.failed) }
        } catch let unusable as CheckRunner.ServerUnusable {
            let fault = unusable.fault
            throw CommandFailure(.serverUnusable, redactor.redact("\(fault.layer.rawValue): \(fault.message)"))
        }
    }
}
