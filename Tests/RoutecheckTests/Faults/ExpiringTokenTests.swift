import Checks
import DHIS2Simulator
import Testing

/// A token that DHIS2 takes at first and refuses later, as the built binary reports it.
///
/// One at a time, as in ``FaultMatrixTests``.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct ExpiringTokenTests {
    private static let message = "DHIS2 2.42.4 refused the personal access token: it has expired."

    /// The token expires with the fourth check, which meets it itself.
    private func run(_ job: String, _ body: (MatrixRun) throws -> Void) async throws {
        let expiry = FaultRule(route: "echo", times: 1, fault: .expireTokens)
        try await ServedJob.with(job, on: ServedJob.server(expiry)) { try body(try await MatrixRun(of: $0)) }
    }

    /// Status 3 says that no check ran, and that the routes are as unknown as before; here some ran, and what they found
    /// stands.
    @Test func exitsWithOneAndNotThreeBecauseTheChecksBeforeItHaveResults() async throws {
        try await run(MatrixRun.job("concurrency: 1")) { run in
            #expect(run.process.status == 1)
            #expect(run.process.output.contains(Self.message))
            #expect(run.process.errors.isEmpty)
            #expect(run.suite.serverFault == nil)
            #expect(run.suite.results.prefix(3).allSatisfy { $0.outcome == .passed })
            #expect(run.suite.results.dropFirst(3).map(\.outcome) == Array(repeating: .failed, count: 5))
            for fault in run.suite.results.dropFirst(3).map(\.fault) {
                #expect(fault?.layer == .dhis2)
                #expect(fault?.code == "token-expired")
                #expect(fault?.certainty == .certain)
                #expect(fault?.message == Self.message)
            }
        }
    }

    @Test func turnsNoCheckGreenThatExpectsA401OfItsTarget() async throws {
        try await run("concurrency: 1\nchecks: [{route: echo, expect: 401}, {route: unauthorized, expect: 401}]") {
            run in
            #expect(run.process.status == 1)
            #expect(run.suite.results.map(\.outcome) == [.failed, .failed])
            #expect(run.suite.results.map { $0.fault?.message } == [Self.message, Self.message])
        }
    }

    @Test func isAskedOnlyOnceForEachCheckBecauseNoRetryHelps() async throws {
        try await run(MatrixRun.job("concurrency: 8\ndefaults: {retry: {attempts: 3, delay: 1ms}}")) { run in
            #expect(run.process.status == 1)
            #expect(run.suite.results.allSatisfy { $0.attempts.count == 1 })
            for result in run.suite.results {
                #expect(result.outcome == .passed || result.fault?.code == "token-expired")
            }
        }
    }

    @Test func isToldOfALookupThatItCutsOffToo() async throws {
        // The list is read once before the checks; the route is gone by then, so that its code is looked up again.
        let server = ServedJob.server(
            FaultRule(path: "/api/routes", after: 1, fault: .expireTokens),
            FaultRule(route: "echo", times: 1, fault: .deleteRoute)
        )
        try await ServedJob.with(MatrixRun.job("concurrency: 1"), on: server) { served in
            let run = try await MatrixRun(of: served)
            #expect(run.process.status == 1)
            let result = run.suite.results[3]
            #expect(result.outcome == .error)
            #expect(result.fault?.layer == .dhis2)
            #expect(result.fault?.code == "token-expired")
            #expect(
                result.fault?.message == """
                    The route "echo" could not be looked up: 127.0.0.1:\(served.simulator.port) refused the personal \
                    access token: it has expired.
                    """
            )
            #expect(run.suite.results.dropFirst(4).allSatisfy { $0.fault?.message == Self.message })
        }
    }
}
