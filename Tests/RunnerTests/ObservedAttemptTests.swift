import Checks
import Dispatch
import HTTPVocabulary
import JSONDocument
import LinearRegex
import Matching
import SourceDiagnostics
import Synchronization
import Testing

@testable import DHIS2
@testable import Runner

struct ObservedAttemptTests {
    private static let check: Check = {
        var check = Check(name: "a", route: "a", position: SourcePosition(line: 1, column: 1))
        check.expectation.body = .exists(true)
        return check
    }()

    private func response(body: String, timings: PhaseTimings = PhaseTimings()) -> RouteResponse {
        var exchange = HTTPExchange.dhis2(200, body)
        exchange.timings = timings
        return RouteResponse(
            exchange: exchange,
            url: "https://dhis2.example/api/routes/a/run",
            method: .get,
            path: "",
            target: RouteTarget(
                code: "a",
                standing: .assumed,
                addressing: .code,
                apiURL: "https://dhis2.example/api/"
            )
        )
    }

    /// How many jobs it takes an executor to judge a body: one more for each time that the task leaves it.
    private func jobs(forBody body: String, of check: Check) async throws -> Int {
        let executor = CountingExecutor()
        let client = try FakeServer(always: .dhis2(200)).client()
        let observed = await Task(executorPreference: executor) {
            let response = response(body: body)
            return await ObservedAttempt.judging(
                response,
                to: check,
                ObservedAttempt.Circumstances(number: 1, start: .zero, client: client)
            )
        }.value
        #expect(observed.attempt.outcome == .passed)
        return executor.count
    }

    @Test func judgesALargeBodyAwayFromTheThreadOfTheTransfers() async throws {
        let (small, large) = (String(repeating: "a", count: 1_000), String(repeating: "a", count: 100_000))
        #expect(try await jobs(forBody: small, of: Self.check) == 1)
        #expect(try await jobs(forBody: large, of: Self.check) > 1)
        var unread = Self.check
        unread.expectation.body = nil
        #expect(try await jobs(forBody: large, of: unread) == 1)
    }

    /// What can take long on a small body too: searching paths, patterns, and matchers of many members.
    @Test(
        arguments: [
            ("$.a", .equals(.init(value: .string("b"), text: "b")), true),
            ("$.list[1]", .not(.equals(.init(value: .string("b"), text: "b"))), true),
            ("$.list", .length(.equals(.init(value: .number(JSONNumber(2)), text: "2"))), true),
            ("$.list[*]", .exists(true), false), ("$..a", .exists(true), false),
            ("$.list[?@ == 1]", .exists(true), false), ("$.list", .every(.exists(true)), false),
            ("$.list", .not(.any(.equals(.init(value: .string("b"), text: "b")))), false),
        ] as [(String, Matcher, Bool)]
    )
    func judgesWhatMayTakeLongAwayFromTheThreadOfTheTransfers(path: String, matcher: Matcher, isQuick: Bool)
        async throws
    {
        var check = Self.check
        check.expectation.body = nil
        check.expectation.json = [JSONExpectation(path: try JSONPath(path), matcher: matcher)]
        #expect((try await jobs(forBody: #"{"a":"b","list":[1,2]}"#, of: check) == 1) == isQuick)
    }

    @Test func judgesPatternsAwayFromTheThreadOfTheTransfers() async throws {
        var check = Self.check
        check.expectation.body = .matches(try RegexPattern("a+"))
        #expect(try await jobs(forBody: "aaa", of: check) > 1)
        check.expectation.body = nil
        check.expectation.headers = [
            HeaderExpectation(name: .contentType, matcher: .not(.matches(try RegexPattern("x"))))
        ]
        #expect(try await jobs(forBody: "aaa", of: check) > 1)
    }

    /// By the clock an answer takes as long as all that the thread does before it comes to it.
    @Test(arguments: [(20, 20), (0, 5_000)])
    func takesTheTimeThatTheTransportMeasured(measured: Int, expected: Int) async throws {
        let client = try FakeServer(always: .dhis2(200)).client()
        var check = Self.check
        check.expectation.maximumDuration = .milliseconds(100)
        let observed = await ObservedAttempt.judging(
            response(body: "a", timings: PhaseTimings(total: .milliseconds(measured))),
            to: check,
            ObservedAttempt.Circumstances(number: 1, start: .zero, end: .seconds(5), client: client)
        )
        #expect(observed.attempt.duration == .milliseconds(expected))
        #expect(observed.attempt.outcome == (expected <= 100 ? .passed : .failed))
    }

    @Test func takesTheTimeOfATransferThatFailed() throws {
        let client = try FakeServer(always: .dhis2(200)).client()
        let error = TransportError(.timeout, message: "slow", timings: PhaseTimings(total: .milliseconds(300)))
        let observed = ObservedAttempt(
            RouteError.noAnswer("a", error, url: "https://dhis2.example/api/routes/a/run"),
            to: Self.check,
            ObservedAttempt.Circumstances(number: 1, start: .zero, end: .seconds(5), client: client)
        )
        #expect(observed.attempt.duration == .milliseconds(300))
    }

    @Test func asksForTheWholeBodyOnlyWhereItIsRead() async throws {
        let server = FakeServer(always: .dhis2(200, "{}"))
        var plan = job(["a", "a"])
        plan.checks[0] = Self.check
        _ = await CheckRunner(client: try server.client()).run(RunPlan(plan))
        #expect(Set(server.runRequests.map(\.keptBody)) == [.max, 262_144])
    }
}

/// An executor that counts the jobs that it is given.
private final class CountingExecutor: TaskExecutor {
    private let jobs = Atomic(0)
    private let queue = DispatchQueue(label: "counting")

    var count: Int { jobs.load(ordering: .relaxed) }

    func enqueue(_ job: consuming ExecutorJob) {
        jobs.wrappingAdd(1, ordering: .relaxed)
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
