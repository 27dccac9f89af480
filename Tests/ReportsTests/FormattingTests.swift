import Checks
import FoundationEssentials
import SourceDiagnostics
import Testing

@testable import Reports

/// Numbers, moments and names as the reports write them.
struct FormattingTests {
    @Test(arguments: [
        (Duration.zero, "0.000"), (.microseconds(499), "0.000"), (.microseconds(500), "0.001"),
        (.milliseconds(125), "0.125"), (.microseconds(999_500), "1.000"), (.seconds(123_456), "123456.000"),
        (.seconds(-1), "0.000"),
    ])
    func writesSecondsWithThreeDecimals(duration: Duration, expected: String) {
        var buffer = ReportBuffer()
        buffer.appendMilliseconds(duration)
        #expect(buffer.text == expected)
    }

    @Test(arguments: [
        (0, "1970-01-01T00:00:00.000Z"), (951_782_399_999, "2000-02-28T23:59:59.999Z"),
        (951_782_400_000, "2000-02-29T00:00:00.000Z"), (1_787_393_472_125, "2026-08-22T10:11:12.125Z"),
        (-1, "1969-12-31T23:59:59.999Z"), (253_402_300_799_000, "9999-12-31T23:59:59.000Z"),
        (4_107_542_400_000, "2100-03-01T00:00:00.000Z"), (1_787_393_472_123, "2026-08-22T10:11:12.123Z"),
    ])
    func writesAndReadsMoments(milliseconds: Int, expected: String) {
        var buffer = ReportBuffer()
        buffer.appendPreciseTimestamp(Date(timeIntervalSince1970: Double(milliseconds) / 1_000))
        #expect(buffer.text == expected)
        let read = Timestamp.parse(expected)?.timeIntervalSince1970 ?? .nan
        // A date counts from 2001, which costs the last digits.
        #expect(abs(read - Double(milliseconds) / 1_000) < 0.000_1)
    }

    @Test(arguments: [
        "", "2026-08-22", "2026-08-22T10:11:12", "2026-8-22T10:11:12+01:00", "2026-00-22T10:11:12Z", "a-b-cTd:e:fZ",
        "2026-08-22T10:11:12.125Zx",
    ])
    func readsNothingElseAsAMoment(text: String) {
        #expect(Timestamp.parse(text) == nil)
    }

    @Test(arguments: [
        (Duration.zero, "0 s"), (.microseconds(850), "850 µs"),
        (.microseconds(1_000), "1.0 ms"), (.microseconds(1_249), "1.2 ms"), (.microseconds(9_949), "9.9 ms"),
        (.microseconds(9_950), "10 ms"), (.microseconds(12_499), "12 ms"),
        (.microseconds(999_499), "999 ms"), (.microseconds(999_500), "1.00 s"), (.milliseconds(1_235), "1.24 s"),
        (.milliseconds(59_994), "59.99 s"), (.milliseconds(59_995), "1 min 0 s"), (.seconds(123), "2 min 3 s"),
        (.seconds(3_700), "1 h 1 min"),
    ])
    func saysDurationsAsPeopleDo(duration: Duration, expected: String) {
        #expect(duration.phrase == expected)
    }

    @Test(arguments: [
        ("jobs/smoke.yml", "jobs.smoke"), ("./smoke.yaml", "smoke"), ("/srv/jobs/nightly.yaml", "srv.jobs.nightly"),
        ("../x/a.b.yaml", "x.a.b"), (".hidden", ".hidden"), ("", "routecheck"),
    ])
    func namesClassesAfterFiles(file: String, expected: String) {
        #expect(JUnitNames.className(forFile: file) == expected)
    }

    @Test
    func makesNamesUniqueWithinAClass() {
        var names = JUnitNames()
        names.begin(className: "a", count: 2)
        #expect(["x", "x", "x (2)", "y"].map { names.unique($0) } == ["x", "x (2)", "x (2) (2)", "y"])
        names.begin(className: "b", count: 2)
        #expect(names.unique("x") == "x")
        names.begin(className: "a", count: 2)
        #expect(names.unique("y") == "y (2)")
    }

    @Test(arguments: [(0.0, 1), (0.5, 5), (0.91, 10), (0.95, 10), (1.0, 10)])
    func takesPercentilesByTheNearestRank(share: Double, expected: Int) {
        let durations = (1...10).map { Duration.milliseconds($0) }
        let route = RouteSummary(route: "r", total: 10, passed: 10, failing: 0, durations: durations)
        #expect(route.percentile(share) == .milliseconds(expected))
    }

    @Test
    func leavesAttemptsThatWereCutOffOutOfTheDurations() throws {
        var run = GoldenRun.report
        var result = try #require(run.suites[0].results.first { !$0.attempts.isEmpty })
        let route = result.route
        run.suites[0].results = [result]
        result.outcome = .notRun
        run.suites[0].results.append(result)
        run.suites = [run.suites[0]]
        let summary = try #require(RouteSummary.summaries(of: run).first)
        #expect(summary.route == route)
        #expect(summary.total == 2)
        #expect(summary.durations.count == 1)
    }

    @Test
    func putsEveryDurationIntoItsBin() throws {
        let durations = [1, 10, 100, 1_000].map { Duration.milliseconds($0) }
        let route = RouteSummary(route: "r", total: 4, passed: 4, failing: 0, durations: durations)
        let scale = try #require(LatencyHistogram.Scale([route], bins: 3))
        #expect(LatencyHistogram(durations, on: scale).counts == [2, 1, 1])
        #expect(scale.position(of: .milliseconds(1)) == 0)
        #expect(scale.position(of: .milliseconds(1_000)) == 1)
        #expect(abs(scale.position(of: .milliseconds(100)) - 2.0 / 3) < 0.001)
    }

    @Test
    func escapesWhateverIsInterpolatedIntoMarkup() {
        let text = "<a href='x'>\"&\u{202E}"
        let markup: HTML = "<p title=\"\(text)\">\(length: -0.04)\(length: 12.34)\("<b>" as HTML)</p>"
        let expected = #"<p title="&lt;a href=&#39;x&#39;&gt;&quot;&amp;\u{202E}">012.3<b></p>"#
        #expect(String(decoding: markup.bytes, as: UTF8.self) == expected)
    }

    @Test
    func layChecksThatOverlapAboveEachOther() {
        let spans = [(0, 10), (5, 10), (10, 5), (12, 9), (16, 2)]
        let results = spans.enumerated().map { index, span in
            let position = SourcePosition(line: 1, column: 1)
            var result = CheckResult(
                of: Check(name: "c", route: "r", position: position),
                index: index,
                outcome: .passed
            )
            result.start = .milliseconds(span.0)
            result.duration = .milliseconds(span.1)
            result.attempts = [Attempt(number: 1, start: result.start, duration: result.duration, outcome: .passed)]
            return result
        }
        let lanes = TimelineLanes(results)
        #expect(lanes.bars.map(\.lane) == [0, 1, 0, 2, 0])
        #expect(lanes.laneCount == 3)
    }

    @Test
    func schemaKnowsEveryName() {
        let names =
            Outcome.allCases.map(\.rawValue) + Layer.allCases.map(\.rawValue)
            + Certainty.allCases.map(\.rawValue) + Mismatch.Kind.allCases.map(\.rawValue)
            + [RunEnding.completed, .interrupted(signal: 2), .deadline, .maximumFailures, .serverUnusable].map(\.name)
        for name in names { #expect(ReportSchema.text.contains("\"\(name)\""), "\(name)") }
    }
}
