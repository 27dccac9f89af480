import DHIS2Simulator
import FoundationEssentials
import Testing

/// A secret in each place and in each spelling is in nothing that the built binary writes.
///
/// The route's target answers each check with the check's secret in all spellings, and DHIS2 with that of the server.
@Suite(.timeLimit(.minutes(5)))
struct PlantingTests {
    private static let formats = ["junit", "json", "html", "markdown", "ctrf", "tap", "prometheus", "ndjson"]

    /// A server whose route answers with the secrets of the server and of the check, in all spellings.
    private static func server(echoing secrets: [String], password: String? = nil) -> SimulatorConfiguration {
        var configuration = SimulatorConfiguration.standard
        if let password { configuration.users[0].password = password }
        for place in configuration.routes.indices where configuration.routes[place].code == "echo" {
            configuration.routes[place].upstream = SimulatedUpstream { request in
                let number = request.subPath.split(separator: "/").dropFirst().first.flatMap { Int($0) }
                let own = number.map { [SecretPlace.secret($0)] } ?? []
                // A message can quote the first character of a body: with its quotes, it must be no piece of a spelling.
                let lines = (own + secrets).flatMap { secret in
                    SecretSpelling.allCases.map { "is \($0): \($0.text(of: secret))" }
                }
                return .reply(
                    UpstreamReply(
                        status: 500,
                        headers: ["Content-Type": "text/plain; charset=utf-8", "ETag": "\"\(own.first ?? "")\""],
                        body: Array(lines.shuffled().joined(separator: "\n").utf8)
                    )
                )
            }
        }
        return configuration
    }

    /// A way in which a job gets credentials, or a secret that all its requests share.
    struct ServerPlace: Sendable, CustomTestStringConvertible {
        var testDescription: String
        /// The keys of `server` beside its URL; `@` is the secret, `#` the same with percent-encoding.
        var keys: String
        /// Variables of the environment.
        var environment: [String: String] = [:]
        /// What the file `secret` holds.
        var file = ""
        var secret = Self.token
        /// Whether DHIS2 cannot be reached this way; the message that says so must be as clean.
        var isUnreachable = false

        static let token = SimulatorConfiguration.administratorToken
        static let password = "Gx7&ñ\"q<wé/+Zk9Tr55mQ"

        static let all: [ServerPlace] = [
            Self(testDescription: "DHIS2_PAT", keys: "", environment: ["DHIS2_PAT": "@"]),
            Self(testDescription: "DHIS2_PAT with blanks", keys: "", environment: ["DHIS2_PAT": "\u{FEFF} @ \n"]),
            Self(testDescription: "token", keys: "token: \"@\""),
            Self(testDescription: "token of a variable", keys: "token: \"${T}\"", environment: ["T": "@"]),
            Self(testDescription: "token-file", keys: "token-file: secret", file: "\u{FEFF}@\r\n"),
            Self(
                testDescription: "DHIS2_PASSWORD",
                keys: "",
                environment: ["DHIS2_USERNAME": "admin", "DHIS2_PASSWORD": "@"],
                secret: password
            ),
            Self(testDescription: "password", keys: "username: admin, password: \"@\"", secret: password),
            Self(
                testDescription: "password of a variable",
                keys: "username: admin, password: \"${P}\"",
                environment: ["P": "@"],
                secret: password
            ),
            Self(
                testDescription: "password-file",
                keys: "username: admin, password-file: secret",
                file: "@\n",
                secret: password
            ),
            Self(
                testDescription: "server.headers",
                keys: "headers: {X-Server-Key: \"@\"}",
                environment: ["DHIS2_PAT": token],
                secret: password
            ),
            Self(
                testDescription: "server.headers of a variable",
                keys: "headers: {CF-Access-Client-Secret: \"${CF}\"}",
                environment: ["DHIS2_PAT": token, "CF": "@"],
                secret: password
            ),
            Self(
                testDescription: "a harmless server header of a variable",
                keys: "headers: {X-Tenant: \"${CF_SECRET}\"}",
                environment: ["DHIS2_PAT": token, "CF_SECRET": "@"],
                secret: password
            ),
            Self(
                testDescription: "proxy",
                keys: "proxy: \"http://me:Zk9Tr55-mQ77xyAbCd@127.0.0.1:1\"",
                environment: ["DHIS2_PAT": token],
                secret: "Zk9Tr55-mQ77xyAbCd",
                isUnreachable: true
            ),
            Self(
                testDescription: "proxy with percent-encoding",
                keys: "proxy: \"http://me:#@127.0.0.1:1\"",
                environment: ["DHIS2_PAT": token],
                secret: password,
                isUnreachable: true
            ),
            Self(
                testDescription: "http_proxy",
                keys: "",
                environment: ["DHIS2_PAT": token, "http_proxy": "http://me:#@127.0.0.1:1", "no_proxy": ""],
                secret: password,
                isUnreachable: true
            ),
            Self(
                testDescription: "ALL_PROXY without a scheme",
                keys: "",
                environment: ["DHIS2_PAT": token, "ALL_PROXY": "me:#@127.0.0.1:1", "no_proxy": ""],
                secret: password,
                isUnreachable: true
            ),
        ]
    }

