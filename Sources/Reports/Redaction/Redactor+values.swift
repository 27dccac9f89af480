public import Checks
import LinearRegex

extension Redactor {
    /// The text without secrets, without values of sensitive names, and without what the patterns find.
    public func redact(_ text: String) -> String {
        let text = replacing(in: text) { valueScanner.scan($0).ranges }
        guard hasWork(for: text) else { return text }
        let named = replacing(in: text, names.values)
        return patterns.reduce(named) { text, pattern in
            replacing(pattern.matches(in: text).filter { !$0.isEmpty }, in: text)
        }
    }

    /// The lines without secrets, also those that go on from one line to the next.
    func redact(_ lines: [String]) -> [String] {
        guard !lines.isEmpty else { return lines }
        let joined = lines.joined(separator: "\n")
        let redacted = redact(joined)
        return redacted == joined ? lines : redacted.lines
    }

    /// Names stand in front of a colon or an equals sign; most values have neither.
    private func hasWork(for text: String) -> Bool {
        !patterns.isEmpty || text.utf8.contains(UInt8(ascii: ":")) || text.utf8.contains(UInt8(ascii: "="))
    }

    private func replacing(in text: String, _ find: (UnsafeBufferPointer<UInt8>) -> [Range<Int>]) -> String {
        var copy = text
        let ranges = copy.withUTF8(find)
        return replacing(ranges, in: text)
    }

    private func replacing(_ ranges: [Range<Int>], in text: String) -> String {
        guard !ranges.isEmpty else { return text }
        let utf8 = Array(text.utf8)
        var result: [UInt8] = []
        var copied = 0
        for range in ranges where range.lowerBound >= copied {
            result += utf8[copied..<range.lowerBound]
            result += Self.replacement.utf8
            copied = range.upperBound
        }
        result += utf8[copied...]
        return String(decoding: result, as: UTF8.self)
    }
}

extension Redactor {
    /// The run without secrets in any of its texts.
    public func redact(_ report: RunReport) -> RunReport {
        var report = report
        report.suites = report.suites.map(redact)
        return report
    }

    /// The suite without secrets in any of its texts.
    public func redact(_ suite: SuiteReport) -> SuiteReport {
        var suite = suite
        suite.name = redact(suite.name)
        suite.file = redact(suite.file)
        suite.description = suite.description.map(redact)
        suite.serverURL = redact(suite.serverURL)
        suite.serverVersion = suite.serverVersion.map(redact)
        suite.serverFault = suite.serverFault.map(redact)
        suite.results = suite.results.map(redact)
        return suite
    }

    /// The event without secrets in any of its texts.
    public func redact(_ event: RunEvent) -> RunEvent {
        switch event {
        case .suiteStarted(let suite): .suiteStarted(redact(suite))
        case .checkStarted: event
        case .attemptFinished(let suite, let check, let attempt):
            .attemptFinished(suite: suite, check: check, redact(attempt))
        case .checkFinished(let suite, let result): .checkFinished(suite: suite, redact(result))
        case .suiteFinished(let suite): .suiteFinished(redact(suite))
        }
    }

    /// The result without secrets in any of its texts.
    public func redact(_ result: CheckResult) -> CheckResult {
        var result = result
        result.name = redact(result.name)
        result.route = redact(result.route)
        result.path = redact(result.path)
        result.tags = result.tags.map(redact)
        result.reason = result.reason.map(redact)
        if let reason = result.allowFailure?.reason { result.allowFailure?.reason = redact(reason) }
        result.attempts = result.attempts.map(redact)
        return result
    }

    private func redact(_ attempt: Attempt) -> Attempt {
        guard attempt.fault != nil || !attempt.mismatches.isEmpty || attempt.evidence != nil else { return attempt }
        var attempt = attempt
        attempt.fault = attempt.fault.map(redact)
        attempt.mismatches = attempt.mismatches.map(redact)
        attempt.evidence = attempt.evidence.map(redact)
        return attempt
    }

    private func redact(_ fault: Fault) -> Fault {
        var fault = fault
        fault.message = redact(fault.message)
        fault.evidence = redact(fault.evidence)
        return fault
    }

    private func redact(_ mismatch: Mismatch) -> Mismatch {
        var mismatch = mismatch
        mismatch.location = mismatch.location.map(redact)
        if let location = mismatch.location, isSensitive(location) {
            mismatch.expected = Self.replacement
            mismatch.actual = Self.replacement
            mismatch.excerpt = []
            return mismatch
        }
        mismatch.expected = redact(mismatch.expected)
        mismatch.actual = redact(mismatch.actual)
        mismatch.excerpt = redact(mismatch.excerpt)
        return mismatch
    }

    private func redact(_ evidence: Evidence) -> Evidence {
        var evidence = evidence
        evidence.request = redact(evidence.request)
        evidence.headers = redact(evidence.headers)
        evidence.bodyExcerpt = evidence.bodyExcerpt.map(redact)
        return evidence
    }

    /// Whether a header field's name, or the last name of a JSON path, is a sensitive one.
    private func isSensitive(_ location: String) -> Bool {
        let last = location.split { $0 == "." || $0 == "[" || $0 == "]" || $0 == "'" || $0 == "\"" }.last
        return names.contains(location) || last.map(names.contains) ?? false
    }
}
