import Checks
import FoundationEssentials
public import Redaction

/// The run as one JSON document, complete enough to be read back as the ``Checks/RunReport`` it came from.
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

extension ReportBuffer {
    /// Appends what the JSON report says about the run as a whole, without the braces.
    mutating func appendRunHead(_ report: RunReport) {
        appendRunStart(
            toolVersion: report.toolVersion,
            startedAt: report.startedAt,
            shard: report.shard,
            seed: report.seed,
            repeats: report.repeats
        )
        append(",\n")
        appendRunEnd(duration: report.duration, ending: report.ending, verdict: report.verdict)
        append(",\n")
        append(counts: report.counts)
    }

    /// Appends what is known when a run starts, without the braces.
    mutating func appendRunStart(toolVersion: String, startedAt: Date, shard: Shard?, seed: UInt64?, repeats: Int) {
        append("\"tool\":{\"name\":\"routecheck\",\"version\":")
        appendJSON(toolVersion)
        append("},\"startedAt\":\"")
        appendPreciseTimestamp(startedAt)
        append("\"")
        if let shard {
            append(",\"shard\":{\"index\":")
            append(shard.index)
            append(",\"count\":")
            append(shard.count)
            append("}")
        }
        if let seed {
            // A number would lose digits in readers that know doubles alone.
            append(",\"seed\":\"")
            append(UInt(seed), digits: 1)
            append("\"")
        }
        if repeats > 1 {
            append(",\"repeats\":")
            append(repeats)
        }
    }

    /// Appends what is known when a run ends, without the braces.
    mutating func appendRunEnd(duration: Duration, ending: RunEnding, verdict: RunVerdict) {
        append("\"duration\":")
        appendMicroseconds(duration)
        append(",\"ending\":{\"kind\":\"")
        append(verbatim: ending.name)
        append("\"")
        if case .interrupted(let signal) = ending {
            append(",\"signal\":")
            append(Int(signal))
        }
        append("},\"verdict\":\"")
        append(verbatim: verdict.rawValue)
        append("\"")
    }

    /// Appends what the JSON report says about a suite but its results, without the braces.
    mutating func appendSuiteHead(_ suite: SuiteReport) {
        appendSuiteStart(suite)
        append(",\n")
        appendSuiteEnd(suite)
    }

    /// Appends what is known when a suite starts, without the braces.
    mutating func appendSuiteStart(_ suite: SuiteReport) {
        append("\"name\":")
        appendJSON(suite.name)
        append(",\"file\":")
        appendJSON(suite.file)
        append(key: ",\"description\":", suite.description)
        append(",\"server\":{\"url\":")
        appendJSON(suite.serverURL)
        append(key: ",\"version\":", suite.serverVersion)
        if let fault = suite.serverFault {
            append(",\"fault\":")
            append(json: fault)
        }
        append("}")
        if !suite.warnings.isEmpty { append(",\"warnings\":", list: suite.warnings) }
        append(",\"startedAt\":\"")
        appendPreciseTimestamp(suite.startedAt)
        append("\"")
        if let plan = suite.plan {
            append(",\"plan\":{\"fingerprint\":")
            appendJSON(plan.fingerprint)
            append(",\"planned\":")
            append(plan.planned)
            append(",\"total\":")
            append(plan.total)
            if let selection = plan.selection { append(json: selection) }
            append("}")
        }
        if let identity = suite.identity {
            append(",\"identity\":{\"file\":")
            append(hash: identity.file)
            append(",\"name\":")
            append(hash: identity.name)
            append(",\"server\":")
            append(hash: identity.server)
            append("}")
        }
    }

    private mutating func append(json selection: SelectionRecord) {
        append(",\"selection\":{\"only\":")
        append(selection.only ? "true" : "false")
        append(key: ",\"tags\":", selection.tags)
        if !selection.names.isEmpty { append(",\"names\":", list: selection.names) }
        append(key: ",\"lastFailed\":", selection.lastFailed)
        if selection.nothingFailed { append(",\"nothingFailed\":true") }
        append("}")
    }

    /// Appends what is known when a suite ends, without the braces.
    mutating func appendSuiteEnd(_ suite: SuiteReport) {
        append("\"duration\":")
        appendMicroseconds(suite.duration)
        append(",")
        append(counts: suite.counts)
    }

    private mutating func append(counts: OutcomeCounts) {
        append("\"counts\":{\"total\":")
        append(counts.total)
        append(",\"passed\":")
        append(counts.passed)
        append(",\"flaky\":")
        append(counts.flaky)
        append(",\"failed\":")
        append(counts.failed)
        append(",\"error\":")
        append(counts.errors)
        append(",\"allowed\":")
        append(counts.allowed)
        append(",\"skipped\":")
        append(counts.skipped)
        append(",\"notRun\":")
        append(counts.notRun)
        append("}")
    }

    /// Appends a key, given with its comma and colon, and its text, if there is one.
    mutating func append(key: StaticString, _ text: String?) {
        guard let text else { return }
        append(key)
        appendJSON(text)
    }
}
