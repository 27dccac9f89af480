public import Checks
public import FoundationEssentials
public import Redaction
import Text

/// Writes what happens during a run as one line of JSON for each event, as it happens.
///
/// The lines are enough to rebuild the report of a run that was killed: whoever writes a line at once has every check
/// that ended before. ``Checks/RunReport/init(ndjson:)`` reads them.
///
/// Each line is an object whose `event` says what the rest is; values are those of the JSON report (``ReportSchema``),
/// `suite` and `check` are places counted from 0:
/// - `run-started`: `format`, `version`, `tool`, `startedAt`, `suites`, and `shard`, `seed` and `repeats` if there are any
/// - `suite-planned`: as `suite-started`, for each suite of the run before any of it starts
/// - `check-planned`: `suite`, `result`; what the check's result is unless it runs
/// - `suite-started`: `suite`, `name`, `file`, `description`, `server`, `startedAt`, and `warnings`, `plan` and `identity`
///   if there are any
/// - `check-started`: `suite`, `check`
/// - `attempt-finished`: `suite`, `check`, `attempt`; another attempt follows
/// - `check-finished`: `suite`, `result`
/// - `suite-finished`: `suite`, `duration`, `counts`
/// - `run-finished`: `duration`, `ending`, `verdict`
public struct EventStream: Sendable {
    /// The version of the lines' shape.
    public static let version = 1

    /// The name and file of each suite that started, and how often each check of it ended.
    private var suites: [(key: [String], ended: [Int: Int])] = []

    /// Creates a stream of which nothing has been written.
    public init() {}

    /// The line that starts the stream.
    ///
    /// - Parameters:
    ///   - toolVersion: The version of routecheck that runs.
    ///   - startedAt: When the run begins.
    ///   - shard: Which part of the checks runs, if only a part.
    ///   - seed: What the order of the checks is shuffled with, if it is.
    ///   - repeats: How often each check runs.
    ///   - suites: How many suites the run has, so that a stream that breaks off before it has named them all cannot
    ///     pass for a whole one.
    public func firstLine(
        toolVersion: String,
        startedAt: Date,
        shard: Shard? = nil,
        seed: UInt64? = nil,
        repeats: Int = 1,
        suites: Int = 1
    ) -> [UInt8] {
        var buffer = ReportBuffer()
        buffer.append("{\"event\":\"run-started\",\"format\":\"routecheck-events\",\"version\":")
        buffer.append(Self.version)
        buffer.append(",")
        buffer.appendRunStart(
            toolVersion: toolVersion,
            startedAt: startedAt,
            shard: shard,
            seed: seed,
            repeats: repeats
        )
        buffer.append(",\"suites\":")
        buffer.append(suites)
        buffer.append("}\n")
        return buffer.bytes
    }

    /// The line that says what a suite is to hold, before any suite starts; its checks follow, each with
    /// ``line(planning:suite:)``.
    ///
    /// With them the report of a run that was killed has every check of the plan.
    ///
    /// - Parameters:
    ///   - suite: The suite without results.
    ///   - number: The suite's place in the run, counted from 0.
    public func line(planning suite: Redacted<SuiteReport>, number: Int) -> [UInt8] {
        var buffer = ReportBuffer()
        append("suite-planned", suite: number, to: &buffer)
        buffer.append(",")
        buffer.appendSuiteStart(suite.value)
        buffer.append("}\n")
        return buffer.bytes
    }

    /// The line that says that a check is to run or to be skipped.
    ///
    /// - Parameters:
    ///   - result: What the check's result is unless it runs.
    ///   - suite: The place of the check's suite in the run, counted from 0.
    public func line(planning result: Redacted<CheckResult>, suite: Int) -> [UInt8] {
        var buffer = ReportBuffer()
        append("check-planned", suite: suite, to: &buffer)
        buffer.append(",\"result\":")
        buffer.append(json: result.value)
        buffer.append("}\n")
        return buffer.bytes
    }

    /// The line or lines of an event.
    ///
    /// The end of a suite has a line also for each check whose own end was not told.
    public mutating func lines(for event: RedactedEvent) -> [UInt8] {
        lines(for: event.value)
    }

