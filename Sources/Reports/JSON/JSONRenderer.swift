import Checks
public import Redaction

/// The run as one JSON document, complete enough to be read back as the ``RunReport`` it came from.
///
/// The order of the keys is fixed, a check takes one line, and a key whose value is unknown is left out. Durations and
/// starts are seconds to the microsecond, moments are UTC to the millisecond. ``ReportSchema`` describes the rest; a
/// change that old readers would misread raises ``version``.
public struct JSONRenderer: ReportRenderer {
    /// The version of the document's shape.
    public static let version = 1

    /// JSON.
    public var syntax: ReportSyntax { .json }

    /// Creates a renderer.
    public init() {}

    /// Writes the document.
    public func render<Sink: ReportSink>(_ report: RedactedReport, into sink: inout Sink) throws(Sink.Failure) {
        let report = report.value
        var buffer = ReportBuffer()
        buffer.append("{\"format\":\"routecheck-report\",\"version\":")
        buffer.append(Self.version)
        buffer.append(",\n")
        buffer.appendRunHead(report)
        buffer.append(",\n\"suites\":[")
        for (number, suite) in report.suites.enumerated() {
            buffer.append(number == 0 ? "\n{" : ",\n{")
            buffer.appendSuiteHead(suite)
            buffer.append(",\n\"results\":[")
            // By place, as results are costly to copy.
            for place in suite.results.indices {
                buffer.append(place == 0 ? "\n" : ",\n")
                buffer.append(json: suite.results[place])
                try buffer.drain(into: &sink)
            }
            buffer.append("\n]}")
        }
        buffer.append("\n]}\n")
        try buffer.flush(into: &sink)
    }
}

extension ReportFormat {
    /// What ``JSONRenderer`` writes.
    public static let json = Self(
        "json",
        fileExtension: "json",
        "JSON; `routecheck schema report` prints its schema",
        isReadBack: true
    ) { _ in JSONRenderer() }
}
