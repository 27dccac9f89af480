import Checks
import LinearRegex
import Redaction
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
}
