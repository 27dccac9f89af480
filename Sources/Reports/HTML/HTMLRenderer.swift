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
        page.write("<main>")
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
