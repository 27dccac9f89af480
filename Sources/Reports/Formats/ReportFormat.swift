public import Redaction

/// A format: turns a run without secrets into bytes.
///
/// A renderer does no input or output of its own and needs memory for one piece of the document at a time, whatever
/// the run's size. Rendering the same run twice gives the same bytes.
public protocol ReportRenderer: Sendable {
    /// What the bytes are written in, so that a text can be hidden in them without breaking the document.
    var syntax: ReportSyntax { get }

    /// Writes the run to the sink; `Redactor.render(_:with:into:)` also looks at the bytes once more.
    ///
    /// - Throws: What the sink throws; the renderer itself cannot fail.
    func render<Sink: ReportSink>(_ report: RedactedReport, into sink: inout Sink) throws(Sink.Failure)

    /// A renderer of no more than so many bytes, for a format that can do with less.
    func bounded(to limit: Int) -> Self
}

extension ReportRenderer {
    /// The renderer itself: most formats are whole or nothing.
    public func bounded(to limit: Int) -> Self { self }

    /// The whole document in memory, for a caller that wants it in one piece.
    public func bytes(for report: RedactedReport) -> [UInt8] {
        var sink = MemorySink()
        render(report, into: &sink)
        return sink.bytes
    }
}

/// A format that a whole run can be written in, as options, tests and documentation name it.
///
/// A format is declared beside its renderer and listed in ``all``; nothing else repeats the list.
public struct ReportFormat: Sendable {
    /// The name, in lower case, such as `junit`; no two formats share one.
    public let name: String
    /// How the names of such files usually end, without the dot in front, such as `xml` or `ctrf.json`; no two formats
    /// share one.
    public let fileExtension: String
    /// What it is, in a few words that "Write" can stand in front of, without a full stop.
    public let summary: String
    /// Whether it is written as things happen, and not once the run is over.
    public let isStream: Bool
    /// Whether ``Checks/RunReport/init(reading:)`` reads it back, which needs all that a run has to tell.
    public let isReadBack: Bool
    private let makeRenderer: @Sendable (Options) -> any ReportRenderer

    /// What a reader may want otherwise; a format passes over what it has no use for.
    public struct Options: Sendable {
        /// What changed since an earlier run, for the formats that show it.
        public var comparison: RunComparison?
        /// Whether JUnit's test cases carry the job file and the line, which strict schemas forbid.
        public var includesFileAttributes = false
        /// When checks passed before this run, for the formats that say when a failing check last did.
        public var earlierSuccesses = EarlierSuccesses()

        /// Creates options that ask for nothing.
        public init() {}
    }

    init(
        _ name: String,
        fileExtension: String,
        _ summary: String,
        isStream: Bool = false,
        isReadBack: Bool = false,
        makeRenderer: @escaping @Sendable (Options) -> any ReportRenderer
    ) {
        self.name = name
        self.fileExtension = fileExtension
        self.summary = summary
        self.isStream = isStream
        self.isReadBack = isReadBack
        self.makeRenderer = makeRenderer
    }

    /// What writes the format.
    public func renderer(_ options: Options = Options()) -> any ReportRenderer { makeRenderer(options) }
}
