import Checks
import DHIS2Simulator
import FoundationEssentials
import Glibc
import Testing

/// Runs that end at random moments: after so many requests as a seed decides.
///
/// `ROUTECHECK_MOMENTS` is how many moments there are, `ROUTECHECK_SEED` decides which.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct RandomMomentTests {
    private static let checks = 40
    private static let moments = number("ROUTECHECK_MOMENTS") ?? 10

    private static let job: String = {
        let rows = (0..<checks - 1).map { "  - {name: check \($0), route: health}\n" }.joined()
        return "concurrency: 4\ndefaults: {expect: 418, timeout: 10m}\nchecks:\n\(rows)  - {name: last, route: echo}\n"
    }()

    private static func number(_ variable: String) -> Int? {
        ProcessInfo.processInfo.environment[variable].flatMap(Int.init)
    }

    /// How many requests come before each moment; two belong to preflight, and the last hangs.
    private static var requestCounts: [Int] {
        var state = UInt64(number("ROUTECHECK_SEED") ?? 1)
        return (0..<moments).map { _ in
            // The multiplier and increment are Knuth's, for MMIX.
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return 1 + Int((state >> 33) % UInt64(checks + 2))
        }
    }

    /// Starts a run, and sends it a signal once so many requests have come.
    private func interrupt(
        _ served: ServedJob,
        after count: Int,
        by signal: Int32
    ) async throws -> (outcome: BuiltBinary.Outcome, time: Duration) {
        let before = served.simulator.requestCount
        let running = try served.binary.start(
            ["run", "job.yaml", "--report-junit", "junit.xml", "--report-ndjson", "events.ndjson"])
        try await served.simulator.waitForRequests(before + count)
        let start = ContinuousClock.now
        running.signal(signal)
        let outcome = try await running.outcome()
        return (outcome, ContinuousClock.now - start)
    }

    private func withServer(_ body: (ServedJob) async throws -> Void) async throws {
        let server = ServedJob.server(FaultRule(route: "echo", fault: .hang))
        try await ServedJob.with(Self.job, on: server) { try await body($0) }
    }

    @Test func aKilledRunsEventsHoldEveryCheckWhoseEndWasPrinted() async throws {
        try await withServer { served in
            for count in Self.requestCounts {
                let (outcome, _) = try await interrupt(served, after: count, by: SIGKILL)
                #expect(outcome.status == -SIGKILL)
                // What follows the last line feed was being printed.
                let lines = outcome.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
                let printed = lines.filter { $0.hasPrefix("✗ ") }.compactMap { line in
                    line.dropFirst(2).split(separator: "  ").first.map(String.init)
                }
                let merge = try await served.binary.run("merge", "events.ndjson", "--report-json", "merged.json")
                #expect(merge.status == 1)
                let results = try served.report("merged.json").suites[0].results
                #expect(results.count == Self.checks)
                let failed = Set(results.filter { $0.outcome == .failed }.map(\.name))
                #expect(failed.isSuperset(of: printed), "after \(count) requests")
                #expect(results.allSatisfy { $0.outcome == .failed || $0.outcome == .notRun })
            }
        }
    }

    @Test func aTerminatedRunLeavesACompleteReportWithinASecond() async throws {
        try await withServer { served in
            for count in Self.requestCounts {
                let (outcome, time) = try await interrupt(served, after: count, by: SIGTERM)
                #expect(outcome.status == 143)
                #expect(time < .seconds(1), "after \(count) requests")
                let xml = try served.text("junit.xml")
                #expect(xml.hasSuffix("</testsuites>\n"))
                #expect(xml.split(separator: "<testcase ").count == Self.checks + 1)
                #expect(try served.report("events.ndjson").ending == .interrupted(signal: SIGTERM))
                try FileManager.default.removeItem(atPath: served.path("junit.xml"))
            }
        }
    }
}
