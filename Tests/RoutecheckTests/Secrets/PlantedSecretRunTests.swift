import DHIS2Simulator
import FoundationEssentials
import Testing

/// What the built binary writes, to files and to both streams, holds no secret, wherever it was planted.
struct PlantedSecretRunTests {
    /// How the binary is given its credentials; ``PlantingTests`` has the other ways.
    enum Source: CaseIterable {
        case tokenInFile, passwordInEnvironment

        var usesToken: Bool { self == .tokenInFile }
    }

    private static let token = PlantedSecret(SimulatorConfiguration.administratorToken)
    private static let password = PlantedSecret("Gx7&ä\"q<w>'\\/+%41 Zk9_Tr-55")
    private static let own = "MRN 4711; Lk&Qz8"

    private static let formats = ["junit", "json", "html", "markdown", "ctrf", "tap", "prometheus", "ndjson"]

    private static let job = """
        name: planted ${OWN}
        description: it is ${OWN}
        server:
          redact: [x-pin, '/PIN-[0-9]+/']
        vars: {secret: "${OWN}"}
        defaults: {retry: {attempts: 2, delay: 1ms, on: [500]}}
        checks:
          - {name: "name ${OWN}", route: echo, path: inside, params: {key: "${secret}", pin: PIN-4711}, tags: ["t ${OWN}"]}
          - {route: echo, path: echoed, params: {x-pin: "998877"}, expect: {status: 500, json: {$.a: "${OWN}"}}}
          - {route: echo, path: failing, allow-failure: "as ${OWN}", expect: {body: {contains: "${OWN}"}}}
          - {route: echo, path: headed, method: POST, body: "${OWN}", headers: {if-match: "${secret}"}, expect: {headers: {etag: no}}}
          - {route: echo, path: skipped, skip: "since ${OWN}"}
          - {route: "no ${OWN}"}
        """

    /// A server whose route answers with everything it was sent and with every spelling of a secret.
    private static func server(echoing secrets: [PlantedSecret]) -> SimulatorConfiguration {
        var configuration = SimulatorConfiguration.standard
        configuration.users[0].password = password.text
        let spelled = secrets.flatMap(\.echoes)
        for place in configuration.routes.indices where configuration.routes[place].code == "echo" {
            configuration.routes[place].upstream = SimulatedUpstream { request in
                let lines =
                    spelled.map { "\"x\": \($0)" } + [request.url, String(decoding: request.body, as: UTF8.self)]
                // The fourth spelling needs nothing that a header field cannot carry.
                let printable = secrets[0].echoes[3]
                return .reply(
                    UpstreamReply(
                        status: request.subPath == "inside" ? 404 : 500,
                        headers: [
                            "Content-Type": "text/plain", "ETag": "\"\(printable)\"", "Content-Language": printable,
                        ],
                        body: Array((lines + ["PIN-4711", "x-pin: 998877"]).joined(separator: "\n").utf8)
                    )
                )
            }
        }
        return configuration
    }

    private static func place(_ source: Source, into served: inout ServedJob) throws {
        served.binary.environment["DHIS2_PAT"] = nil
        served.binary.environment["OWN"] = own
        let url = "  url: \(served.simulator.baseURL)\n"
        switch source {
        case .tokenInFile: try write("server:\n\(url)  token-file: secret\n", beside: token.text, into: served)
        case .passwordInEnvironment:
            served.binary.environment["DHIS2_USERNAME"] = "admin"
            served.binary.environment["DHIS2_PASSWORD"] = password.text
        }
    }

    private static func write(_ server: String, beside secret: String, into served: ServedJob) throws {
        try Data("\(secret)\n".utf8).write(to: URL(filePath: served.path("secret")))
        try Data(job.replacing("server:\n", with: server).utf8).write(to: URL(filePath: served.path("job.yaml")))
    }

