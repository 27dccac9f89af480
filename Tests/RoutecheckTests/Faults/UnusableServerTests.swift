import Checks
import DHIS2Simulator
import Testing

/// Faults that the first look at the server meets: the built binary ends at once, and reports every check.
///
/// One at a time, as in ``FaultMatrixTests``.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct UnusableServerTests {
    /// Checks that no check ran, and why.
    private func expect(_ run: MatrixRun, of served: ServedJob, _ layer: Layer, _ code: String, _ message: String) {
        let fault = run.serverFault(of: served)
        #expect(fault?.layer == layer)
        #expect(fault?.code == code)
        #expect(fault?.message == message)
        #expect(run.process.status == 3)
        #expect(run.process.output.contains(run.suite.serverFault?.message ?? message))
        #expect(run.suite.results.count == 8)
        #expect(run.suite.results.allSatisfy { $0.outcome == .notRun && $0.reason == run.suite.serverFault?.message })
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
    func aTokenThatIsRefused(token: String, code: String, reason: String) async throws {
        try await ServedJob.with(MatrixRun.job()) { served in
            let run = try await MatrixRun(of: served) { $0.environment["DHIS2_PAT"] = token }
            expect(run, of: served, .dhis2, code, "127.0.0.1:PORT refused the personal access token: \(reason)")
            #expect(served.simulator.requests(to: "/api/*").count == 1)
        }
    }

    @Test func aServerThatIsNotThere() async throws {
        try await ServedJob.with(MatrixRun.job(), host: "127.0.0.10") { served in
            try await served.simulator.stop()
            let run = try await MatrixRun(of: served)
            let message = "127.0.0.10:PORT refused the connection: DHIS2 is not running there, or the port is wrong."
            expect(run, of: served, .network, "connection-refused", message)
        }
    }

    @Test func httpsAtAPortForHTTP() async throws {
        try await ServedJob.with(MatrixRun.job()) { served in
            let run = try await MatrixRun(of: served) {
                $0.environment["DHIS2_URL"] = "https://127.0.0.1:\(served.simulator.port)"
            }
            let message = "127.0.0.1:PORT does not speak TLS: write the URL with http://, or name another port."
            expect(run, of: served, .network, "tls", message)
        }
    }

    @Test(arguments: UnusableServerRow.ofServerInfo)
    func aServerThatAnswersOtherwise(row: UnusableServerRow) async throws {
        let fault = FaultRule(path: "/api/system/info", fault: row.fault)
        try await ServedJob.with(MatrixRun.job(), on: ServedJob.server(fault)) { served in
            expect(try await MatrixRun(of: served), of: served, row.layer, row.code, row.message)
            #expect(served.simulator.requests(to: "/api/*").count == row.lookups)
        }
    }

    @Test(arguments: UnusableServerRow.ofRoutes)
    func aServerThatDoesNotListItsRoutes(row: UnusableServerRow) async throws {
        let fault = FaultRule(path: "/api/routes", fault: row.fault)
        try await ServedJob.with(MatrixRun.job(), on: ServedJob.server(fault)) { served in
            expect(try await MatrixRun(of: served), of: served, row.layer, row.code, row.message)
            let lookups = Array(repeating: "/api/routes", count: row.lookups)
            #expect(served.simulator.requests(to: "/api/*").map(\.path) == ["/api/system/info"] + lookups)
        }
    }

    @Test(arguments: [
        (
            "/dhis", "",
            "No DHIS2 answers at the root of 127.0.0.1:PORT (404). Add its context path to the server URL, such as /dhis."
        ),
        (
            "", "/dhis",
            """
            A DHIS2 answers on 127.0.0.1:PORT, but it has no API under /dhis (301): the path before /api in the server URL is \
            wrong. Use http://127.0.0.1:PORT as the server URL.
            """
        ),
        (
            "/dhis", "/dhis/api",
            """
            A DHIS2 answers on 127.0.0.1:PORT, but it has no API under /dhis/api (404). Use http://127.0.0.1:PORT/dhis as the \
            server URL.
            """
        ),
    ])
    func aWrongContextPath(real: String, given: String, message: String) async throws {
        var configuration = SimulatorConfiguration.standard
        configuration.contextPath = real
        try await ServedJob.with(MatrixRun.job(), on: configuration) { served in
            let run = try await MatrixRun(of: served) {
                $0.environment["DHIS2_URL"] = "http://127.0.0.1:\(served.simulator.port)\(given)"
            }
            expect(run, of: served, .dhis2, "wrong-context-path", message)
        }
    }
}
