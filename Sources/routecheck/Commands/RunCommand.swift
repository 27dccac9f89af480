import ArgumentParser
import Checks
import Reports
import Runner

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run the checks of job files and report what came of them."
    )

    @OptionGroup var jobs: JobOptions
    @OptionGroup var selection: SelectionOptions
    @OptionGroup var plan: PlanOptions
    @OptionGroup var execution: ExecutionOptions
    @OptionGroup var reports: ReportOptions
    @OptionGroup var output: OutputOptions

    @Option(
        help: ArgumentHelp(
            "Wait so long for DHIS2 to be up before the run, such as 3m; refused credentials end the wait at once.",
            valueName: "duration"
        )
    )
    var waitReady: DurationArgument?

    @Flag(help: "Print the requests that would be sent, and send none.")
    var dryRun = false

    mutating func validate() throws {
        try reports.refuseToOverwrite(jobs.jobs, replaceable: [plan.lastFailed])
    }

    func run() async throws {
        let jobs = try jobs.load(reports: reports.paths).map { execution.applied(to: $0) }
        let failures = try plan.failures(of: jobs)
        if let lastFailed = plan.lastFailed, failures?.areNone(of: jobs) == true {
            // The best night there can be must not fail a pipeline.
            let message = "nothing failed in \(lastFailed), so there is nothing to run again and no report to write"
            Terminal(.standardError).write("note: \(message)\n")
            return
        }
        for remark in failures?.remarks(on: jobs) ?? [] { Terminal(.standardError).write("note: \(remark)\n") }
        let plans = try selection.plans(for: jobs) { failures?.contains($1, of: $0) ?? true }
            .map { try plan.applied(to: $0, environment: ProcessEnvironment.variables) }
        if dryRun {
            let redactor = Redactor(jobs)
            redactor.warnOfShortSecrets()
            if plans.contains(where: { $0.job.server.version == nil }) {
                Terminal(.standardError).write(
                    """
                    note: the requests are written for DHIS2 2.42.4 and later, since no server.version says otherwise; \
                    a run asks the server\n
                    """
                )
            }
            for plan in plans { try Terminal(.standardOutput).writeResult(redactor.redact(plan.requestPreviews)) }
            guard plans.contains(where: { !$0.isEmpty }) else { throw emptiness(of: plans) }
            return
        }
        guard plans.contains(where: { !$0.isEmpty }) else { throw emptiness(of: plans) }
        let run = RunExecution(
            plans: plans,
            reports: reports,
            output: output,
            bounds: execution.bounds,
            failsOnFlaky: execution.failOnFlaky,
            patience: waitReady?.value
        )
        try await run.status().throwIfFailure()
    }

    private func emptiness(of plans: [RunPlan]) -> CommandFailure {
        selection.emptiness(of: plans, lastFailed: plan.lastFailed)
    }
}
