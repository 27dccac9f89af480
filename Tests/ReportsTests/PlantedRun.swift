import Checks
import FoundationEssentials
import SourceDiagnostics

/// A run in which one text from outside stands in every place that can hold one.
enum PlantedRun {
    static func report(_ text: String) -> RunReport {
        var check = Check(name: "name \(text) end", route: "route \(text)", path: text, position: position)
        check.tags = [text]
        var waived = check
        waived.allowFailure = Waiver(reason: text)
        var results = [
            CheckResult(of: check, index: 0, outcome: .failed), CheckResult(of: check, index: 1, outcome: .error),
            CheckResult(of: check, index: 2, outcome: .passed), CheckResult(of: waived, index: 3, outcome: .failed),
            CheckResult(of: check, index: 4, outcome: .skipped, reason: text),
            CheckResult(of: check, index: 5, outcome: .notRun, reason: "because \(text)"),
        ]
        for index in 0..<4 {
            let last: Outcome = results[index].outcome
            results[index].attempts = [attempt(1, .error, text), attempt(2, .failed, text), attempt(3, last, text)]
            results[index].duration = .milliseconds(300)
        }
        let suite = SuiteReport(
            name: "suite \(text)",
            file: "jobs/\(text).yaml",
            description: text,
            serverURL: "https://dhis2.example/\(text)",
            serverVersion: text,
            serverFault: fault(text),
            startedAt: moment,
            duration: .seconds(1),
            results: results
        )
        return RunReport(toolVersion: "1.0.0", startedAt: moment, duration: .seconds(1), suites: [suite])
    }

    private static let position = SourcePosition(line: 3, column: 5)
    private static let moment = Date(timeIntervalSince1970: 1_787_393_472)

    private static func fault(_ text: String) -> Fault {
        Fault(layer: .route, code: "route-missing", message: text, certainty: .likely, evidence: [text, "b \(text)"])
    }

    private static func attempt(_ number: Int, _ outcome: Outcome, _ text: String) -> Attempt {
        var attempt = Attempt(
            number: number,
            start: .milliseconds(number * 100),
            duration: .milliseconds(90),
            outcome: outcome
        )
        guard outcome != .passed else { return attempt }
        attempt.fault = fault(text)
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
