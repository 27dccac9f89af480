import Checks
import FoundationEssentials
import HTTPVocabulary
import SourceDiagnostics
import Text

/// The parts of a Markdown document.
struct MarkdownText {
    var buffer = ReportBuffer()

    /// The most routes a table shows.
    private static let rowLimit = 200

    mutating func write(headOf report: RunReport) {
        write(verdictOf: report)
        write(remarksOf: report)
        write(suitesOf: report)
    }

    /// One heading.
    mutating func write(verdictOf report: RunReport) {
        let verdict = report.verdict
        buffer.append(verdict == .passed ? "## ✅ " : "## ❌ ")
        buffer.append(verbatim: verdict.title)
        buffer.append(": ")
        buffer.append(verbatim: report.counts.phrase)
        buffer.append(" in ")
        buffer.append(verbatim: report.duration.phrase)
        buffer.append("\n\n")
    }

    /// What is said of the run as a whole, a paragraph each.
    mutating func write(remarksOf report: RunReport) {
        for sentence in report.remarks {
            buffer.append(sentence, as: .markdown)
            buffer.append("\n\n")
        }
    }

    private mutating func write(suitesOf report: RunReport) {
        for suite in report.suites {
            buffer.append("- **")
            buffer.append(suite.name, as: .markdown)
            buffer.append("** ")
            buffer.append(verbatim: suite.counts.phrase)
            buffer.append(" — ")
            code(suite.serverURL)
            if let version = suite.serverVersion { buffer.append(" DHIS2 \(version)", as: .markdown) }
            for warning in suite.warnings {
                buffer.append("<br>Warning: ")
                buffer.append(warning, as: .markdown)
            }
            if let fault = suite.serverFault {
                buffer.append("<br>**")
                buffer.append("\(fault.layer.rawValue): \(fault.message)", as: .markdown)
                buffer.append("**")
            }
            buffer.append("\n")
        }
        let layers = LayerCounts(report)
        guard !layers.phrase.isEmpty else { return }
        buffer.append("\n**Who failed:** ")
        buffer.append(layers.phrase, as: .markdown)
        buffer.append("\n\n")
    }

    mutating func write(_ result: CheckResult, in suite: SuiteReport) {
        guard result.isFailure else {
            buffer.append("\n↻ ")
            code(result.name.bounded(to: 1_000))
            buffer.append(" passed at attempt ")
            buffer.append(result.attempts.count)
            buffer.append("\n")
            return
        }
        let story = result.attempts.last.map { FailureStory($0, of: result, file: suite.file) }
        buffer.append(result.failsRun ? "\n<details><summary>❌ <b>" : "\n<details><summary>⚠️ <b>")
        buffer.append(result.name.bounded(to: 1_000), as: .markdown)
        buffer.append("</b> ")
        buffer.append(story?.headline.bounded(to: 1_000) ?? result.reason ?? "", as: .markdown)
        if let waiver = result.allowFailure {
            buffer.append(" · allowed to fail" + (waiver.reason.map { ": \($0)" } ?? ""), as: .markdown)
        }
        buffer.append("</summary>\n\n<pre>")
        for line in story?.body ?? [" at \(suite.file):\(result.position.line)"] {
            buffer.append(line, as: .xmlText)
            buffer.append("\n")
        }
        let evidence = result.attempts.last?.evidence.map(FailureStory.evidence) ?? []
        if evidence.count > 1 {
            buffer.append("\n")
            for line in evidence.dropFirst() {
                buffer.append(line.bounded(to: 4_000), as: .xmlText)
                buffer.append("\n")
            }
        }
        buffer.append("</pre>\n\n</details>\n")
    }

    mutating func write(routes: [RouteSummary]) {
        guard !routes.isEmpty else { return }
        buffer.append("\n| route | checks | passed | p50 | p95 | max |\n| --- | ---: | ---: | ---: | ---: | ---: |\n")
        for route in routes.prefix(Self.rowLimit) {
            buffer.append("| ")
            code(route.route.bounded(to: 200))
            buffer.append(" | ")
            buffer.append(route.total)
            buffer.append(" | ")
            buffer.append(route.passed)
            for share in [0.5, 0.95, 1] {
                buffer.append(" | ")
                buffer.append(verbatim: route.percentile(share)?.phrase ?? "–")
            }
            buffer.append(" |\n")
        }
        guard routes.count > Self.rowLimit else { return }
        buffer.append("\nand \((routes.count - Self.rowLimit).counting("more route"))\n", as: .xmlText)
    }

    mutating func write(footer report: RunReport) {
        buffer.append("\nroutecheck ")
        buffer.append(report.toolVersion, as: .markdown)
        buffer.append(", ")
        buffer.appendTimestamp(report.startedAt)
        if let shard = report.shard { buffer.append(", shard \(shard)", as: .xmlText) }
        buffer.append("\n")
    }

    mutating func code(_ text: String) {
        buffer.append("<code>")
        buffer.append(text, as: .markdown)
        buffer.append("</code>")
    }
}
