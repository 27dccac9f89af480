import Checks
public import Redaction
import SourceDiagnostics
import Text

/// The Test Anything Protocol, version 13.
///
/// Version 13 is what every reader accepts: `prove` 3.44 refuses version 14, and a reader of version 14 takes a document
/// of version 13. The YAML blocks keep to what `prove` reads: a quoted value is one line and has no escape but those of
/// the backslash and the quotation mark, and longer text is a literal block.
///
/// A failure that is allowed is a `TODO`, a check that was skipped or not run a `SKIP`; a run that has not passed for
/// more reasons than its checks bails out at the end, so that no reader takes it for a good one.
public struct TAPRenderer: ReportRenderer {
    /// The quoted values are JSON strings.
    public var syntax: ReportSyntax { .json }

    /// Creates a renderer.
    public init() {}

    /// Writes the document: one test point for each check, those of a suite behind a comment that names it.
    public func render<Sink: ReportSink>(_ report: RedactedReport, into sink: inout Sink) throws(Sink.Failure) {
        let report = report.value
        var buffer = ReportBuffer()
        buffer.append("TAP version 13\n1..")
        buffer.append(report.counts.total)
        buffer.append("\n")
        var number = 0
        for suite in report.suites {
            // "# Subtest: name" would be the beginning of a subtest.
            buffer.append("# Job ")
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
        if let nothing = report.nothingToRepeat {
            buffer.append("# ")
            buffer.append(nothing, as: .line)
            buffer.append("\n")
        }
        if let shortcoming = report.shortcoming {
            buffer.append("Bail out! ")
            buffer.append(shortcoming.sentence, as: .line)
            buffer.append("\n")
        }
        try buffer.flush(into: &sink)
    }

    private func write(_ result: CheckResult, number: Int, in suite: SuiteReport, to buffer: inout ReportBuffer) {
        buffer.append(result.isFailure ? "not ok " : "ok ")
        buffer.append(number)
        buffer.append(" - ")
        append(result.name, to: &buffer)
        writeDirective(of: result, to: &buffer)
        buffer.append("\n")
        guard let shown = result.attempts.last(where: { $0.outcome != .passed }) else { return }
        let story = FailureStory(shown, of: result, file: suite.file)
        buffer.append("  ---\n")
        append("  message", story.headline, to: &buffer)
        append("  severity", severity(of: result), to: &buffer)
        if let layer = shown.fault?.layer { append("  layer", layer.rawValue, to: &buffer) }
        if result.attempts.count > 1 {
            buffer.append("  attempts: ")
            buffer.append(result.attempts.count)
            buffer.append("\n")
        }
        buffer.append("  duration_seconds: ")
        buffer.appendMilliseconds(result.duration)
        buffer.append("\n  at:\n")
        append("    file", suite.file, to: &buffer)
        buffer.append("    line: ")
        buffer.append(result.position.line)
        buffer.append("\n")
        if let request = story.request { append("  request", request, to: &buffer) }
        if !story.details.isEmpty { buffer.append("  details: |\n") }
        for line in story.details {
            buffer.append("    ")
            // No line begins with a blank, which would be taken for indentation, or with the three dots that end the
            // YAML block.
            let isExcerpt = line.hasPrefix("  ")
            if isExcerpt { buffer.append("| ") }
            buffer.append(isExcerpt ? String(line.dropFirst(2)) : line, as: .line)
            buffer.append("\n")
        }
        buffer.append("  ...\n")
    }

    private func writeDirective(of result: CheckResult, to buffer: inout ReportBuffer) {
        switch result.standing {
        case .skipped:
            buffer.append(" # SKIP ")
            append(result.reason ?? result.outcome.rawValue, to: &buffer)
        case .notRun:
            buffer.append(" # SKIP not run: ")
            append(result.reason ?? result.outcome.rawValue, to: &buffer)
        case .allowedFailure:
            buffer.append(" # TODO ")
            append(result.allowFailure?.reason ?? "allowed to fail", to: &buffer)
        case .passed, .flaky, .failed, .error: break
        }
    }

    private func severity(of result: CheckResult) -> String {
        switch result.standing {
        case .allowedFailure: "allowed"
        case .passed, .flaky, .failed, .error, .skipped, .notRun: result.standing.rawValue
        }
    }

    /// Appends a description or a reason.
    private func append(_ text: String, to buffer: inout ReportBuffer) {
        let text = text.bounded(to: Self.lineLimit)
        // A brace at the end of the line would open a subtest for readers of node-tap's dialect.
        guard let last = text.lastIndex(where: { !$0.isWhitespace }), text[last] == "{" else {
            return buffer.append(text, as: .tap)
        }
        buffer.append(String(text[..<last]), as: .tap)
        buffer.append("\\\\u{7B}")
    }

    /// Appends a key with its indentation and a value on one line.
    private func append(_ key: StaticString, _ value: String, to buffer: inout ReportBuffer) {
        buffer.append(key)
        buffer.append(": ")
        // Visible first, so that the quoted value needs none of the escapes that "prove" does not know.
        buffer.appendJSON(VisibleText.line(value.bounded(to: Self.lineLimit), .insideLine))
        buffer.append("\n")
    }

    /// How many bytes of a text are on a line of its own, at most.
    private static let lineLimit = 2_000
}

extension ReportFormat {
    /// What ``TAPRenderer`` writes.
    public static let tap = Self(
        "tap",
        fileExtension: "tap",
        "TAP version 13, which TAP 14 readers accept"
    ) { _ in TAPRenderer() }
}
