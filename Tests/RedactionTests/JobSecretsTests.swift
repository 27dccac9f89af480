import Checks
import HTTPVocabulary
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

    /// What a check sends can have names and values in it, which DHIS2 and its target send back in their own spelling.
    @Test(arguments: [
        "https://hooks.example.org/x?token=Zx99kLong&a=1", "https%3A%2F%2Fh%2F%3Faccess_token%3DZx99kLong",
        "Server=x;Password=Zx99kLong;Db=y", #"{"auth": {"client_secret": "Zx99kLong"}}"#, "sig=Zx99kLong",
    ])
    func looksForWhatIsNamedInAValue(value: String) throws {
        var checks = Array(
            repeating: Check(name: "c", route: "r", position: SourcePosition(line: 1, column: 1)),
            count: 3
        )
        checks[0].parameters = [QueryParameter(name: "callback", value: value)]
        let referer = try #require(HTTPFieldName("Referer"))
        checks[1].headerFields.append(try #require(HTTPField(name: referer, value: value)))
        checks[2].path = value
        for check in checks.prefix(value.contains("=") ? 3 : 2) {
            let job = Job(name: "j", file: "job.yaml", server: ServerSettings(url: "https://x"), checks: [check])
            let redactor = Redactor(secretsOf: job)
            #expect(redactor.redact("is Zx99kLong there").value == "is [redacted] there")
            #expect(!redactor.redact(check).value.parameters.contains { $0.value.contains("Zx99kLong") })
        }
    }

    /// A filter of DHIS2 and the like is no credential.
    @Test(arguments: [
        "key:eq:organisation", "a=b", "name=organisation", "key=organisation", "{\"a\": \"organisation\"}",
    ])
    func leavesOrdinaryValues(value: String) {
        var check = Check(name: "c", route: "r", position: SourcePosition(line: 1, column: 1))
        check.parameters = [QueryParameter(name: "filter", value: value)]
        let job = Job(name: "j", file: "job.yaml", server: ServerSettings(url: "https://x"), checks: [check])
        #expect(Redactor(secretsOf: job).redact("an organisation").value == "an organisation")
    }

    /// A name of data can look like a secret, as uids of DHIS2 do; its values are hidden all the same.
    @Test(arguments: ["w75KJ2mc4zz", "Kx9wLongPiece99vPz"])
    func hidesTheValuesOfAnOddName(name: String) {
        var settings = ServerSettings(url: "https://x")
        settings.redactions = [.name(name)]
        let job = Job(name: "j", file: "job.yaml", server: settings, checks: [])
        let redacted = Redactor(secretsOf: job).redact("{\"\(name)\":\"Jane Smith\"}").value
        #expect(redacted == "{\"\(name)\":\"[redacted]\"}")
    }

    /// An address is none within a value either.
    @Test func leavesAnAddressWithinAValue() {
        var check = Check(name: "c", route: "r", position: SourcePosition(line: 1, column: 1))
        check.path = "oauth?token_url=https://play.dhis2.org/dev/oauth/token"
        let job = Job(name: "j", file: "job.yaml", server: ServerSettings(url: "https://x"), checks: [check])
        #expect(Redactor(secretsOf: job).redact("https://play.dhis2.org/dev/oauth").value.hasPrefix("https://play"))
    }

    /// What a body has behind a name that an escape stands before.
    @Test func looksForWhatAFormHasBehindAnEscape() throws {
        var check = Check(name: #"a\ntoken=Hunter2abc"#, route: "r", position: SourcePosition(line: 1, column: 1))
        check.body = RequestBody(bytes: Array(#"a=1\ntoken=Hunter2secret"#.utf8), contentType: .text)
        let job = Job(name: "j", file: "job.yaml", server: ServerSettings(url: "https://x"), checks: [check])
        let redactor = Redactor(secretsOf: job)
        #expect(redactor.redact("a Hunter2secret b").value == "a [redacted] b")
        #expect(redactor.redact(check).value.name == #"a\ntoken=[redacted]"#)
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

    /// That there is something or nothing is no secret; what should have been there is.
    @Test(
        arguments: ["$.access_token", "$.nope.token", "X-Api-Key"],
        [("\"ab\"", "[redacted]"), ("something", "something"), ("a string", "a string"), ("length 36", nil)]
    )
    func showsThatThereIsNothing(location: String, expected: (said: String, shown: String?)) {
        var check = CheckResult(
            of: Check(name: "c", route: "r", position: SourcePosition(line: 1, column: 1)),
            index: 0,
            outcome: .failed
        )
        check.attempts = [Attempt(number: 1, start: .zero, duration: .zero, outcome: .failed)]
        check.attempts[0].mismatches = [Mismatch(.json, location: location, expected: expected.said, actual: "nothing")]
        let redacted = Redactor(secrets: []).redact(check).value.attempts[0].mismatches[0]
        // A number is one of data only where the name leaves a doubt.
        #expect(redacted.expected == expected.shown ?? (location == "$.nope.token" ? expected.said : "[redacted]"))
        #expect(redacted.actual == "nothing")
    }

    /// A number shows what its text would have been.
    @Test(arguments: [("\"48213\"", "48213"), ("48213", "\"48213\"")])
    func hidesANumberBesideItsText(expected: String, actual: String) {
        var check = CheckResult(
            of: Check(name: "c", route: "r", position: SourcePosition(line: 1, column: 1)),
            index: 0,
            outcome: .failed
        )
        check.attempts = [Attempt(number: 1, start: .zero, duration: .zero, outcome: .failed)]
        check.attempts[0].mismatches = [Mismatch(.json, location: "$.otp", expected: expected, actual: actual)]
        let redacted = Redactor(secrets: []).redact(check).value.attempts[0].mismatches[0]
        #expect(redacted.expected == "[redacted]" && redacted.actual == "[redacted]")
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
