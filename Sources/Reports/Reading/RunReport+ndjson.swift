public import Checks
import FoundationEssentials

extension RunReport {
    /// Rebuilds the report of a run from the stream of its events, also of a run that was killed.
    ///
    /// Of such a run every check that ended is there, the ending is ``RunEnding/interrupted(signal:)`` with 9, and the
    /// durations reach to the last event. A last line without a line feed was being written when the run was killed,
    /// and is passed over if it is not whole.
    ///
    /// - Throws: ``ReportReadingError`` if the bytes are not such a stream, with the line's number.
    public init(ndjson bytes: [UInt8]) throws(ReportReadingError) {
        var rebuilding: RebuiltRun?
        var number = 0
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        for line in lines {
            number += 1
            guard !line.isEmpty else { continue }
            let isLast = number == lines.count
            do {
                let subject = "Line \(number) of the events"
                let event = try Self.decode(EventDocument.self, from: Data(line), subject: subject)
                if rebuilding == nil {
                    rebuilding = try RebuiltRun(event, subject: subject)
                } else {
                    try rebuilding?.add(event, subject: subject)
                }
            } catch {
                if isLast, error.code != .unsupportedVersion, rebuilding != nil { break }
                throw error
            }
        }
        guard let rebuilding else { throw ReportReadingError(.notAReport, "The events are empty.") }
        self = rebuilding.inOrder
    }
}

/// One line of the stream of events; which fields there are depends on the event.
private struct EventDocument: Decodable {
    var event: String
    var format: String?
    var version: Int?
    var tool: ReportDocument.Tool?
    var startedAt: Moment?
    var shard: ReportDocument.ShardDocument?
    var seed: String?
    var suite: Int?
    var name: String?
    var file: String?
    var description: String?
    var server: SuiteDocument.Server?
    var result: ResultDocument?
    var duration: Seconds?
    var ending: ReportDocument.Ending?
}

/// A run as far as its events have told.
private struct RebuiltRun {
    private(set) var report: RunReport

    init(_ event: EventDocument, subject: String) throws(ReportReadingError) {
        guard event.event == "run-started", event.format == "routecheck-events" else {
            throw ReportReadingError(.notAReport, "\(subject) is not the start of a run of routecheck.")
        }
        try RunReport.check(event.version, known: EventStream.version, subject: subject)
        guard let tool = event.tool, let startedAt = event.startedAt else {
            throw ReportReadingError(.malformed, "\(subject) does not say which routecheck ran, and when.")
        }
        report = RunReport(
            toolVersion: tool.version,
            startedAt: startedAt.date,
            duration: .zero,
            ending: .interrupted(signal: 9),
            suites: []
        )
        report.shard = event.shard?.value
        report.seed = event.seed.flatMap(UInt64.init)
    }

    mutating func add(_ event: EventDocument, subject: String) throws(ReportReadingError) {
        switch event.event {
        case "suite-started":
            guard let name = event.name, let file = event.file, let server = event.server,
                let startedAt = event.startedAt, event.suite == report.suites.count
            else { throw ReportReadingError(.malformed, "\(subject) does not say which suite starts.") }
            let suite = SuiteDocument(
                name: name,
                file: file,
                description: event.description,
                server: server,
                startedAt: startedAt
            )
            report.suites.append(suite.report)
        case "check-finished":
            guard let suite = event.suite, report.suites.indices.contains(suite), let result = event.result else {
                throw ReportReadingError(.malformed, "\(subject) does not say which check ended.")
            }
            add(result.value, suite: suite)
        case "suite-finished":
            guard let suite = event.suite, report.suites.indices.contains(suite), let duration = event.duration else {
                throw ReportReadingError(.malformed, "\(subject) does not say which suite ended.")
            }
            report.suites[suite].duration = duration.duration
        case "run-finished":
            guard let duration = event.duration, let ending = event.ending else {
                throw ReportReadingError(.malformed, "\(subject) does not say how the run ended.")
            }
            report.duration = duration.duration
            report.ending = ending.value
        default:
            // Checks and attempts that start say nothing that their end does not; newer events are for newer readers.
            break
        }
    }

    /// The run with each suite's results in the job file's order, the repeats of one check in that of their starts.
    var inOrder: RunReport {
        var report = report
        for suite in report.suites.indices {
            report.suites[suite].results.sort { ($0.index, $0.start) < ($1.index, $1.start) }
        }
        return report
    }

    private mutating func add(_ result: CheckResult, suite: Int) {
        report.suites[suite].results.append(result)
        let end = result.start + result.duration
        report.duration = max(report.duration, end)
        let offset = report.suites[suite].startedAt.timeIntervalSince(report.startedAt)
        let sinceSuite = end - .milliseconds(Int64((min(max(offset, 0), 1e9) * 1_000).rounded()))
        report.suites[suite].duration = max(report.suites[suite].duration, sinceSuite)
    }
}
