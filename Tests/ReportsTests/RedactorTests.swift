import Checks
import Reports
import SourceDiagnostics
import Testing

/// Secrets in every encoding in which they may come back.
struct RedactorTests {
    private static let secret = "d2p_A/b+c d\"é\\%&<z9"
    private static let redactor = Redactor(secrets: [secret])
    private static let chunkRedactor = Redactor(secrets: ["open-sesame-42", "a\"b\\c\"d"])

    @Test(arguments: [
        "d2p_A/b+c d\"é\\%&<z9",
        "d2p_A%2Fb%2Bc%20d%22%C3%A9%5C%25%26%3Cz9",
        "d2p_A%2fb%2bc+d%22%c3%a9%5c%25%26%3cz9",
        "d2p_A%252Fb%252Bc%2520d%2522%25C3%25A9%255C%2525%2526%253Cz9",
        "%64%32%70%5f%41%2f%62%2b%63%20%64%22%c3%a9%5c%25%26%3c%7a%39",
        #"d2p_A\/b+c d\"\u00e9\\%&<z9"#,
        #"d2p_A/b+c d\\\"\\u00E9\\\\%\u0026\u003cz9"#,
        "d2p_A/b+c d&quot;&#233;\\%&amp;&lt;z9",
        "d2p_A/b+c d&#x22;&#xE9;\\%&amp;amp;&amp;lt;z9",
        "d2p_A/b+c\r\n    d\"é\\%&<z9",
        #"d2p_A/b+c\n d\"é\\%&<z9"#,
        "d2p&#95;A/b&#43;c d&#34;é&#92;%&#38;&#60;z9",
        "d2p_A%25%32Fb+c d\"é\\%&<z9".replacing("%25%32F", with: "%2F"),
    ])
    func findsASecretInEachEncoding(text: String) {
        #expect(Self.redactor.redact("<\(text)>") == "<[redacted]>")
    }

    @Test(arguments: ["", "u", "us", "user:", "a longer name:"])
    func findsASecretInBase64AtEachAlignment(prefix: String) {
        let redactor = Redactor(secrets: ["open-sesame-42"])
        let encoded = Base64.encode(Array("\(prefix)open-sesame-42 and on".utf8))
        let core = Base64.encode(Array("open-sesame-42".utf8)).dropLast(4)
        let redacted = redactor.redact("Authorized as: \(encoded)")
        #expect(redacted.contains("[redacted]"))
        #expect(prefix.utf8.count % 3 != 0 || !redacted.contains(core))
        let remaining = redacted.replacing("Authorized as: ", with: "").replacing("[redacted]", with: "")
        #expect(remaining.utf8.count <= encoded.utf8.count - 16)
    }

    @Test
    func findsBase64ThatIsWrappedAndURLSafe() {
        let redactor = Redactor(secrets: ["~~~???>>>secret"])
        let encoded = Base64.encode(Array("~~~???>>>secret".utf8))
        let wrapped = encoded.prefix(5) + "\r\n " + encoded.dropFirst(5)
        #expect(redactor.redact(String(wrapped)) == "[redacted]")
        let safe = encoded.replacing("/", with: "_").replacing("+", with: "-")
        #expect(safe != encoded)
        #expect(redactor.redact(safe) == "[redacted]")
    }

    @Test
    func hidesTheHalfOfASecretThatACutLeft() {
        let redactor = Redactor(secrets: ["d2p_0123456789abcdefghij"])
        #expect(redactor.redact("got d2p_01234567… (80 bytes more)") == "got [redacted]… (80 bytes more)")
        #expect(redactor.redact("…89abcdefghij") == "…[redacted]")
        #expect(redactor.redact("got d2p_0123, d2p_") == "got d2p_0123, d2p_")
    }

    @Test
    func leavesShortSecretsAloneAndSaysSo() {
        let redactor = Redactor(secrets: ["200", "ok", "", "longer"])
        #expect(redactor.ignoredSecretCount == 2)
        #expect(redactor.redact("ok 200 longer") == "ok 200 [redacted]")
    }

