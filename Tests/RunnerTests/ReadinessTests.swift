import Checks
import DHIS2
import Runner
import Synchronization
import Testing

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

    @Test func asksTheServerOnceWhenItIsReady() async throws {
        let server = Starting { path, _ in Self.healthy(path) }
        _ = try await run(on: server)
        #expect(server.asked == ["ping", "system/info", "routes", "routes/RouteUid100/run"])
    }

    @Test(arguments: [
        HTTPExchange(statusCode: 200, headerSection: Array("Content-Type: text/html\r\n".utf8)),
        HTTPExchange(
            statusCode: 302,
            headerSection: Array("Location: https://dhis2.example/maintenance.html\r\n".utf8)
        ),
    ])
    func waitsForAMaintenancePageToGo(page: HTTPExchange) async throws {
        let server = Starting { path, number in number < 4 ? page : Self.healthy(path) }
        let (report, told, slept) = try await run(on: server)
        #expect(report.results.map(\.outcome) == [.passed])
        #expect(slept.count == 2)
        #expect(told.count == 2)
        #expect(told[0].hasPrefix("Waiting up to 1m for DHIS2: dhis2.example "))
        #expect(told[1] == "https://dhis2.example is ready.")
    }

    @Test(arguments: [
        HTTPExchange(statusCode: 401, headerSection: Array("WWW-Authenticate: Basic\r\n".utf8)),
        HTTPExchange(statusCode: 403),
        HTTPExchange(statusCode: 302, headerSection: Array("Location: https://dhis2.example/login/\r\n".utf8)),
        HTTPExchange(statusCode: 404),
    ])
    func asksWithCredentialsWhereNobodyElseGetsThrough(ping: HTTPExchange) async throws {
        let server = Starting { path, _ in path == "ping" ? ping : Self.healthy(path) }
        let (report, told, slept) = try await run(on: server)
        #expect(report.results.map(\.outcome) == [.passed])
        #expect(told.isEmpty)
        #expect(slept.isEmpty)
    }

    /// What gateways answer while nothing behind them does.
    static let gatewayAnswers =
        [400, 403, 404, 405, 406, 418, 421, 444, 499, 500, 521, 525, 530, 999].flatMap { status in
            [
                HTTPExchange(statusCode: status, headerSection: Array("Content-Type: text/html\r\n".utf8)),
                HTTPExchange(
                    statusCode: status,
                    headerSection: Array("Content-Type: application/json\r\n".utf8),
                    body: Array(#"{"message":"no healthy upstream"}"#.utf8)
                ),
                HTTPExchange(statusCode: status),
            ]
        } + [
            HTTPExchange(
                statusCode: 200,
                headerSection: Array("Content-Type: application/json\r\n".utf8),
                body: Array(#"{"status":"starting"}"#.utf8)
            )
        ]

    @Test(arguments: gatewayAnswers)
    func waitsWhateverAGatewaySaysMeanwhile(answer: HTTPExchange) async throws {
        let server = Starting { path, number in number < 4 ? answer : Self.healthy(path) }
        let (report, told, slept) = try await run(on: server)
        #expect(report.results.map(\.outcome) == [.passed])
        #expect(!slept.isEmpty)
        #expect(told.first?.hasPrefix("Waiting up to 1m for DHIS2: ") == true)
        #expect(told.last == "https://dhis2.example is ready.")
    }

    @Test(arguments: gatewayAnswers.prefix(6))
    func waitsWhateverAGatewaySaysOfTheListOfRoutes(answer: HTTPExchange) async throws {
        let server = Starting { path, number in path == "routes" && number < 5 ? answer : Self.healthy(path) }
        let (report, told, _) = try await run(on: server)
        #expect(report.results.map(\.outcome) == [.passed])
        #expect(told.last == "https://dhis2.example is ready.")
    }

    @Test(arguments: [
        HTTPExchange.dhis2(
            404,
            #"{"httpStatus":"Not Found","httpStatusCode":404,"status":"ERROR","message":"No such path"}"#
        ),
        .dhis2(200, #"{"version":"2.39.5"}"#),
        HTTPExchange(statusCode: 401, headerSection: Array("WWW-Authenticate: Basic\r\n".utf8)),
        HTTPExchange(statusCode: 407),
        HTTPExchange(
            statusCode: 400,
            headerSection: Array("Content-Type: text/html\r\n".utf8),
            body: Array("<title>400 No required SSL certificate was sent</title>".utf8)
        ),
    ])
    func endsAtOnceWhereWaitingCannotHelp(answer: HTTPExchange) async throws {
        let server = Starting { path, _ in path == "ping" ? .dhis2(200) : answer }
        let (report, told, slept) = try await run(on: server)
        #expect(report.results.map(\.outcome) == [.notRun])
        #expect(told.isEmpty)
        #expect(slept.isEmpty)
    }

    @Test func saysInWhichPhaseItWaits() async throws {
        let phases: [TransportError.Phase] = [.nameLookup, .tcp, .tls]
        let server = Starting { path, number throws(TransportError) in
            guard phases.indices.contains(number) else { return Self.healthy(path) }
            throw TransportError(.connectTimeout, message: "No connection within 5 s.", phase: phases[number])
        }
        let (report, told, _) = try await run(on: server)
        #expect(report.results.map(\.outcome) == [.passed])
        #expect(told.count == 4)
        for (phase, sentence) in zip(phases, told) { #expect(sentence.contains("within 5 s (\(phase)): ")) }
    }

    @Test func waitsForTheRoutesToo() async throws {
        let server = Starting { path, number in
            path == "routes" && number < 5
                ? .dhis2(500, #"{"httpStatusCode":500,"status":"ERROR","message":"Not yet"}"#) : Self.healthy(path)
        }
        let (report, told, slept) = try await run(on: server)
        #expect(report.results.map(\.outcome) == [.passed])
        #expect(slept.count == 1)
        #expect(
            told == [
                "Waiting up to 1m for DHIS2: DHIS2 answered 500 to /api/routes: Not yet",
                "https://dhis2.example is ready.",
            ]
        )
    }

    @Test func aRunCutOffWhileItWaitsSaysWhatFor() async throws {
        let server = Starting { _, _ throws(TransportError) in
            throw TransportError(.refused, message: "dhis2.example refused the connection.")
        }
        let control = RunControl()
        let client = try DHIS2Client(
            baseURL: "https://dhis2.example",
            credentials: .personalAccessToken("d2p_test"),
            transport: server
        )
        var clock = RunClock.system()
        clock.sleep = { _ in
            control.end(.interrupted(signal: 15))
            while !Task.isCancelled { await Task.yield() }
            throw CancellationError()
        }
        let runner = CheckRunner(client: client, clock: clock, random: { 0.5 })
        let gate = ReadinessGate(patience: .seconds(3_600)) { _ in }
        let report = await runner.run(RunPlan(job(["a"])), control: control, gate: gate)
        #expect(report.serverFault == nil)
        #expect(
            report.results.map(\.reason) == [
                "The run was interrupted by SIGTERM; dhis2.example refused the connection: DHIS2 is not running there, or the port is wrong."
            ]
        )
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
