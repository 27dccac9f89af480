import Checks
import FoundationEssentials
import Redaction
import SourceDiagnostics
import Testing

@testable import Reports

/// What is said to have changed between two nights.
struct RunComparisonTests {
    @Test
    func sortsChecksByWhatBecameOfThem() {
        let comparison = RunComparison(baseline: GoldenRun.baseline, current: GoldenRun.report)
        #expect(comparison.newlyFailing.map(\.name) == ["GET climate/forecast", "GET echo \(GoldenRun.hostileText)"])
        #expect(comparison.fixed.map(\.name) == ["GET chap/health"])
        #expect(comparison.newlyFlaky.map(\.name) == ["POST model/jobs"])
        #expect(comparison.removed.map(\.name) == ["GET gone"])
        #expect(comparison.added.count == 5)
        #expect(comparison.stillFailing.map(\.name) == ["GET registry", "GET chap/items", "GET model/predict"])
        #expect(comparison.hasRegression)
        #expect(
            ComparisonSection.phrase(of: comparison)
                == "1 server unusable, 2 newly failing, 1 newly flaky, 1 fixed, 5 added, 1 removed, 3 still failing"
        )
    }

    @Test
    func tellsOfAServerThatWentDown() {
        let before = RunReport.run(milliseconds: [100, 100, 100])
        var after = before
        let message = "Nothing listens at x:443. Is DHIS2 running?"
        after.ending = .serverUnusable
        after.suites[0].serverFault = Fault(layer: .network, code: "refused", message: message)
        for index in 0..<3 {
            after.suites[0].results[index].outcome = .notRun
            after.suites[0].results[index].reason = "DHIS2 is down"
            after.suites[0].results[index].attempts = []
        }
        let comparison = RunComparison(baseline: before, current: after)
        #expect(comparison.hasRegression && !comparison.isEmpty)
        #expect(
            ConsoleRenderer().text(of: comparison) == """
                Server unusable
                  s
                      network: Nothing listens at x:443. Is DHIS2 running?
                Did not run
                  s: check 0
                      DHIS2 is down (was passed)
                  s: check 1
                      DHIS2 is down (was passed)
                  s: check 2
                      DHIS2 is down (was passed)
                Compared with the baseline: 1 server unusable, 3 did not run.

                """
        )
        let still = RunComparison(baseline: after, current: after)
        #expect(still.isEmpty && !still.hasRegression)
        let phrase = ComparisonSection.phrase(of: still)
        #expect(phrase == "1 server still unusable, 3 still not run")
        let recovered = RunComparison(baseline: after, current: before)
        #expect(ComparisonSection.phrase(of: recovered) == "3 recovered")
        #expect(!recovered.isEmpty && !recovered.hasRegression)
    }

    /// Every way in which a check can have stood, and stands: each change is told, and so is what stays bad.
    @Test(arguments: [
        ("passed", "passed", "nothing changed"), ("passed", "flaky", "1 newly flaky"),
        ("passed", "allowed", "1 newly allowed to fail"), ("passed", "failed", "1 newly failing"),
        ("passed", "error", "1 newly failing"), ("passed", "skipped", "1 now skipped"),
        ("passed", "not-run", "1 did not run"), ("flaky", "passed", "1 no longer flaky"),
        ("flaky", "flaky", "nothing changed"), ("flaky", "allowed", "1 newly allowed to fail"),
        ("flaky", "failed", "1 newly failing"), ("flaky", "skipped", "1 now skipped"),
        ("flaky", "not-run", "1 did not run"), ("allowed", "passed", "1 fixed"), ("allowed", "flaky", "1 fixed"),
        ("allowed", "allowed", "nothing changed"), ("allowed", "error", "1 newly failing"),
        ("allowed", "skipped", "1 now skipped"), ("allowed", "not-run", "1 did not run"),
        ("failed", "passed", "1 fixed"),
        ("error", "flaky", "1 fixed"), ("failed", "allowed", "1 newly allowed to fail"),
        ("failed", "failed", "1 still failing"), ("error", "failed", "1 still failing"),
        ("error", "skipped", "1 now skipped"), ("failed", "not-run", "1 did not run"),
        ("skipped", "passed", "1 no longer skipped"), ("skipped", "flaky", "1 no longer skipped"),
        ("skipped", "allowed", "1 newly allowed to fail"), ("skipped", "failed", "1 newly failing"),
        ("skipped", "skipped", "nothing changed"), ("skipped", "not-run", "1 did not run"),
        ("not-run", "passed", "1 recovered"), ("not-run", "flaky", "1 recovered"),
        ("not-run", "allowed", "1 newly allowed to fail"), ("not-run", "error", "1 newly failing"),
        ("not-run", "skipped", "1 now skipped"), ("not-run", "not-run", "1 still not run"),
    ])
    func tellsOfEveryChangeOfACheck(before: String, after: String, phrase: String) {
        let comparison = RunComparison(baseline: run(of: before), current: run(of: after))
        #expect(ComparisonSection.phrase(of: comparison) == phrase)
        let passed: Set = ["passed", "flaky"]
        let isWorse = phrase == "1 newly failing" || phrase == "1 did not run" && passed.contains(before)
        #expect(comparison.hasRegression == isWorse)
        let isStill = phrase.contains("still") || phrase == "nothing changed"
        #expect(comparison.isEmpty == isStill)
        for text in [MarkdownRenderer().bytes(of: comparison), HTMLRenderer().bytes(of: comparison)] {
            #expect(String(decoding: text, as: UTF8.self).contains(phrase))
        }
        let verbose = ConsoleRenderer(verbosity: .verbose).text(of: comparison)
        #expect(verbose.contains("s: check 0\n") == (phrase != "nothing changed"))
    }

    /// A run of one check that stands so.
    private func run(of standing: String) -> RunReport {
        var run = RunReport.run(milliseconds: [100])
        let outcomes: [String: Outcome] = ["flaky": .passed, "allowed": .failed]
        run.suites[0].results[0].outcome = outcomes[standing] ?? Outcome(rawValue: standing) ?? .error
        if standing == "allowed" { run.suites[0].results[0].allowFailure = Waiver() }
        if standing == "flaky" { run.suites[0].results[0].attempts += run.suites[0].results[0].attempts }
        if standing == "skipped" || standing == "not-run" { run.suites[0].results[0].attempts = [] }
        return run
    }

    @Test
    func tellsOfARunThatEndedEarlyThoughEveryCheckPassed() {
        let before = RunReport.run(milliseconds: [100])
        var after = before
        after.ending = .deadline
        let comparison = RunComparison(baseline: before, current: after)
        #expect(comparison.hasRegression && !comparison.isEmpty)
        #expect(
            ConsoleRenderer().text(of: comparison) == """
                Run did not pass
                  the whole run
                      is incomplete (was passed)
                Compared with the baseline: 1 run did not pass.

                """
        )
    }

    @Test
    func findsNothingBetweenARunAndItself() {
        let comparison = RunComparison(baseline: GoldenRun.report, current: GoldenRun.report)
        #expect(comparison.isEmpty)
        #expect(!comparison.hasRegression)
        #expect(
            ConsoleRenderer().text(of: comparison)
                == "Compared with the baseline: 5 still failing, 1 server still unusable, 2 still not run.\n"
        )
    }

    @Test
    func reportsARouteThatIsSlowerBeyondNoise() {
        let before = RunReport.run(milliseconds: (0..<12).map { 100 + $0 * 10 })
        let after = RunReport.run(milliseconds: (0..<12).map { (100 + $0 * 10) * 3 / 2 })
        let slower = RunComparison(baseline: before, current: after).slower
        #expect(slower.map(\.route) == ["chap"])
        #expect(slower.first?.pairs == 12)
        #expect(slower.first?.ratio == 1.5)
        #expect(slower.first?.probability == 1.0 / 4_096)
        #expect(
            ConsoleRenderer().text(of: RunComparison(baseline: before, current: after)) == """
                Slower
                  route chap
                      median 160 ms → 240 ms, 1.50× over 12 checks (Wilcoxon signed-rank, Holm-corrected p = 0.0003)
                Compared with the baseline: 1 slower.

                """
        )
    }

    @Test(arguments: [
        (0..<12).map { 100 + $0 * 10 + ($0 % 2 == 0 ? 40 : -40) },  // up and down
        (0..<12).map { 105 + $0 * 10 },  // certain, but small
        (0..<7).map { 1_000 + $0 * 10 },  // too few to tell
        (0..<12).map { $0 < 3 ? 5_000 : 100 + $0 * 10 },  // a few outliers
    ])
    func takesNoiseForNoise(milliseconds: [Int]) {
        let before = RunReport.run(milliseconds: milliseconds.indices.map { 100 + $0 * 10 })
        #expect(RunComparison(baseline: before, current: RunReport.run(milliseconds: milliseconds)).slower.isEmpty)
    }

    @Test
    func saysMoreOrLessAsTold() {
        let comparison = RunComparison(baseline: GoldenRun.baseline, current: GoldenRun.report)
        func titles(_ verbosity: ConsoleVerbosity) -> [String] {
            let lines = ConsoleRenderer(verbosity: verbosity).text(of: comparison).split(separator: "\n")
            return lines.filter { !$0.hasPrefix(" ") }.map { $0.prefix { $0 != ":" }.description }
        }
        let last = "Compared with the baseline"
        #expect(titles(.quiet) == ["Server unusable", "Newly failing", last])
        let between = ["Newly flaky", "Fixed", "Added", "Removed"]
        #expect(titles(.normal) == ["Server unusable", "Newly failing"] + between + [last])
        #expect(titles(.verbose).contains("Still failing"))
    }

    @Test
    func standsInMarkdownWithinItsBounds() {
        let comparison = RunComparison(baseline: GoldenRun.baseline, current: GoldenRun.report)
        func text(_ limit: Int?) -> String {
            let renderer = MarkdownRenderer(byteLimit: limit, comparison: comparison)
            return String(decoding: renderer.bytes(for: GoldenRun.report), as: UTF8.self)
        }
        #expect(text(nil).contains("\n## Compared with the baseline: 1 server unusable, 2 newly failing"))
        #expect(text(nil).contains("**Newly failing**"))
        #expect(text(1_000).contains("\n## Compared with the baseline: 1 server unusable, 2 newly failing"))
        #expect(!text(1_000).contains("**Newly failing**"))
    }

    @Test
    func testsAllRoutesTogetherIfEachHasTooFewChecks() {
        let before = RunReport.run(milliseconds: [Int](repeating: 100, count: 10), routes: 10)
        let after = RunReport.run(milliseconds: (0..<10).map { 200 + $0 }, routes: 10)
        let slower = RunComparison(baseline: before, current: after).slower
        #expect(slower.map(\.route) == [nil])
        #expect(slower.first?.probability == 1.0 / 1_024)
    }

    @Test
    func tellsOfMuchSlowerRoutesThatHaveTooFewChecksForATest() {
        let comparison = RunComparison(
            baseline: RunReport.run(milliseconds: [100]),
            current: RunReport.run(milliseconds: [25_000])
        )
        #expect(comparison.slower.isEmpty && !comparison.isEmpty && !comparison.hasRegression)
        #expect(
            ConsoleRenderer().text(of: comparison) == """
                Perhaps slower
                  route chap
                      median 100 ms → 25.00 s, 250.00× over 1 check (too few to test; told from 3× and 500 ms on)
                Compared with the baseline: 1 perhaps slower.

                """
        )
        for duration in [299, 550] {
            let current = RunReport.run(milliseconds: [duration])
            #expect(RunComparison(baseline: RunReport.run(milliseconds: [200]), current: current).isEmpty)
        }
    }
}

extension RunReport {
    /// A run of checks that all passed and took so long, on so many routes in turn.
    static func run(milliseconds: [Int], routes: Int = 1) -> RunReport {
        let results = milliseconds.enumerated().map { index, duration in
            let route = routes == 1 ? "chap" : "route\(index % routes)"
            let position = SourcePosition(line: index + 1, column: 1)
            var result = CheckResult(
                of: Check(name: "check \(index)", route: route, position: position),
                index: index,
                outcome: .passed
            )
            result.duration = .milliseconds(duration)
            result.attempts = [Attempt(number: 1, start: .zero, duration: .milliseconds(duration), outcome: .passed)]
            return result
        }
        let moment = Date(timeIntervalSince1970: 0)
        let suite = SuiteReport(
            name: "s",
            file: "s.yaml",
            serverURL: "https://x",
            startedAt: moment,
            duration: .seconds(1),
            results: results
        )
        return RunReport(toolVersion: "1", startedAt: moment, duration: .seconds(1), suites: [suite])
    }
}
