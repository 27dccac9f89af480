import Checks
import CurlHTTP
import DHIS2
import DHIS2Simulator
import Runner
import SourceDiagnostics
import Testing

/// Every fault of the simulator, met by one check among others, over sockets.
@Suite(.timeLimit(.minutes(2)))
struct FaultMatrixTests {
    /// Routes that are well, each with its own check.
    private static let others = ["health", "chap", "fhir", "empty", "html", "compressed", "private"]

    private static func job(at server: String, token: String, change: (inout Job) -> Void = { _ in }) -> Job {
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

    private static func run(
        _ job: Job,
        token: String = SimulatorConfiguration.standardToken,
        options: CurlOptions = CurlOptions(),
        control: RunControl = RunControl()
    ) async throws -> SuiteReport {
        let transport = try CurlTransport(options: options)
        let client = try DHIS2Client(
            baseURL: job.server.url,
            credentials: .personalAccessToken(token),
            transport: transport
        )
        let report = await withTaskExecutorPreference(transport.taskExecutor) {
            await CheckRunner(client: client, random: { 0.5 }).run(RunPlan(job), control: control)
        }
        transport.shutdown()
        return report
    }

    @Test(arguments: FaultRow.all)
    func oneCheckMeetsTheFaultAndTheOthersDoNot(row: FaultRow) async throws {
        var configuration = SimulatorConfiguration.standard
        configuration.faults = [FaultRule(route: "echo", times: row.times, fault: row.fault)]
        try await DHIS2Simulator.with(configuration) { simulator in
            let job = Self.job(at: simulator.baseURL, token: SimulatorConfiguration.standardToken) { job in
                job.checks[3].timeout = row.timeout
                job.checks[3].retry = row.retry
            }
            let report = try await Self.run(job)
            let result = report.results[3]
            let fault = result.fault
            #expect(result.outcome == row.outcome)
            #expect(fault?.layer == row.layer)
            #expect(fault?.code == row.code)
            #expect(fault?.message.replacing("\(simulator.port)", with: "PORT") == row.message)
            #expect(result.attempts.map(\.outcome) == row.attempts)
            var rest = report.results
            rest.remove(at: 3)
            #expect(rest.map(\.name) == Self.others)
            #expect(rest.allSatisfy { $0.outcome == .passed && $0.attempts.count == 1 })
            #expect(report.serverFault == nil)
        }
    }

    @Test func aServerThatRestartsIsAskedAgain() async throws {
        var configuration = SimulatorConfiguration.standard
        configuration.faults = [FaultRule(route: "echo", times: 1, fault: .restart(downFor: .milliseconds(50)))]
        try await DHIS2Simulator.with(configuration) { simulator in
            let job = Self.job(at: simulator.baseURL, token: SimulatorConfiguration.standardToken) { job in
                for index in job.checks.indices {
                    job.checks[index].retry.attempts = 100
                    job.checks[index].retry.delay = .milliseconds(20)
                    job.checks[index].retry.factor = 1
                }
            }
            let report = try await Self.run(job)
            #expect(report.counts.passed == report.results.count)
            #expect(report.results[3].isFlaky)
            let first = report.results[3].attempts.first?.fault
            #expect(first?.layer == .network)
            #expect(first?.code == "connection-reset")
        }
    }

    @Test(arguments: [
        (SimulatorConfiguration.expiredToken, "token-expired", "?"),
        (SimulatorConfiguration.unknownToken, "token-unknown", "?"),
        (SimulatorConfiguration.postOnlyToken, "token-method", "?"),
        (SimulatorConfiguration.ownerBarredToken, "token-owner", "?"),
        ("d2p_tooShort", "token-malformed", "?"),
    ])
    func aTokenThatIsRefusedEndsTheRunAtOnce(token: String, code: String, message: String) async throws {
        try await DHIS2Simulator.with { simulator in
            let report = try await Self.run(Self.job(at: simulator.baseURL, token: token), token: token)
            #expect(report.serverFault?.layer == .dhis2)
            #expect(report.serverFault?.code == code)
            #expect(report.serverFault?.message.replacing("\(simulator.port)", with: "PORT") == message)
            #expect(report.counts.notRun == report.results.count)
            #expect(simulator.requestCount == 1)
        }
    }

    @Test func httpsAtAPortForHTTPIsATLSFault() async throws {
        try await DHIS2Simulator.with { simulator in
            let url = "https://127.0.0.1:\(simulator.port)"
            let report = try await Self.run(Self.job(at: url, token: SimulatorConfiguration.standardToken))
            #expect(report.serverFault?.layer == .network)
            #expect(report.serverFault?.code == "tls")
            #expect(report.counts.notRun == report.results.count)
        }
    }

    @Test(arguments: [
        (SimulatedFault.loginRedirect, "?"),
        (.captivePortal, "?"),
        (.proxyPage(status: 502), "?"),
        (.closeWithoutAnswer, "?"),
        (.garbageStatusLine, "?"),
        (.status(200, headers: ["Content-Type": "application/json"], body: #"{"version":"2.39.5"}"#), "?"),
        (.status(200, headers: ["Content-Type": "application/json"], body: #"{"name":"another"}"#), "?"),
    ])
    func preflightSaysWhatStandsInTheWay(fault: SimulatedFault, message: String) async throws {
        var configuration = SimulatorConfiguration.standard
        configuration.faults = [FaultRule(path: "/api/system/info", fault: fault)]
        try await DHIS2Simulator.with(configuration) { simulator in
            let job = Self.job(at: simulator.baseURL, token: SimulatorConfiguration.standardToken)
            let report = try await Self.run(job)
            #expect(report.serverFault?.message.replacing("\(simulator.port)", with: "PORT") == message)
            #expect(report.counts.notRun == report.results.count)
            #expect(report.results.allSatisfy { $0.reason == report.serverFault?.message })
        }
    }

    @Test func aWrongContextPathIsNamed() async throws {
        var configuration = SimulatorConfiguration.standard
        configuration.contextPath = "/dhis"
        try await DHIS2Simulator.with(configuration) { simulator in
            let url = "http://127.0.0.1:\(simulator.port)"
            let report = try await Self.run(Self.job(at: url, token: SimulatorConfiguration.standardToken))
            #expect(report.serverFault?.message.replacing("\(simulator.port)", with: "PORT") == "?")
        }
    }
}
