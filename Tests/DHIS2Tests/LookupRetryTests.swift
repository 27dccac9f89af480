import FoundationEssentials
import HTTPVocabulary
import Synchronization
import Testing

@testable import DHIS2

/// Requests that ask DHIS2 itself and are repeated.
@Suite struct LookupRetryTests {
    /// A server that answers as a test says, and a clock that only its delays and answers move.
    final class Scripted: HTTPTransport {
        typealias Answer = Result<HTTPExchange, TransportError>

        private let answers: @Sendable (_ request: TransportRequest, _ number: Int) -> Answer
        private let state = Mutex((log: [TransportRequest](), slept: [Duration](), time: Duration.zero))
        private let duration: Duration

        init(
            taking duration: Duration = .zero,
            _ answers: @escaping @Sendable (_ request: TransportRequest, _ number: Int) -> Answer
        ) {
            self.answers = answers
            self.duration = duration
        }

        var log: [TransportRequest] { state.withLock { $0.log } }
        var slept: [Duration] { state.withLock { $0.slept } }

        func send(_ request: TransportRequest) async throws(TransportError) -> HTTPExchange {
            let number = state.withLock { state in
                state.time += duration
                state.log.append(request)
                return state.log.count - 1
            }
            return try answers(request, number).get()
        }

        func client(
            _ configuration: DHIS2Client.Configuration = .init(keepsSession: false),
            sleep: @escaping @Sendable (Duration) async throws -> Void = { _ in }
        ) throws(DHIS2Error) -> DHIS2Client {
            try DHIS2Client(
                baseURL: FakeDHIS2.base,
                credentials: .personalAccessToken("d2p_secret"),
                transport: self,
                configuration: configuration,
                retryTools: RetryTools(
                    elapsed: { self.state.withLock { $0.time } },
                    // 2026-11-27T20:00:00Z
                    date: { Date(timeIntervalSince1970: 1_795_809_600) },
                    sleep: { delay in
                        self.state.withLock { state in
                            state.slept.append(delay)
                            state.time += delay
                        }
                        try await sleep(delay)
                    },
                    random: { 0.5 }
                )
            )
        }
    }

