import Checks
public import Redaction

/// Markdown for a job summary, a merge request or a chat.
///
/// Everything from outside is written with character references or inside HTML's `pre`, so that nothing of it is
/// markup, a link or a mention.
public struct MarkdownRenderer: ReportRenderer {
    /// The most bytes that GitHub is given for a step's summary.
    ///
    /// GitHub refuses more than 1 MiB; what is left makes room for what a redactor puts in the place of short secrets.
    public static let gitHubSummaryLimit = 960_000

    /// How many bytes the document may have; `nil` sets no bound.
    ///
    /// Failures that do not fit are counted instead.
    public var byteLimit: Int?
    /// What changed since an earlier run, if it is to be shown.
    public var comparison: RunComparison?

    /// What is from outside is escaped as in HTML.
    public var syntax: ReportSyntax { .xml }

    /// Creates a renderer without a bound unless one is given.
    public init(byteLimit: Int? = nil, comparison: RunComparison? = nil) {
        self.byteLimit = byteLimit
        self.comparison = comparison
    }

    /// Writes the verdict, who failed, the failures with their evidence, what changed, and a table of the routes.
    public func render<Sink: ReportSink>(_ report: RedactedReport, into sink: inout Sink) throws(Sink.Failure) {
        let report = report.value
        var tail = MarkdownText()
        if let comparison {
            let whole = bytes(of: comparison)
            // The failures come first where there is not room for both.
            let fits = byteLimit.map { whole.count <= $0 / 2 } ?? true
            tail.buffer.append("\n")
            tail.buffer.append(bytes: fits ? whole : heading(of: comparison))
        }
        tail.write(routes: RouteSummary.summaries(of: report))
        tail.write(footer: report)
        var text = MarkdownText()
        text.write(headOf: report)
        // The sentence that counts what is left out needs room as well.
        var room = byteLimit.map { max(0, $0 - text.buffer.count - tail.buffer.count - 200) }
        var left = 0
        for suite in report.suites {
            for result in suite.results where result.isFailure || result.isFlaky {
                let before = text.buffer.count
                text.write(result, in: suite)
                let size = text.buffer.count - before
                if let space = room {
                    if size > space {
                        text.buffer.truncate(to: before)
                        left += 1
                        continue
                    }
                    room = space - size
                }
                try text.buffer.drain(into: &sink)
            }
        }
        if left > 0 {
            text.buffer.append("\n\(left) more did not fit; the other reports have them.\n", as: .xmlText)
        }
        text.buffer.append(bytes: tail.buffer.bytes)
        try text.buffer.flush(into: &sink)
    }
}

extension ReportFormat {
    /// What ``MarkdownRenderer`` writes.
    public static let markdown = Self(
        "markdown",
        fileExtension: "md",
        "Markdown"
    ) { MarkdownRenderer(comparison: $0.comparison) }
}

extension MarkdownRenderer {
    /// Markdown that says what changed between two runs.
    public func bytes(of comparison: RunComparison) -> [UInt8] {
        var text = MarkdownText()
        text.buffer.append(bytes: heading(of: comparison))
        for section in ComparisonSection.sections(of: comparison) {
            text.buffer.append("\n**")
            text.buffer.append(section.title, as: .markdown)
            text.buffer.append("**\n\n")
            for item in section.shown {
                text.buffer.append("- ")
                text.code(item.name.bounded(to: 1_000))
                if !item.detail.isEmpty {
                    text.buffer.append(" ")
                    text.buffer.append(item.detail.bounded(to: 2_000), as: .markdown)
                }
                text.buffer.append("\n")
            }
            if section.left > 0 { text.buffer.append("- and \(section.left) more\n", as: .xmlText) }
        }
        return text.buffer.bytes
    }

    /// The line that says in one phrase what changed.
    func heading(of comparison: RunComparison) -> [UInt8] {
        var text = MarkdownText()
        text.buffer.append("## Compared with the baseline: ")
        text.buffer.append(ComparisonSection.phrase(of: comparison), as: .markdown)
        text.buffer.append("\n")
        return text.buffer.bytes
    }
}
