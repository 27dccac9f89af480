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
        run.suites = [GoldenRun.report.suites[2]]
        let bytes = NDJSONRenderer().bytes(for: run)
        let firstLine = try #require(bytes.firstIndex(of: 0x0A))
        for end in stride(from: firstLine, to: bytes.count, by: 7) {
            let read: RunReport
            do throws(ReportReadingError) {
                read = try RunReport(ndjson: Array(bytes[..<end]))
            } catch {
                #expect(error.code == .cutOff)
                continue
            }
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
        ("", "The file is empty: the run was killed before it began."),
        ("{\"event\":\"run-st", "The run was killed before it had written its plan."),
        ("{\"event\":\"x\"}\n", "Line 1 of the events is not the start of a run of routecheck."),
        ("{\n{}", "Line 1 of the events is not valid JSON."),
    ])
    func saysWhatIsWrongWithEvents(text: String, message: String) {
        let error = #expect(throws: ReportReadingError.self) { try RunReport(ndjson: Array(text.utf8)) }
        #expect(error?.message == message)
    }

    @Test
    func takesAnEmptyFileForTheEventsOfARunThatWasKilledAtOnce() {
        let error = #expect(throws: ReportReadingError.self) { try RunReport(reading: []) }
        #expect(error?.code == .cutOff)
        #expect(error?.message == "The file is empty: the run was killed before it began.")
    }

    /// A run whose plan was not written whole, cut off after so many of its lines.
    @Test(arguments: [
        (1, "The run was killed before it had written its plan."),
        (2, "The run was killed before it had written its plan."),
        (
            3,
            "The run was killed before it had written its plan: 0 of the 2 checks of \(GoldenRun.report.suites[0].file) are there."
        ),
        (
            4,
            "The run was killed before it had written its plan: 1 of the 2 checks of \(GoldenRun.report.suites[0].file) are there."
        ),
        (5, nil),
    ])
    func aPlanThatIsNotWholeIsNoReport(lines: Int, message: String?) throws {
        let stream = EventStream()
        var suite = GoldenRun.report.suites[0]
        suite.plan = PlanSummary(fingerprint: "00000000000000aa", planned: 2, total: 2)
        var empty = suite
        empty.plan = PlanSummary(fingerprint: "00000000000000bb", planned: 0, total: 0)
        var bytes = stream.firstLine(toolVersion: "1", startedAt: suite.startedAt, suites: 2)
        bytes += stream.line(planning: suite, number: 0)
        bytes += stream.line(planning: empty, number: 1)
        for index in 0..<2 {
            var result = suite.results[index]
            result.outcome = .notRun
            bytes += stream.line(planning: result, suite: 0)
        }
        let ends = bytes.indices.filter { bytes[$0] == 0x0A }
        let cut = Array(bytes[...ends[lines - 1]])
        guard let message else {
            #expect(try RunReport(ndjson: cut).counts.notRun == 2)
            return
        }
        let error = #expect(throws: ReportReadingError.self) { try RunReport(ndjson: cut) }
        #expect(error?.code == .cutOff)
        #expect(error?.message == message)
    }

    @Test(arguments: [(0, 1), (3, 2), (1, 4_000_000_000), (1, 0)])
    func refusesAPartThatThereCannotBe(index: Int, count: Int) throws {
        var run = GoldenRun.report
        run.shard = Shard(index: index, count: count)
        let bytes = JSONRenderer().bytes(for: run)
        let error = #expect(throws: ReportReadingError.self) { try RunReport(json: bytes) }
        #expect(error?.message.hasPrefix("The report has a wrong value at $.shard.") == true)
    }
}
