import Checks
import FoundationEssentials
import Redaction
import SourceDiagnostics
import Testing

/// Secrets in every encoding in which they may come back.
struct RedactorTests {
    private static let secret = "d2p_A/b+c d\"é\\%&<z9"
    private static let redactor = Redactor(secrets: [secret])
    private static let chunkRedactor = Redactor(secrets: ["open-sesame-42", "a\"b\\c\"d"])

    /// What would be a command to a CI system is shown with its first character by its number.
    @Test(arguments: ["::error::", "##vso[task.", "a##[b]::c"])
    func findsASecretWhoseBeginningWasBroken(secret: String) {
        let redactor = Redactor(secrets: [secret])
        let shown = secret.split(separator: "#", omittingEmptySubsequences: false).joined(separator: "\\u{23}")
        let others = secret.split(separator: ":", omittingEmptySubsequences: false).joined(separator: "\\u{3A}")
        for text in [secret, shown, others] { #expect(redactor.redact("<\(text)>").value == "<[redacted]>") }
    }

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
        #expect(Self.redactor.redact("<\(text)>").value == "<[redacted]>")
    }

    @Test(arguments: ["", "u", "us", "user:", "a longer name:"])
    func findsASecretInBase64AtEachAlignment(prefix: String) {
        let redactor = Redactor(secrets: ["open-sesame-42"])
        let encoded = Self.base64("\(prefix)open-sesame-42 and on")
        let core = Self.base64("open-sesame-42").dropLast(4)
        let redacted = redactor.redact("Authorized as: \(encoded)").value
        #expect(redacted.contains("[redacted]"))
        #expect(prefix.utf8.count % 3 != 0 || !redacted.contains(core))
        let remaining = redacted.replacing("Authorized as: ", with: "").replacing("[redacted]", with: "")
        #expect(remaining.utf8.count <= encoded.utf8.count - 16)
    }

    @Test
    func findsBase64ThatIsWrappedAndURLSafe() {
        let redactor = Redactor(secrets: ["~~~???>>>secret"])
        let encoded = Self.base64("~~~???>>>secret")
        let wrapped = encoded.prefix(5) + "\r\n " + encoded.dropFirst(5)
        #expect(redactor.redact(String(wrapped)).value == "[redacted]")
        let safe = encoded.replacing("/", with: "_").replacing("+", with: "-")
        #expect(safe != encoded)
        #expect(redactor.redact(safe).value == "[redacted]")
    }

    @Test
    func hidesTheHalfOfASecretThatACutLeft() {
        let redactor = Redactor(secrets: ["d2p_0123456789abcdefghij"])
        #expect(redactor.redact("got d2p_01234567… (80 bytes more)").value == "got [redacted]… (80 bytes more)")
        #expect(redactor.redact("…89abcdefghij").value == "…[redacted]")
        #expect(redactor.redact("got d2p_0123, d2p_").value == "got d2p_0123, d2p_")
    }

    @Test
    func leavesShortSecretsAloneAndSaysSo() {
        let redactor = Redactor(secrets: ["200", "ok", "", "longer"])
        #expect(redactor.ignoredSecretCount == 2)
        #expect(redactor.redact("ok 200 longer").value == "ok 200 [redacted]")
    }

