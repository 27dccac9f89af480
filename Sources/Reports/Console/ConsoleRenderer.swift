public import Checks
public import Redaction
import SourceDiagnostics

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
        if result.attempts.count > 1 { output.append("  \(result.attempts.count) attempts", .quiet) }
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
