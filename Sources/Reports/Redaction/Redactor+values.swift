public import Checks
import LinearRegex

extension Redactor {
    /// The text without secrets, without values of sensitive names, and without what the patterns find.
    public func redact(_ text: String) -> String {
        var text = text
        let (secrets, mayNameValues) = text.withUTF8 { (valueScanner.scan($0).ranges, Self.holdsMark($0)) }
        text = replacing(secrets, in: text)
        if mayNameValues { text = replacing(text.withUTF8(names.values), in: text) }
        return patterns.reduce(text) { text, pattern in
            replacing(pattern.matches(in: text).filter { !$0.isEmpty }, in: text)
        }
    }

    /// The beginning of a text without secrets, nor the beginning of one at its end.
    private func redactBeginning(_ text: String) -> String {
        let redacted = redact(text + Self.cutMark)
        return redacted.hasSuffix(Self.cutMark) ? String(redacted.dropLast()) : redacted
    }

    /// The lines without secrets, also those that go on from one line to the next.
    func redact(_ lines: [String]) -> [String] {
        guard !lines.isEmpty else { return lines }
        let joined = lines.joined(separator: "\n")
        let redacted = redact(joined)
        return redacted == joined ? lines : redacted.lines
    }

    /// Names stand in front of a colon or an equals sign; most values have neither.
    private static func holdsMark(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        text.contains { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "=") }
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
    /// Hides the secrets from all texts of a run; in place, because a run may be large.
    func redact(_ report: inout RunReport) {
        for index in report.suites.indices { redact(&report.suites[index]) }
    }

    private func redact(_ suite: inout SuiteReport) {
        suite.name = redact(suite.name)
        suite.file = redact(suite.file)
        suite.description = suite.description.map(redact)
        suite.serverURL = redact(suite.serverURL)
        suite.serverVersion = suite.serverVersion.map(redact)
        suite.serverFault = suite.serverFault.map(redact)
        for index in suite.results.indices { redact(&suite.results[index]) }
    }

    private func redact(_ result: inout CheckResult) {
        result.name = redact(result.name)
        result.route = redact(result.route)
        result.path = redact(result.path)
        for index in result.tags.indices { result.tags[index] = redact(result.tags[index]) }
        result.reason = result.reason.map(redact)
        if let reason = result.allowFailure?.reason { result.allowFailure?.reason = redact(reason) }
        for index in result.attempts.indices where result.attempts[index].hasTexts {
            result.attempts[index] = redact(result.attempts[index])
        }
    }

    /// The suite without secrets in any of its texts.
    public func redact(_ suite: consuming SuiteReport) -> SuiteReport {
        redact(&suite)
        return suite
    }

    /// The result without secrets in any of its texts.
    public func redact(_ result: consuming CheckResult) -> CheckResult {
        redact(&result)
        return result
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

    private func redact(_ attempt: Attempt) -> Attempt {
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
        evidence.bodyExcerpt = evidence.bodyExcerpt.map { evidence.isExcerptCut ? redactBeginning($0) : redact($0) }
        return evidence
    }

    /// Whether a header field's name, or the last name of a JSON path, is a sensitive one.
    private func isSensitive(_ location: String) -> Bool {
        let last = location.split { $0 == "." || $0 == "[" || $0 == "]" || $0 == "'" || $0 == "\"" }.last
        return names.contains(location) || last.map(names.contains) ?? false
    }
}

extension Attempt {
    /// Whether the attempt holds any text; one that passed holds none.
    fileprivate var hasTexts: Bool { fault != nil || !mismatches.isEmpty || evidence != nil }
}