    @Test(arguments: Source.allCases)
    func aRunWritesNone(source: Source) async throws {
        let credential = source.usesToken ? Self.token : Self.password
        try await ServedJob.with(Self.job, on: Self.server(echoing: [credential])) { served in
            var served = served
            try Self.place(source, into: &served)
            served.binary.environment["GITHUB_STEP_SUMMARY"] = served.path("summary.md")
            let reports = Self.formats.flatMap { ["--report-\($0)", "report.\($0)"] }
            let arguments = ["run", "job.yaml", "-v", "--github-annotations", "--github-summary"] + reports
            let outcome = try await served.binary.run(arguments)
            #expect(outcome.status == 1, "\(outcome.errors)")
            var outputs = ["standard output": outcome.output, "standard error": outcome.errors]
            for name in Self.formats.map({ "report.\($0)" }) + ["summary.md"] { outputs[name] = try served.text(name) }
            for (name, text) in outputs {
                #expect(credential.traces(in: text).isEmpty, "\(name)")
                #expect(!text.contains("PIN-4711") && !text.contains("998877"), "\(name)")
            }
            // Otherwise the reports could be free of secrets because they say nothing.
            for name in ["report.json", "report.junit", "report.html", "report.markdown", "standard output"] {
                #expect(outputs[name]?.contains("[redacted]") == true, "\(name)")
            }
            let merged = try await served.binary.run("merge", "report.ndjson", "-v", "--report-html", "merged.html")
            #expect(credential.traces(in: merged.output + merged.errors).isEmpty)
            #expect(credential.traces(in: try served.text("merged.html")).isEmpty)
        }
    }

    @Test(arguments: Source.allCases)
    func neitherDoesWhatShowsARequestOrAJob(source: Source) async throws {
        let credential = source.usesToken ? Self.token : Self.password
        try await ServedJob.with(Self.job, on: Self.server(echoing: [credential])) { served in
            var served = served
            try Self.place(source, into: &served)
            // The job's own texts stand wherever the credential could have been written by mistake.
            served.binary.environment["OWN"] = credential.text
            let commands = [
                ["explain", "job.yaml", "--name", "POST*"], ["explain", "job.yaml", "--name", "GET echo/echoed"],
                ["run", "job.yaml", "--dry-run"], ["list", "job.yaml"], ["list", "job.yaml", "-v"],
                ["validate", "job.yaml"],
                // What is said of a job when nothing, or too much, is selected.
                ["run", "job.yaml", "--name", "name*no"], ["list", "job.yaml", "--tags", "none"],
                ["explain", "job.yaml"],
            ]
            for command in commands {
                let outcome = try await served.binary.run(command)
                #expect(credential.traces(in: outcome.output).isEmpty, "\(command)")
                #expect(credential.traces(in: outcome.errors).isEmpty, "\(command)")
            }
        }
    }

    @Test func aJobFileWithAMistakeShowsNoneOfItsSecrets() async throws {
        let mistakes = [
            "server:\n  tokn: x\n  token: \(Self.token.text)\n",
            "server: {url: 'http://u:\(Self.token.text)@h', token: \(Self.token.text), extra: 1}\n",
            "server:\n  token: >-\n    \(Self.token.text)\n  extra: 1\n",
            "server:\n  username: admin\n  password: [\(Self.token.text)]\n",
            "server: {\"password\": \"\(Self.token.text)\", \"username\": 1, \"port\": 2}\n",
        ]
        let value = "{X-Pin: \(Self.token.text), if-match: b, tag: [x]}"
        let redaction = "server: {token: abcdef, redact: [x-pin, '/PIN-[0-9]+/']}\n"
        let named = [
            "\(redaction)checks: [{route: r, headers: \(value), nmae: PIN-4711}]\n",
            "\(redaction)checks: [{route: r, params: \(value), timeout: '\(Self.token.text)'}]\n",
            "\(redaction)checks: [{route: r, headers: {x-api-key: \(Self.token.text)}, tags: {a: PIN-4711}}]\n",
        ]
        for mistake in mistakes.map({ $0 + "checks: [{route: r}]\n" }) + named {
            try await ServedJob.with(mistake) { served in
                var served = served
                // What the environment gives wins over the file, and would keep its mistakes from being looked at.
                served.binary.environment["DHIS2_PAT"] = nil
                for command in [
                    ["validate", "job.yaml"], ["validate", "job.yaml", "--diagnostics", "json"], ["run", "job.yaml"],
                ] {
                    let outcome = try await served.binary.run(command)
                    #expect(outcome.status == 2)
                    #expect(Self.token.traces(in: outcome.output + outcome.errors).isEmpty, "\(command) \(mistake)")
                    #expect(!(outcome.output + outcome.errors).contains("PIN-4711"))
                }
            }
        }
    }

    @Test(arguments: [["run", "job.yaml", "--dry-run"], ["explain", "job.yaml"], ["run", "job.yaml"]])
    func aSecretTooShortToBeHiddenIsWarnedOf(command: [String]) async throws {
        try await ServedJob.with("checks: [{route: echo, params: {password: abc}}]") { served in
            let outcome = try await served.binary.run(command)
            let warning = "warning: a secret of fewer than 4 characters cannot be hidden in the output\n"
            #expect(outcome.errors.contains(warning))
        }
    }
}
