import Checks
import DHIS2
import HTTPVocabulary
import Runner
import Synchronization
import Testing

/// The one session of a run.
struct SessionTests {
    /// A server with sessions: gives a cookie to whoever has none, and answers runs as the test says.
    private final class Server: HTTPTransport {
        private let log = Mutex<[TransportRequest]>([])
        private let made = Atomic(0)
        private let answer: @Sendable (TransportRequest) async throws(TransportError) -> HTTPExchange?

        init(
            _ answer: @escaping @Sendable (TransportRequest) async throws(TransportError) -> HTTPExchange? = { _ in nil
            }
        ) {
            self.answer = answer
        }

        var requests: [TransportRequest] { log.withLock { $0 } }
        var paths: [String] {
            requests.map { $0.url.dropFirst("https://dhis2.example/".count).prefix { $0 != "?" } }.map(String.init)
        }
        var sessionCount: Int { made.load(ordering: .relaxed) }

        func send(_ request: TransportRequest) async throws(TransportError) -> HTTPExchange {
            log.withLock { $0.append(request) }
            if let answer = try await answer(request) { return answer }
            var cookie = ""
            if !request.headerFields.contains(.cookie) {
                let number = made.wrappingAdd(1, ordering: .relaxed).newValue
                cookie = "Set-Cookie: JSESSIONID=planted-\(number); Path=/; HttpOnly\r\n"
            }
            if request.url.contains("/system/info") { return .dhis2(200, #"{"version":"2.43.1"}"#, headers: cookie) }
            if request.url.contains("/routes?") { return .dhis2(200, list, headers: cookie) }
            return .dhis2(200, "{}", headers: cookie)
        }

        private let list =
            #"{"pager":{"page":1,"total":1,"pageCount":1},"routes":[{"id":"RouteUid100","code":"a","name":"a"}]}"#

        func client(_ configuration: DHIS2Client.Configuration = .init()) throws -> DHIS2Client {
            try DHIS2Client(
                baseURL: "https://dhis2.example",
                credentials: .personalAccessToken("d2p_test"),
                transport: self,
                configuration: configuration
            )
        }
    }

    private static let logout = "dhis-web-commons-security/logout.action"
    private static let sessionEnd = HTTPExchange.dhis2(302, headers: "Location: /\(logout)\r\n")

    @Test func aRunHasOneSessionHoweverManyChecks() async throws {
        let server = Server()
        let runner = CheckRunner(client: try server.client())
        let report = await runner.run(RunPlan(job(Array(repeating: "a", count: 100)) { $0.concurrency = 32 }))
        await runner.endSession()
        #expect(report.counts.passed == 100)
        #expect(server.sessionCount == 1)
        #expect(server.paths.prefix(2) == ["api/system/info", "api/routes"])
        #expect(server.paths.count { $0 == Self.logout } == 1)
        #expect(server.requests.last?.timeout == .seconds(2))
        #expect(server.requests.last?.headerFields[.cookie] == "JSESSIONID=planted-1")
    }

    @Test func aRunWithoutAPreflightAsksForItselfFirst() async throws {
        let server = Server { request in
            // The list cannot be read, which does not keep routes that are addressed by code from running.
            request.url.contains("/routes?") ? .dhis2(403, #"{"httpStatusCode":403,"message":"no"}"#) : nil
        }
        let client = try server.client(.init(skipVersionProbe: true, addressRoutesBy: .code))
        let plan = RunPlan(
            job(Array(repeating: "a", count: 20)) { job in
                job.server.probe = false
                job.server.addressRoutesBy = .code
            }
        )
        #expect(await CheckRunner(client: client).run(plan).counts.passed == 20)
        #expect(server.paths.prefix(2) == ["api/routes", "api/me"])
        #expect(server.paths.count { $0 == "api/me" } == 1)
        #expect(server.requests.dropFirst(2).allSatisfy { $0.headerFields.contains(.cookie) })
    }

    @Test func aRepeatedRequestIsNoAttempt() async throws {
        let ended = Atomic(false)
        let server = Server { request in
            guard request.url.contains("/run"), !ended.exchange(true, ordering: .relaxed) else { return nil }
            return Self.sessionEnd
        }
        let report = await CheckRunner(client: try server.client()).run(
            RunPlan(job(["a"]) { $0.checks[0].expectation.maximumDuration = .seconds(60) })
        )
        #expect(report.results.map(\.outcome) == [.passed])
        #expect(report.results[0].attempts.count == 1)
        #expect(!report.results[0].isFlaky)
        #expect(server.sessionCount == 2)
    }

    @Test(arguments: [(HTTPMethod.get, 2, "ended the session twice"), (.post, 1, "may have been called")])
    func aSessionThatEndsAgainIsDHIS2sLimit(method: HTTPMethod, runs: Int, sentence: String) async throws {
        let server = Server { $0.url.contains("/run") ? Self.sessionEnd : nil }
        let report = await CheckRunner(client: try server.client()).run(
            RunPlan(job(["a"]) { $0.checks[0].method = method })
        )
        let fault = try #require(report.results[0].fault)
        #expect(report.results[0].outcome == .failed)
        #expect(fault.layer == .dhis2)
        #expect(fault.code == "session-limit")
        #expect(fault.certainty == .certain)
        #expect(fault.message.contains(sentence))
        #expect(server.paths.count { $0.hasSuffix("/run") } == runs)
    }

    @Test func aPreflightThatMeetsTheLimitEndsTheRunWithIt() async throws {
        let server = Server { $0.url.contains("/api/") ? Self.sessionEnd : nil }
        let report = await CheckRunner(client: try server.client()).run(RunPlan(job(["a"])))
        #expect(report.serverFault?.code == "session-limit")
        #expect(report.serverFault?.layer == .dhis2)
        #expect(report.results.map(\.outcome) == [.notRun])
    }

    @Test func aWaitForAServerThatMeetsTheLimitGoesOn() async throws {
        let count = Atomic(0)
        let server = Server { request in
            guard request.url.contains("/system/info") else { return nil }
            return count.wrappingAdd(1, ordering: .relaxed).newValue <= 4 ? Self.sessionEnd : nil
        }
        let runner = CheckRunner(client: try server.client(), clock: sleepingClock(), random: { 0.5 })
        let report = await runner.run(RunPlan(job(["a"])), gate: ReadinessGate(patience: .seconds(60)) { _ in })
        #expect(report.results.map(\.outcome) == [.passed])
        // Asked without credentials, it neither has a session nor makes one.
        for request in server.requests where request.url.hasSuffix("/api/ping") {
            #expect(!request.headerFields.contains(.cookie))
            #expect(!request.headerFields.contains(.authorization))
        }
    }

    @Test func aSessionThatAFailedPreflightOpenedIsEndedToo() async throws {
        let server = Server { $0.url.contains("/routes?") ? .dhis2(500, "broken") : nil }
        let runner = CheckRunner(client: try server.client())
        #expect(await runner.run(RunPlan(job(["a"]))).serverFault != nil)
        await runner.endSession()
        #expect(server.paths.last == Self.logout)
    }

    @Test func anInterruptedRunEndsItsSessionSooner() async throws {
        let control = RunControl()
        let server = Server { request throws(TransportError) in
            guard request.url.contains("/run") else { return nil }
            control.end(.interrupted(signal: 2))
            while !Task.isCancelled { await Task.yield() }
            throw TransportError(.cancelled, message: "The request was cancelled.")
        }
        let runner = CheckRunner(client: try server.client())
        let report = await runner.run(RunPlan(job(["a"])), control: control)
        await runner.endSession(after: control)
        #expect(report.results.map(\.outcome) == [.notRun])
        #expect(server.paths.last == Self.logout)
        #expect(server.requests.last?.timeout == .milliseconds(300))
    }

    @Test func aSignalCutsTheEndOfASessionShort() async throws {
        let control = RunControl()
        let server = Server { request throws(TransportError) in
            guard request.url.hasSuffix(Self.logout) else { return nil }
            control.end(.interrupted(signal: 15))
            // It hangs until the runner gives up.
            while !Task.isCancelled { await Task.yield() }
            throw TransportError(.cancelled, message: "The request was cancelled.")
        }
        let slept = SleptTime()
        let runner = CheckRunner(client: try server.client(), clock: sleepingClock(slept))
        _ = await runner.run(RunPlan(job(["a"])), control: control)
        await runner.endSession(after: control)
        #expect(slept.all == [.milliseconds(300)])
    }

    @Test func anExplanationThatIsCutOffStopsWaiting() async throws {
        let control = RunControl()
        let server = Server { request throws(TransportError) in
            guard request.url.contains("/run") else { return nil }
            control.end(.interrupted(signal: 2))
            while !Task.isCancelled { await Task.yield() }
            throw TransportError(.cancelled, message: "The request was cancelled.")
        }
        let runner = CheckRunner(client: try server.client())
        let explanation = try await runner.explanation(ofCheck: 0, in: RunPlan(job(["a"])), control: control)
        #expect(explanation.result.outcome == .notRun)
        await runner.endSession(after: control)
        #expect(server.paths.last == Self.logout)
    }

    @Test func noTextOfAReportHasASessionsCookie() async throws {
        let server = Server { request in
            guard request.url.contains("/run") else { return nil }
            return .dhis2(
                302,
                headers: "Location: /x/logout.action;jsessionid=planted-1\r\n"
            )
        }
        let runner = CheckRunner(client: try server.client())
        let report = await runner.run(RunPlan(job(["a"])))
        let explanation = try await runner.explanation(ofCheck: 0, in: RunPlan(job(["a"])))
        let faults = [report.results[0].fault, explanation.origin].compactMap(\.self)
        for text in faults.flatMap({ [$0.message] + $0.evidence }) + explanation.requestHeaders {
            #expect(!text.contains("planted"))
        }
    }
}
