import Checks
import FoundationEssentials
import Reports
import SourceDiagnostics
import Testing

/// The series of single checks, and what they keep of earlier runs.
struct PrometheusTests {
    private static let start = Date(timeIntervalSince1970: 1_787_393_472)
    private static let lastSuccess = "routecheck_check_last_success_timestamp_seconds"

    private func report(_ results: [(name: String, outcome: Outcome)], suites: Int = 1) -> RunReport {
        let results = results.enumerated().map { index, check in
            let position = SourcePosition(line: 1, column: 1)
            let made = Check(name: check.name, route: "chap", position: position)
            var result = CheckResult(of: made, index: index, outcome: check.outcome)
            result.start = .seconds(1)
            result.duration = .milliseconds(500)
            return result
        }
        let suite = SuiteReport(
            name: "nightly",
            file: "a.yaml",
            serverURL: "https://dhis2.example",
            startedAt: Self.start,
            duration: .seconds(2),
            results: results
        )
        return RunReport(
            toolVersion: "1.0.0",
            startedAt: Self.start,
            duration: .seconds(2),
            suites: Array(repeating: suite, count: suites)
        )
    }

    /// The samples of a metric, without its name.
    private func samples(of metric: String, in report: RunReport, after earlier: String = "") -> [String] {
        let renderer = PrometheusRenderer(earlier: EarlierSuccesses(reading: Array(earlier.utf8)))
        let text = String(decoding: renderer.bytes(for: report), as: UTF8.self)
        let series = text.split(separator: "\n").filter { $0.hasPrefix("\(metric){") }
        return series.map { String($0.dropFirst(metric.count)) }
    }

    private func labels(_ name: String) -> String { #"{job="nightly",check="\#(name)",route="chap"}"# }

    @Test func saysOfEachCheckWhetherItPassed() {
        let report = report([("a", .passed), ("b", .failed), ("c", .error), ("d", .skipped), ("e", .notRun)])
        let success = samples(of: "routecheck_check_success", in: report)
        #expect(success == ["\(labels("a")) 1", "\(labels("b")) 0", "\(labels("c")) 0", "\(labels("e")) 0"])
        let durations = samples(of: "routecheck_check_duration_seconds", in: report)
        #expect(durations == ["a", "b", "c"].map { "\(labels($0)) 0.500000" })
        #expect(samples(of: Self.lastSuccess, in: report) == ["\(labels("a")) 1787393473.500000"])
    }

    @Test func keepsTheLastSuccessOfWhatDoesNotPass() {
        let report = report([("a", .passed), ("b", .failed), ("c", .failed), ("d", .skipped), ("e", .notRun)])
        let earlier = ["a", "b", "d", "e", "gone"].map { "\(Self.lastSuccess)\(labels($0)) 1787000000.25\n" }.joined()
        #expect(
            samples(of: Self.lastSuccess, in: report, after: earlier) == [
                "\(labels("a")) 1787393473.500000", "\(labels("b")) 1787000000.250000",
                "\(labels("d")) 1787000000.250000", "\(labels("e")) 1787000000.250000",
            ]
        )
    }

    @Test func keepsItFromRunToRun() {
        let passing = PrometheusRenderer().bytes(for: report([("a {b} \"c\"\n\u{1B}", .passed)]))
        var failing = report([("a {b} \"c\"\n\u{1B}", .failed)])
        failing.startedAt += 60
        let once = PrometheusRenderer(earlier: EarlierSuccesses(reading: passing)).bytes(for: failing)
        let twice = PrometheusRenderer(earlier: EarlierSuccesses(reading: once)).bytes(for: failing)
        #expect(once == twice)
        #expect(String(decoding: twice, as: UTF8.self).contains("route=\"chap\"} 1787393473.500000\n"))
    }

    @Test(arguments: [
        "1e300", "NaN", "-1", "+1", "1787393474.001", "99999999999999999999", "1.", ".5", "1 2", "", "0x10", "１",
    ])
    func takesNoOtherValueForAMoment(value: String) {
        let earlier = "\(Self.lastSuccess)\(labels("a")) \(value)\n"
        #expect(samples(of: Self.lastSuccess, in: report([("a", .failed)]), after: earlier).isEmpty)
    }

    @Test(arguments: [
        "", "\0\u{FFFD}\n\n", "routecheck_check_last_success_timestamp_seconds{", "{}}} 1",
        "routecheck_check_last_success_timestamp_seconds} 1", "routecheck_success{suite=\"nightly\"} 1",
    ])
    func passesOverWhatIsNotAMetric(earlier: String) {
        #expect(samples(of: Self.lastSuccess, in: report([("a", .failed)]), after: earlier).isEmpty)
    }

    @Test func hasNoSeriesTwice() {
        let long = String(repeating: "x", count: 2_000)
        let names = ["a", "a", "a (2)", "\u{1B}", "\\u{1B}", long + "1", long + "2"]
        let report = report(names.map { ($0, .passed) }, suites: 3)
        for metric in ["routecheck_check_success", "routecheck_check_duration_seconds", Self.lastSuccess] {
            let series = samples(of: metric, in: report).map { $0.split(separator: "} ")[0] }
            #expect(series.count == names.count * 3)
            #expect(Set(series).count == series.count)
        }
    }

    @Test func takesTheRepeatsOfACheckTogether() {
        var report = report([("a", .passed), ("a", .failed), ("a", .passed), ("b", .failed), ("b", .failed)])
        for (place, index) in [0, 0, 0, 1, 1].enumerated() { report.suites[0].results[place].index = index }
        report.suites[0].results[1].duration = .seconds(9)
        report.suites[0].results[2].start = .seconds(2)
        report.suites[0].results[3].allowFailure = Waiver(reason: "new")
        report.suites[0].results[4].allowFailure = Waiver(reason: "new")
        #expect(samples(of: "routecheck_check_success", in: report) == ["\(labels("a")) 0", "\(labels("b")) 0"])
        #expect(samples(of: "routecheck_check_allowed_failure", in: report) == ["\(labels("b")) 1"])
        let durations = ["\(labels("a")) 9.000000", "\(labels("b")) 0.500000"]
        #expect(samples(of: "routecheck_check_duration_seconds", in: report) == durations)
        #expect(samples(of: Self.lastSuccess, in: report) == ["\(labels("a")) 1787393474.500000"])
    }
}
