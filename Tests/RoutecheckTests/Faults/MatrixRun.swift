import Checks
import CurlHTTP
import DHIS2
import DHIS2Simulator
import Runner
import SourceDiagnostics

/// A run in this process, over libcurl, of a job with one check a route.
enum MatrixRun {
    /// Routes that are well, each with its own check.
    static let others = ["health", "chap", "fhir", "empty", "html", "compressed", "private"]

    /// A job that checks them, and the route `echo` as its fourth.
    static func job(
        at server: String,
        token: String = SimulatorConfiguration.standardToken,
        change: (inout Job) -> Void = { _ in }
    ) -> Job {
        var routes = others
        // In the midst of the others, so that some are in flight with it whatever the order.
        routes.insert("echo", at: 3)
        let checks = routes.enumerated().map { index, route in
            Check(name: route, route: route, position: SourcePosition(line: index + 1, column: 1))
        }
        var job = Job(
            name: "faults",
            file: "faults.yaml",
            server: ServerSettings(url: server, credentials: .token(token)),
            concurrency: 4,
            checks: checks
        )
        change(&job)
        return job
    }

    /// Runs a job to its end.
    static func run(
        _ job: Job,
        token: String = SimulatorConfiguration.standardToken,
        authorities: String? = nil
    ) async throws -> SuiteReport {
        var options = CurlOptions()
        // Proxies of the environment stay out of tests.
        options.proxy = .none
        options.tls.certificateAuthorities = authorities
        let transport = try CurlTransport(options: options)
        let client = try DHIS2Client(
            baseURL: job.server.url,
            credentials: .personalAccessToken(token),
            transport: transport
        )
        let report = await withTaskExecutorPreference(transport.taskExecutor) {
            await CheckRunner(client: client, random: { 0.5 }).run(RunPlan(job))
        }
        transport.shutdown()
        return report
    }
}
