import Checks
import FoundationEssentials

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
        append("},\"startedAt\":\"")
        appendPreciseTimestamp(suite.startedAt)
        append("\"")
        if let plan = suite.plan {
            append(",\"plan\":{\"fingerprint\":")
            appendJSON(plan.fingerprint)
            append(",\"planned\":")
            append(plan.planned)
            append(",\"total\":")
            append(plan.total)
            append("}")
        }
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
