import Checks
import DHIS2
import Runner
import Synchronization
import Testing

/// What is left of a run that is ended before its checks are done.
struct EarlyEndTests {
    private func hang() async throws(TransportError) -> HTTPExchange {
        while !Task.isCancelled { await Task.yield() }
        throw TransportError(.cancelled, message: "The request was cancelled.")
    }

    private func run(
        _ job: Job,
        on server: any HTTPTransport,
        clock: RunClock = .system(),
        control: RunControl = RunControl(),
        gate: ReadinessGate? = nil
    ) async throws -> SuiteReport {
        let client = try DHIS2Client(
            baseURL: "https://dhis2.example",
            credentials: .personalAccessToken("d2p_test"),
            transport: server
        )
        let runner = CheckRunner(client: client, clock: clock, random: { 0.5 })
        return await runner.run(RunPlan(job), control: control, gate: gate)
    }

    @Test func aRetryThatTheEndCutsOffKeepsItsAttempts() async throws {
        let control = RunControl()
        let server = FakeServer { _, number throws(TransportError) in
            guard number > 0 else { return .dhis2(503) }
            control.end(.interrupted(signal: 2))
            return try await hang()
        }
        let report = try await run(
            job(["a"]) { $0.checks[0].retry.attempts = 5 },
            on: server,
            clock: sleepingClock(),
            control: control
        )
        #expect(report.results[0].outcome == .notRun)
        #expect(report.results[0].attempts.map(\.outcome) == [.failed, .notRun])
        #expect(report.results[0].attempts.map(\.status) == [503, nil])
        #expect(report.results[0].reason == "The run was interrupted by SIGINT.")
    }

    @Test func aDelayThatTheEndCutsOffKeepsItsAttempts() async throws {
        let control = RunControl()
        var clock = RunClock.system()
        clock.sleep = { _ in
            control.end(.interrupted(signal: 15))
            while !Task.isCancelled { await Task.yield() }
            throw CancellationError()
        }
        let report = try await run(
            job(["a"]) { $0.checks[0].retry.attempts = 2 },
            on: FakeServer(always: .dhis2(503)),
            clock: clock,
            control: control
        )
        #expect(report.results[0].outcome == .notRun)
        #expect(report.results[0].attempts.map(\.outcome) == [.failed])
    }

    @Test func anEndDuringPreflightIsNoFaultOfTheServer() async throws {
        struct Silent: HTTPTransport {
            let control: RunControl
            func send(_ request: TransportRequest) async throws(TransportError) -> HTTPExchange {
                control.end(.interrupted(signal: 15))
                while !Task.isCancelled { await Task.yield() }
                throw TransportError(.cancelled, message: "The request was cancelled.")
            }
        }
        let control = RunControl()
        let report = try await run(job(["a", "b"]), on: Silent(control: control), control: control)
        #expect(report.serverFault == nil)
        #expect(report.results.map(\.outcome) == [.notRun, .notRun])
        #expect(report.results.map(\.reason) == Array(repeating: "The run was interrupted by SIGTERM.", count: 2))
    }

    @Test func anEndBeforeTheStartSendsNothing() async throws {
        let control = RunControl()
        control.end(.interrupted(signal: 15))
        let server = FakeServer(always: .dhis2(200))
        let report = try await run(job(["a"]), on: server, control: RunControl(partOf: control))
        #expect(server.requestCount == 0)
        #expect(report.results.map(\.outcome) == [.notRun])
    }

    @Test func aDeadlineBoundsPreflightToo() async throws {
        struct Silent: HTTPTransport {
            func send(_ request: TransportRequest) async throws(TransportError) -> HTTPExchange {
                while !Task.isCancelled { await Task.yield() }
                throw TransportError(.cancelled, message: "The request was cancelled.")
            }
        }
        let control = RunControl()
        let report = try await run(
            job(["a"]) { $0.deadline = .seconds(60) },
            on: Silent(),
            clock: sleepingClock(),
            control: control
        )
        #expect(control.ending == .deadline)
        #expect(report.serverFault == nil)
        #expect(report.results[0].reason == "The run's deadline passed.")
    }

    @Test func thePartOfARunEndsWithTheWholeButNotTheOtherWayRound() {
        let whole = RunControl()
        let first = RunControl(partOf: whole)
        first.end(.maximumFailures)
        #expect(whole.ending == nil)
        let second = RunControl(partOf: whole)
        whole.end(.deadline)
        #expect(first.ending == .maximumFailures)
        #expect(second.ending == .deadline)
        #expect(RunControl(partOf: whole).ending == .deadline)
    }

    @Test func aCheckThatWaitsForTheRateDoesNotStartAfterTheLargestNumberOfFailures() async throws {
        let server = FakeServer(always: .dhis2(500))
        var clock = RunClock.system()
        // Whoever has to wait for the rate waits until the run is over.
        clock.sleep = { _ in
            while !Task.isCancelled { await Task.yield() }
            throw CancellationError()
        }
        let report = try await run(
            job(Array(repeating: "a", count: 8)) { job in
                job.rate = RequestRate(count: 1, per: .seconds(60))
                job.maximumFailures = 1
            },
            on: server,
            clock: clock
        )
        #expect(server.runRequests.count == 1)
        #expect(report.counts.failed == 1)
        #expect(report.counts.notRun == 7)
    }
}

