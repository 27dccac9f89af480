import Checks
import Dispatch
import HTTPVocabulary
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

    private func response(bodySize: Int) -> RouteResponse {
        RouteResponse(
            exchange: .dhis2(200, String(repeating: "a", count: bodySize)),
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
    private func jobs(forBodyOf size: Int, of check: Check) async throws -> Int {
        let executor = CountingExecutor()
        let client = try FakeServer(always: .dhis2(200)).client()
        let observed = await Task(executorPreference: executor) {
            let response = response(bodySize: size)
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
        #expect(try await jobs(forBodyOf: 1_000, of: Self.check) == 1)
        #expect(try await jobs(forBodyOf: 100_000, of: Self.check) > 1)
        var unread = Self.check
        unread.expectation.body = nil
        #expect(try await jobs(forBodyOf: 100_000, of: unread) == 1)
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