    private static let info = HTTPExchange.marked(200, json: #"{"version":"2.43.1"}"#)
    private static let list = HTTPExchange.marked(
        200,
        json: #"{"pager":{"page":1,"total":1,"pageCount":1},"routes":[{"id":"chapchapch1","code":"chap"}]}"#
    )
    private static let bad = HTTPExchange(
        statusCode: 503,
        headerSection: Array("Content-Type: text/html\r\n".utf8),
        body: Array("<html>".utf8)
    )

    private static func healthy(_ request: TransportRequest) -> HTTPExchange {
        if request.url.hasSuffix("system/info") { return info }
        return request.url.contains("/run") ? .marked(200, json: "{}") : list
    }

    /// What may pass, and what came after how many attempts.
    private static let passing: [(String, Scripted.Answer)] = [
        ("refused", .failure(TransportError(.refused, message: "refused"))),
        ("reset", .failure(TransportError(.reset, message: "reset"))),
        ("name", .failure(TransportError(.nameResolution, message: "no such host"))),
        ("tls", .failure(TransportError(.tls, message: "handshake"))),
        ("502", .success(HTTPExchange(statusCode: 502))), ("503", .success(bad)),
        ("504", .success(HTTPExchange(statusCode: 504))),
    ]

    @Test(arguments: passing)
    func areRepeatedTwice(name: String, answer: Scripted.Answer) async throws {
        let server = Scripted { request, number in number < 2 ? answer : .success(Self.healthy(request)) }
        let client = try server.client()
        #expect(try await client.serverInfo().version.description == "2.43.1")
        #expect(server.log.count == 3)
        #expect(server.slept == [.milliseconds(250), .milliseconds(500)])
    }

    @Test(arguments: passing)
    func areRepeatedNoMoreThanTwice(name: String, answer: Scripted.Answer) async throws {
        let server = Scripted { _, _ in answer }
        let client = try server.client()
        await #expect(throws: DHIS2Error.self) { try await client.routes.resolve(codes: ["chap"]) }
        #expect(server.log.count == 3)
    }

    @Test(
        arguments: [
            .failure(TransportError(.timeout, message: "timeout")),
            .failure(TransportError(.connectTimeout, message: "timeout")),
            .failure(TransportError(.cancelled, message: "cancelled")),
            .failure(TransportError(.invalidRequest, message: "invalid")),
            .success(.marked(503, message: "starting")), .success(.marked(502, message: "bad")),
            .success(.marked(504, message: "slow")), .success(HTTPExchange(statusCode: 500)),
            .success(HTTPExchange(statusCode: 404)), .success(HTTPExchange(statusCode: 401)),
            .success(HTTPExchange(statusCode: 429)),
            .success(HTTPExchange(statusCode: 503, headerSection: Array("Retry-After: 120\r\n".utf8))),
            .success(HTTPExchange(statusCode: 503, headerSection: Array("Retry-After: -1\r\n".utf8))),
            .success(
                HTTPExchange(
                    statusCode: 503,
                    headerSection: Array("Retry-After: Fri, 27 Nov 2026 20:02:00 GMT\r\n".utf8)
                )
            ),
            .success(info),
        ] as [Result<HTTPExchange, TransportError>]
    )
    func areNotRepeatedWhereThatIsOfNoUse(answer: Result<HTTPExchange, TransportError>) async throws {
        let server = Scripted { _, _ in answer }
        _ = try? await server.client().getResponse("system/info")
        #expect(server.log.count == 1)
        #expect(server.slept.isEmpty)
    }

    /// An answer that says when to come back.
    private static func busy(_ status: Int, _ retryAfter: String, isMarked: Bool = false) -> HTTPExchange {
        var answer = isMarked ? HTTPExchange.marked(status, message: "busy") : HTTPExchange(statusCode: status)
        answer.headerSection += Array("Retry-After: \(retryAfter)\r\n".utf8)
        return answer
    }

    @Test(
        arguments: [429, 503],
        [("2", 2), ("9", 9), ("Fri, 27 Nov 2026 20:00:05 GMT", 5), ("Friday, 27-Nov-26 20:00:03 GMT", 3)]
    )
    func waitAsLongAsTheAnswerAsksWhoeverItIsFrom(status: Int, wait: (value: String, seconds: Int)) async throws {
        for isMarked in [false, true] {
            let server = Scripted { request, number in
                .success(number == 0 ? Self.busy(status, wait.value, isMarked: isMarked) : Self.healthy(request))
            }
            _ = try await server.client().serverInfo()
            #expect(server.slept == [.seconds(wait.seconds)])
            #expect(server.log.map(\.timeout) == [.seconds(35), .seconds(35)])
        }
    }

    @Test(arguments: [
        // What was asked, patience, how long the waits were, in milliseconds.
        ("0", 2, [250, 500, 1_000]), ("Fri, 27 Nov 2026 19:00:00 GMT", 1, [250, 500]), ("4", 10, [4_000, 4_000]),
        ("6", 10, [6_000]), ("11", 10, []), ("40", 60, [40_000]), ("40", 120, [40_000, 40_000, 40_000]),
        ("99999999999999999999", 10, []),
    ])
    func waitNoLongerThanTheirPatience(value: String, patience: Int, waits: [Int]) async throws {
        let server = Scripted { _, _ in .success(Self.busy(429, value)) }
        let client = try server.client(.init(keepsSession: false, retryAfterPatience: .seconds(patience)))
        #expect(try await client.getResponse("me").statusCode == 429)
        #expect(server.slept == waits.map { .milliseconds($0) })
        #expect(server.log.count == waits.count + 1)
    }

    @Test func doNotWaitWhereNothingIsToBeRepeated() async throws {
        let server = Scripted { _, _ in .success(Self.busy(429, "1")) }
        _ = try await server.client(.init(keepsSession: false, lookupRetries: 0)).getResponse("me")
        _ = await (try server.client()).preflight(timeout: .seconds(1), repeats: false)
        #expect(server.log.count == 2)
        #expect(server.slept.isEmpty)
    }

    /// Look-ups of single routes, lists and everything that is got.
    @Test(arguments: ["look-up", "list", "get", "response", "preflight"])
    func areOfEveryKindThatAsksDHIS2(kind: String) async throws {
        let server = Scripted { request, number in number == 0 ? .success(Self.bad) : .success(Self.healthy(request)) }
        let client = try server.client()
        switch kind {
        case "look-up": #expect(try await client.routes.run(code: "chap").uid == "chapchapch1")
        case "list": #expect(try await client.routes.listAll().routes.count == 1)
        case "get": #expect(try await client.get("routes", as: RoutePage.self).routes.count == 1)
        case "response": #expect(try await client.getResponse("system/info").statusCode == 200)
        default:
            guard case .ready = await client.preflight() else {
                Issue.record("The server is ready.")
                return
            }
        }
        #expect(server.log.filter { !$0.url.contains("/run") }.count == 2)
    }

    @Test func areNeverRunsOfRoutes() async throws {
        let server = Scripted { request, _ in
            request.url.contains("/run") ? .success(Self.bad) : .success(Self.healthy(request))
        }
        for method in [HTTPMethod.get, .post] {
            let response = try await server.client().routes.run(code: "chap", method: method)
            #expect(response.exchange.statusCode == 503)
        }
        #expect(server.log.count { $0.url.contains("/run") } == 2)
        #expect(server.slept.isEmpty)
    }

    @Test(arguments: [(-1, 1), (0, 1), (1, 2), (4, 5)])
    func areRepeatedAsOftenAsTheConfigurationSays(retries: Int, requests: Int) async throws {
        let server = Scripted { _, _ in .success(Self.bad) }
        _ = try await server.client(.init(keepsSession: false, lookupRetries: retries)).getResponse("me")
        #expect(server.log.count == requests)
    }

    @Test func areNotRepeatedWhereAWaitAsksAgainAnyway() async throws {
        let server = Scripted { _, _ in .success(Self.bad) }
        let client = try server.client()
        _ = await client.preflight(timeout: .seconds(1), repeats: false)
        _ = try? await client.routes.resolve(codes: ["chap"], repeats: false)
        _ = try? await client.routes.listAll(pageSize: 1, repeats: false)
        #expect(server.log.count == 3)
    }

    /// A gateway that takes its time is not asked for three times as long as the bound.
    @Test(arguments: [(1, 3), (7, 3), (12, 3), (17, 2), (34, 1)])
    func keepToTheBoundOfOneRequest(seconds: Int, requests: Int) async throws {
        let server = Scripted(taking: .seconds(seconds)) { _, _ in .success(HTTPExchange(statusCode: 504)) }
        #expect(try await server.client().getResponse("me").statusCode == 504)
        #expect(server.log.count == requests)
        #expect(server.log.allSatisfy { $0.timeout <= .seconds(35) })
        if requests > 1 { #expect(server.log[1].timeout == .seconds(35 - seconds) - .milliseconds(250)) }
    }

    @Test func endAtOnceWhenTheTaskIsCancelled() async throws {
        let server = Scripted { _, _ in .success(Self.bad) }
        let sleeping = Gate()
        let client = try server.client { _ in
            await sleeping.pass()
            try Task.checkCancellation()
        }
        let task = Task { try await client.getResponse("me") }
        await sleeping.arrival(of: 1)
        task.cancel()
        sleeping.open()
        let error = await #expect(throws: TransportError.self) { try await task.value }
        #expect(error?.code == .cancelled)
        #expect(server.log.count == 1)
    }

    @Test(arguments: [(1, 0.0, 200), (1, 1.0, 300), (2, 0.5, 500), (3, 1.0, 1_200)])
    func areApartByAGrowingDelay(repetition: Int, random: Double, milliseconds: Int) {
        let delay = LookupRetry.delay(before: repetition, random: random)
        #expect(abs((delay - .milliseconds(milliseconds)) / .milliseconds(1)) < 0.001)
    }
}
