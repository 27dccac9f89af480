public import Checks
public import Redaction
import SourceDiagnostics
import Text

/// What a person reads while and after checks run.
///
/// A line for each result that is wanted, a block for each failure that says first whom to call, and a summary.
public struct ConsoleRenderer: ReportRenderer {
    /// Colours and characters.
    public var style: ConsoleStyle
    /// How much is said.
    public var verbosity: ConsoleVerbosity

    /// Text.
    public var syntax: ReportSyntax { .text }

    /// Creates a renderer.
    public init(style: ConsoleStyle = ConsoleStyle(), verbosity: ConsoleVerbosity = .normal) {
        self.style = style
        self.verbosity = verbosity
    }

    /// Writes every wanted result, suite by suite, and the summary.
    public func render<Sink: ReportSink>(_ report: RedactedReport, into sink: inout Sink) throws(Sink.Failure) {
        let report = report.value
        var output = ConsoleText(style)
        for suite in report.suites {
            writeHead(of: suite, to: &output)
            for result in suite.results where isWanted(result) {
                write(result, in: suite, to: &output)
                try output.drain(into: &sink)
            }
        }
        writeSummary(of: report, to: &output)
        try output.drain(into: &sink, all: true)
    }

    /// The lines for a suite that begins: its name and server, and why the server is unusable if it is.
    ///
    /// Empty if nothing is to be said; otherwise ends with a line feed.
    public func text(forStartOf suite: Redacted<SuiteReport>) -> String {
        var output = ConsoleText(style)
        writeHead(of: suite.value, to: &output)
        return output.text
    }

    /// The lines for a check that ended; empty if it is not wanted, otherwise ends with a line feed.
    public func text(for result: Redacted<CheckResult>, in suite: Redacted<SuiteReport>) -> String {
        guard isWanted(result.value) else { return "" }
        var output = ConsoleText(style)
        write(result.value, in: suite.value, to: &output)
        return output.text
    }

    /// The lines that end a run: a table of the routes, who failed, the counts and the verdict.
    public func summary(of report: RedactedReport) -> String {
        var output = ConsoleText(style)
        writeSummary(of: report.value, to: &output)
        return output.text
    }

    private func isWanted(_ result: CheckResult) -> Bool {
        switch verbosity {
        case .quiet: result.failsRun
        case .normal: result.isFailure || result.isFlaky
        case .verbose: true
        }
    }

    private func writeHead(of suite: SuiteReport, to output: inout ConsoleText) {
        if verbosity != .quiet {
            output.append(suite.name, .strong)
            output.append("  \(suite.serverURL)", .quiet)
            if let version = suite.serverVersion { output.append("  DHIS2 \(version)", .quiet) }
            output.endLine()
            output.append(warnings: suite.warnings)
        }
        guard let fault = suite.serverFault else { return }
        output.append(style.usesUnicode ? "!" : "ERROR", .bad)
        output.append(" \(fault.layer.rawValue): \(fault.message)", .strong)
        output.endLine()
        for line in fault.evidence where verbosity == .verbose { output.append(block: line, indent: 4, .quiet) }
    }

    private func write(_ result: CheckResult, in suite: SuiteReport, to output: inout ConsoleText) {
        let mark = ConsoleMark(result)
        output.append(style.usesUnicode ? mark.symbol : mark.word, mark.ink)
        output.append(" ")
        output.append(result.name, result.failsRun ? .strong : .plain)
        if !result.attempts.isEmpty {
            output.append("  \(result.duration.phrase)", .quiet)
        }
        if result.attempts.count > 1 { output.append("  \(result.attempts.count.counting("attempt"))", .quiet) }
        if let waiver = result.allowFailure, result.isFailure {
            output.append("  allowed to fail" + (waiver.reason.map { ": \($0)" } ?? ""), .doubtful)
        }
        if let reason = result.reason { output.append("  \(reason)", .quiet) }
        output.endLine()
        guard result.isFailure else { return }
        if let last = result.attempts.last {
            write(last, of: result, in: suite, to: &output)
        } else {
            output.append(block: " at \(suite.file):\(result.position.line)", indent: 3, .quiet)
        }
    }

    private func write(
        _ attempt: Attempt,
        of result: CheckResult,
        in suite: SuiteReport,
        to output: inout ConsoleText
    ) {
        let story = FailureStory(attempt, of: result, file: suite.file)
        output.append(block: story.headline, indent: 4, result.failsRun ? .bad : .doubtful)
        for line in story.details { output.append(block: line, indent: 4) }
        if verbosity == .verbose, let evidence = attempt.evidence {
            for line in FailureStory.evidence(evidence) { output.append(block: line, indent: 4, .quiet) }
        } else if let request = story.request {
            output.append(block: request, indent: 4, .quiet)
        }
        output.append(block: " at \(story.location)", indent: 3, .quiet)
    }
}

