import Checks
import CurlHTTP
import DHIS2
import FoundationEssentials
import Runner

/// Runs the plans of one command, one after the other, each against its own server.
struct RunSession: Sendable {
    private struct Suite: Sendable {
        var plan: RunPlan
        var transport: CurlTransport
        var client: DHIS2Client
    }

    private let suites: [Suite]

    /// Makes ready to run; no request is sent.
    ///
    /// - Throws: `DHIS2Error` when a server's URL or credentials cannot be used, `TransportError` when the system
    ///   refuses what the transport needs.
    init(_ plans: [RunPlan]) throws {
        suites = try plans.map { plan in
            let transport = try CurlTransport(options: CurlOptions(plan.job))
            return Suite(plan: plan, transport: transport, client: try DHIS2Client(plan.job, transport: transport))
        }
    }

    /// Runs one check of the first plan, once, and keeps all it saw.
    func explanation(ofCheck check: Int) async throws -> Explanation {
        let suite = suites[0]
        defer { suite.transport.shutdown() }
        return try await CheckRunner(client: suite.client).explanation(ofCheck: check, in: suite.plan)
    }

    /// Runs every plan; whatever happens, each of them is in the report.
    func run(control: RunControl, onEvent: @escaping @Sendable (RunEvent) -> Void) async -> RunReport {
        let clock = RunClock.system()
        var report = RunReport(toolVersion: Version.current, startedAt: clock.date(), duration: .zero, suites: [])
        for (number, suite) in suites.enumerated() {
            let runner = CheckRunner(client: suite.client, clock: clock)
            // On libcurl's own thread neither a request nor its answer changes threads.
            let result = await withTaskExecutorPreference(suite.transport.taskExecutor) {
                await runner.run(suite.plan, suite: number, control: control, onEvent: onEvent)
            }
            suite.transport.shutdown()
            report.suites.append(result)
        }
        report.duration = clock.elapsed()
        if let ending = control.ending {
            report.ending = ending
        } else if report.suites.contains(where: { $0.serverFault != nil }) {
            report.ending = .serverUnusable
        }
        return report
    }
}
