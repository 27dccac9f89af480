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

    func run() async throws {
        let jobs = try jobs.load()
        let plans = try selection.plans(for: jobs)
        let selected = plans.flatMap { plan in plan.entries.map { (plan: plan, check: $0.check) } }
        guard let (plan, check) = selected.first else {
            throw CommandFailure(.nothingToRun, "No check is selected.")
        }
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
        let style = ConsoleStyle(usesColor: terminal.usesColor, usesUnicode: Terminal.usesUnicode)
        do {
            let explanation = try await RunSession([plan]).explanation(ofCheck: check)
            let text = ExplanationRenderer(style: style).text(explanation.redacted(by: redactor), file: plan.job.file)
            terminal.write(text)
            if explanation.result.failsRun { throw CommandFailure(.failed) }
        } catch let unusable as CheckRunner.ServerUnusable {
            let fault = unusable.fault
            throw CommandFailure(.serverUnusable, redactor.redact("\(fault.layer.rawValue): \(fault.message)"))
        }
    }
}

extension Explanation {
    /// The explanation without secrets in any of its texts.
    fileprivate func redacted(by redactor: Redactor) -> Explanation {
        var copy = self
        copy.result = redactor.redact(result)
        copy.request = redactor.redact(request)
        copy.requestHeaders = requestHeaders.map { redactor.redact($0) }
        copy.responseHeaders = responseHeaders.map { $0.map { redactor.redact($0) } }
        copy.bodyExcerpt = bodyExcerpt.map { redactor.redact($0) }
        copy.origin.message = redactor.redact(origin.message)
        copy.origin.evidence = origin.evidence.map { redactor.redact($0) }
        copy.verdicts = verdicts.map { verdict in
            var verdict = verdict
            verdict.location = verdict.location.map { redactor.redact($0) }
            verdict.expected = redactor.redact(verdict.expected)
            verdict.actual = redactor.redact(verdict.actual)
            verdict.excerpt = verdict.excerpt.map { redactor.redact($0) }
            return verdict
        }
        return copy
    }
}
