import Checks
import FoundationEssentials
import Reports
import Testing

/// Reports that were written are read back as the run they came from.
struct ReportReadingTests {
    @Test
    func readsTheJSONReportBack() throws {
        let bytes = JSONRenderer().bytes(for: GoldenRun.report)
        let read = try RunReport(reading: bytes)
        #expect(JSONRenderer().bytes(for: read) == bytes)
        #expect(read.suites[0].results == GoldenRun.report.suites[0].results)
        #expect(read.seed == .max)
    }

    @Test
    func rebuildsTheRunFromItsEvents() throws {
        let read = try RunReport(reading: NDJSONRenderer().bytes(for: GoldenRun.report))
        #expect(JSONRenderer().bytes(for: read) == JSONRenderer().bytes(for: GoldenRun.report))
    }

    @Test
    func holdsEveryCheckThatEndedHoweverTheEventsAreCutOff() throws {
        var run = GoldenRun.report
        run.suites = [GoldenRun.report.suites[2], GoldenRun.report.suites[2]]
        let bytes = NDJSONRenderer().bytes(for: run)
        let firstLine = try #require(bytes.firstIndex(of: 0x0A))
        for end in stride(from: firstLine, to: bytes.count, by: 7) {
            let read = try RunReport(ndjson: Array(bytes[..<end]))
            let told = String(decoding: bytes[..<end], as: UTF8.self)
            // A whole line counts even if its line feed is missing.
            let lines = told.split(separator: "\n").filter {
                $0.hasPrefix("{\"event\":\"check-finished\"") && $0.hasSuffix("}}")
            }
            #expect(read.counts.total == lines.count)
            #expect(read.ending == (told.hasSuffix("\"deadline\"}}") ? .deadline : .interrupted(signal: 9)))
        }
    }

    @Test
    func tellsChecksWhoseEndWasNotToldWhenTheirSuiteEnds() throws {
        let suite = GoldenRun.report.suites[0]
        var stream = EventStream()
        var bytes = stream.firstLine(toolVersion: "1", startedAt: suite.startedAt)
        bytes += stream.lines(for: .suiteStarted(suite))
        bytes += stream.lines(for: .checkStarted(suite: 0, check: 4))
        bytes += stream.lines(for: .attemptFinished(suite: 0, check: 4, suite.results[4].attempts[0]))
        bytes += stream.lines(for: .checkFinished(suite: 0, suite.results[4]))
        bytes += stream.lines(for: .suiteFinished(suite))
        let read = try RunReport(ndjson: bytes)
        #expect(read.suites[0].results == suite.results)
        #expect(read.suites[0].duration == suite.duration)
    }

    @Test(arguments: [
        ("[", "The report is not valid JSON."),
        ("{}", "The JSON is not a report of routecheck."),
        (#"{"format":"routecheck-report"}"#, "The report lacks \"version\"."),
        (
            #"{"format":"routecheck-report","version":2}"#,
            "The report has version 2; this routecheck reads version 1."
        ),
        (#"{"format":"routecheck-report","version":1}"#, "The report lacks \"startedAt\"."),
        (
            #"{"format":"routecheck-report","version":1,"startedAt":"2026-13-01T00:00:00.000Z"}"#,
            "The report has a wrong value at $.startedAt."
        ),
    ])
    func saysWhatIsWrongWithAReport(text: String, message: String) {
        let error = #expect(throws: ReportReadingError.self) { try RunReport(json: Array(text.utf8)) }
        #expect(error?.message == message)
    }

    @Test
    func saysWhereAReportIsWrong() throws {
        let bytes = JSONRenderer().bytes(for: GoldenRun.report)
        let text = String(decoding: bytes, as: UTF8.self)
        let broken = text.replacing("\"outcome\":\"skipped\"", with: "\"outcome\":\"lost\"")
        let error = #expect(throws: ReportReadingError.self) { try RunReport(json: Array(broken.utf8)) }
        #expect(error?.code == .malformed)
        #expect(error?.message == "The report has a wrong value at $.suites[0].results[6].outcome.")
    }

    @Test(arguments: [
        ("", "The events are empty."),
        ("{\"event\":\"x\"}\n", "Line 1 of the events is not the start of a run of routecheck."),
        ("{\n{}", "Line 1 of the events is not valid JSON."),
    ])
    func saysWhatIsWrongWithEvents(text: String, message: String) {
        let error = #expect(throws: ReportReadingError.self) { try RunReport(ndjson: Array(text.utf8)) }
        #expect(error?.message == message)
    }
}
