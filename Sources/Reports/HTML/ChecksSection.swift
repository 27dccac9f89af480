import Checks
import HTTPVocabulary
import SourceDiagnostics

/// The table of all checks, failures first.
struct ChecksSection {
    let shown: [ReportEntry]
    private let total: Int
    private let hasSeveralSuites: Bool

    init(report: RunReport) {
        let failing = ReportEntry.entries(of: report, limit: HTMLRenderer.rowLimit, where: \.isFailure)
        let others = ReportEntry.entries(of: report, limit: HTMLRenderer.rowLimit - failing.count) { !$0.isFailure }
        shown = failing + others
        total = report.counts.total
        hasSeveralSuites = report.suites.count > 1
    }

    var opening: HTML {
        let suite: HTML = hasSeveralSuites ? "<th scope=\"col\" class=\"wide-only\">Job</th>" : ""
        return """
            <section aria-labelledby="checks"><h2 id="checks">All checks</h2>
            <form class="filter" role="search" hidden><label>Filter <input type="search" id="filter-text" \
            autocomplete="off" placeholder="name, route, job"></label> \
            <label>Outcome <select id="filter-outcome"><option value="">any</option><option>passed</option>\
            <option>flaky</option><option>failed</option><option>error</option><option>allowed to fail</option>\
            <option>skipped</option><option>not run</option></select></label> \
            <output id="filter-count" aria-live="polite"></output></form>
            <div class="scroll" tabindex="0" role="region" aria-label="Table of all checks"><table id="table"><thead><tr>\
            <th scope="col">Outcome</th><th scope="col">Check</th><th scope="col" class="wide-only">Route</th>\(suite)\
            <th scope="col" class="number">Status</th><th scope="col" class="number">Duration</th>\
            <th scope="col" class="number wide-only">Tries</th></tr></thead><tbody>

            """
    }

    var closing: HTML {
        let left = total - shown.count
        let note: HTML = left > 0 ? "<p class=\"note\">and \(left) more; the JSON report has them.</p>" : ""
        return "</tbody></table></div>\(note)</section>\n"
    }

    func row(of entry: ReportEntry) -> HTML {
        let result = entry.result
        let mark = HTMLMark(result)
        let suite: HTML =
            hasSeveralSuites ? "<td class=\"wide-only job\">\(entry.suite.name.bounded(to: 200))</td>" : ""
        let status: HTML = result.attempts.last?.status.map { "\($0)" } ?? "–"
        let why: HTML = result.reason.map { "<br><span class=\"facts\">\($0.bounded(to: 300))</span>" } ?? ""
        let duration: HTML = result.attempts.isEmpty ? "–" : "\(result.duration.phrase)"
        return """
            <tr><td>\(mark.markup) <span class="word">\(mark.word)</span></td>\
            <td class="name">\(result.name.bounded(to: 500))\(why)</td>\
            <td class="wide-only">\(result.route.bounded(to: 200))</td>\(suite)<td class="number">\(status)</td>\
            <td class="number" data-v="\(Int(result.duration.reportedMicroseconds))">\(duration)</td>\
            <td class="number wide-only">\(result.attempts.count)</td></tr>

            """
    }
}
