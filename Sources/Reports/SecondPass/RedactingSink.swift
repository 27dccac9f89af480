public import Redaction

/// A sink that hides secrets from the bytes on their way to another sink, also those that two chunks share.
///
/// What could be the beginning of a secret is held back until it is known. ``finish()`` must be called at the end.
public struct RedactingSink<Base: ReportSink>: ReportSink {
    /// Where the bytes go.
    public private(set) var base: Base
    private var redaction: DocumentRedaction

    /// Creates a sink in front of another one, for bytes in a syntax.
    public init(_ base: Base, redactor: Redactor, syntax: ReportSyntax) {
        self.base = base
        redaction = redactor.documentRedaction(in: syntax) { !ReportVocabulary.excludes($0) }
    }

    /// Takes the next bytes.
    public mutating func write(_ bytes: [UInt8]) throws(Base.Failure) {
        try handOn(redaction.take(bytes))
    }

    /// Hands on what was held back.
    public mutating func finish() throws(Base.Failure) {
        try handOn(redaction.finish())
    }

    private mutating func handOn(_ bytes: [UInt8]) throws(Base.Failure) {
        if !bytes.isEmpty { try base.write(bytes) }
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

    /// Renders a run into no more than so many bytes, with the secrets hidden from the bytes as well.
    ///
    /// What takes the place of a secret may be longer than it, so that less of the run may have to do.
    ///
    /// - Returns: The document; empty if it cannot be so short.
    public func bytes(of report: RedactedReport, with renderer: some ReportRenderer, within limit: Int) -> [UInt8] {
        var allowed = limit
        for _ in 0..<8 where allowed > 0 {
            var sink = MemorySink()
            render(report, with: renderer.bounded(to: allowed), into: &sink)
            guard sink.bytes.count > limit else { return sink.bytes }
            allowed -= sink.bytes.count - limit
        }
        return []
    }
}
