import ArgumentParser
import JobFile

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run the checks of job files and report what came of them."
    )

    @Argument(help: ArgumentHelp("The job files; - is standard input.", valueName: "job"))
    var jobs: [String]

    @OptionGroup var server: ServerOptions
    @OptionGroup var execution: ExecutionOptions
    @OptionGroup var reports: ReportOptions

    func run() async throws {
        let environment = ProcessEnvironment.variables
        let loader = JobLoader(
            overrides: ServerOverrides(environment: environment, url: server.server),
            environment: environment
        )
        let run = RunExecution(jobs: try loader.load(jobs), execution: execution, reports: reports)
        try await run.status().throwIfFailure()
    }
}
