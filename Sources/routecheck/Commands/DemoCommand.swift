import Arguments
import DHIS2Simulator
import JobFile
import Redaction
import Runner
import SourceDiagnostics

/// `routecheck demo`.
struct DemoCommand: ExecutableCommand {
    var execution = ExecutionOptions()
    var reports = ReportOptions()
    var output = OutputOptions()

    static let command = command("demo", "Show what routecheck does, on a DHIS2 look-alike.") {
        CommandTable(
            Self(),
            discussion: [
                .paragraph(
                    """
                    Runs the checks of jobs/demo.yaml over HTTP on a loopback port. Those that fail on purpose say so \
                    with allow-failure. Without report options the reports go to a new temporary folder.
                    """
                )
            ],
            options: [
                ExecutionOptions.group.at(\.execution),
                ReportOptions.group.at(\.reports),
                OutputOptions.group.at(\.output),
            ]
        ) { $0 }
    }

    func check() throws(UsageProblem) {
        try reports.check()
        try output.check()
    }

    func run() async throws {
        SignalWatcher.ignoreBrokenPipes()
        let simulator = try await DHIS2Simulator.start()
        let decoder = JobDecoder(
            environment: ["DHIS2_URL": simulator.baseURL, "DHIS2_PAT": SimulatorConfiguration.standardToken],
            files: .none
        )
        let job = try decoder.decode(SourceText(name: "jobs/demo.yaml", bytes: PackageResources.demo_yaml)).job
        var jobs = [execution.applied(to: job)]
        let options = try reports.isEmpty ? reports.inNewFolder(named: "routecheck-demo") : reports
        if options.identifiesChecks { Redactor(secretsOf: jobs).identify(&jobs) }
        let reports = try options.settings()
        let settings = RunSettings(
            bounds: execution.bounds,
            failsOnFlaky: execution.failsOnFlaky,
            reports: reports,
            console: output.settings(besides: reports)
        )
        let standardError = Terminal(.standardError)
        standardError.write("A DHIS2 look-alike runs at \(own: simulator.baseURL); nothing leaves this machine.\n\n")
        let status = try await Run(plans: jobs.map { RunPlan($0) }, settings: settings).status()
        for path in options.paths { standardError.write("Report: \(own: path)\n") }
        try await simulator.stop()
        try status.throwIfFailure()
    }
}
