public import Checks

/// A format: turns a run into bytes.
///
/// A renderer does no input or output of its own and needs memory for one piece of the document at a time, whatever
/// the run's size. Rendering the same run twice gives the same bytes.
public protocol ReportRenderer: Sendable {
    /// What the bytes are written in, so that a redactor can hide a text without breaking the document.
    var syntax: ReportSyntax { get }

    /// Writes the run to the sink.
    ///
    /// - Throws: What the sink throws; the renderer itself cannot fail.
    func render<Sink: ReportSink>(_ report: RunReport, into sink: inout Sink) throws(Sink.Failure)
}

extension ReportRenderer {
    /// The whole document in memory, for a caller that wants it in one piece.
    public func bytes(for report: RunReport) -> [UInt8] {
        var sink = MemorySink()
        render(report, into: &sink)
        return sink.bytes
    }
}

/// What a report's bytes are written in, as far as hiding parts of it is concerned.
public enum ReportSyntax: Sendable, Hashable, CaseIterable {
    /// Text in which any part can be replaced by another.
    case text
    /// JSON, or text whose values are quoted as in JSON; an escape cannot be cut in two.
    case json
    /// XML, HTML or Markdown with character references; a reference cannot be cut in two.
    case xml
}
