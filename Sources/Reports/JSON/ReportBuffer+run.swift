import Checks

extension ReportBuffer {
    /// Appends what the JSON report says about the run as a whole, without the braces.
    mutating func appendRunHead(_ report: RunReport) {
        append("\"tool\":{\"name\":\"routecheck\",\"version\":")
        appendJSON(report.toolVersion)
        append("},\n\"startedAt\":\"")
        appendPreciseTimestamp(report.startedAt)
        append("\",\"duration\":")
        appendMicroseconds(report.duration)
        append(",\n\"ending\":{\"kind\":\"")
        append(verbatim: report.ending.name)
        append("\"")
        if case .interrupted(let signal) = report.ending {
            append(",\"signal\":")
            append(Int(signal))
        }
        append("}")
        if let shard = report.shard {
            append(",\n\"shard\":{\"index\":")
            append(shard.index)
            append(",\"count\":")
            append(shard.count)
            append("}")
        }
        if let seed = report.seed {
            // A number would lose digits in readers that know doubles alone.
            append(",\n\"seed\":\"")
            append(UInt(seed), digits: 1)
            append("\"")
        }
        append(",\n")
        append(counts: report.counts)
    }

    /// Appends what the JSON report says about a suite but its results, without the braces.
    mutating func appendSuiteHead(_ suite: SuiteReport) {
        append("\"name\":")
        appendJSON(suite.name)
        append(",\"file\":")
        appendJSON(suite.file)
        append(key: ",\"description\":", suite.description)
        append(",\n\"server\":{\"url\":")
        appendJSON(suite.serverURL)
        append(key: ",\"version\":", suite.serverVersion)
        if let fault = suite.serverFault {
            append(",\"fault\":")
            append(json: fault)
        }
        append("},\n\"startedAt\":\"")
        appendPreciseTimestamp(suite.startedAt)
        append("\",\"duration\":")
        appendMicroseconds(suite.duration)
        append(",\n")
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
