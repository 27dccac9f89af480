import Checks
import DHIS2
import Runner
import SourceDiagnostics
import Testing

/// What a look at the server before the run says of it.
struct ServerExaminationTests {
    /// A server of a version, with the rows of its list of routes.
    private struct Server: HTTPTransport {
        var version = "2.43.1"
        var rows = #"{"id":"RouteUid100","code":"a","name":"a"}"#

        /// Takes away what something in front would.
        var stripping: (@Sendable (inout HTTPExchange) -> Void)?

        func send(_ request: TransportRequest) async throws(TransportError) -> HTTPExchange {
            var answer = answer(to: request)
            stripping?(&answer)
            return answer
        }

        private func answer(to request: TransportRequest) -> HTTPExchange {
            if request.url.hasSuffix("system/info") { return .dhis2(200, #"{"version":"\#(version)"}"#) }
            guard request.url.contains("routes?") else { return .dhis2(200, "{}") }
            return .dhis2(200, #"{"pager":{"page":1,"total":1,"pageCount":1},"routes":[\#(rows)]}"#)
        }
    }

    private func report(
        on server: Server = Server(),
        gate: ReadinessGate? = nil,
        change: (inout Job) -> Void = { _ in }
    ) async throws -> SuiteReport {
        let job = job(["a"], change: change)
        let client = try DHIS2Client(
            baseURL: "https://dhis2.example",
            credentials: .personalAccessToken("d2p_test"),
            transport: server,
            configuration: .init(version: job.server.version.flatMap(ServerVersion.init))
        )
        return await CheckRunner(client: client, clock: sleepingClock(), random: { 0.5 }).run(RunPlan(job), gate: gate)
    }

    @Test(arguments: [
        ("2.41", "2.43.1"), ("2.43", "2.44-SNAPSHOT"), ("2.43.1", "2.42.5.2"), ("2.4", "2.43.1"), ("2.44", "2.43.1"),
    ])
    func refusesAServerOfAnotherVersionThanThePin(pin: String, version: String) async throws {
        let report = try await report(on: Server(version: version)) { job in
            job.server.version = pin
            job.server.versionPosition = SourcePosition(line: 4, column: 12)
        }
        #expect(report.serverFault?.layer == .job)
        #expect(report.serverFault?.code == "version-mismatch")
        #expect(
            report.serverFault?.message == """
                job.yaml:4:12: server.version is \(pin), but https://dhis2.example runs DHIS2 \(version), so requests would be \
                written for the wrong version. Correct the version or leave it out.
                """
        )
        #expect(report.serverVersion == version)
        #expect(report.results.map(\.outcome) == [.notRun])
        #expect(report.results.first?.reason == report.serverFault?.message)
    }

    @Test(arguments: [
        ("2.43", "2.43.1"), ("2.43.0", "2.43.1"), ("2.43.1.2", "2.43.0"), ("2.44", "2.44-SNAPSHOT"),
        ("2.44.0", "2.44.0-SNAPSHOT"), ("2.43", "2.43.0-rc1"),
    ])
    func takesAServerOfThePinnedLine(pin: String, version: String) async throws {
        let report = try await report(on: Server(version: version)) { $0.server.version = pin }
        #expect(report.serverFault == nil)
        #expect(report.results.map(\.outcome) == [.passed])
    }

    @Test func believesThePinWhereTheServerIsNotAsked() async throws {
        let report = try await report { job in
            job.server.version = "2.41"
            job.server.probe = false
        }
        #expect(report.serverFault == nil)
        #expect(report.serverVersion == "2.41")
    }

    @Test func namesTheFileOfAJobThatAProgramMade() async throws {
        let report = try await report { $0.server.version = "2.41" }
        #expect(report.serverFault?.message.hasPrefix("job.yaml: server.version is 2.41, but ") == true)
    }

    /// Waiting does not make another version of it.
    @Test func endsTheWaitForAServerOfAnotherVersion() async throws {
        let report = try await report(gate: ReadinessGate(patience: .seconds(60)) { _ in }) {
            $0.server.version = "2.41"
        }
        #expect(report.serverFault?.code == "version-mismatch")
    }

    @Test func saysNothingOfAGoodServer() async throws {
        #expect(try await report().warnings.isEmpty)
    }

    @Test(arguments: [
        (
            #"{"id":"RouteUid100","code":"a"},{"id":null,"code":"b"}"#,
            #"A row of DHIS2's list of routes cannot be read, that of the route "b": its "id" is null. If a check needs its route, it is run by its code."#
        ),
        (
            #"null,{"id":"RouteUid100","code":"a","disabled":"no"},7,{"id":1},{"code":2}"#,
            """
            5 rows of DHIS2's list of routes cannot be read (row 1: it is null; that of the route "a": its "disabled" is not \
            true or false; row 3: it is not an object; and 2 more). If a check needs one of their routes, it is run by its \
            code.
            """
        ),
    ])
    func warnsOfRowsThatCannotBeRead(rows: String, warning: String) async throws {
        let report = try await report(on: Server(rows: rows))
        #expect(report.warnings == [warning])
        #expect(report.results.map(\.outcome) == [.passed])
    }

    private static let stripped = """
        None of DHIS2's marks arrive from dhis2.example, so that the layer named for a failure may be wrong: something in \
        front removes them. Let it pass the headers Content-Security-Policy and X-Content-Type-Options, and Set-Cookie.
        """

    @Test func warnsOnceWhereNoMarkArrives() async throws {
        let server = Server { $0.headerSection = Array("Set-Cookie: JSESSIONID=a\r\n".utf8) }
        #expect(try await report(on: server).warnings == [Self.stripped])
        let byCode = try await report(on: server) { job in
            job.server.addressRoutesBy = .code
            job.server.probe = false
        }
        #expect(byCode.warnings == [Self.stripped])
    }

    @Test(arguments: [
        "", "X-Frame-Options: SAMEORIGIN\r\nX-Content-Type-Options: nosniff\r\n", "Set-Cookie: SESSION_EXPIRE=x\r\n",
    ])
    func saysNothingWhereOneMarkIsLeft(fields: String) async throws {
        let report = try await report(
            on: Server { answer in
                answer.headerSection = Array(fields.utf8)
                answer.reasonPhrase = fields.isEmpty ? "" : "OK"
            }
        )
        #expect(report.warnings.isEmpty)
        #expect(report.results.map(\.outcome) == [.passed])
    }

    /// What would be a warning keeps a strict job from running.
    @Test func aStrictJobDoesNotRunWhereNoMarkArrives() async throws {
        let report = try await report(on: Server { $0.headerSection = [] }) { $0.isStrict = true }
        #expect(report.warnings.isEmpty)
        #expect(report.serverFault?.layer == .proxy)
        #expect(report.serverFault?.code == "marks-stripped")
        #expect(report.serverFault?.message == "\(Self.stripped) With --strict, this warning is an error.")
        #expect(report.results.map(\.outcome) == [.notRun])
    }

    @Test func aStrictJobDoesNotRunWhereARowCannotBeRead() async throws {
        let report = try await report(on: Server(rows: #"{"id":"RouteUid100","code":"a"},null"#)) { $0.isStrict = true }
        #expect(report.serverFault?.layer == .dhis2)
        #expect(report.serverFault?.code == "unreadable-routes")
        #expect(report.serverFault?.message.hasSuffix(" With --strict, this warning is an error.") == true)
    }

    @Test func warnsOfRepeatedParametersWhereTheServerLosesTheirOrder() async throws {
        let change: (inout Job) -> Void = { job in
            job.checks[0].parameters = ["tag", "x", "tag", "y", "y", "tag"].map { QueryParameter(name: $0, value: "1") }
        }
        let report = try await report(on: Server(version: "2.44-SNAPSHOT"), change: change)
        #expect(
            report.warnings == [
                """
                DHIS2 2.44-SNAPSHOT does not keep the order of query parameters, and "tag" is repeated at job.yaml:1 (and 1 \
                more in this job): make sure that the target does not depend on the order.
                """
            ]
        )
        #expect(try await self.report(change: change).warnings.isEmpty)
        // The job file itself has been warned of.
        let pinned = try await self.report(on: Server(version: "2.44-SNAPSHOT")) { job in
            change(&job)
            job.server.version = "2.44"
        }
        #expect(pinned.warnings.isEmpty)
    }

    @Test func explainsTheRoute() async throws {
        let row = #"""
            {"id":"RouteUid100","code":"a","name":"The A","url":"https://user:secret@target.example/**?k=secret",
             "description":"What it is for","responseTimeoutSeconds":7,"auth":{"type":"http-basic","password":"secret"},
             "headers":{"X-Key":"secret","Accept":"secret"},"authorities":["RUN_IT"],"lastUpdated":"2026-11-27T20:04:32.560"}
            """#
        let client = try DHIS2Client(
            baseURL: "https://dhis2.example",
            credentials: .personalAccessToken("d2p_test"),
            transport: Server(rows: row + ",null")
        )
        let explanation = try await CheckRunner(client: client, clock: sleepingClock())
            .explanation(ofCheck: 0, in: RunPlan(job(["a"])))
        #expect(
            explanation.route == [
                "The A", "What it is for", "target target.example", "time limit 7 s", "authentication http-basic",
                "header fields Accept, X-Key", "authorities RUN_IT",
                "last updated 2026-11-27T20:04:32.560 (the server's time)",
            ]
        )
        #expect(explanation.warnings.count == 1)
    }
}