/// Waiting for a server that is not up yet.
struct ReadinessTests {
    /// A server that answers ping and system/info as a test says.
    private final class Starting: HTTPTransport {
        private let answers: @Sendable (String, Int) throws(TransportError) -> HTTPExchange
        private let paths = Mutex<[String]>([])

        init(_ answers: @escaping @Sendable (String, Int) throws(TransportError) -> HTTPExchange) {
            self.answers = answers
        }

        var asked: [String] { paths.withLock { $0 } }

        func send(_ request: TransportRequest) async throws(TransportError) -> HTTPExchange {
            let path = String(request.url.dropFirst("https://dhis2.example/api/".count).prefix { $0 != "?" })
            let number = paths.withLock { paths in
                paths.append(path)
                return paths.count - 1
            }
            return try answers(path, number)
        }
    }

    private func run(
        on server: Starting,
        patience: Duration = .seconds(60)
    ) async throws -> (report: SuiteReport, told: [String], slept: [Duration]) {
        let client = try DHIS2Client(
            baseURL: "https://dhis2.example",
            credentials: .personalAccessToken("d2p_test"),
            transport: server
        )
        let slept = SleptTime()
        let told = Told()
        let runner = CheckRunner(client: client, clock: sleepingClock(slept), random: { 0.5 })
        let gate = ReadinessGate(patience: patience) { told.add($0) }
        let report = await runner.run(RunPlan(job(["a"])), gate: gate)
        return (report, told.all, slept.all)
    }

    private final class Told: Sendable {
        private let sentences = Mutex<[String]>([])
        var all: [String] { sentences.withLock { $0 } }
        func add(_ sentence: String) { sentences.withLock { $0.append(sentence) } }
    }

    private static let list =
        #"{"pager":{"page":1,"total":1,"pageSize":500,"pageCount":1},"routes":[{"id":"RouteUid100","code":"a","name":"a","url":"https://a.example/"}]}"#

    private static func healthy(_ path: String) -> HTTPExchange {
        switch path {
        case "ping": .dhis2(200)
        case "system/info": .dhis2(200, #"{"version":"2.42.4"}"#)
        case "routes": .dhis2(200, list)
        default: .dhis2(200)
        }
    }

    @Test func saysNothingOfAServerThatIsUp() async throws {
        let server = Starting { path, _ in Self.healthy(path) }
        let (report, told, slept) = try await run(on: server)
        #expect(report.results.map(\.outcome) == [.passed])
        #expect(told.isEmpty)
        #expect(slept.isEmpty)
        #expect(server.asked.prefix(2) == ["ping", "system/info"])
    }

    @Test func waitsWithGrowingDelaysAndSaysWhatFor() async throws {
        let server = Starting { path, number throws(TransportError) in
            if number < 3 { throw TransportError(.refused, message: "dhis2.example refused the connection.") }
            if number == 3 {
                return HTTPExchange(statusCode: 503, headerSection: Array("Content-Type: text/html\r\n".utf8))
            }
            return Self.healthy(path)
        }
        let (report, told, slept) = try await run(on: server)
        #expect(report.results.map(\.outcome) == [.passed])
        #expect(slept == [.milliseconds(250), .milliseconds(375), .seconds(0.5625), .seconds(0.84375)])
        #expect(
            told == [
                "Waiting up to 1m for DHIS2: dhis2.example refused the connection: DHIS2 is not running there, or the port is wrong.",
                "Still waiting: A proxy in front of dhis2.example answered 503: DHIS2 is down, still starting, or too slow for it.",
                "https://dhis2.example is ready.",
            ]
        )
    }

    @Test func endsAtOnceWhenTheCredentialsAreRefused() async throws {
        let server = Starting { path, _ in
            path == "ping"
                ? .dhis2(200)
                : .dhis2(
                    401,
                    #"{"httpStatusCode":401,"status":"ERROR","message":"The API token has expired."}"#,
                    headers: "WWW-Authenticate: ApiToken\r\n"
                )
        }
        let (report, told, slept) = try await run(on: server)
        #expect(report.serverFault?.layer == .dhis2)
        #expect(report.results.map(\.outcome) == [.notRun])
        #expect(told.isEmpty)
        #expect(slept.isEmpty)
        #expect(server.asked == ["ping", "system/info"])
    }

    @Test func losesItsPatience() async throws {
        let server = Starting { _, _ throws(TransportError) in
            throw TransportError(.refused, message: "dhis2.example refused the connection.")
        }
        let (report, told, slept) = try await run(on: server, patience: .seconds(3))
        #expect(
            report.serverFault?.message
                == "https://dhis2.example was not ready within 3s. dhis2.example refused the connection: DHIS2 is not running there, or the port is wrong."
        )
        #expect(report.results.map(\.reason) == [report.serverFault?.message])
        #expect(told.count == 1)
        #expect(slept.reduce(.zero, +) == .seconds(3))
    }
}
