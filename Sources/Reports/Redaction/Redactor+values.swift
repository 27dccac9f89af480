public import Checks
import LinearRegex

extension Redactor {
    /// The text without secrets, without values of sensitive names, and without what the patterns find.
    public func redact(_ text: String) -> String {
        var text = text
        let (secrets, marks) = text.withUTF8 { text in
            let marks = Marks(in: text)
            let found = valueScanner.scan(text).ranges
            return (marks.hasCut ? Self.union(found, tails(in: text)) : found, marks)
        }
        text = replacing(secrets, in: text)
        if marks.mayNameValues { text = replacing(text.withUTF8(names.values), in: text) }
        return hidingPatterns(in: text)
    }

    /// The text without secrets and without what the patterns find; values of sensitive names are left in it.
    package func redactSecrets(in text: String) -> String {
        var text = text
        return hidingPatterns(in: replacing(text.withUTF8 { valueScanner.scan($0).ranges }, in: text))
    }

    private func hidingPatterns(in text: String) -> String {
        patterns.reduce(text) { text, pattern in
            replacing(pattern.matches(in: text).filter { !$0.isEmpty }, in: text)
        }
    }

    /// The beginning of a text without secrets, nor the beginning of one at its end.
    func redactBeginning(_ text: String) -> String {
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

    /// The lines of an excerpt without secrets, and without the values of nodes that stand under a sensitive name.
    func redact(excerpt lines: [String]) -> [String] {
        redact(lines).map { line in
            guard line.drop(while: { "-+ ".contains($0) }).hasPrefix("$"),
                let colon = line.firstRange(of: ": "), isSensitive(String(line[..<colon.lowerBound]))
            else { return line }
            return line[..<colon.upperBound] + Self.replacement
        }
    }

    /// What a text may need beside a search for secrets; most values need nothing.
    private struct Marks {
        /// Names stand in front of a colon or an equals sign.
        var mayNameValues = false
        /// A text that was cut may begin in the middle of a secret.
        var hasCut = false

        init(in text: UnsafeBufferPointer<UInt8>) {
            for byte in text {
                if byte == UInt8(ascii: ":") || byte == UInt8(ascii: "=") {
                    mayNameValues = true
                } else if byte == 0xE2 {
                    hasCut = true
                }
            }
        }
    }

    /// The ends of secrets that stand behind the mark of a cut, which may have gone through a character's spelling.
    private func tails(in text: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
        let mark = Array(Self.cutMark.utf8)
        return text.indices.compactMap { index in
            guard text[index] == mark[0], text[index...].starts(with: mark) else { return nil }
            let start = index + mark.count
            var place = start
            repeat {
                if let end = tailScanner.value.end(in: text, from: place) { return start..<end }
                guard place < text.count, Self.isPartOfEscape(text[place]) else { return nil }
                place += 1
            } while place - start < PatternAttempt.longestCutSpelling
            return nil
        }
    }

    private static func isPartOfEscape(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x46, 0x61...0x66: true
        default: "%&#;uxn".utf8.contains(byte)
        }
    }

    /// All ranges in order, those that overlap as one.
    private static func union(_ ranges: [Range<Int>], _ others: [Range<Int>]) -> [Range<Int>] {
        guard !others.isEmpty else { return ranges }
        return (ranges + others).sorted { $0.lowerBound < $1.lowerBound }.reduce(into: []) { union, range in
            if let last = union.last, last.upperBound > range.lowerBound {
                union[union.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                union.append(range)
            }
        }
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
        redact(location: &mismatch.location, &mismatch.expected, &mismatch.actual, &mismatch.excerpt)
        return mismatch
    }

    /// Hides what a mismatch or a verdict holds; all that is at a sensitive place.
    private func redact(
        location: inout String?,
        _ expected: inout String,
        _ actual: inout String,
        _ excerpt: inout [String]
    ) {
        let isHidden = location.map(isSensitive) ?? false
        location = location.map(redact)
        expected = isHidden ? Self.replacement : redact(expected)
        actual = isHidden ? Self.replacement : redact(actual)
        excerpt = isHidden ? [] : redact(excerpt: excerpt)
    }

    private func redact(_ verdict: Verdict) -> Verdict {
        var verdict = verdict
        redact(location: &verdict.location, &verdict.expected, &verdict.actual, &verdict.excerpt)
        return verdict
    }

    /// The explanation without secrets in any of its texts.
    public func redact(_ explanation: Explanation) -> Explanation {
        var copy = explanation
        copy.result = redact(explanation.result)
        copy.request = redact(explanation.request)
        copy.requestHeaders = redact(explanation.requestHeaders)
        copy.responseHeaders = explanation.responseHeaders.map { redact($0) }
        // It may be the beginning of a longer one, whose size is that of the bytes and not of the text.
        copy.bodyExcerpt = explanation.bodyExcerpt.map(redactBeginning)
        copy.origin = redact(explanation.origin)
        copy.verdicts = explanation.verdicts.map(redact)
        return copy
    }

    private func redact(_ evidence: Evidence) -> Evidence {
        var evidence = evidence
        evidence.request = redact(evidence.request)
        evidence.headers = redact(evidence.headers)
        evidence.bodyExcerpt = evidence.bodyExcerpt.map { evidence.isExcerptCut ? redactBeginning($0) : redact($0) }
        return evidence
    }

    /// Whether a place is a header field with a sensitive name, or a JSON path on which there is one.
    private func isSensitive(_ location: String) -> Bool {
        var location = location
        return location.withUTF8(names.occur)
    }
}

extension Attempt {
    /// Whether the attempt holds any text; one that passed holds none.
    fileprivate var hasTexts: Bool { fault != nil || !mismatches.isEmpty || evidence != nil }
}
