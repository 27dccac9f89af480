import Checks
import DHIS2Simulator
import Testing

/// Every fault of the simulator, met by one check among others, over sockets.
@Suite(.timeLimit(.minutes(2)))
struct FaultMatrixTests {
    @Test(arguments: FaultRow.all)
    func oneCheckMeetsTheFaultAndTheOthersDoNot(row: FaultRow) async throws {
        var configuration = SimulatorConfiguration.standard
        configuration.faults = [FaultRule(route: "echo", times: row.times, fault: row.fault)]
        try await DHIS2Simulator.with(configuration) { simulator in
            let job = MatrixRun.job(at: simulator.baseURL, token: SimulatorConfiguration.standardToken) { job in
                job.checks[3].timeout = row.timeout
                job.checks[3].retry = row.retry
            }
            let report = try await MatrixRun.run(job)
            let result = report.results[3]
            let fault = result.fault
            #expect(result.outcome == row.outcome)
            #expect(fault?.layer == row.layer)
            #expect(fault?.code == row.code)
            #expect(fault?.message.replacing("\(simulator.port)", with: "PORT") == row.message)
            #expect(result.attempts.map(\.outcome) == row.attempts)
            var rest = report.results
            rest.remove(at: 3)
            #expect(rest.map(\.name) == MatrixRun.others)
            #expect(rest.allSatisfy { $0.outcome == .passed && $0.attempts.count == 1 })
            #expect(report.serverFault == nil)
        }
    }

    @Test func aServerThatRestartsIsAskedAgain() async throws {
        var configuration = SimulatorConfiguration.standard
        configuration.faults = [FaultRule(route: "echo", times: 1, fault: .restart(downFor: .milliseconds(50)))]
        try await DHIS2Simulator.with(configuration) { simulator in
            let job = MatrixRun.job(at: simulator.baseURL, token: SimulatorConfiguration.standardToken) { job in
                for index in job.checks.indices {
                    job.checks[index].retry.attempts = 100
                    job.checks[index].retry.delay = .milliseconds(20)
                    job.checks[index].retry.factor = 1
                }
            }
            let report = try await MatrixRun.run(job)
            #expect(report.counts.passed == report.results.count)
            #expect(report.results[3].isFlaky)
            let first = report.results[3].attempts.first?.fault
            #expect(first?.layer == .network)
            #expect(first?.code == "connection-reset")
        }
    }

    @Test(arguments: [
        (SimulatorConfiguration.expiredToken, "token-expired", "it has expired."),
        (
            SimulatorConfiguration.unknownToken, "token-unknown",
            "it does not exist there, because it was deleted or belongs to another server."
        ),
        (SimulatorConfiguration.postOnlyToken, "token-method-not-allowed", "it may not be used with this HTTP method."),
        (
            SimulatorConfiguration.ownerBarredToken, "token-owner-barred",
            "its owner is disabled or locked, or has two-factor authentication."
        ),
        (
            "d2p_tooShort", "token-malformed",
            "it is malformed, as when it was copied in part or holds an extra character."
        ),
    ])
    func aTokenThatIsRefusedEndsTheRunAtOnce(token: String, code: String, reason: String) async throws {
        try await DHIS2Simulator.with { simulator in
            let report = try await MatrixRun.run(MatrixRun.job(at: simulator.baseURL, token: token), token: token)
            #expect(report.serverFault?.layer == .dhis2)
            #expect(report.serverFault?.code == code)
            #expect(
                report.serverFault?.message
                    == "127.0.0.1:\(simulator.port) refused the personal access token: \(reason)"
            )
            #expect(report.counts.notRun == report.results.count)
            #expect(simulator.requestCount == 1)
        }
    }

    @Test func httpsAtAPortForHTTPIsATLSFault() async throws {
        try await DHIS2Simulator.with { simulator in
            let url = "https://127.0.0.1:\(simulator.port)"
            let report = try await MatrixRun.run(MatrixRun.job(at: url, token: SimulatorConfiguration.standardToken))
            #expect(report.serverFault?.layer == .network)
            #expect(report.serverFault?.code == "tls")
            #expect(report.counts.notRun == report.results.count)
        }
    }

    @Test(arguments: [
        (
            SimulatedFault.loginRedirect,
            "127.0.0.1:PORT sent the request to its login page, as if it had no credentials: personal access tokens may be switched off there, or something in front removes the Authorization header."
        ),
        (
            .captivePortal,
            #"127.0.0.1:PORT answered /api/system/info with a web page titled "Guest network" instead of DHIS2's answer: a captive portal, a sign-on page or another site is in the way."#
        ),
        (
            .proxyPage(status: 502),
            "A proxy in front of 127.0.0.1:PORT answered 502: DHIS2 is down, still starting, or too slow for it."
        ),
        (.closeWithoutAnswer, "127.0.0.1:PORT broke the connection before the answer was complete."),
        (.garbageStatusLine, "What 127.0.0.1:PORT answered is not HTTP: Received HTTP/0.9 when not allowed."),
        (
            .status(200, headers: ["Content-Type": "application/json"], body: #"{"version":"2.39.5"}"#),
            "127.0.0.1:PORT runs DHIS2 2.39.5, which has no routes: they came with 2.40."
        ),
        (
            .status(200, headers: ["Content-Type": "application/json"], body: #"{"name":"another"}"#),
            "127.0.0.1:PORT answered /api/system/info, but not as a DHIS2 does: it gave no version."
        ),
    ])
    func preflightSaysWhatStandsInTheWay(fault: SimulatedFault, message: String) async throws {
        var configuration = SimulatorConfiguration.standard
        configuration.faults = [FaultRule(path: "/api/system/info", fault: fault)]
        try await DHIS2Simulator.with(configuration) { simulator in
            let job = MatrixRun.job(at: simulator.baseURL, token: SimulatorConfiguration.standardToken)
            let report = try await MatrixRun.run(job)
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
            let report = try await MatrixRun.run(MatrixRun.job(at: url, token: SimulatorConfiguration.standardToken))
            #expect(
                report.serverFault?.message.replacing("\(simulator.port)", with: "PORT")
                    == "No DHIS2 answers at the root of 127.0.0.1:PORT (404). Check the context path in the server URL, such as /dhis."
            )
        }
    }
}