    /// The lines of an event of a redacted run.
    fileprivate mutating func lines(for event: RunEvent) -> [UInt8] {
        var buffer = ReportBuffer()
        switch event {
        case .suiteStarted(let suite):
            append("suite-started", suite: suites.count, to: &buffer)
            suites.append((key(of: suite), [:]))
            buffer.append(",")
            buffer.appendSuiteStart(suite)
        case .checkStarted(let suite, let check):
            append("check-started", suite: suite, to: &buffer)
            buffer.append(",\"check\":")
            buffer.append(check)
        case .attemptFinished(let suite, let check, let attempt):
            append("attempt-finished", suite: suite, to: &buffer)
            buffer.append(",\"check\":")
            buffer.append(check)
            buffer.append(",\"attempt\":")
            buffer.append(json: attempt)
        case .checkFinished(let suite, let result):
            append(result, suite: suite, to: &buffer)
        case .suiteFinished(let report):
            guard let suite = suites.lastIndex(where: { $0.key == key(of: report) }) else {
                return lines(for: .suiteStarted(report)) + lines(for: event)
            }
            for result in report.results where takeUntold(result, suite: suite) {
                append(result, suite: suite, to: &buffer)
                buffer.append("}\n")
            }
            append("suite-finished", suite: suite, to: &buffer)
            buffer.append(",")
            buffer.appendSuiteEnd(report)
        }
        buffer.append("}\n")
        return buffer.bytes
    }

    /// The line that ends the stream of a run that came to its end.
    public func lastLine(duration: Duration, ending: RunEnding, verdict: RunVerdict) -> [UInt8] {
        var buffer = ReportBuffer()
        buffer.append("{\"event\":\"run-finished\",")
        buffer.appendRunEnd(duration: duration, ending: ending, verdict: verdict)
        buffer.append("}\n")
        return buffer.bytes
    }

    private mutating func append(_ result: CheckResult, suite: Int, to buffer: inout ReportBuffer) {
        if suites.indices.contains(suite) { suites[suite].ended[result.index, default: 0] += 1 }
        append("check-finished", suite: suite, to: &buffer)
        buffer.append(",\"result\":")
        buffer.append(json: result)
    }

    /// Whether the result's end was not told yet; if it was, that telling is used up, so that the repeats of one check
    /// are told apart.
    private mutating func takeUntold(_ result: CheckResult, suite: Int) -> Bool {
        guard let told = suites[suite].ended[result.index], told > 0 else { return true }
        suites[suite].ended[result.index] = told - 1
        return false
    }

    private func append(_ event: StaticString, suite: Int, to buffer: inout ReportBuffer) {
        buffer.append("{\"event\":\"")
        buffer.append(event)
        buffer.append("\",\"suite\":")
        buffer.append(suite)
    }

    private func key(of suite: SuiteReport) -> [String] { [suite.file, suite.name] }
}

/// The whole run as a stream of events, for a run that is over.
public struct NDJSONRenderer: ReportRenderer {
    /// JSON.
    public var syntax: ReportSyntax { .json }

    /// Creates a renderer.
    public init() {}

    /// Writes the lines that ``EventStream`` would have written, but those of attempts and of checks that start.
    public func render<Sink: ReportSink>(_ report: RedactedReport, into sink: inout Sink) throws(Sink.Failure) {
        let report = report.value
        var stream = EventStream()
        try sink.write(
            stream.firstLine(
                toolVersion: report.toolVersion,
                startedAt: report.startedAt,
                shard: report.shard,
                seed: report.seed,
                repeats: report.repeats,
                suites: report.suites.count
            )
        )
        for (number, suite) in report.suites.enumerated() {
            try sink.write(stream.lines(for: .suiteStarted(suite)))
            for result in suite.results {
                try sink.write(stream.lines(for: .checkFinished(suite: number, result)))
            }
            try sink.write(stream.lines(for: .suiteFinished(suite)))
        }
        try sink.write(stream.lastLine(duration: report.duration, ending: report.ending, verdict: report.verdict))
    }
}

extension ReportFormat {
    /// What ``EventStream`` and ``NDJSONRenderer`` write.
    public static let ndjson = Self(
        "ndjson",
        fileExtension: "ndjson",
        "events as they happen; `routecheck merge` reads them after a crash",
        isStream: true,
        isReadBack: true
    ) { _ in NDJSONRenderer() }
}
