import Checks
import LinearRegex
import Redaction
import SourceDiagnostics
import Testing

/// What a job itself says of what is to be hidden.
struct JobSecretsTests {
    @Test
    func knowsWhatAJobsServerKeepsSecret() throws {
        var settings = ServerSettings(
            url: "https://x",
            credentials: .basic(username: "admin", password: "correct horse")
        )
        settings.redactions = [.name("pin"), .text("battery"), .pattern(try RegexPattern("st[a-z]+le"))]
        let job = Job(name: "planted", file: "job.yaml", server: settings, checks: [])
        let redactor = Redactor(secretsOf: [job], and: ["from the environment"])
        let text = "admin correct horse battery staple, pin=1234 from%20the%20environment"
        #expect(redactor.redact(text).value == "admin [redacted] [redacted] [redacted], pin=[redacted] [redacted]")
    }

    /// A name that leaves a doubt hides a word of data where it stands, and nowhere else.
    @Test(arguments: [
        ("key", "organisationUnits", false), ("session", "inpatient-care", false), ("key", "k3y-0f-d4ta", true),
        ("api_key", "organisationUnits", true), ("token", "organisationUnits", true), ("token", "basic", false),
        ("auth", "https://auth.example.org/login", false), ("token_url", "https://auth.example.org/token", false),
        ("token", "https://hooks.example.org/T00/XyZ123abc456", true), ("token", "x7://k9Lq2mZpQ", true),
    ])
    func looksForAValueEverywhereIfItCanOnlyBeASecret(name: String, value: String, isEverywhere: Bool) {
        var check = Check(name: "c", route: "r", position: SourcePosition(line: 1, column: 1))
        check.parameters = [QueryParameter(name: name, value: value)]
        let job = Job(name: "j", file: "job.yaml", server: ServerSettings(url: "https://x"), checks: [check])
        let redactor = Redactor(secretsOf: job)
        #expect((redactor.redact("is \(value) there").value == "is [redacted] there") == isEverywhere)
        #expect(redactor.redact(check).value.parameters[0].value == "[redacted]")
    }

    /// A URL with a name such as `PARTNER_TOKEN` is a secret, one with a name such as `TOKEN_URL` is none.
    @Test(arguments: [
        ("PARTNER_TOKEN", "https://hooks.example.org/T00/XyZ123abc456", true), ("KEY_TOKEN", "x7://k9Lq2mZpQ", true),
        ("OAUTH_TOKEN_URL", "https://auth.example.org/token", false),
        ("AUTH_SERVER", "https://auth.example.org", false),
        ("SLACK_WEBHOOK_URL", "https://hooks.slack.example/services/T0/Zq8LeakedKeyA", true),
        ("API_KEY_BASE", "https://h.example/Zq8LeakedKeyA", true),
        ("AUTH_URL", "https://h.example/realms/dhis2", false),
        ("TOKEN_URL", "https://me@auth.example.org/", true), ("TOKEN_ENDPOINT", "https://a.example?sig=ab12cd34", true),
    ])
    func tellsAddressesFromSecrets(name: String, value: String, isSecret: Bool) {
        #expect(!OutsideSecret.isAddress(value, under: name) == isSecret)
    }

    /// What a name such as `signatureRequired` holds is often no text.
    @Test(arguments: [
        ("$.signatureRequired", "true", "false", false), ("$.sessions", "at least 3", "4", false),
        ("$.credentials", "an array", "null", false), ("$.sessions", "\"a\"", "\"b\"", true),
        ("$.otp", "123456", "654321", true), ("$.password", "1", "2", true), ("X-Session-Count", "3", "4", true),
    ])
    func hidesNoNumbersOfData(location: String, expected: String, actual: String, isHidden: Bool) {
        let attempt = Attempt(number: 1, start: .zero, duration: .zero, outcome: .failed)
        var check = CheckResult(
            of: Check(name: "c", route: "r", position: SourcePosition(line: 1, column: 1)),
            index: 0,
            outcome: .failed
        )
        check.attempts = [attempt]
        check.attempts[0].mismatches = [
            Mismatch(
                .json,
                location: location,
                expected: expected,
                actual: actual,
                excerpt: ["- \(location): \(actual)"]
            )
        ]
        let redacted = Redactor(secrets: []).redact(check).value.attempts[0].mismatches[0]
        #expect((redacted.actual == "[redacted]") == isHidden)
        #expect(redacted.excerpt == (isHidden ? [] : ["- \(location): \(actual)"]))
    }

    /// A name that a check has by default repeats its path and its row.
    @Test(arguments: [
        ("GET echo/x/session=Lq8mZ2pWx4Rt", "GET echo/x/session=[redacted]"),
        ("GET a [key=item1]", "GET a [key=item1]"),
        ("GET https://x/y?X-Amz-Signature=ab12cd34ef", "GET https://x/y?X-Amz-Signature=[redacted]"),
    ])
    func hidesWhatANameRepeats(name: String, expected: String) {
        let check = Check(name: name, route: "r", position: SourcePosition(line: 1, column: 1))
        #expect(Redactor(secrets: []).redact(check).value.name == expected)
    }
}
