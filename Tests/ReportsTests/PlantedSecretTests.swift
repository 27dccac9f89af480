import Checks
import FoundationEssentials
import Redaction
import Reports
import Testing

/// Secrets planted in every place of a run, in every encoding, are in no report.
struct PlantedSecretTests {
    private static let redactor = Redactor(secrets: [SecretEchoes.awkward])

    @Test(arguments: RenderedFormat.all)
    func hidesThemFromValuesAndBytes(format: RenderedFormat) {
        for (echo, report) in PlantedRun.ofAwkwardSecrets {
            var sink = MemorySink()
            Self.redactor.render(report, with: format.renderer, into: &sink)
            // Whoever looks for a piece of the secret that no word of a report contains finds none.
            let traces = SecretEchoes.traces(of: echo, in: sink.text)
            #expect(traces.isEmpty, "\(echo)")
            #expect(sink.text.contains("[redacted]"))
        }
    }

    @Test(arguments: RenderedFormat.all)
    func hidesThemFromBytesAlone(format: RenderedFormat) {
        // Characters that no report escapes, so that the bytes alone are enough.
        let token = "d2pZx9q7KwVt3hRd8sPqLm"
        let redactor = Redactor(secrets: [token])
        for echo in [token, SecretEchoes.base64("admin:\(token)"), token.replacing("p", with: "%70")] {
            var sink = RedactingSink(MemorySink(), redactor: redactor, syntax: format.renderer.syntax)
            format.renderer.render(PlantedRun.report(echo).untouched, into: &sink)
            sink.finish()
            #expect(SecretEchoes.traces(of: echo, in: sink.base.text).isEmpty)
        }
    }

    @Test(arguments: [
        "testcase", "failure", "duration", "outcome", "message", "details", "passed", "2026-08-22", "1.000",
    ])
    func leavesTheDocumentsOwnWordsAlone(word: String) throws {
        let redactor = Redactor(secrets: [word])
        let report = redactor.redact(PlantedRun.report("x \(word) y"))
        var json = MemorySink()
        redactor.render(report, with: JSONRenderer(), into: &json)
        let read = try RunReport(json: json.bytes)
        #expect(read.suites[0].results[0].name == "name x [redacted] y end")
        var xml = MemorySink()
        redactor.render(report, with: JUnitRenderer(), into: &xml)
        #expect(xml.text.contains("<testcase name=\"name x [redacted] y end\""))
        #expect(xml.text.hasSuffix(" </testsuite>\n</testsuites>\n"))
    }

    @Test
    func hidesTheValuesOfSensitiveHeadersAndMembers() {
        var report = PlantedRun.report("x")
        report.suites[0].results[0].attempts[2].evidence?.headers = ["Set-Cookie: JSESSIONID=abc", "X-Key: abc"]
        report.suites[0].results[0].attempts[2].evidence?.bodyExcerpt = #"{"x-key": "abc", "n": 1}"#
        report.suites[0].results[0].attempts[2].mismatches[0].location = "X-Key"
        let redacted = Redactor(secrets: [], names: ["x-key"]).redact(report)
            .value.suites[0].results[0].attempts[2]
        #expect(redacted.evidence?.headers == ["Set-Cookie: [redacted]", "X-Key: [redacted]"])
        #expect(redacted.evidence?.bodyExcerpt == #"{"x-key": "[redacted]", "n": 1}"#)
        #expect(redacted.mismatches[0].message == "header X-Key: expected [redacted], got [redacted]")
    }

    @Test(arguments: RenderedFormat.all)
    func hidesTheCookiesOfASession(format: RenderedFormat) {
        let texts = [
            "Set-Cookie: JSESSIONID=planted-1; Path=/; HttpOnly", "set-cookie : ROUTE=planted-2",
            "Location: /logout.action;jsessionid=planted-3",
        ]
        var report = PlantedRun.report("x")
        for attempt in report.suites[0].results[0].attempts.indices {
            report.suites[0].results[0].attempts[attempt].evidence?.headers = texts
            report.suites[0].results[0].attempts[attempt].evidence?.bodyExcerpt =
                "Cookie: JSESSIONID=planted-4; ROUTE=planted-5\n{\"JSESSIONID\": \"planted-6\"}"
            report.suites[0].results[0].attempts[attempt].fault?.message = "it said JSESSIONID=planted-7"
        }
        let redactor = Redactor(secrets: [])
        var sink = MemorySink()
        redactor.render(redactor.redact(report), with: format.renderer, into: &sink)
        #expect(!sink.text.contains("planted"))
    }

    @Test(arguments: ["X-Api-Key: k-1", "PRIVATE-TOKEN: k-1", "x-auth-token: k-1", "https://h/?access_token=k-1&a=b"])
    func hidesWhatCarriesCredentialsByItself(text: String) {
        #expect(!Redactor(secrets: []).redact(text).value.contains("k-1"))
    }
}