    @Test(arguments: 1...24)
    func findsASecretThatChunksShare(size: Int) {
        let text = #"{"a":"x open-sesame-42 y","b":"\\open%2Dsesame%2d42","c":"a\"b\\c\"d\\","d":"\\\\"}"#
        var sink = RedactingSink(MemorySink(), redactor: Self.chunkRedactor, syntax: .json)
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: size) {
            sink.write(Array(bytes[start..<min(start + size, bytes.count)]))
        }
        sink.finish()
        #expect(sink.base.text == #"{"a":"x [redacted] y","b":"\\[redacted]","c":"[redacted]\\","d":"\\\\"}"#)
    }

    @Test(arguments: [
        (ReportSyntax.json, #"["\nabcdefgh"]"#, "nabcdefgh", #"["[redacted]"]"#),
        (.json, #"["\\nabcdefgh"]"#, "nabcdefgh", #"["\\[redacted]"]"#),
        (.json, #"["abcdefgh\"]"]"#, #"abcdefgh\"#, #"["[redacted]]"]"#),
        (.json, #"["\u001babcdefgh"]"#, "1babcdefgh", #"["[redacted]"]"#),
        (.json, #"["abcd","efgh"]"#, #"abcd","efgh"#, #"["abcd","efgh"]"#),
        (.xml, "<a>&lt;abcdefgh</a>", "t;abcdefgh", "<a>[redacted]</a>"),
        (.xml, "<abcdefgh/>", "<abcdefgh/>", "<abcdefgh/>"),
        (.text, #"\nabcdefgh"#, "nabcdefgh", #"\[redacted]"#),
    ])
    func keepsTheDocumentWhole(syntax: ReportSyntax, text: String, secret: String, expected: String) {
        var sink = RedactingSink(MemorySink(), redactor: Redactor(secrets: [secret]), syntax: syntax)
        sink.write(Array(text.utf8))
        sink.finish()
        #expect(sink.base.text == expected)
    }

    @Test(arguments: [
        ("X-Api-Key: abc def\nNext: 1", "X-Api-Key: [redacted]\nNext: 1"),
        ("authorization: Basic eHg=", "authorization: [redacted]"),
        ("GET https://x/y?a=1&X-API-KEY=abc&b=2", "GET https://x/y?a=1&X-API-KEY=[redacted]&b=2"),
        (#"{"x-api-key": "a\"b", "n": 1}"#, #"{"x-api-key": "[redacted]", "n": 1}"#),
        (#"{"x-api-key":{"a":["}"]},"n":1}"#, #"{"x-api-key":[redacted],"n":1}"#),
        (#"{\"x-api-key\":\"ab\\\"c\",\"n\":1}"#, #"{\"x-api-key\":\"[redacted]\",\"n\":1}"#),
        (#"{"x-api-key":12,"n":1}"#, #"{"x-api-key":[redacted],"n":1}"#),
        ("my-x-api-key: abc", "my-x-api-key: abc"),
        ("x-api-key is missing", "x-api-key is missing"),
    ])
    func hidesTheValuesOfNames(text: String, expected: String) {
        #expect(Redactor(secrets: [], names: ["X-Api-Key"]).redact(text) == expected)
    }

    @Test(arguments: [
        ("a Zx9q…", "a [redacted]…"), ("a Zx9…", "a Zx9…"), ("a Zx9q b…", "a Zx9q b…"),
        ("a Zx9q7K%7… (9 bytes more)", "a [redacted]… (9 bytes more)"),
        ("%5A%78%39%71%3", "[redacted]"), ("Zx9q", "[redacted]"), ("the Zx9q end", "the Zx9q end"),
    ])
    func hidesTheBeginningOfASecretWhereATextWasCut(text: String, redacted: String) {
        let redactor = Redactor(secrets: ["Zx9q7KwVt3hRd8sPqLm"])
        var attempt = Attempt(number: 1, start: .zero, duration: .zero, outcome: .failed)
        let isCut = !text.contains("…")
        attempt.evidence = Evidence(request: "", bodyExcerpt: text, isExcerptCut: isCut)
        let check = Check(name: "c", route: "r", position: SourcePosition(line: 1, column: 1))
        var result = CheckResult(of: check, index: 0, outcome: .failed)
        result.attempts = [attempt]
        #expect(redactor.redact(result).attempts[0].evidence?.bodyExcerpt == redacted)
    }
}
