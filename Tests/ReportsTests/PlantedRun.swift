import Checks
import FoundationEssentials
import Redaction
import SourceDiagnostics

/// A run in which one text from outside stands in every place that can hold one.
enum PlantedRun {
    /// The runs in which ``SecretEchoes/awkward`` stands in each of its spellings, redacted; all formats render the same.
    static let ofAwkwardSecrets: [(echo: String, report: Redacted<RunReport>)] = {
        let redactor = Redactor(secrets: [SecretEchoes.awkward])
        return SecretEchoes(of: SecretEchoes.awkward).all.map { ($0, redactor.redact(report($0))) }
    }()

    /// Creates the run.
    ///
    /// - Parameter code: The code of every fault, which the program itself makes.
    static func report(_ text: String, code: String = "route-missing") -> RunReport {
        var check = Check(name: "name \(text) end", route: "route \(text)", path: text, position: position)
        check.tags = [text]
        var waived = check
        waived.allowFailure = Waiver(reason: text, until: CalendarDay("2026-12-31"))
        var results = [
            CheckResult(of: check, index: 0, outcome: .failed), CheckResult(of: check, index: 1, outcome: .error),
            CheckResult(of: check, index: 2, outcome: .passed), CheckResult(of: waived, index: 3, outcome: .failed),
            CheckResult(of: check, index: 4, outcome: .skipped, reason: text),
            CheckResult(of: check, index: 5, outcome: .notRun, reason: "because \(text)"),
        ]
        for index in 0..<4 {
            let last: Outcome = results[index].outcome
            results[index].attempts = [
                attempt(1, .error, text, code), attempt(2, .failed, text, code), attempt(3, last, text, code),
            ]
            results[index].duration = .milliseconds(300)
        }
        for index in results.indices {
            results[index].identity = CheckIdentity(name: UInt64(index), fingerprint: .max)
        }
        var suite = SuiteReport(
            name: "suite \(text)",
            file: "jobs/\(text).yaml",
            description: text,
            serverURL: "https://dhis2.example/\(text)",
            serverVersion: text,
            serverFault: fault(text, code),
            startedAt: moment,
            duration: .seconds(1),
            results: results,
            plan: PlanSummary(
                fingerprint: "0123456789abcdef",
                planned: 6,
                total: 6,
                selection: SelectionRecord(tags: "'\(text)'", names: [text, "\(text) *"], lastFailed: "\(text).json")
            )
        )
        suite.identity = SuiteIdentity(file: 1, name: 2, server: .max)
        suite.warnings = [text]
        var report = RunReport(toolVersion: "1.0.0", startedAt: moment, duration: .seconds(1), suites: [suite])
        report.shard = Shard(index: 1, count: 1)
        report.seed = 7
        return report
    }

    static let position = SourcePosition(line: 3, column: 5)
    private static let moment = Date(timeIntervalSince1970: 1_787_393_472)

    static func fault(_ text: String, _ code: String) -> Fault {
        Fault(layer: .route, code: code, message: text, certainty: .likely, evidence: [text, "b \(text)"])
    }

    static func attempt(_ number: Int, _ outcome: Outcome, _ text: String, _ code: String) -> Attempt {
        var attempt = Attempt(
            number: number,
            start: .milliseconds(number * 100),
            duration: .milliseconds(90),
            outcome: outcome
        )
        attempt.status = 404
        attempt.bodySize = 12
        attempt.phases = Phases()
        guard outcome != .passed else { return attempt }
        attempt.fault = fault(text, code)
        attempt.mismatches = [
            Mismatch(.header, location: text, expected: text, actual: text, excerpt: [text, "- \(text)"]),
            Mismatch(.body, expected: "something", actual: "else"),
        ]
        attempt.evidence = Evidence(
            request: "GET https://dhis2.example/\(text)",
            headers: ["X-Echo: \(text)", text],
            bodyExcerpt: "before\n\(text)\nafter",
            isExcerptCut: true
        )
        return attempt
    }
}