    @Test(arguments: ServerPlace.all)
    func noSecretOfAServerIsShown(place: ServerPlace) async throws {
        func filled(_ text: String) -> String {
            text.replacing("@127", with: "\u{1}").replacing("@", with: place.secret)
                .replacing("#", with: SecretSpelling.percentReserved.text(of: place.secret)).replacing(
                    "\u{1}",
                    with: "@127"
                )
        }
        let escaped = filled(place.keys.replacing("\"@\"", with: "\u{2}"))
            .replacing("\u{2}", with: "\"\(place.secret.replacing("\"", with: "\\\""))\"")
        let configuration = Self.server(
            echoing: [place.secret],
            password: place.secret == ServerPlace.token || place.isUnreachable ? nil : place.secret
        )
        try await ServedJob.with("", on: configuration) { served in
            var served = served
            served.binary.environment["DHIS2_PAT"] = nil
            for (name, value) in place.environment { served.binary.environment[name] = filled(value) }
            try served.write(filled(place.file), to: "secret")
            let url = "url: \(served.simulator.baseURL)"
            try served.write(
                "server: {\(url)\(escaped.isEmpty ? "" : ", \(escaped)")}\nchecks: [{route: echo, path: s}]\n",
                to: "job.yaml"
            )
            var traces = SecretTraces()
            traces.add(place.secret, of: place.testDescription)
            let run = try await Self.outputs(of: served, status: place.isUnreachable ? 3 : 1)
            let shown = try await Self.shown(by: served, check: "*")
            for (name, text) in run + shown { #expect(traces.found(in: text) == [], "\(name)") }
            if !place.isUnreachable {
                #expect(run.contains { $0.name == "json" && $0.text.contains("[redacted]") })
            }
        }
    }

    @Test func noSecretOfACheckIsShown() async throws {
        try await Self.withPlacedSecrets { served, traces in
            for (name, text) in try await Self.outputs(of: served, status: 1) {
                #expect(traces.found(in: text) == [], "\(name)")
                // Otherwise the reports could be free of secrets because they say nothing.
                if name != "prometheus", name != "standard error" {
                    #expect(text.split(separator: "[redacted]").count > 5, "\(name)")
                }
            }
            let merged = try await served.binary.run("merge", "report.ndjson", "-v", "--report-html", "merged.html")
            for text in [merged.output, merged.errors, try served.text("merged.html")] {
                #expect(traces.found(in: text) == [])
            }
        }
    }

    @Test func noPreviewOfAJobShowsOne() async throws {
        try await Self.withPlacedSecrets { served, traces in
            for (name, text) in try await Self.shown(by: served, check: nil) {
                #expect(traces.found(in: text) == [], "\(name)")
            }
        }
    }

    /// The places to explain: every fourth one, unless `ROUTECHECK_HOSTILE` is `all`.
    private static let explained = SecretPlace.all.indices.filter { number in
        number % 4 == 0 || ProcessInfo.processInfo.environment["ROUTECHECK_HOSTILE"] == "all"
    }

    @Test(arguments: explained)
    func noExplanationShowsOne(place: Int) async throws {
        try await Self.withPlacedSecrets(only: place) { served, traces in
            let outcome = try await served.binary.run("explain", "job.yaml")
            for text in [outcome.output, outcome.errors] { #expect(traces.found(in: text) == []) }
        }
    }

    /// Runs a body beside a server with a job of a check for each place, or for one.
    private static func withPlacedSecrets(
        only place: Int? = nil,
        _ body: (ServedJob, SecretTraces) async throws -> Void
    ) async throws {
        let numbers = place.map { [$0] } ?? Array(SecretPlace.all.indices)
        let checks = numbers.map { "  - \(SecretPlace.check($0))\n" }.joined()
        let (suite, description) = (SecretPlace.all.count, SecretPlace.all.count + 1)
        let job = """
            name: "planted ${\(SecretPlace.variable(suite))}"
            description: "It is ${\(SecretPlace.variable(description))}."
            server: {redact: [pin]}
            vars: {\(SecretPlace.variables)}
            checks:
            \(checks)
            """
        var traces = SecretTraces()
        for number in numbers { traces.add(SecretPlace.secret(number), of: SecretPlace.all[number].name) }
        traces.add(SecretPlace.secret(suite), of: "the suite's name")
        traces.add(SecretPlace.secret(description), of: "the suite's description")
        try await ServedJob.with(job, on: server(echoing: [])) { served in
            var served = served
            for number in 0...description {
                served.binary.environment[SecretPlace.variable(number)] = SecretPlace.secret(number)
            }
            try await body(served, traces)
        }
    }

    private typealias Output = (name: String, text: String)

    /// What a run writes to its reports and to both streams.
    private static func outputs(of served: ServedJob, status: Int32) async throws -> [Output] {
        var binary = served.binary
        binary.environment["GITHUB_STEP_SUMMARY"] = served.path("summary.md")
        let reports = formats.flatMap { ["--report-\($0)", "report.\($0)"] }
        let options = ["run", "job.yaml", "-v", "--github-annotations", "--github-summary"]
        let outcome = try await binary.run(options + reports)
        #expect(outcome.status == status, "\(outcome.errors)")
        return [("standard output", outcome.output), ("standard error", outcome.errors)]
            + (try
                (formats.map { ($0, try served.text("report.\($0)")) } + [("summary", try served.text("summary.md"))]))
    }

    /// What commands that send nothing, or one request, say of a job.
    private static func shown(by served: ServedJob, check: String?) async throws -> [Output] {
        var commands = [
            ["run", "job.yaml", "--dry-run"], ["list", "job.yaml"], ["list", "job.yaml", "--json"],
            ["validate", "job.yaml"],
            ["validate", "job.yaml", "--diagnostics", "json"], ["run", "job.yaml", "--name", "none of them"],
        ]
        if check != nil { commands.append(["explain", "job.yaml"]) }
        var outputs: [Output] = []
        for command in commands {
            let outcome = try await served.binary.run(command)
            outputs += [("\(command) output", outcome.output), ("\(command) errors", outcome.errors)]
        }
        return outputs
    }
}
