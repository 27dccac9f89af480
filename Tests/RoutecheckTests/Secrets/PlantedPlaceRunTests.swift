import DHIS2Simulator
import FoundationEssentials
import Testing

/// Secrets that come back cut, broken, deep in JSON, or were sent in a body, are in nothing that the built binary
/// writes.
struct PlantedPlaceRunTests {
    private static let token = PlantedSecret(SimulatorConfiguration.administratorToken)
    private static let body = PlantedSecret("Body-Secret_7kQ2xW9p")
    private static let key = PlantedSecret("Key-Secret_4mZ8vB3n")
    private static let form = PlantedSecret("Form Secret&9tR5yU1i")
    private static let header = PlantedSecret("Zq9tUvWx5RtYbNm3Kp")
    private static let password = PlantedSecret("Basic-Pass_2hG6jD8s")
    private static let pattern = PlantedSecret("PIN-4711-8822-9933")

    private static let job = """
        server: {redact: [x-pin, pin, mykey, x-tok, '/PIN-[0-9-]+/']}
        defaults: {expect: {status: 500, body: nothing}}
        checks:
          - {route: echo, path: login, method: POST, body: {user: u, password: "\(body.text)", deep: {mykey: ["\(key.text)"]}}}
          - route: echo
            path: form
            method: POST
            headers: {content-type: application/x-www-form-urlencoded}
            body: user=u&mykey=Form+Secret%269tR5yU1i
          - {route: echo, path: headed, headers: {if-match: x, x-tok: "Token \(header.text)"}}
          - {route: echo, path: basic, headers: {x-api-key: "Basic \(Data("u:\(password.text)".utf8).base64EncodedString())"}}
          - {route: echo, path: matched, params: {q: "\(pattern.text)"}}
          - {route: echo, path: json, expect: {status: 500, json: {"$.deep.pin[0]": 1, $.deep: {equals: {pin: [1]}}}}}
          - {route: echo, path: front, expect: {status: 500, body: {not: {contains: MARK}}}}
          - {route: echo, path: end}
          - {route: echo, path: broken}
        """

    private static let numbers = (1_000..<1_250).map(String.init)

    /// More values of a sensitive name than a job usually has.
    private static let many = """
        server: {redact: [x-pin]}
        defaults: {expect: {status: 500, body: nothing}}
        checks:
          - {route: echo, path: "many/${n}", params: {x-pin: "Value-${n}-of-many-7x"}, rows: [\(rows)]}
        """

    private static let rows = numbers.map { "{n: \($0)}" }.joined(separator: ", ")

    /// A server whose route answers each check with what must not be shown of it.
    private static let server: SimulatorConfiguration = {
        var configuration = SimulatorConfiguration.standard
        let padding = String(repeating: "x", count: 100)
        let long = String(repeating: "x", count: 2_000)
        for place in configuration.routes.indices where configuration.routes[place].code == "echo" {
            configuration.routes[place].upstream = SimulatedUpstream { request in
                let path = request.subPath
                let token = Self.token.text
                let answer: String =
                    switch path {
                    case "login": "\(body.text) \(key.echoes[1])"
                    case "form": "\(form.text) \(form.echoes[1])"
                    case "headed": "as \(header.text)"
                    case "basic": "as \(password.text)"
                    case "matched": "as \(pattern.echoes[1]) \(Data(pattern.text.utf8).base64EncodedString())"
                    case "json": #"{"deep": {"pin": [998877]}}"#
                    case "front": "\(padding)\(token)MARK\(padding)"
                    case "end": "\(long)\(String(repeating: "y", count: 36))\(token)\(long)"
                    case "broken": "\(long)\(String(repeating: "y", count: 36))\(token.prefix(8))\n        \(long)"
                    default: "Value-\(path.suffix(4))-of-many-7x"
                    }
                return .reply(
                    UpstreamReply(status: 500, headers: ["Content-Type": "text/plain"], body: Array(answer.utf8))
                )
            }
        }
        return configuration
    }()

    private static func expectNone(in text: String, _ name: String) {
        for secret in [token, body, key, form, header, password, pattern] {
            #expect(secret.traces(in: text, step: 5).isEmpty, "\(name)")
        }
        #expect(!text.contains("998877"), "\(name)")
        // What is left of a token that was cut behind its eighth character.
        #expect(!text.contains(token.text.prefix(8)), "\(name)")
    }

    @Test func aRunShowsNone() async throws {
        try await ServedJob.with(Self.job, on: Self.server) { served in
            var served = served
            served.binary.environment["DHIS2_PAT"] = Self.token.text
            let formats = ["junit", "json", "html", "markdown", "ctrf", "tap", "ndjson"]
            let reports = formats.flatMap { ["--report-\($0)", "report.\($0)"] }
            let outcome = try await served.binary.run(["run", "job.yaml", "-v", "--github-annotations"] + reports)
            #expect(outcome.status == 1, "\(outcome.errors)")
            Self.expectNone(in: outcome.output + outcome.errors, "streams")
            for format in formats { Self.expectNone(in: try served.text("report.\(format)"), format) }
            #expect(try served.text("report.json").contains("[redacted]"))
        }
    }

    @Test(arguments: ["login", "json", "front", "end", "broken"])
    func norDoesAnExplanation(path: String) async throws {
        try await ServedJob.with(Self.job, on: Self.server) { served in
            var served = served
            served.binary.environment["DHIS2_PAT"] = Self.token.text
            let outcome = try await served.binary.run("explain", "job.yaml", "--name", "* echo/\(path)*")
            #expect(outcome.status == 1, "\(outcome.errors)")
            #expect(outcome.output.contains("[redacted]"))
            Self.expectNone(in: outcome.output + outcome.errors, path)
        }
    }

    @Test func noneOfManyValuesIsShown() async throws {
        try await ServedJob.with(Self.many, on: Self.server) { served in
            let outcome = try await served.binary.run("run", "job.yaml", "-v", "--report-json", "report.json")
            #expect(outcome.status == 1, "\(outcome.errors)")
            for text in [outcome.output, try served.text("report.json")] {
                #expect(text.contains("[redacted]") && text.contains("many/1249"))
                #expect(!text.contains("of-many-7x"))
            }
        }
    }
}
