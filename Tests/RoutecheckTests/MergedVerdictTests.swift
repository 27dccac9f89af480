import Checks
import FoundationEssentials
import Redaction
import Reports
import SourceDiagnostics
import Testing

@testable import routecheck

/// The exit status says of a run what its reports say, also through `merge`.
@Suite(.timeLimit(.minutes(5)))
struct MergedVerdictTests {
    /// A run whose checks have all ended, or none.
    private static func report(
        _ outcomes: [Outcome],
        attempts: Int = 1,
        ending: RunEnding = .completed,
        fault: Fault? = nil,
        shard: Shard? = nil
    ) -> RunReport {
        let moment = Date(timeIntervalSince1970: 1_787_393_472)
        let results = outcomes.enumerated().map { index, outcome in
            let check = Check(name: "c\(index)", route: "r", position: SourcePosition(line: 1, column: 1))
            var result = CheckResult(of: check, index: index, outcome: outcome)
            guard outcome != .notRun else { return result }
            result.attempts = (1..<attempts + 1).map {
                Attempt(number: $0, start: .zero, duration: .seconds(1), outcome: $0 < attempts ? .failed : outcome)
            }
            return result
        }
        let suite = SuiteReport(
            name: "s",
            file: "s.yaml",
            serverURL: "https://x",
            serverFault: fault,
            startedAt: moment,
            duration: .seconds(1),
            results: results
        )
        var report = RunReport(toolVersion: "1", startedAt: moment, duration: .seconds(1), suites: [suite])
        report.ending = ending
        report.shard = shard
        return report
    }

    private static let fault = Fault(layer: .network, code: "connection-refused", message: "It refused.")

    /// Runs, and the status that `run` and `merge` have for each.
    private static let cases: [(report: RunReport, status: Int32)] = [
        (report([.passed]), 0), (report([.passed], attempts: 2), 0), (report([.skipped]), 0),
        (report([.failed]), 1), (report([.error]), 1), (report([.passed, .notRun]), 1), (report([]), 4),
        (report([.passed], ending: .deadline), 1), (report([.passed], ending: .maximumFailures), 1),
        (report([.passed], ending: .serverUnusable), 1), (report([], ending: .deadline), 1),
        (report([.passed], ending: .interrupted(signal: 9)), 1),
        (report([.passed], ending: .interrupted(signal: 1)), 129),
        (report([.passed], ending: .interrupted(signal: 0)), 1),
        (report([.passed], ending: .interrupted(signal: 2)), 130),
        (report([.failed], ending: .interrupted(signal: 15)), 143),
        (report([.passed], fault: fault), 3), (report([.notRun], ending: .serverUnusable, fault: fault), 3),
        (report([.failed], ending: .deadline, fault: fault), 3),
    ]

    @Test func mergeExitsAsTheRunDoes() async throws {
        try await withTemporaryFolder { folder in
            let binary = BuiltBinary(folder: folder)
            for (report, status) in Self.cases {
                try Data(JSONRenderer().bytes(for: RedactedReport(readBack: report))).write(
                    to: URL(filePath: "\(folder)/r.json")
                )
                #expect(ExitStatus(of: report, reportsWritten: true).code == status)
                let merge = try await binary.run("merge", "r.json", "--report-json", "m.json")
                #expect(merge.status == status, "\(merge.output)")
                let merged = try RunReport(json: Array(Data(contentsOf: URL(filePath: "\(folder)/m.json"))))
                #expect(merged.verdict == report.verdict)
                #expect((merge.status == 0) == (merged.verdict == .passed))
            }
        }
    }

    @Test func nothingInAShardIsNoFailure() {
        let report = Self.report([], shard: Shard(index: 2, count: 3))
        #expect(report.verdict == .nothingChecked)
        #expect(ExitStatus(of: report, reportsWritten: true) == .passed)
        #expect(ExitStatus(of: report, reportsWritten: false) == .reportNotWritten)
    }

    @Test func flakyChecksFailWhereNoneMayBe() {
        var report = Self.report([.passed], attempts: 2)
        report.failsOnFlaky = true
        #expect(ExitStatus(of: report, reportsWritten: true) == .failed)
    }
}
