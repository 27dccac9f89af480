import Checks
public import Redaction

/// Markdown for a job summary, a merge request or a chat.
///
/// Everything from outside is written with character references or inside HTML's `pre`, so that nothing of it is
/// markup, a link or a mention.
public struct MarkdownRenderer: ReportRenderer {
    /// The most bytes of a step's summary that GitHub takes, with what other programs have written; it drops a longer one
    /// whole (1024 KiB: GitHub's runner, `CreateStepSummaryCommand`).
    public static let gitHubSummaryLimit = 1 << 20

    /// How many bytes the document may have; `nil` sets no bound.
    ///
    /// Failures that do not fit are counted instead; where there is room for little, the verdict is left, and where there
    /// is none for it, nothing.
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
        let count = report.suites.reduce(0) { $0 + $1.results.count { $0.isFailure || $0.isFlaky } }
        // The sentence that counts what is left out needs room as well.
        let reserve = count == 0 ? 0 : Self.sentence(leavingOut: count).count
        guard let frame = frame(of: report, besides: reserve) else { return }
        var text = MarkdownText()
        text.buffer.append(bytes: frame.head)
        var room = byteLimit.map { max(0, $0 - frame.head.count - frame.tail.count - reserve) }
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
        if left > 0, frame.countsWhatIsLeft { text.buffer.append(bytes: Self.sentence(leavingOut: left)) }
        text.buffer.append(bytes: frame.tail)
        try text.buffer.flush(into: &sink)
    }

    /// A renderer of no more than so many bytes.
    public func bounded(to limit: Int) -> MarkdownRenderer {
        var renderer = self
        renderer.byteLimit = min(limit, byteLimit ?? limit)
        return renderer
    }

    private static func sentence(leavingOut count: Int) -> [UInt8] {
        Array("\n\(count) more did not fit; the other reports have \(count == 1 ? "it" : "them").\n".utf8)
    }
}

extension MarkdownRenderer {
    /// What stands in front of the failures and behind them.
    private struct Frame {
        var head: [UInt8]
        var tail: [UInt8] = []
        var countsWhatIsLeft = true
    }

    /// The most that fits: all of it, or less down to the verdict; `nil` where not even that fits.
    ///
    /// - Parameter reserve: How many bytes are kept free for the sentence that counts what is left out.
    private func frame(of report: RunReport, besides reserve: Int) -> Frame? {
        let limit = byteLimit ?? .max
        let footer = Self.bytes { $0.write(footer: report) }
        let head = Self.bytes { $0.write(headOf: report) }
        let table = Self.bytes { $0.write(routes: RouteSummary.summaries(of: report)) }
        let verdict = Self.bytes { $0.write(verdictOf: report) }
        var frames = [Frame(head: head, tail: footer)]
        if let comparison {
            let whole = Self.bytes { $0.buffer.append("\n") } + bytes(of: comparison)
            let heading = Self.bytes { $0.buffer.append("\n") } + heading(of: comparison)
            // The failures come first where there is not room for both.
            let shown = whole.count <= limit / 2 ? whole : heading
            frames = [shown + table + footer, heading + footer].map { Frame(head: head, tail: $0) } + frames
        } else {
            frames.insert(Frame(head: head, tail: table + footer), at: 0)
        }
        frames += [
            Frame(head: verdict + Self.bytes { $0.write(remarksOf: report) }, tail: footer), Frame(head: verdict),
            Frame(head: verdict, countsWhatIsLeft: false),
        ]
        return frames.first { frame in
            frame.head.count + frame.tail.count + (frame.countsWhatIsLeft ? reserve : 0) <= limit
        }
    }

    private static func bytes(_ write: (inout MarkdownText) -> Void) -> [UInt8] {
        var text = MarkdownText()
        write(&text)
        return text.buffer.bytes
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
