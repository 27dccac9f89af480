import Checks
import FoundationEssentials
public import Redaction
import SourceDiagnostics

/// The Common Test Report Format, https://ctrf.io.
///
/// Durations are whole milliseconds and moments milliseconds since 1970. Failures and errors are `failed`, and so are
/// checks that the end of the run cut off, as nobody has seen them pass; those that may fail are `other`. `rawStatus`
/// has routecheck's own word. A run that has not passed although no check failed is itself a test that failed.
public struct CTRFRenderer: ReportRenderer {
    /// JSON.
    public var syntax: ReportSyntax { .json }

    /// Creates a renderer.
    public init() {}

    /// Writes the document.
    public func render<Sink: ReportSink>(_ report: RedactedReport, into sink: inout Sink) throws(Sink.Failure) {
        let report = report.value
        var buffer = ReportBuffer()
        let counts = report.counts
        let shortcoming = report.shortcoming(besides: counts)
        let runs = shortcoming == nil ? 0 : 1
        let start = report.startedAt.reportedMilliseconds
        buffer.append("{\"reportFormat\":\"CTRF\",\"specVersion\":\"0.0.0\",\"timestamp\":\"")
        buffer.appendPreciseTimestamp(report.startedAt.addingTimeInterval(report.duration.reportedSeconds))
        buffer.append("\",\"generatedBy\":\"routecheck\",\n\"results\":{\"tool\":{\"name\":\"routecheck\",\"version\":")
        buffer.appendJSON(report.toolVersion)
        buffer.append("},\n\"summary\":{\"tests\":")
        buffer.append(counts.total + runs)
        buffer.append(",\"passed\":")
        buffer.append(counts.passed)
        buffer.append(",\"failed\":")
        buffer.append(counts.failing + counts.notRun + runs)
        buffer.append(",\"skipped\":")
        buffer.append(counts.skipped)
        buffer.append(",\"pending\":0,\"other\":")
        buffer.append(counts.allowed)
        buffer.append(",\"flaky\":")
        buffer.append(counts.flaky)
        buffer.append(",\"suites\":")
        buffer.append(report.suites.count)
        buffer.append(",\"start\":")
        buffer.append(start)
        buffer.append(",\"stop\":")
        buffer.append(start + report.duration.reportedMilliseconds)
        buffer.append(",\"duration\":")
        buffer.append(report.duration.reportedMilliseconds)
        buffer.append(",\"extra\":{\"routecheck\":{\"ending\":\"")
        buffer.append(verbatim: report.ending.name)
        buffer.append("\"}}},\n\"tests\":[")
        var isFirst = true
        for suite in report.suites {
            for result in suite.results {
                buffer.append(isFirst ? "\n" : ",\n")
                isFirst = false
                write(result, in: suite, runStart: start, to: &buffer)
                try buffer.drain(into: &sink)
            }
        }
        if let shortcoming {
            buffer.append(isFirst ? "\n" : ",\n")
            write(shortcoming, of: report, to: &buffer)
        }
        buffer.append("\n]")
        appendEnvironment(of: report, to: &buffer)
        buffer.append("}}\n")
        try buffer.flush(into: &sink)
    }

    private func appendEnvironment(of report: RunReport, to buffer: inout ReportBuffer) {
        guard let suite = report.suites.first else { return }
        buffer.append(",\n\"environment\":{\"appName\":\"DHIS2\"")
        buffer.append(key: ",\"appVersion\":", suite.serverVersion)
        buffer.append(key: ",\"testEnvironment\":", suite.serverURL)
        buffer.append(key: ",\"shardId\":", report.shard?.description)
        buffer.append("}")
    }

