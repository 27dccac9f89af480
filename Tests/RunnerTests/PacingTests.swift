import Checks
import DHIS2
import HTTPVocabulary
import Runner
import Synchronization
import Testing

/// The limits of a job on all requests of its run, not only on those of its checks.
struct PacingTests {
    /// A server that notes when each request came, by a clock that only sleeping moves.
    private final class Timed: HTTPTransport {
        private let server: FakeServer
        private let slept: SleptTime
        private let state = Mutex((requests: [(path: String, time: Duration)](), now: 0, most: 0))
        private let refusals: Int

        init(_ server: FakeServer, _ slept: SleptTime, refusals: Int = 0) {
            self.server = server
            self.slept = slept
            self.refusals = refusals
        }

        var paths: [String] { state.withLock { $0.requests.map(\.path) } }
        var times: [Duration] { state.withLock { $0.requests.map(\.time) } }
        var mostInFlight: Int { state.withLock { $0.most } }

        func send(_ request: TransportRequest) async throws(TransportError) -> HTTPExchange {
            let count = state.withLock { state in
                let path = request.url.dropFirst("https://dhis2.example/".count).prefix { $0 != "?" }
                state.requests.append((String(path), slept.total))
                state.now += 1
                state.most = max(state.most, state.now)
                return state.requests.count
            }
            await Task.yield()
            defer { state.withLock { $0.now -= 1 } }
            if count <= refusals { return .dhis2(503, headers: "Retry-After: 7\r\n") }
            return try await server.send(request)
        }
    }

    private func run(
        _ job: Job,
        refusals: Int = 0,
        gate: ReadinessGate? = nil
    ) async throws -> (report: SuiteReport, server: Timed) {
        let slept = SleptTime()
        let server = Timed(FakeServer(always: .dhis2(200)), slept, refusals: refusals)
        let client = try DHIS2Client(
            baseURL: "https://dhis2.example",
            credentials: .personalAccessToken("d2p_test"),
            transport: server,
            configuration: .init(lookupRetries: 0)
        )
        let runner = CheckRunner(client: client, clock: sleepingClock(slept), random: { 0.5 })
        return (await runner.run(RunPlan(job), gate: gate), server)
    }

    @Test(arguments: [RequestRate(count: 1, per: .seconds(1)), RequestRate(count: 10, per: .seconds(60))])
    func aRateHoldsForAllRequests(rate: RequestRate) async throws {
        let plan = job(["a", "b", "a"]) {
            $0.rate = rate
            // The clock cannot tell sleeps at the same time from those one after the other.
            $0.concurrency = 1
        }
        let (report, server) = try await run(plan)
        #expect(report.results.map(\.outcome) == [.passed, .passed, .passed])
        #expect(server.paths.count >= 5)
        // The wait for its turn is not a check's time.
        #expect(report.results.allSatisfy { $0.duration == .zero })
        let times = server.times
        for (first, next) in zip(times, times.dropFirst()) { #expect(next - first >= rate.interval / rate.count) }
    }

    @Test func aRateHoldsForTheWaitForAServer() async throws {
        let plan = job(["a"]) { $0.rate = RequestRate(count: 1, per: .seconds(3)) }
        let (report, server) = try await run(plan, refusals: 2, gate: ReadinessGate(patience: .seconds(60)) { _ in })
        #expect(report.results.map(\.outcome) == [.passed])
        #expect(server.paths.prefix(3) == ["api/ping", "api/ping", "api/ping"])
        let times = server.times
        for (first, next) in zip(times, times.dropFirst()) { #expect(next - first >= .seconds(3)) }
        // As long as the server asks.
        #expect(times[1] - times[0] >= .seconds(7))
    }

    @Test func withoutARateNothingWaits() async throws {
        let (_, server) = try await run(job(["a", "b"]))
        #expect(server.times.allSatisfy { $0 == .zero })
    }

    @Test func oneAtATimeHoldsForAllRequests() async throws {
        let plan = job(["a", "b", "c", "a"]) {
            $0.concurrency = 1
            $0.server.addressRoutesBy = .code
        }
        let (report, server) = try await run(plan)
        #expect(report.results.count == 4)
        #expect(server.mostInFlight == 1)
    }

    @Test func anExplanationKeepsToTheRateToo() async throws {
        let slept = SleptTime()
        let server = Timed(FakeServer(always: .dhis2(200)), slept)
        let client = try DHIS2Client(
            baseURL: "https://dhis2.example",
            credentials: .personalAccessToken("d2p_test"),
            transport: server
        )
        let plan = job(["a"]) { $0.rate = RequestRate(count: 1, per: .seconds(2)) }
        _ = try await CheckRunner(client: client, clock: sleepingClock(slept)).explanation(
            ofCheck: 0,
            in: RunPlan(plan)
        )
        #expect(server.times == server.times.indices.map { .seconds(2 * $0) })
    }
}
