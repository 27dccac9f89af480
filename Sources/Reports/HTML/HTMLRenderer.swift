import Checks
public import Redaction

/// One self-contained HTML file for people.
///
/// It needs no network and no scripts: with scripts the table of checks can be sorted and filtered, without them it can
/// be read. Everything drawn is SVG made here. Nothing from outside becomes markup, and a content security policy keeps
/// the browser from running or loading anything else.
public struct HTMLRenderer: ReportRenderer {
    /// What changed since an earlier run, if it is to be shown.
    public var comparison: RunComparison?

    /// The most failures shown with their evidence.
    static let failureLimit = 200
    /// The most rows of the table of checks.
    static let rowLimit = 5_000

    /// HTML.
    public var syntax: ReportSyntax { .xml }

    /// Creates a renderer.
    public init(comparison: RunComparison? = nil) {
        self.comparison = comparison
    }

    /// Writes the page.
    public func render<Sink: ReportSink>(_ report: RedactedReport, into sink: inout Sink) throws(Sink.Failure) {
        let report = report.value
        var page = HTMLPage()
        let routes = RouteSummary.summaries(of: report)
        page.write(HTMLHead.markup(title: "routecheck: \(report.verdict.words.lowercased())"))
        page.write(OverviewSection(report: report).markup)
        if let comparison { page.write(ChangesSection(comparison: comparison).markup) }
        try page.drain(into: &sink)
        let failures = FailuresSection(report: report)
        page.write(failures.opening)
        for (place, entry) in failures.shown.enumerated() {
            page.write(failures.markup(of: entry, place: place))
            try page.drain(into: &sink)
        }
        page.write(failures.closing)
        page.write(TimelineSection(report: report).markup)
        try page.drain(into: &sink)
        page.write(LatencySection(routes: routes).markup)
        let table = ChecksSection(report: report)
        page.write(table.opening)
        for entry in table.shown {
            page.write(table.row(of: entry))
            try page.drain(into: &sink)
        }
        page.write(table.closing)
        page.write(HTMLHead.ending(of: report))
        try page.finish(into: &sink)
    }

    /// A page that shows nothing but what changed between two runs.
    public func bytes(of comparison: RunComparison) -> [UInt8] {
        var page = HTMLPage()
        var sink = MemorySink()
        page.write(HTMLHead.markup(title: "routecheck: what changed"))
        page.write("<main class=\"wide\"><h1>What changed</h1>")
        page.write(ChangesSection(comparison: comparison).markup)
        page.write("</main></body></html>\n")
        page.finish(into: &sink)
        return sink.bytes
    }
}

/// A page on its way into a sink.
private struct HTMLPage {
    private var buffer = ReportBuffer()

    mutating func write(_ markup: HTML) {
        buffer.append(bytes: markup.bytes)
    }

    mutating func drain<Sink: ReportSink>(into sink: inout Sink) throws(Sink.Failure) {
        try buffer.drain(into: &sink)
    }

    mutating func finish<Sink: ReportSink>(into sink: inout Sink) throws(Sink.Failure) {
        try buffer.flush(into: &sink)
    }
}

extension ReportFormat {
    /// What ``HTMLRenderer`` writes.
    public static let html = Self(
        "html",
        fileExtension: "html",
        "a self-contained HTML page"
    ) { HTMLRenderer(comparison: $0.comparison) }
}

/// What is around the sections of a page.
enum HTMLHead {
    /// The page's style sheet: light and dark, wide and narrow, on screen and on paper.
    private static let style = HTML(embedded: PackageResources.page_css)

    /// The one script of the page: it makes the table of checks sort and filter.
    private static let script = HTML(embedded: PackageResources.page_js)

    /// The Base64 of the script's SHA-256, by which the page's policy knows it; CI compares them.
    static let scriptDigest: HTML = "W0edkxnpRA/5/HXn+4xTUzhqembW4kwLW30Twpou7NQ="

    static func markup(title: String) -> HTML {
        """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; \
        script-src 'sha256-\(scriptDigest)'; form-action 'none'; base-uri 'none'">
        <meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer">
        <title>\(title)</title>
        <style>\(style)</style></head><body>

        """
    }

    static func ending(of report: RunReport) -> HTML {
        """
        </main><footer class="wide facts"><p>routecheck \(report.toolVersion)</p></footer>
        <script>\(script)</script></body></html>

        """
    }
}

/// What changed since an earlier run.
struct ChangesSection {
    let comparison: RunComparison

    var markup: HTML {
        let parts = ComparisonSection.sections(of: comparison).map { section -> HTML in
            let items = section.shown.map { item -> HTML in
                let detail: HTML = item.detail.isEmpty ? "" : "<span>\(item.detail.bounded(to: 1_000))</span>"
                return "<li><b>\(item.name.bounded(to: 500))</b>\(detail)</li>"
            }
            let rest: HTML = section.left > 0 ? "<li>and \(section.left) more</li>" : ""
            return """
                <div class="change \(style(of: section.tone))"><h3>\(section.title) \
                <span class="count">\(section.items.count)</span></h3><ul>\(HTML(joining: items))\(rest)</ul></div>
                """
        }
        return """
            <section aria-labelledby="changes"><h2 id="changes">Since the baseline</h2>
            <p class="note">\(ComparisonSection.phrase(of: comparison))</p>
            <div class="changes">\(HTML(joining: parts))</div></section>

            """
    }

    private func style(of tone: ComparisonSection.Tone) -> HTML {
        switch tone {
        case .bad: "failed"
        case .good: "passed"
        case .doubtful: "flaky"
        case .neutral: "skipped"
        }
    }
}
