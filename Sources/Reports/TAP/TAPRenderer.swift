import Checks
public import Redaction
import SourceDiagnostics

/// The Test Anything Protocol, version 14.
///
/// A failure that is allowed is a `TODO`, a check that was skipped or not run a `SKIP`; a run that has not passed for
/// more reasons than its checks bails out at the end, so that no reader takes it for a good one.
public struct TAPRenderer: ReportRenderer {
    /// The values are quoted as in JSON.
    public var syntax: ReportSyntax { .json }

    /// Creates a renderer.
    public init() {}

    /// Writes the document: one test point for each check, those of a suite behind a comment that names it.
    public func render<Sink: ReportSink>(_ report: RedactedReport, into sink: inout Sink) throws(Sink.Failure) {
        let report = report.value
        var buffer = ReportBuffer()
        buffer.append("TAP version 14\n1..")
        buffer.append(report.counts.total)
        buffer.append("\n")
        var number = 0
        for suite in report.suites {
            buffer.append("# ")
            buffer.append(suite.name, as: .line)
            buffer.append(" (")
            buffer.append(suite.file, as: .line)
            if let shard = report.shard { buffer.append(", shard \(shard)", as: .line) }
            buffer.append(")\n")
            for result in suite.results {
                number += 1
                write(result, number: number, in: suite, to: &buffer)
                try buffer.drain(into: &sink)
            }
        }
        if let shortcoming = report.shortcoming {
            buffer.append("Bail out! ")
            buffer.append(shortcoming.sentence, as: .tap)
            buffer.append("\n")
        }
        try buffer.flush(into: &sink)
    }

    private func write(_ result: CheckResult, number: Int, in suite: SuiteReport, to buffer: inout ReportBuffer) {
        buffer.append(result.isFailure ? "not ok " : "ok ")
        buffer.append(number)
        buffer.append(" - ")
        buffer.append(result.name.bounded(to: 2_000), as: .tap)
        writeDirective(of: result, to: &buffer)
        buffer.append("\n")
        guard let shown = result.attempts.last(where: { $0.outcome != .passed }) else { return }
        let story = FailureStory(shown, of: result, file: suite.file)
        buffer.append("  ---\n")
        append("message", story.headline, to: &buffer)
        append("severity", severity(of: result), to: &buffer)
        if let layer = shown.fault?.layer { append("layer", layer.rawValue, to: &buffer) }
        if result.attempts.count > 1 {
            buffer.append("  attempts: ")
            buffer.append(result.attempts.count)
            buffer.append("\n")
        }
        buffer.append("  duration_seconds: ")
        buffer.appendMilliseconds(result.duration)
        buffer.append("\n  at:\n    file: ")
        buffer.appendJSON(suite.file)
        buffer.append("\n    line: ")
        buffer.append(result.position.line)
        buffer.append("\n")
        if let request = story.request { append("request", request, to: &buffer) }
        if !story.details.isEmpty { buffer.append("  details:\n") }
        for line in story.details {
            buffer.append("    - ")
            buffer.appendJSON(line)
            buffer.append("\n")
        }
        buffer.append("  ...\n")
    }

    private func writeDirective(of result: CheckResult, to buffer: inout ReportBuffer) {
        switch result.standing {
        case .skipped:
            buffer.append(" # SKIP ")
            buffer.append(result.reason ?? result.outcome.rawValue, as: .tap)
        case .notRun:
            buffer.append(" # SKIP not run: ")
            buffer.append(result.reason ?? result.outcome.rawValue, as: .tap)
        case .allowedFailure:
            buffer.append(" # TODO ")
            buffer.append(result.allowFailure?.reason ?? "allowed to fail", as: .tap)
        case .passed, .flaky, .failed, .error: break
        }
    }

    private func severity(of result: CheckResult) -> String {
        switch result.standing {
        case .allowedFailure: "allowed"
        case .passed, .flaky, .failed, .error, .skipped, .notRun: result.standing.rawValue
        }
    }

    private func append(_ key: StaticString, _ value: String, to buffer: inout ReportBuffer) {
        buffer.append("  ")
        buffer.append(key)
        buffer.append(": ")
        buffer.appendJSON(value)
        buffer.append("\n")
    }
}

extension ReportFormat {
    /// What ``TAPRenderer`` writes.
    public static let tap = Self(
        "tap",
        fileExtension: "tap",
        "TAP version 14"
    ) { _ in TAPRenderer() }
}
