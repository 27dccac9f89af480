import Checks
import DHIS2Simulator
import Testing

/// Every fault of the simulator, met by one check among others of the built binary.
///
/// One at a time: by the dozen, processes keep each other and the tests with deadlines from their work.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct FaultMatrixTests {
    @Test(arguments: FaultRow.all)
    func oneCheckMeetsTheFaultAndTheOthersDoNot(row: FaultRow) async throws {
        let fault = FaultRule(route: "echo", times: row.times, fault: row.fault)
        try await ServedJob.with(MatrixRun.job(echo: row.keys), on: ServedJob.server(fault)) { served in
            let run = try await MatrixRun(of: served)
            let result = run.suite.results[3]
            let message = row.message?.replacing("PORT", with: "\(served.simulator.port)")
            #expect(result.outcome == row.outcome)
            #expect(result.fault?.layer == row.layer)
            #expect(result.fault?.code == row.code)
            #expect(result.fault?.message == message)
            #expect(result.attempts.map(\.outcome) == row.attempts)
            #expect(run.process.status == (row.outcome == .passed ? 0 : 1))
            #expect(message.map { run.process.output.contains($0) } != false)
            #expect(run.process.errors.isEmpty)
            #expect(run.suite.serverFault == nil)
            #expect(run.otherResults.map(\.route) == MatrixRun.others)
            #expect(run.otherResults.allSatisfy { $0.outcome == .passed && $0.attempts.count == 1 })
        }
    }

    @Test func aServerThatRestartsIsAskedAgain() async throws {
        let restart = FaultRule(route: "echo", times: 1, fault: .restart(downFor: .milliseconds(50)))
        let retry = "defaults: {retry: {attempts: 100, delay: 20ms, factor: 1}}"
        try await ServedJob.with(MatrixRun.job(retry), on: ServedJob.server(restart)) { served in
            let run = try await MatrixRun(of: served)
            #expect(run.process.status == 0)
            #expect(run.suite.results.allSatisfy { $0.outcome == .passed })
            #expect(run.suite.results[3].isFlaky)
            let first = run.suite.results[3].attempts.first?.fault
            #expect(first?.layer == .network)
            #expect(["connection-reset", "connection-refused"].contains(first?.code))
        }
    }

    @Test func aServerThatGoesAwayIsToldOfByItsOwnCheckAndByEachThatFollows() async throws {
        let end = FaultRule(route: "echo", times: 1, fault: .restart(downFor: .seconds(86_400)))
        let job = MatrixRun.job("concurrency: 1")
        // An address of its own, because the kernel may give a freed port to a server of another test.
        try await ServedJob.with(job, on: ServedJob.server(end), host: "127.0.0.9") { served in
            let run = try await MatrixRun(of: served)
            #expect(run.process.status == 1)
            #expect(run.suite.serverFault == nil)
            #expect(
                run.suite.results.map(\.outcome) == Array(repeating: .passed, count: 3)
                    + Array(repeating: .error, count: 5)
            )
            let faults = run.suite.results.compactMap(\.fault)
            // libcurl asks once more, on a new connection, when one that it used before breaks.
            #expect(["connection-reset", "connection-refused"].contains(faults.first?.code))
            #expect(faults.dropFirst().map(\.code) == Array(repeating: "connection-refused", count: 4))
            #expect(faults.allSatisfy { $0.layer == .network })
            let host = "127.0.0.9:\(served.simulator.port)"
            #expect(
                faults.last?.message
                    == "\(host) refused the connection: DHIS2 is not running there, or the port is wrong."
            )
        }
    }
}
