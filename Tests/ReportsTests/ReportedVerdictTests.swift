import Checks
import FoundationEssentials
import Reports
import SourceDiagnostics
import Testing

/// What becomes of the verdict that a report carries when the report is read back.
struct ReportedVerdictTests {
    /// A run with one flaky check.
    private static func report(failsOnFlaky: Bool) -> RunReport {
        let check = Check(name: "c", route: "r", position: SourcePosition(line: 1, column: 1))
        var result = CheckResult(of: check, index: 0, outcome: .passed)
        result.attempts = [Outcome.failed, .passed].enumerated().map { number, outcome in
            Attempt(number: number + 1, start: .zero, duration: .zero, outcome: outcome)
        }
        let moment = Date(timeIntervalSince1970: 0)
        let suite = SuiteReport(
            name: "s",
            file: "s.yaml",
            serverURL: "https://a.example",
            startedAt: moment,
            duration: .zero,
            results: [result]
        )
        var report = RunReport(toolVersion: "1", startedAt: moment, duration: .zero, suites: [suite])
        report.failsOnFlaky = failsOnFlaky
        return report
    }

    @Test(arguments: ReportFormat.all.filter(\.isReadBack).map(\.name), [true, false])
    func aFailureStays(format: String, isFailed: Bool) throws {
        let renderer = try #require(ReportFormat(named: format)).renderer()
        let read = try RunReport(reading: renderer.bytes(for: Self.report(failsOnFlaky: isFailed)))
        #expect(read.verdict == (isFailed ? .failed : .passed))
        #expect(read.failure == (isFailed ? .reported : nil))
        let merged = try ReportMerge([ReportMerge.Input(name: "a", report: read)]).report()
        #expect(merged.verdict == read.verdict)
        // Written and read once more, it is still the same.
        #expect(try RunReport(reading: renderer.bytes(for: merged)).verdict == read.verdict)
    }

    @Test(arguments: [
        ("\"passed\"", RunVerdict.passed), ("\"failed\"", .failed), ("\"incomplete\"", .failed), ("\"\"", .failed),
        ("\"Passed\"", .failed), ("\"of a newer version\"", .failed), ("null", .passed),
    ])
    func onlyPassedCanPass(written: String, verdict: RunVerdict) throws {
        #expect(try Self.read(verdict: written).verdict == verdict)
    }

    @Test(arguments: ["1", "true", "[]", "{}"])
    func whatIsNoTextIsNoReport(written: String) {
        #expect(throws: ReportReadingError.self) { try Self.read(verdict: written) }
    }

    @Test func aReportOfAnOlderVersionHasNone() throws {
        let text = String(decoding: JSONRenderer().bytes(for: Self.report(failsOnFlaky: false)), as: UTF8.self)
        let older = text.replacing(",\"verdict\":\"passed\"", with: "")
        #expect(older != text)
        #expect(try RunReport(reading: Array(older.utf8)).verdict == .passed)
    }

    private static func read(verdict: String) throws -> RunReport {
        let text = String(decoding: JSONRenderer().bytes(for: report(failsOnFlaky: false)), as: UTF8.self)
        return try RunReport(
            reading: Array(text.replacing("\"verdict\":\"passed\"", with: "\"verdict\":\(verdict)").utf8)
        )
    }

    /// What a report can say of how its run ended, beside `completed`: none of it is complete, whatever its checks say.
    @Test(arguments: [
        #"{"kind":"deadline"}"#, #"{"kind":"max-failures"}"#, #"{"kind":"server-unusable"}"#,
        #"{"kind":"interrupted"}"#,
        #"{"kind":"interrupted","signal":9}"#, #"{"kind":"interrupted","signal":2}"#, #"{"kind":"newer","signal":2}"#,
        #"{"kind":""}"#,
    ])
    func noOtherEndingIsComplete(ending: String) throws {
        let complete = #""ending":{"kind":"completed"},"verdict":"passed""#
        let text = String(decoding: JSONRenderer().bytes(for: Self.report(failsOnFlaky: false)), as: UTF8.self)
        for verdict in [#","verdict":"passed""#, #","verdict":"incomplete""#, ""] {
            let written = text.replacing(complete, with: "\"ending\":\(ending)\(verdict)")
            #expect(written != text)
            let read = try RunReport(reading: Array(written.utf8))
            let merged = try ReportMerge([ReportMerge.Input(name: "a", report: read)]).report()
            for format in ReportFormat.all.filter(\.isReadBack) {
                let again = try RunReport(reading: format.renderer().bytes(for: merged))
                let once = try ReportMerge([ReportMerge.Input(name: "b", report: again)]).report()
                #expect(once.verdict == .incomplete && once.ending == read.ending)
            }
            #expect(read.verdict == .incomplete && merged.verdict == .incomplete)
        }
    }

    /// The end of a stream of events that was written whole is not passed over, whatever is wrong with it.
    @Test func theEndOfAStreamCountsWhereItIsWhole() throws {
        var lines = NDJSONRenderer().bytes(for: Self.report(failsOnFlaky: false))
        lines.removeLast()
        let text = String(decoding: lines, as: UTF8.self)
        #expect(try RunReport(reading: lines).ending == .completed)
        for ending in ["7", "null", "{}", "\"completed\""] {
            let written = text.replacing(#""ending":{"kind":"completed"}"#, with: "\"ending\":\(ending)")
            #expect(throws: ReportReadingError.self) { try RunReport(reading: Array(written.utf8)) }
        }
        #expect(try RunReport(reading: Array(lines.dropLast(5))).ending == .interrupted(signal: 9))
    }
}
