import Checks
import FoundationEssentials
import Redaction
import SourceDiagnostics

/// The words of which the reports themselves are made: names of elements, attributes, keys and outcomes.
///
/// A secret that is one of them, or a part, or looks like a number or a time, cannot be searched for in finished bytes
/// without tearing the document apart; it is hidden in values alone, which is where it can come back.
enum ReportVocabulary {
    /// Whether a secret is neither a part of the reports' own words nor like what stands between them: numbers, times
    /// and the marks around them.
    static func excludes(_ secret: String) -> Bool {
        guard !secret.utf8.allSatisfy(isBetweenWords) else { return false }
        return isUnlikeWords(secret) || !holds(secret)
    }

    /// From how many characters on a run of letters, digits and underscores that has both letters and digits is in no
    /// report, the page's digest apart.
    static let longestMixedRun = 10

    /// Whether a secret cannot be a part of the words, as most tokens show at a glance; to make the words takes a run
    /// of every format.
    static func isUnlikeWords(_ secret: String) -> Bool {
        secret.utf8.split(whereSeparator: { !isRunByte($0) }).contains { run in
            run.count > longestMixedRun && run.contains { (0x30...0x39).contains($0) }
                && run.contains { $0 >= 0x41 } && !digest.contains(Array(run))
        }
    }

    /// The script's digest is the one word of the reports that looks like a token.
    private static let digest = HTMLHead.scriptDigest.bytes

    static func isRunByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"): true
        default: false
        }
    }

    private static func isBetweenWords(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, UInt8(ascii: "T"), UInt8(ascii: "Z"), UInt8(ascii: "e"): true
        default: " \n+-.:,;[]{}()/".utf8.contains(byte)
        }
    }

    private static func holds(_ secret: String) -> Bool {
        let secret = Array(secret.utf8)
        guard let first = secret.first, words.count >= secret.count, mayHold(secret) else { return false }
        return words.withUnsafeBufferPointer { words in
            (0...words.count - secret.count).contains { start in
                words[start] == first && words[start..<start + secret.count].elementsEqual(secret)
            }
        }
    }

    /// Whether all runs of three bytes of a secret are in the words; of thousands of secrets nearly none has only such.
    private static func mayHold(_ secret: [UInt8]) -> Bool {
        secret.indices.dropLast(2).allSatisfy { start in
            let place = triple(secret, at: start)
            return triples[place >> 6] & (1 << UInt64(place & 63)) != 0
        }
    }

    /// One bit for each run of three bytes that may be in the words.
    private static let triples: [UInt64] = {
        var bits = [UInt64](repeating: 0, count: 1 << 12)
        for start in words.indices.dropLast(2) {
            let place = triple(words, at: start)
            bits[place >> 6] |= 1 << UInt64(place & 63)
        }
        return bits
    }()

    private static func triple(_ bytes: [UInt8], at start: Int) -> Int {
        let triple = Int(bytes[start]) << 12 ^ Int(bytes[start + 1]) << 6 ^ Int(bytes[start + 2])
        return triple & 0x3FFFF
    }

    /// Runs in which everything happened that makes a report say something, in every format.
    static let words: [UInt8] = {
        let redactor = Redactor(secrets: [])
        let busy = redactor.redact(skeleton)
        let reports = [busy] + ([passed] + endings.map { RunReport.empty($0) }).map { redactor.redact($0) }
        var options = ReportFormat.Options()
        options.includesFileAttributes = true
        options.comparison = RunComparison(baseline: redactor.redact(RunReport.empty()), current: busy)
        let renderers: [any ReportRenderer] =
            ReportFormat.all.map { $0.renderer(options) }
            + [AnnotationRenderer(), ConsoleRenderer(verbosity: .verbose)]
        // One run shows every colour; with its colour in front, a longer word of another looks like a token.
        let colored = ConsoleRenderer(style: ConsoleStyle(usesColor: true), verbosity: .verbose).bytes(for: busy)
        return renderers.flatMap { renderer in reports.flatMap { renderer.bytes(for: $0) } } + colored
    }()

    /// How a run can end; of a run without checks each makes a verdict of its own.
    private static let endings: [RunEnding] = [
        .completed, .interrupted(signal: 2), .interrupted(signal: 0), .deadline, .maximumFailures, .serverUnusable,
        .unfinished, .invalidInput,
    ]

    private static let passed: RunReport = {
        var report = RunReport.empty()
        report.suites = [suite([result(.passed, allowed: false)])]
        return report
    }()

    private static let skeleton: RunReport = {
        var report = RunReport.empty(.interrupted(signal: 2))
        report.shard = Shard(index: 1, count: 1)
        report.seed = 0
        report.failsOnFlaky = true
        let results = Outcome.allCases.map { result($0, allowed: false) }
        var suite = Self.suite(results + [result(.failed, allowed: true)])
        suite.warnings = [""]
        let selection = SelectionRecord(tags: "", names: [""], lastFailed: "", nothingFailed: true, only: true)
        suite.plan = PlanSummary(fingerprint: "", planned: 0, total: 0, selection: selection)
        suite.identity = SuiteIdentity(file: 0, name: 0, server: 0)
        for place in suite.results.indices {
            suite.results[place].identity = CheckIdentity(name: 0, fingerprint: 0)
        }
        report.suites = [suite]
        suite.serverFault = Fault(layer: .network, code: "", message: "", evidence: [""])
        report.suites.append(suite)
        return report
    }()

    private static func suite(_ results: [CheckResult]) -> SuiteReport {
        SuiteReport(
            name: "",
            file: "",
            description: "",
            serverURL: "",
            serverVersion: "",
            startedAt: RunReport.empty().startedAt,
            duration: .zero,
            results: results
        )
    }

    private static func result(_ outcome: Outcome, allowed: Bool) -> CheckResult {
        var check = Check(name: "", route: "", position: SourcePosition(line: 1, column: 1))
        check.allowFailure = allowed ? Waiver(reason: "") : nil
        check.tags = [""]
        var result = CheckResult(of: check, index: 0, outcome: outcome, reason: "")
        guard outcome != .skipped, outcome != .notRun else { return result }
        let first = attempt(1, .error, Layer.allCases.map { ($0, Certainty.likely) })
        result.attempts = [first, attempt(2, .failed, [(.upstream, .possible)]), attempt(3, outcome, [])]
        result.duration = .seconds(1)
        return result
    }

    private static func attempt(_ number: Int, _ outcome: Outcome, _ blamed: [(Layer, Certainty)]) -> Attempt {
        var attempt = Attempt(number: number, start: .zero, duration: .seconds(1), outcome: outcome)
        attempt.status = 200
        attempt.bodySize = 0
        attempt.phases = Phases()
        attempt.phases?.firstByte = .milliseconds(500)
        guard outcome != .passed else { return attempt }
        attempt.fault = blamed.last.map { Fault(layer: $0.0, code: "", message: "", certainty: $0.1, evidence: [""]) }
        attempt.mismatches = Mismatch.Kind.allCases.map {
            Mismatch($0, location: "", expected: "", actual: "", excerpt: [""])
        }
        attempt.evidence = Evidence(
            request: "",
            headers: [""],
            bodyExcerpt: "",
            isExcerptCut: true,
            isAnswerOmitted: true
        )
        return attempt
    }
}

extension RunReport {
    /// A run in which nothing happened.
    fileprivate static func empty(_ ending: RunEnding = .completed) -> RunReport {
        RunReport(
            toolVersion: "",
            startedAt: Date(timeIntervalSince1970: 0),
            duration: .zero,
            ending: ending,
            suites: []
        )
    }
}
