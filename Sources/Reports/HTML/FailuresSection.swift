import Checks
import SourceDiagnostics
import Text

/// Every failure with what a person on call needs: whom to call, what was due, what came.
struct FailuresSection {
    let shown: [ReportEntry]
    private let total: Int
    /// Whether none of them fails the run.
    private let areAllowed: Bool

    /// How many are unfolded from the start.
    private static let openLimit = 5

    init(report: RunReport) {
        let failing = ReportEntry.entries(of: report, limit: HTMLRenderer.failureLimit, where: \.failsRun)
        let allowed = ReportEntry.entries(of: report, limit: HTMLRenderer.failureLimit - failing.count) {
            $0.isFailure && !$0.failsRun
        }
        shown = failing + allowed
        let counts = report.counts
        total = counts.failed + counts.errors
        areAllowed = counts.failing == 0
    }

    var opening: HTML {
        guard total > 0 else { return "" }
        let title: HTML = areAllowed ? "Allowed failures" : "Failures"
        return "<section aria-labelledby=\"failures\"><h2 id=\"failures\">\(title)</h2>\n"
    }

    var closing: HTML {
        guard total > 0 else { return "" }
        let left = total - shown.count
        return left > 0
            ? "<p class=\"note\">and \(left) more: the table below and the other reports have them.</p></section>\n"
            : "</section>\n"
    }

    /// The failure that is so many places from the first.
    func markup(of entry: ReportEntry, place: Int) -> HTML {
        let (suite, result) = (entry.suite, entry.result)
        let mark = HTMLMark(result)
        let story = result.attempts.last.map { FailureStory($0, of: result, file: suite.file) }
        let headline = story?.headline ?? result.reason ?? "The check ended without an attempt."
        let open: HTML = place < Self.openLimit && result.failsRun ? " open" : ""
        return """
            <details class="failure \(mark.style)"\(open)><summary>\(mark.markup)\
            <span class="name">\(result.name.bounded(to: 500))</span>\(chips(of: result))\
            <span class="headline">\(headline.bounded(to: 2_000))</span></summary>
            <div class="body">\(allowance(of: result))\(details(of: story))\(attempts(of: result))\
            <p class="facts">at \(suite.file):\(result.position.line)</p>\(evidence(of: result))</div></details>

            """
    }

    private func chips(of result: CheckResult) -> HTML {
        let last = result.attempts.last
        var chips: [HTML] = []
        if let layer = last?.fault?.layer { chips.append("<span class=\"chip layer\">\(layer.rawValue)</span>") }
        if let status = last?.status { chips.append("<span class=\"chip\">HTTP \(status)</span>") }
        if last != nil { chips.append("<span class=\"chip\">\(result.duration.phrase)</span>") }
        if result.attempts.count > 1 {
            chips.append("<span class=\"chip\">\(result.attempts.count.counting("attempt"))</span>")
        }
        return "<span class=\"chips\">\(HTML(joining: chips))</span>"
    }

    private func allowance(of result: CheckResult) -> HTML {
        guard let waiver = result.allowFailure else { return "" }
        return "<p>Allowed to fail\(waiver.reason.map { ": \($0)" } ?? "" as HTML).</p>"
    }

    private func details(of story: FailureStory?) -> HTML {
        guard let story, !story.details.isEmpty || story.request != nil else { return "" }
        let lines = story.details.map { line -> HTML in "\(line.bounded(to: 8_000))\n" }
        let mismatches: HTML =
            lines.isEmpty ? "" : "<pre class=\"mismatches\" tabindex=\"0\">\(HTML(joining: lines))</pre>"
        let request: HTML = story.request.map { "<p class=\"request\">\($0.bounded(to: 2_000))</p>" } ?? ""
        return mismatches + request
    }

    private func attempts(of result: CheckResult) -> HTML {
        guard result.attempts.count > 1 else { return "" }
        let items = result.attempts.map { attempt -> HTML in
            let why: HTML =
                attempt.outcome == .passed
                ? "" : ": \(FailureStory(attempt, of: result, file: "").headline.bounded(to: 500))"
            return """
                <li>\(attempt.outcome.rawValue) after \(attempt.duration.phrase), \
                \(attempt.start.phrase) into the run\(why)</li>
                """
        }
        return "<ol class=\"attempts\">\(HTML(joining: items))</ol>"
    }

    private func evidence(of result: CheckResult) -> HTML {
        guard let evidence = result.attempts.last?.evidence,
            !evidence.headers.isEmpty || evidence.bodyExcerpt != nil || evidence.isAnswerOmitted
        else { return "" }
        let lines = FailureStory.evidence(evidence).dropFirst().map { line -> HTML in "\(line.bounded(to: 16_000))\n" }
        return """
            <details class="evidence"><summary>What came back</summary><pre tabindex="0">\
            \(HTML(joining: lines))</pre></details>
            """
    }
}
