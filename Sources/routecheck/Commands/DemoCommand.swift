import ArgumentParser
import DHIS2Simulator
import JobFile
import Runner
import SourceDiagnostics

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Show what routecheck does, on a DHIS2 look-alike started for the purpose.",
        discussion: """
            Runs the checks of jobs/demo.yaml over HTTP on a loopback port. Those that fail on purpose say so with \
            allow-failure. Without report options the reports go to a new temporary folder.
            """
    )

    @OptionGroup var execution: ExecutionOptions
    @OptionGroup var reports: ReportOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let simulator = try await DHIS2Simulator.start()
        let overrides = ServerOverrides(url: simulator.baseURL, token: SimulatorConfiguration.standardToken)
        let decoder = JobDecoder(
            environment: ["DHIS2_URL": simulator.baseURL, "DHIS2_PAT": SimulatorConfiguration.standardToken],
            overrides: overrides,
            files: .none
        )
        let job = try decoder.decode(SourceText(name: "jobs/demo.yaml", bytes: PackageResources.demo_yaml)).job
        let plan = RunPlan(execution.applied(to: job))
        let reports = try self.reports.isEmpty ? self.reports.inNewFolder(named: "routecheck-demo") : self.reports
        let standardError = Terminal(.standardError)
        standardError.write("A DHIS2 look-alike runs at \(simulator.baseURL); nothing leaves this machine.\n\n")
        let status = try await RunExecution(
            plans: [plan],
            reports: reports,
            output: output,
            bounds: execution.bounds,
            failsOnFlaky: execution.failOnFlaky
        ).status()
        for path in reports.paths { standardError.write("Report: \(path)\n") }
        try await simulator.stop()
        try status.throwIfFailure()
    }
}
