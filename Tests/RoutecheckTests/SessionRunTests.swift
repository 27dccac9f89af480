import Checks
import DHIS2Simulator
import FoundationEssentials
import Testing

/// A run keeps one session at DHIS2 and leaves none, by version.
@Suite(.timeLimit(.minutes(5)))
struct SessionRunTests {
    private static func server(_ version: String) throws -> SimulatorConfiguration {
        try SimulatorConfiguration(
            json: Array(
                """
                {"version": "\(version)", "routes": [
                  {"code": "ok", "upstream": {"json": {"ok": true}}},
                  {"code": "slow", "response-timeout-seconds": 1, "upstream": {"fails": "timeout", "after-ms": 100}}]}
                """.utf8
            )
        )
    }

    /// 200 checks, of which every tenth is of a target that does not answer in time.
    private static func job(session: Bool) -> String {
        let checks = (0..<200).map { number in
            number % 10 == 0
                ? "  - {route: slow, name: c\(number), expect: {status: [503, 504], from: any}}"
                : "  - {route: ok, name: c\(number)}"
        }
        return "server: {session: \(session)}\nconcurrency: 32\nchecks:\n" + checks.joined(separator: "\n")
    }

    @Test(arguments: ["2.41.9", "2.42.5", "2.43.1", "2.44.0"])
    func keepsOneSessionAndLeavesNone(version: String) async throws {
        try await ServedJob.with(Self.job(session: true), on: try Self.server(version)) { served in
            let outcome = try await served.binary.run("run", "job.yaml")
            #expect(outcome.status == 0, "\(outcome.output)")
            #expect(served.simulator.sessionsMade == 1)
            #expect(served.simulator.sessionCount == 0)
        }
    }

    @Test(arguments: ["2.42.5", "2.43.1", "2.44.0"])
    func namesTheLimitWhereNoneIsKept(version: String) async throws {
        try await ServedJob.with(Self.job(session: false), on: try Self.server(version)) { served in
            let outcome = try await served.binary.run("run", "job.yaml", "--report-json", "r.json")
            #expect(outcome.status == 1)
            let faults = try served.report("r.json").suites[0].results.flatMap(\.attempts).compactMap(\.fault)
            #expect(faults.contains { $0.code == "session-limit" && $0.layer == .dhis2 })
            #expect(outcome.output.contains("max.sessions.per_user"))
        }
    }

    @Test(arguments: [(Int32(2), Int32(130)), (15, 143)])
    func leavesNoneAfterASignal(signal: Int32, status: Int32) async throws {
        let job =
            "concurrency: 2\nchecks:\n" + (0..<50).map { "  - {route: slow, name: c\($0)}" }.joined(separator: "\n")
        // Checks that never end by themselves: a late signal still finds the run in the middle.
        let hanging = ServedJob.server(FaultRule(route: "slow", fault: .hang))
        try await ServedJob.with(job, on: hanging) { served in
            let running = try served.binary.start(["run", "job.yaml"])
            // Two requests look at the server, the third is a check's.
            try await served.simulator.waitForRequests(3)
            running.signal(signal)
            let outcome = try await running.outcome()
            #expect(outcome.status == status)
            #expect(served.simulator.sessionsMade == 1)
            #expect(served.simulator.sessionCount == 0)
        }
    }

    @Test func explainLeavesNone() async throws {
        try await ServedJob.with("checks: [{route: health}]") { served in
            let outcome = try await served.binary.run("explain", "job.yaml")
            #expect(outcome.status == 0)
            #expect(served.simulator.sessionsMade == 1)
            #expect(served.simulator.sessionCount == 0)
        }
    }

    @Test func leavesNoneWhereTheRoutesCannotBeListed() async throws {
        let fault = FaultRule(path: "/api/routes", fault: .status(500, headers: [:], body: ""))
        try await ServedJob.with("checks: [{route: health}]", on: ServedJob.server(fault)) { served in
            let outcome = try await served.binary.run("run", "job.yaml")
            #expect(outcome.status == 3)
            #expect(served.simulator.sessionCount == 0)
        }
    }
}
