import ArgumentParser
import Reports

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run the checks of job files and report what came of them."
    )

    @OptionGroup var jobs: JobOptions
    @OptionGroup var selection: SelectionOptions
    @OptionGroup var execution: ExecutionOptions
    @OptionGroup var reports: ReportOptions
    @OptionGroup var output: OutputOptions

    @Flag(help: "Print the requests that would be sent, and send none.")
    var dryRun = false

    func run() async throws {
        let jobs = try jobs.load().map { execution.applied(to: $0) }
        let plans = try selection.plans(for: jobs)
        if dryRun {
            let redactor = Redactor(jobs)
            for plan in plans { Terminal(.standardOutput).write(redactor.redact(plan.requestPreviews)) }
            return
        }
        try await RunExecution(plans: plans, reports: reports, output: output).status().throwIfFailure()
    }
}