    private func write(_ result: CheckResult, in suite: SuiteReport, runStart: Int, to buffer: inout ReportBuffer) {
        let start = runStart + result.start.reportedMilliseconds
        buffer.append("{\"name\":")
        buffer.appendJSON(result.name.isEmpty ? "unnamed" : result.name)
        buffer.append(",\"status\":\"")
        buffer.append(status(of: result))
        buffer.append("\",\"duration\":")
        buffer.append(result.duration.reportedMilliseconds)
        buffer.append(",\"start\":")
        buffer.append(start)
        buffer.append(",\"stop\":")
        buffer.append(start + result.duration.reportedMilliseconds)
        buffer.append(",\"suite\":[")
        buffer.appendJSON(suite.name)
        buffer.append("],\"rawStatus\":\"")
        buffer.append(verbatim: result.outcome.rawValue)
        buffer.append("\",\"type\":\"e2e\",\"filePath\":")
        buffer.appendJSON(suite.file)
        buffer.append(",\"line\":")
        buffer.append(result.position.line)
        if !result.tags.isEmpty {
            for (number, tag) in result.tags.enumerated() {
                buffer.append(number == 0 ? ",\"tags\":[" : ",")
                buffer.appendJSON(tag)
            }
            buffer.append("]")
        }
        appendVerdict(of: result, in: suite, to: &buffer)
        appendAttempts(of: result, in: suite, runStart: runStart, to: &buffer)
        buffer.append(",\"labels\":{\"route\":")
        buffer.appendJSON(result.route)
        if !result.path.isEmpty { buffer.append(key: ",\"path\":", result.path) }
        if result.outcome != .passed { buffer.append(key: ",\"layer\":", result.fault?.layer.rawValue) }
        buffer.append("}}")
    }

    private func appendVerdict(of result: CheckResult, in suite: SuiteReport, to buffer: inout ReportBuffer) {
        if result.isFailure, let last = result.attempts.last {
            let story = FailureStory(last, of: result, file: suite.file)
            buffer.append(key: ",\"message\":", story.headline)
            buffer.append(key: ",\"trace\":", story.body.joined(separator: "\n"))
        } else {
            buffer.append(key: ",\"message\":", result.reason)
        }
    }

    private func appendAttempts(
        of result: CheckResult,
        in suite: SuiteReport,
        runStart: Int,
        to buffer: inout ReportBuffer
    ) {
        guard result.attempts.count > 1 else { return }
        buffer.append(",\"retries\":")
        buffer.append(result.attempts.count - 1)
        if result.isFlaky { buffer.append(",\"flaky\":true") }
        buffer.append(",\"retryAttempts\":[")
        for (position, attempt) in result.attempts.enumerated() {
            let start = runStart + attempt.start.reportedMilliseconds
            buffer.append(position == 0 ? "{\"attempt\":" : ",{\"attempt\":")
            buffer.append(max(1, attempt.number))
            buffer.append(",\"status\":\"")
            buffer.append(attempt.outcome == .passed ? "passed" : "failed")
            buffer.append("\",\"duration\":")
            buffer.append(attempt.duration.reportedMilliseconds)
            buffer.append(",\"start\":")
            buffer.append(start)
            buffer.append(",\"stop\":")
            buffer.append(start + attempt.duration.reportedMilliseconds)
            if attempt.outcome != .passed {
                let story = FailureStory(attempt, of: result, file: suite.file)
                buffer.append(key: ",\"message\":", story.headline)
            }
            buffer.append("}")
        }
        buffer.append("]")
    }

    /// Writes the run itself as a test that failed.
    private func write(_ shortcoming: RunReport.Shortcoming, of report: RunReport, to buffer: inout ReportBuffer) {
        buffer.append("{\"name\":")
        buffer.appendJSON(RunReport.Shortcoming.testName)
        buffer.append(",\"status\":\"failed\",\"duration\":")
        buffer.append(report.duration.reportedMilliseconds)
        buffer.append(",\"suite\":[")
        buffer.appendJSON(RunReport.Shortcoming.suiteName)
        buffer.append("],\"rawStatus\":")
        buffer.appendJSON(shortcoming.code)
        buffer.append(",\"type\":\"e2e\",\"message\":")
        buffer.appendJSON(shortcoming.sentence)
        buffer.append("}")
    }

    private func status(of result: CheckResult) -> StaticString {
        switch result.standing {
        case .passed, .flaky: "passed"
        case .failed, .error, .notRun: "failed"
        case .allowedFailure: "other"
        case .skipped: "skipped"
        }
    }
}

extension ReportFormat {
    /// What ``CTRFRenderer`` writes.
    public static let ctrf = Self(
        "ctrf",
        fileExtension: "ctrf.json",
        "CTRF, the Common Test Report Format"
    ) { _ in CTRFRenderer() }
}
