import Checks
import FoundationEssentials
import Redaction
import Reports
import Testing

/// Secrets planted in every place of a run, in every encoding, are in no report.
struct PlantedSecretTests {
    private static let token = "d2p_Zx9/q+7&Kw\"é<m>~Vt3%hR"

    private static let redactor = Redactor(secrets: [token])

    private static let echoes: [String] = {
        let percent = token.utf8.map { byte -> String in
            let hex = String(byte, radix: 16, uppercase: true)
            return "%\(hex.count < 2 ? "0" : "")\(hex)"
        }.joined()
                let encoded = ["", "u", "us"].map { base64("\($0)\(token)") }
        let user = base64("admin:\(token)")
        return [
            token, percent, percent.lowercased(), percent.replacing("%", with: "%25"),
            token.replacing("\"", with: "\\\"").replacing("/", with: "\\/"),
            token.replacing("\"", with: "\\u0022").replacing("é", with: "\\u00e9").replacing("<", with: "\\u003C"),
            token.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;"),
            String(token.prefix(9)) + "\n" + String(token.dropFirst(9)),
            String(token.prefix(9)) + "\r\n    " + String(token.dropFirst(9)),
            user, String(user.prefix(17)) + "\r\n " + String(user.dropFirst(17)), base64(token),
        ] + encoded
    }()

    @Test(arguments: ReportFormat.all)
    func hidesThemFromValuesAndBytes(format: ReportFormat) {
        for echo in Self.echoes {
            var sink = MemorySink()
            Self.redactor.render(
                Self.redactor.redact(PlantedRun.report(echo)),
                with: format.renderer,
                into: &sink
            )
            // Whoever looks for a piece of the secret that no word of a report contains finds none.
            let traces = Self.traces(of: echo, in: sink.text)
            #expect(traces.isEmpty, "\(echo)")
            #expect(sink.text.contains("[redacted]"))
        }
    }

    @Test(arguments: ReportFormat.all)
    func hidesThemFromBytesAlone(format: ReportFormat) {
        // Characters that no report escapes, so that the bytes alone are enough.
        let token = "d2pZx9q7KwVt3hRd8sPqLm"
        let redactor = Redactor(secrets: [token])
        for echo in [token, Self.base64("admin:\(token)"), token.replacing("p", with: "%70")] {
            var sink = RedactingSink(MemorySink(), redactor: redactor, syntax: format.renderer.syntax)
            format.renderer.render(PlantedRun.report(echo).untouched, into: &sink)
            sink.finish()
            #expect(Self.traces(of: echo, in: sink.base.text).isEmpty)
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

    @Test(arguments: ReportFormat.all)
    func hidesTheCookiesOfASession(format: ReportFormat) {
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

    private static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

    /// The runs of eight bytes of an echo that are in a text, escapes and breaks of the line apart.
    private static func traces(of echo: String, in text: String) -> [String] {
        let plain = Array(echo.utf8)
        let starts = stride(from: 4, to: plain.count - 11, by: 1)
        return starts.map { String(decoding: plain[$0..<$0 + 8], as: UTF8.self) }.filter { text.contains($0) }
    }
}
