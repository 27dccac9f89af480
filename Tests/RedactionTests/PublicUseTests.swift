import Checks
import FoundationEssentials
import Redaction
import SourceDiagnostics
import Testing

/// What a program that has the library hides in one call.
struct PublicUseTests {
    private static let job: Job = {
        var settings = ServerSettings(url: "https://dhis2.example", credentials: .token("d2p_Zx9q7KwVt3hRd8sPqLm"))
        settings.redactions = [.name("x-pin")]
        var check = Check(name: "login", route: "echo", position: SourcePosition(line: 3, column: 5))
        check.parameters = [QueryParameter(name: "X-Pin", value: "Pin-4711-8822")]
        return Job(name: "smoke", file: "job.yaml", server: settings, checks: [check])
    }()

    /// A job whose server is behind a proxy.
    static func job(proxy: String) -> Job {
        var job = Self.job
        job.server.proxy = proxy
        return job
    }

    private static let texts = [
        "sent d2p_Zx9q7KwVt3hRd8sPqLm", "sent d2p%5FZx9q7KwVt3hRd8sPqLm", "as Pin-4711-8822", "as Pin%2D4711%2D8822",
        "x-pin: 1",
    ]

    @Test func aRunIsRedactedWithWhatItsJobKeepsSecret() {
        var result = CheckResult(of: Self.job.checks[0], index: 0, outcome: .failed)
        var attempt = Attempt(number: 1, start: .zero, duration: .milliseconds(3), outcome: .failed)
        attempt.evidence = Evidence(request: "GET https://dhis2.example?x-pin=Pin-4711-8822", headers: Self.texts)
        result.attempts = [attempt]
        let suite = SuiteReport(
            name: "smoke",
            file: "job.yaml",
            serverURL: "https://dhis2.example",
            startedAt: Date(timeIntervalSince1970: 0),
            duration: .milliseconds(3),
            results: [result]
        )
        let run = RunReport(
            toolVersion: "1",
            startedAt: Date(timeIntervalSince1970: 0),
            duration: .milliseconds(3),
            suites: [suite]
        )

        let redactor = Redactor(secretsOf: Self.job)
        let report: RedactedReport = redactor.redact(run)

        let evidence = report.value.suites[0].results[0].attempts[0].evidence
        #expect(evidence?.request == "GET https://dhis2.example?x-pin=[redacted]")
        #expect(
            evidence?.headers
                == ["sent [redacted]", "sent [redacted]", "as [redacted]", "as [redacted]", "x-pin: [redacted]"]
        )
        let event: RedactedEvent = redactor.redact(.checkFinished(suite: 0, result))
        guard case .checkFinished(_, let finished) = event.value else {
            Issue.record("redaction made another event")
            return
        }
        #expect(finished == report.value.suites[0].results[0])
    }

    @Test(arguments: texts)
    func redactionOfWhatIsRedactedChangesNothing(text: String) {
        let redacted = Redactor(secretsOf: Self.job).redact(text)
        #expect(Redactor(secretsOf: Self.job).redact(redacted.value) == redacted)
    }

    /// A report of ours is read back as it was written; one from elsewhere shows no credentials.
    @Test func aRunThatWasReadHidesWhatCarriesCredentialsByItself() {
        func run(_ headers: [String]) -> RunReport {
            var result = CheckResult(of: Self.job.checks[0], index: 0, outcome: .failed)
            var attempt = Attempt(number: 1, start: .zero, duration: .zero, outcome: .failed)
            attempt.evidence = Evidence(request: "GET https://dhis2.example", headers: headers)
            result.attempts = [attempt]
            let suite = SuiteReport(
                name: "s",
                file: "f",
                serverURL: "u",
                startedAt: Date(timeIntervalSince1970: 0),
                duration: .zero,
                results: [result]
            )
            return RunReport(
                toolVersion: "1",
                startedAt: Date(timeIntervalSince1970: 0),
                duration: .zero,
                suites: [suite]
            )
        }
        let names = SensitiveNames.always.map { "\($0): abc" }
        let hidden = RedactedReport(readBack: run(names)).value
        let shown = SensitiveNames.always.map { "\($0): [redacted]" }
        #expect(hidden.suites[0].results[0].attempts[0].evidence?.headers == shown)
        let again = RedactedReport(readBack: hidden).value
        #expect(again.suites[0].results == hidden.suites[0].results)
    }

    @Test func aJobFileThatDoesNotDecodeIsShownWithoutItsSecrets() {
        let source = SourceText(name: "job.yaml", text: "server:\n  tokn: 1\n  token: d2p_Zx9q7KwVt3hRd8sPqLm\n")
        let diagnostic = Diagnostic(
            .error,
            "d2p_Zx9q7KwVt3hRd8sPqLm is not a map",
            file: "job.yaml",
            position: SourcePosition(line: 3, column: 10)
        )
        let mask = DiagnosticMask(sources: [source], jobs: [])
        let text = mask.text(of: [diagnostic]).value
        #expect(text.contains("job.yaml:3:10: error: [redacted] is not a map"))
        #expect(text.contains("token: ***********************"))
        #expect(!text.contains("Zx9q7"))
        #expect(!mask.json(of: [diagnostic]).value.contains("Zx9q7"))
    }
}