extension ConsoleRenderer {
    /// The most routes the table shows.
    private static let rowLimit = 30

    func writeSummary(of report: RunReport, to output: inout ConsoleText) {
        let counts = report.counts
        if verbosity != .quiet {
            writeTable(of: RouteSummary.summaries(of: report), to: &output)
            let layers = LayerCounts(report).phrase
            if !layers.isEmpty {
                output.append("Who failed: \(layers)", .strong)
                output.endLine()
            }
        }
        for sentence in report.remarks {
            output.append(sentence, .doubtful)
            output.endLine()
        }
        let verdict = report.verdict
        output.append(verdict.words, verdict == .passed ? .good : .bad)
        output.append("  \(counts.phrase), in \(report.duration.phrase)")
        if let shard = report.shard { output.append(", shard \(shard)") }
        output.endLine()
    }

    private func writeTable(of routes: [RouteSummary], to output: inout ConsoleText) {
        guard routes.contains(where: { !$0.durations.isEmpty }) else { return }
        let shown = routes.prefix(Self.rowLimit)
        let mark = style.usesUnicode ? "…" : "..."
        let widest = max(5, shown.map { TerminalWidth.of($0.route) }.max() ?? 0)
        let fitting = TableFit(columns: style.columns, nameWidth: min(widest, 40))
        let names = shown.map { TerminalWidth.cut($0.route, to: fitting.nameWidth, mark: mark) }
        output.endLine()
        writeRow("route", fitting, ["checks", "passed", "p50", "p95", "max"], .quiet, to: &output)
        for (name, route) in zip(names, shown) {
            let times = [0.5, 0.95, 1].map { share in
                route.percentile(share)?.phrase ?? "-"
            }
            let ink = route.failing > 0 ? ConsoleInk.bad : .plain
            writeRow(name, fitting, ["\(route.total)", "\(route.passed)"] + times, ink, to: &output)
        }
        if routes.count > shown.count {
            output.append("and \((routes.count - shown.count).counting("more route"))", .quiet)
            output.endLine()
        }
        output.endLine()
    }

    private func writeRow(
        _ name: String,
        _ fitting: TableFit,
        _ cells: [String],
        _ ink: ConsoleInk,
        to output: inout ConsoleText
    ) {
        let head = name + spaces(fitting.nameWidth - TerminalWidth.of(name))
        let row = fitting.shown(of: cells).reduce(head) { row, cell in
            row + "  " + spaces(TableFit.cellWidth - TerminalWidth.of(cell)) + cell
        }
        output.append(row, ink)
        output.endLine()
    }

    private func spaces(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
}

/// Which cells of a row fit a terminal, and how much room the names have.
private struct TableFit {
    static let cellWidth = 9
    /// The places of the cells, the ones that can be done without first: p50, max, checks, p95.
    private static let dispensable = [2, 4, 0, 3]

    private(set) var nameWidth: Int
    private var hidden: Set<Int> = []

    init(columns: Int?, nameWidth: Int, cellCount: Int = 5) {
        self.nameWidth = nameWidth
        guard let columns else { return }
        func room() -> Int { columns - (cellCount - hidden.count) * (Self.cellWidth + 2) }
        for place in Self.dispensable where room() < min(nameWidth, 12) { hidden.insert(place) }
        self.nameWidth = min(nameWidth, max(room(), 5))
    }

    func shown(of cells: [String]) -> [String] {
        cells.indices.filter { !hidden.contains($0) }.map { cells[$0] }
    }
}

extension ConsoleRenderer {
    /// The lines that say what changed between two runs; ends with a line feed.
    ///
    /// Quiet, they are about what is worse; verbose, also about what fails as before.
    public func text(of comparison: RunComparison) -> String {
        var output = ConsoleText(style)
        let sections = ComparisonSection.sections(of: comparison, includesStillBad: verbosity == .verbose)
        for section in sections where verbosity != .quiet || section.tone == .bad {
            output.append(section.title, ink(of: section.tone))
            output.endLine()
            for item in section.shown {
                output.append("  \(item.name)")
                output.endLine()
                if !item.detail.isEmpty { output.append(block: item.detail, indent: 6, .quiet) }
            }
            if section.left > 0 { output.append(block: "and \(section.left) more", indent: 2, .quiet) }
        }
        output.append("Compared with the baseline: \(ComparisonSection.phrase(of: comparison)).", .strong)
        output.endLine()
        return output.text
    }

    private func ink(of tone: ComparisonSection.Tone) -> ConsoleInk {
        switch tone {
        case .bad: .bad
        case .good: .good
        case .doubtful: .doubtful
        case .neutral: .strong
        }
    }
}
