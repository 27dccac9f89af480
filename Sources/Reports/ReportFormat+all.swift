/// The table of contents of the reports.
///
/// A run comes in as a ``Redaction/RedactedReport`` and goes out through a ``ReportRenderer`` into a ``ReportSink``. Each
/// format has a folder with its renderer and its entry here. What the formats share lies below them: `Bytes` builds
/// and escapes the document, `Story` says in words what happened, `Comparison` what changed since an earlier run.
/// Above them, `SecondPass` looks at the finished bytes for secrets once more. `Reading` and `Merging` go the other
/// way: they make a run of what was written.
extension ReportFormat {
    /// Every format, in the order in which help lists them.
    public static let all: [Self] = [.junit, .json, .html, .markdown, .ctrf, .tap, .prometheus, .ndjson]

    /// The format of that name, if there is one.
    public init?(named name: String) {
        guard let format = Self.all.first(where: { $0.name == name }) else { return nil }
        self = format
    }
}
