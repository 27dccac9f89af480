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
        ("auth", "https://auth.example.org/login", false),
    ])
    func looksForAValueEverywhereIfItCanOnlyBeASecret(name: String, value: String, isEverywhere: Bool) {
        var check = Check(name: "c", route: "r", position: SourcePosition(line: 1, column: 1))
        check.parameters = [QueryParameter(name: name, value: value)]
        let job = Job(name: "j", file: "job.yaml", server: ServerSettings(url: "https://x"), checks: [check])
        let redactor = Redactor(secretsOf: job)
        #expect((redactor.redact("is \(value) there").value == "is [redacted] there") == isEverywhere)
        #expect(redactor.redact(check).value.parameters[0].value == "[redacted]")
    }
}
