public import Redaction

/// A format: turns a run without secrets into bytes.
///
/// A renderer does no input or output of its own and needs memory for one piece of the document at a time, whatever
/// the run's size. Rendering the same run twice gives the same bytes.
public protocol ReportRenderer: Sendable {
    /// What the bytes are written in, so that a text can be hidden in them without breaking the document.
    var syntax: ReportSyntax { get }

    /// Writes the run to the sink; ``Redaction/Redactor/render(_:with:into:)`` also looks at the bytes once more.
    ///
    /// - Throws: What the sink throws; the renderer itself cannot fail.
    func render<Sink: ReportSink>(_ report: RedactedReport, into sink: inout Sink) throws(Sink.Failure)
}

extension ReportRenderer {
    /// The whole document in memory, for a caller that wants it in one piece.
    public func bytes(for report: RedactedReport) -> [UInt8] {
        var sink = MemorySink()
        render(report, into: &sink)
        return sink.bytes
    }
}

extension Redactor {
    /// Renders a run through a renderer into a sink, with the secrets hidden from the bytes as well.
    public func render<Sink: ReportSink>(
        _ report: RedactedReport,
        with renderer: some ReportRenderer,
        into sink: inout Sink
    ) throws(Sink.Failure) {
        var redacting = RedactingSink(sink, redactor: self, syntax: renderer.syntax)
        defer { sink = redacting.base }
        try renderer.render(report, into: &redacting)
        try redacting.finish()
    }
}
