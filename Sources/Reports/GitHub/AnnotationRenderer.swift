import Checks
public import Redaction
import SourceDiagnostics

/// GitHub's workflow commands that annotate the job file's lines.
///
/// GitHub shows ten errors, ten warnings and ten notices of a step. So the first annotations are those of different
/// causes, servers that are down before all, and a notice says how many more there are.
public struct AnnotationRenderer: ReportRenderer {
    /// How many annotations of one level GitHub shows for a step.
    public static let limit = 10

    /// Text.
    public var syntax: ReportSyntax { .text }

    /// Creates a renderer.
    public init() {}

    /// Writes at most ten errors, ten warnings, and a notice if there are more; nothing if all is well.
    ///
    /// A run that has not passed although no line of a job file is to blame is an error without a file.
    public func render<Sink: ReportSink>(_ report: RedactedReport, into sink: inout Sink) throws(Sink.Failure) {
        let report = report.value
        var buffer = ReportBuffer()
        let ranking = AnnotationRanking(report)
        for fault in ranking.serverFaults {
            write("error", fault.suite, line: nil, title: "\(fault.suite.name): \(fault.headline)", [], to: &buffer)
        }
        for entry in ranking.errors { write("error", entry, to: &buffer) }
        if ranking.serverFaults.isEmpty, ranking.errors.isEmpty, let shortcoming = report.shortcoming {
            buffer.append("::error title=routecheck::")
            buffer.append(shortcoming.sentence.bounded(to: 4_000), as: .annotationMessage)
            buffer.append("\n")
        }
        for entry in ranking.warnings { write("warning", entry, to: &buffer) }
        if let rest = ranking.rest {
            buffer.append("::notice title=routecheck::")
            buffer.append(rest, as: .annotationMessage)
            buffer.append("\n")
        }
        try buffer.flush(into: &sink)
    }

    private func write(_ level: StaticString, _ entry: AnnotationRanking.Entry, to buffer: inout ReportBuffer) {
        let result = entry.result
        guard let attempt = result.attempts.last(where: { $0.outcome != .passed }) else {
            write(level, entry.suite, line: result.position, title: result.name, [result.reason ?? ""], to: &buffer)
            return
        }
        let story = FailureStory(attempt, of: result, file: entry.suite.file)
        var lines = [story.headline] + story.details
        if let request = story.request { lines.append(request) }
        if result.isFlaky { lines.insert("passed at attempt \(result.attempts.count)", at: 0) }
        if result.standing == .allowedFailure, let waiver = result.allowFailure {
            lines.append("allowed to fail" + (waiver.reason.map { ": \($0)" } ?? ""))
        }
        write(level, entry.suite, line: result.position, title: result.name, lines, to: &buffer)
    }

    private func write(
        _ level: StaticString,
        _ suite: SuiteReport,
        line position: SourcePosition?,
        title: String,
        _ lines: [String],
        to buffer: inout ReportBuffer
    ) {
        buffer.append("::")
        buffer.append(level)
        buffer.append(" file=")
        // The path must be relative to the repository, without a dot.
        let file = suite.file.hasPrefix("./") ? String(suite.file.dropFirst(2)) : suite.file
        buffer.append(file, as: .annotationProperty)
        if let position {
            buffer.append(",line=")
            buffer.append(position.line)
            buffer.append(",col=")
            buffer.append(position.column)
        }
        buffer.append(",title=")
        buffer.append(title.bounded(to: 200), as: .annotationProperty)
        buffer.append("::")
        // Without a message there is no annotation.
        let message = lines.isEmpty ? title : lines.joined(separator: "\n")
        buffer.append(message.bounded(to: 4_000), as: .annotationMessage)
        buffer.append("\n")
    }
}