    @Test(arguments: 1...24)
    func findsASecretThatChunksShare(size: Int) {
        let text = #"{"a":"x open-sesame-42 y","b":"\\open%2Dsesame%2d42","c":"a\"b\\c\"d\\","d":"\\\\"}"#
        var redaction = Self.chunkRedactor.documentRedaction(in: .json) { _ in false }
        let bytes = Array(text.utf8)
        var redacted: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            redacted += redaction.take(Array(bytes[start..<min(start + size, bytes.count)]))
        }
        redacted += redaction.finish()
        #expect(
            String(decoding: redacted, as: UTF8.self)
                == #"{"a":"x [redacted] y","b":"\\[redacted]","c":"[redacted]\\","d":"\\\\"}"#
        )
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
        var redaction = Redactor(secrets: [secret]).documentRedaction(in: syntax) { _ in false }
        let redacted = redaction.take(Array(text.utf8)) + redaction.finish()
        #expect(String(decoding: redacted, as: UTF8.self) == expected)
    }

    @Test(arguments: [
        ("X-Api-Key: abc def\nNext: 1", "X-Api-Key: [redacted]\nNext: 1"),
        ("authorization: Basic eHg=", "authorization: [redacted]"),
        ("GET https://x/y?a=1&X-API-KEY=abc&b=2", "GET https://x/y?a=1&X-API-KEY=[redacted]&b=2"),
        (#"{"x-api-key": "a\"b", "n": 1}"#, #"{"x-api-key": "[redacted]", "n": 1}"#),
        (#"{"x-api-key":{"a":["}"]},"n":1}"#, #"{"x-api-key":[redacted],"n":1}"#),
        (#"{\"x-api-key\":\"ab\\\"c\",\"n\":1}"#, #"{\"x-api-key\":\"[redacted]\",\"n\":1}"#),
        (#"{"x-api-key":12,"n":1}"#, #"{"x-api-key":[redacted],"n":1}"#),
        ("my-x-api-key: abc", "my-x-api-key: [redacted]"),
        ("x-api-key is missing", "x-api-key is missing"),
    ])
    func hidesTheValuesOfNames(text: String, expected: String) {
        #expect(Redactor(secrets: [], names: ["X-Api-Key"]).redact(text).value == expected)
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
        #expect(redactor.redact(result).value.attempts[0].evidence?.bodyExcerpt == redacted)
    }

    @Test(arguments: [
        ("…3hRd8sPqLm", "…[redacted]"), ("…qLm", "…qLm"), ("…PqLm and on", "…[redacted] and on"),
        ("a …q7KwVt3hRd8sPqLm", "a …[redacted]"), ("…7KwVt3h…", "…[redacted]…"), ("PqLm", "PqLm"),
        ("…9%713hRd8sPqLm", "…[redacted]"), ("…1%73%50qLm", "…[redacted]"), ("… PqLm", "… PqLm"),
    ])
    func hidesTheEndOfASecretWhereATextWasCutInFront(text: String, redacted: String) {
        #expect(Redactor(secrets: ["Zx9q7KwVt3hRd8sPqLm"]).redact(text).value == redacted)
    }

    @Test
    func hidesABrokenSecretThatWasCut() {
        let redactor = Redactor(secrets: ["Zx9q7KwVt3hRd8sPqLm"])
        for cut in ["Zx9q7K\n    …", "Zx9q7K\\n…", "Zx9q7\r\n  > Kw…"] {
            #expect(redactor.redact("a \(cut)").value.hasPrefix("a [redacted]"), "\(cut)")
        }
    }

    @Test(arguments: ["$.deep.pin[0]", "$.pin.deep", "$['pin'][2].x", "$.users[?@.PIN == 1]", "X-Pin"])
    func hidesWhatIsAtASensitivePlace(location: String) {
        let check = Check(name: "c", route: "r", position: SourcePosition(line: 1, column: 1))
        var result = CheckResult(of: check, index: 0, outcome: .failed)
        var attempt = Attempt(number: 1, start: .zero, duration: .zero, outcome: .failed)
        attempt.mismatches = [Mismatch(.json, location: location, expected: "1", actual: "4711", excerpt: ["a"])]
        result.attempts = [attempt]
        let redactor = Redactor(secrets: [], names: ["pin", "x-pin"])
        let redacted = redactor.redact(result).value.attempts[0].mismatches[0]
        #expect(redacted.expected == "[redacted]" && redacted.actual == "[redacted]" && redacted.excerpt.isEmpty)
        let expectation = ExpectationResult(
            .json,
            location: location,
            holds: true,
            expected: "1",
            actual: "4711",
            excerpt: ["a"]
        )
        let explained = redactor.redact(Self.explanation(of: result, expectation, body: "")).value.expectations[0]
        #expect(explained.expected == "[redacted]" && explained.actual == "[redacted]" && explained.excerpt.isEmpty)
    }

    /// The sentence about an attempt repeats its first mismatch, but not where that is.
    @Test(arguments: ["$.token", "X-Auth-Key"])
    func hidesWhatIsAtASensitivePlaceInTheSentenceToo(location: String) {
        let check = Check(name: "c", route: "r", position: SourcePosition(line: 1, column: 1))
        var result = CheckResult(of: check, index: 0, outcome: .failed)
        var attempt = Attempt(number: 1, start: .zero, duration: .zero, outcome: .failed)
        let mismatch = Mismatch(.json, location: location, expected: "\"abc\"", actual: "\"huntertwo\"")
        attempt.mismatches = [mismatch]
        let sentence = "The target answered 200, but not as expected: \(mismatch.message)."
        attempt.fault = Fault(layer: .upstream, code: "mismatch", message: sentence)
        result.attempts = [attempt]
        let shown = Redactor(secrets: []).redact(result).value.attempts[0].fault?.message ?? ""
        #expect(shown.hasPrefix("The target answered 200, but not as expected: "))
        #expect(shown.contains("[redacted]") && !shown.contains("huntertwo") && !shown.contains("abc"))
    }

    /// What the author of a job calls a check is no header field; a value that a name was made of can be a secret.
    @Test(arguments: [
        ("Auth: login works", "Auth: login works"), ("Token: renewal is due", "Token: renewal is due"),
        ("GET r/a [key=organisationUnits]", "GET r/a [key=organisationUnits]"),
        ("GET r/a [token=abc12345]", "GET r/a [token=[redacted]]"), ("is d2p_Zx9q7KwVt3hRd8sPqLm", "is [redacted]"),
    ])
    func leavesTheAuthorsOwnWords(name: String, shown: String) {
        let check = Check(name: name, route: "r", position: SourcePosition(line: 1, column: 1))
        let result = CheckResult(of: check, index: 0, outcome: .passed)
        #expect(Redactor(secrets: []).redact(result).value.name == shown)
    }

    @Test
    func hidesSensitivePlacesInExcerpts() {
        let lines = ["- $.a.pin[0]: 12", "+ $.a.pin[0]: 4711", "$.pins: 3", "… and 2 more"]
        let expectation = ExpectationResult(
            .json,
            location: "$.a",
            holds: false,
            expected: "x",
            actual: "y",
            excerpt: lines
        )
        let check = Check(name: "c", route: "r", position: SourcePosition(line: 1, column: 1))
        let result = CheckResult(of: check, index: 0, outcome: .failed)
        let redacted = Redactor(secrets: [], names: ["pin"]).redact(Self.explanation(of: result, expectation, body: ""))
            .value
        #expect(
            redacted.expectations[0].excerpt
                == ["- $.a.pin[0]: [redacted]", "+ $.a.pin[0]: [redacted]", "$.pins: 3", "… and 2 more"]
        )
    }

    @Test
    func hidesTheBeginningOfASecretAtTheEndOfAnExplainedBody() {
        let check = Check(name: "c", route: "r", position: SourcePosition(line: 1, column: 1))
        let result = CheckResult(of: check, index: 0, outcome: .failed)
        let expectation = ExpectationResult(.status, holds: true, expected: "200", actual: "200")
        let redactor = Redactor(secrets: ["Zx9q7KwVt3hRd8sPqLm"])
        let explanation = redactor.redact(Self.explanation(of: result, expectation, body: "token: Zx9q7")).value
        #expect(explanation.bodyExcerpt == "token: [redacted]")
    }

    private static func explanation(of result: CheckResult, _ expectation: ExpectationResult, body: String)
        -> Explanation
    {
        let origin = Fault(layer: .upstream, code: "", message: "")
        return Explanation(
            result: result,
            request: "GET x",
            requestHeaders: [],
            bodyExcerpt: body,
            origin: origin,
            expectations: [expectation]
        )
    }

    @Test
    func findsEachOfThousandsOfSecretsInEachEncoding() {
        // A linear congruential generator: the texts are as good as any, and the same in every run.
        var state: UInt64 = 1
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/+é".unicodeScalars)
        let secrets = (0..<400).map { _ in
            String(
                String.UnicodeScalarView(
                    (0..<20).map { _ in
                        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                        return alphabet[Int((state >> 33) % UInt64(alphabet.count))]
                    }
                )
            )
        }
        let redactor = Redactor(secrets: secrets)
        for secret in secrets {
            let percent = secret.utf8.map { "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            for text in [secret, percent, "\(secret.prefix(2))\n  \(secret.dropFirst(2))"] {
                #expect(redactor.redact("a \(text) b").value == "a [redacted] b")
            }
            let encoded = Self.base64("u:\(secret)")
            #expect(redactor.redact(encoded).value.utf8.count < 20)
        }
    }

    private static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }
}
