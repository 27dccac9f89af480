import Checks
import FoundationEssentials
import Reports
import SourceDiagnostics
import Testing

/// Reports that say nothing of any check: of a run that has not come to its end, and of one that there was not.
struct BlankReportTests {
    private static let moment = Date(timeIntervalSince1970: 1_787_393_472)

    private static func report(_ ending: RunEnding, _ checks: [String] = [], suites: Int = 1) -> RunReport {
        let results = checks.enumerated().map { index, name in
            let check = Check(name: name, route: "r", position: SourcePosition(line: 1, column: 1))
            var result = CheckResult(of: check, index: index, outcome: .passed)
            result.attempts = [Attempt(number: 1, start: .zero, duration: .zero, outcome: .passed)]
            return result
        }
        let suite = SuiteReport(
            name: "nightly",
            file: "a.yaml",
            serverURL: "https://a.example",
            startedAt: moment,
            duration: .zero,
            results: results
        )
        return RunReport(
            toolVersion: "1",
            startedAt: moment,
            duration: .zero,
            ending: ending,
            suites: Array(repeating: suite, count: suites)
        )
    }

    @Test(arguments: [RunEnding.unfinished, .invalidInput], [0, 1])
    func isReadBackAsWhatItIs(ending: RunEnding, suites: Int) throws {
        let written = Self.report(ending, suites: suites)
        let read = try RunReport(json: JSONRenderer().bytes(for: written))
        #expect(read.ending == ending)
        #expect(read.verdict == written.verdict)
        #expect(read.suites.count == suites)
    }

    @Test(arguments: [RunEnding.unfinished, .invalidInput], [0, 1])
    func isNothingToMerge(ending: RunEnding, suites: Int) throws {
        let told = String(decoding: ConsoleRenderer(verbosity: .quiet).bytes(for: Self.report(ending)), as: UTF8.self)
        let sentence = try #require(told.split(separator: "\n").first)
        for others in [[], [Self.report(.completed, ["a"])]] {
            let inputs = (others + [Self.report(ending, suites: suites)]).map {
                ReportMerge.Input(name: "x", report: $0)
            }
            let error = #expect(throws: ReportMergeError.self) { try ReportMerge(inputs).report() }
            #expect(error?.problems == ["x does not hold a run. \(sentence)"])
        }
    }

    @Test(arguments: [RunEnding.unfinished, .invalidInput], [0, 1])
    func removesAndAddsNoCheckInAComparison(ending: RunEnding, suites: Int) {
        let blank = Self.report(ending, suites: suites).untouched
        let good = Self.report(.completed, ["a", "b"]).untouched
        let worse = RunComparison(baseline: good, current: blank)
        #expect(worse.removed.isEmpty && worse.hasRegression && !worse.isEmpty)
        let later = RunComparison(baseline: blank, current: good)
        #expect(later.added.isEmpty && !later.hasRegression && !later.isEmpty)
        #expect(!RunComparison(baseline: blank, current: blank).isEmpty)
    }

    @Test func aCheckThatFailsAfterItIsNotCalledNew() {
        var report = Self.report(.completed, ["a"])
        report.suites[0].results[0].outcome = .failed
        let comparison = RunComparison(
            baseline: Self.report(.unfinished).untouched,
            current: report.untouched
        )
        let text = ConsoleRenderer().text(of: comparison)
        #expect(comparison.newlyFailing.count == 1)
        #expect(text.contains("(the baseline does not say how it was)"))
        #expect(text.hasSuffix("Compared with the baseline: 1 newly failing, 1 not comparable.\n"))
    }

    private static let lastSuccess = "routecheck_check_last_success_timestamp_seconds"

    /// The samples of a report after other metrics, without comments.
    private func samples(_ report: RunReport, after earlier: [String]) -> [String] {
        let successes = EarlierSuccesses(reading: Array(earlier.map { "\($0)\n" }.joined().utf8))
        let text = String(decoding: PrometheusRenderer(earlier: successes).bytes(for: report), as: UTF8.self)
        return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map(String.init)
    }

    @Test(arguments: [RunEnding.unfinished, .invalidInput, .completed], [0, 1])
    func keepsAllTimesOfLastSuccess(ending: RunEnding, suites: Int) {
        let times = [
            #"{job="nightly",check="a \"}\\",route="r"} 1787000000.250000"#,
            #"{job="other",check="b",route="s"} 5.000000"#,
        ].map { Self.lastSuccess + $0 }
        let later = Self.lastSuccess + #"{job="other",check="c",route="s"} 9999999999.000000"#
        let torn = [
            #"{job="a"} b="} 5"#, #"{job="a",} 5"#, #"{job="a} 5"#, #"{job=a} 5"#, #"{} 5"#, #"{job="a"x="b"} 5"#,
        ].map { Self.lastSuccess + $0 }
        let samples = samples(Self.report(ending, suites: suites), after: times + [later] + torn)
        #expect(samples.filter { $0.hasPrefix(Self.lastSuccess) } == times)
    }

    @Test func everySuiteOfBeforeHasFailedWhereNothingIsKnown() {
        let earlier = [
            #"routecheck_success{suite="a"} 1"#, #"routecheck_success{suite="b"} 0"#, "routecheck_success 1",
        ]
        let expected = [#"routecheck_success{suite="a"} 0"#, #"routecheck_success{suite="b"} 0"#]
        let success = { (samples: [String]) in samples.filter { $0.hasPrefix("routecheck_success") } }
        #expect(success(samples(Self.report(.invalidInput, suites: 0), after: earlier)) == expected)
        #expect(
            success(samples(Self.report(.invalidInput, suites: 0), after: [])) == [#"routecheck_success{suite=""} 0"#]
        )
        let own = success(samples(Self.report(.unfinished), after: earlier))
        #expect(own == [#"routecheck_success{suite="nightly"} 0"#])
    }
}
