import DHIS2Simulator
import FoundationEssentials
import Reports
import TestLogs
import Testing

/// Whatever is planted where, nothing on standard output or standard error is a command to a CI system or steers a
/// terminal.
///
/// Each text goes to every third row of a table, in turn; to all of them where `ROUTECHECK_HOSTILE` is `all`.
struct HostileOutputTests {
    private static let runsAll = ProcessInfo.processInfo.environment["ROUTECHECK_HOSTILE"] == "all"

    /// The rows of a table that are a text's turn.
    private static func turn<Row>(of hostile: HostileText, among rows: [Row]) -> [Row] {
        let number = HostileText.all.firstIndex { $0.name == hostile.name } ?? 0
        return rows.enumerated().filter { runsAll || ($0.offset + number).isMultiple(of: 3) }.map(\.element)
    }

    /// Runs the binary, and looks at both of its streams.
    private static func expectHarmless(_ binary: BuiltBinary, _ arguments: [String]) async throws {
        let outcome = try await binary.run(arguments)
        for (stream, text) in [("stdout", outcome.output), ("stderr", outcome.errors)] {
            let commands = LogReader.commands(in: text)
            #expect(commands.isEmpty, "\(arguments.debugDescription), \(stream): \(commands.debugDescription)")
            let controls = LogReader.controls(in: text)
            #expect(controls.isEmpty, "\(arguments.debugDescription), \(stream): \(controls.debugDescription)")
        }
        // Whatever was said, something was.
        #expect(!outcome.output.isEmpty || !outcome.errors.isEmpty, "\(arguments.debugDescription)")
        #expect(outcome.status >= 0, "\(arguments.debugDescription)")
    }

    private static func write(_ text: String, to name: String, in folder: String) throws {
        try Data(text.utf8).write(to: URL(filePath: "\(folder)/\(name)"))
    }

    private static func withFolder(_ body: (BuiltBinary) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            var binary = BuiltBinary(folder: folder)
            binary.environment["DHIS2_URL"] = "http://127.0.0.1:9"
            binary.environment["DHIS2_PAT"] = SimulatorConfiguration.standardToken
            try await body(binary)
        }
    }

    // MARK: The command line

    @Test(arguments: HostileText.all)
    func showsArgumentsHarmlessly(hostile: HostileText) async throws {
        let text = hostile.text
        try await Self.withFolder { binary in
            try Self.write("checks: [{route: a, name: b}]", to: "job.yaml", in: binary.folder)
            let lines = [
                [text], ["--\(text)"], ["help", text], ["schema", text], ["completions", text], ["version", text],
                ["run", text], ["run", "job.yaml", "--\(text)"], ["run", "job.yaml", "-q\(text)"],
                ["run", "job.yaml", "--tags", text], ["run", "job.yaml", "--name", text],
                ["run", "job.yaml", "--shard", text], ["run", "job.yaml", "--report", text],
                ["run", "job.yaml", "--report", "\(text)=x"], ["run", "job.yaml", "--rate", text],
                ["run", "job.yaml", "--color=\(text)"], ["run", "job.yaml", "--var", text],
                ["run", "job.yaml", "--var", "\(text)=x"], ["run", "job.yaml", "--server", text],
                ["run", "job.yaml", "--server", "http://\(text)"], ["run", "job.yaml", "--last-failed", text],
                ["run", "job.yaml", "--baseline", text], ["run", text, text], ["run", "--dry-run", text],
                ["run", "job.yaml", "--report-json", "no/\(text)", "--report-html", "no/\(text)"],
                ["run", "job.yaml", "--report-json", text, "--report-html", text],
                ["validate", text], ["validate", text, "--diagnostics", "json"], ["list", text],
                ["list", "--json", text],
                ["explain", text], ["merge", text, "\(text)2"], ["diff", text, text], ["simulate", "--config", text],
                ["simulate", "--port", text], ["list", "job.yaml", "--name", text],
            ]
            for line in Self.turn(of: hostile, among: lines) { try await Self.expectHarmless(binary, line) }
        }
    }

    // MARK: The environment

    @Test(arguments: HostileText.all)
    func showsTheEnvironmentHarmlessly(hostile: HostileText) async throws {
        try await Self.withFolder { binary in
            try Self.write("checks: [{route: a, name: '${NAME}'}]", to: "job.yaml", in: binary.folder)
            let rows: [(name: String, arguments: [String])] = [
                ("DHIS2_URL", ["run", "job.yaml"]), ("DHIS2_PAT", ["run", "job.yaml"]),
                ("DHIS2_PASSWORD", ["validate", "job.yaml"]), ("NAME", ["run", "--dry-run", "job.yaml"]),
                ("SHELL", ["completions"]), ("CI_NODE_INDEX", ["run", "job.yaml", "--shard", "auto"]),
                ("CI_NODE_TOTAL", ["run", "job.yaml", "--shard", "auto"]), ("COLUMNS", ["help", "run"]),
                ("LANG", ["list", "job.yaml"]), ("TMPDIR", ["demo"]), ("http_proxy", ["run", "job.yaml"]),
                ("GITHUB_STEP_SUMMARY", ["run", "job.yaml", "--github-summary"]),
                ("GITHUB_WORKSPACE", ["run", "job.yaml"]), ("SSL_CERT_FILE", ["run", "job.yaml"]),
            ]
            for row in Self.turn(of: hostile, among: rows) {
                var binary = binary
                binary.environment[row.name] = row.name == "GITHUB_STEP_SUMMARY" ? "no/\(hostile.text)" : hostile.text
                try await Self.expectHarmless(binary, row.arguments)
            }
        }
    }

    // MARK: Job files

    /// Files with the text in names, keys, values and lines: sound ones, and ones with problems of all kinds.
    private static func files(_ hostile: HostileText) -> [String: String] {
        let (text, quoted) = (hostile.text, hostile.quoted)
        return [
            "sound.yaml": """
            name: \(quoted)
            description: \(quoted)
            checks:
              - {route: \(quoted), name: \(quoted), path: \(quoted), params: {\(quoted): \(quoted)}, tags: [\(quoted)]}
              - {route: a, name: b, skip: \(quoted)}
              - {route: a, name: c, method: POST, body: \(quoted), expect: {body: \(quoted), json: {$.a: \(quoted)}}}
              - {route: a, name: d, allow-failure: \(quoted), headers: {x-request-id: \(quoted)}}
            """,
            "named.yaml":
                "checks: [{route: a, name: \(quoted), tags: [\(quoted)]}, {route: a, name: b, path: \(quoted)}]",
            "keys.yaml": "checks: [{route: a, \(quoted): 1}, {route: a, method: \(quoted)}]\n\(quoted): 1\n",
            "values.yaml": """
            server: {url: \(quoted), version: \(quoted), timeout: \(quoted), token: {file: \(quoted)}}
            defaults: {expect: {status: \(quoted)}}
            checks:
              - {route: a, timeout: \(quoted), retry: \(quoted)}
              - {route: a, expect: {json: {\(quoted): 1}, body: {matches: \(quoted)}, headers: {\(quoted): 1}}}
              - {route: a, path: "${\(text)}", rows: [{\(quoted): 1}]}
              - {route: a, headers: {\(quoted): \(quoted)}}
              - {route: a, name: same}
              - {route: a, name: same}
            """,
            "lines.yaml": "checks: [{route: a, metod: '\(text)'}] # \(text)\n\(text): 1\n",
            "syntax.yaml": "\(text)\nchecks: [{route: a\n\(text)",
            "anchors.yaml": "a: &\(text) 1\nb: *\(text)\nchecks: !\(text) [{route: a}]\n",
        ]
    }

    @Test(arguments: HostileText.all)
    func showsJobFilesHarmlessly(hostile: HostileText) async throws {
        try await Self.withFolder { binary in
            var files = Self.files(hostile)
            // The name of a file can be anything but a slash.
            files["\(hostile.text).yaml"] = "checks: [{route: a, name: b, metod: c}]"
            files["\(hostile.text)-sound.yaml"] = "checks: [{route: a, name: b}, {route: a, name: c, only: true}]"
            for (name, text) in files { try Self.write(text, to: name, in: binary.folder) }
            let commands = files.keys.sorted().flatMap { name in
                [
                    ["validate", name], ["validate", name, "--diagnostics", "json"], ["list", name],
                    ["run", "--dry-run", name], ["list", "--json", name],
                    ["list", name, "--name", "z", "--var", "x=1"],
                    ["explain", name],
                ]
            }
            for command in Self.turn(of: hostile, among: commands) { try await Self.expectHarmless(binary, command) }
            try Self.write(
                "checks: [{route: a, name: \(hostile.quoted)}, {route: a, name: b}]",
                to: "c.yaml",
                in: binary.folder
            )
            let offers = try await binary.run("complete", "names", "--", "run", "c.yaml", "--name", "")
            // A name that cannot be offered as it is spoils no other; one with controls is an error of the file.
            #expect(offers.output == "b\n" || offers.output.isEmpty)
        }
    }

    // MARK: Servers

    /// A server whose routes, targets and faults say the text.
    private static func server(_ hostile: HostileText) -> SimulatorConfiguration {
        var configuration = SimulatorConfiguration.standard
        for place in configuration.routes.indices where configuration.routes[place].code == "echo" {
            configuration.routes[place].name = hostile.text
            configuration.routes[place].upstream = SimulatedUpstream { request in
                let type = request.subPath == "json" ? "application/json" : "text/plain"
                let body =
                    request.subPath == "json" ? #"{"a":\#(hostile.quoted),"message":\#(hostile.quoted)}"# : hostile.text
                return .reply(
                    UpstreamReply(
                        status: request.subPath == "ok" ? 200 : 500,
                        headers: ["Content-Type": type, "X-Hostile": hostile.field, "Server": hostile.field],
                        body: Array(body.utf8)
                    )
                )
            }
        }
        return configuration
    }

    private static let job = """
        checks:
          - {route: echo, name: a, expect: {body: nothing}}
          - {route: echo, path: json, name: b, expect: {json: {$.a: x}, headers: {x-hostile: x}}}
          - {route: echo, path: ok, name: c, expect: {status: 200, body: {contains: x}, headers: {content-type: x}}}
          - {route: missing, name: NAME, allow-failure: NAME, tags: [NAME]}
          - {route: echo, name: e, skip: NAME}
        """

    @Test(arguments: HostileText.all)
    func showsAnswersHarmlessly(hostile: HostileText) async throws {
        try await DHIS2Simulator.with(Self.server(hostile)) { simulator in
            try await Self.withFolder { binary in
                var binary = binary
                binary.environment["DHIS2_URL"] = simulator.baseURL
                let job = Self.job.split(separator: "NAME", omittingEmptySubsequences: false).joined(
                    separator: hostile.quoted
                )
                try Self.write(job, to: "job.yaml", in: binary.folder)
                try await Self.expectHarmless(binary, ["run", "job.yaml", "--report", "json=report.json"])
                let lines = [
                    ["run", "-v", "job.yaml"],
                    ["run", "-q", "job.yaml", "--no-github-annotations"], ["merge", "report.json"],
                    ["merge", "report.json", "report.json"], ["diff", "report.json", "report.json", "-v"],
                    ["run", "job.yaml", "--last-failed", "report.json"],
                    ["run", "job.yaml", "--baseline", "report.json"],
                    ["explain", "job.yaml", "--name", "a"], ["explain", "job.yaml", "--name", "b"],
                    ["explain", "job.yaml", "--name", "c"],
                    ["diff", "report.json", "report.json", "--report-markdown", "-"],
                ]
                let formats = ReportFormat.all.map { ["merge", "report.json", "--report", "\($0.name)=-"] }
                for line in Self.turn(of: hostile, among: lines + formats) {
                    try await Self.expectHarmless(binary, line)
                }
            }
        }
    }

    @Test(arguments: HostileText.all)
    func showsUnusableServersHarmlessly(hostile: HostileText) async throws {
        var configuration = SimulatorConfiguration.standard
        let answers: [(String, String)] = [
            ("application/json", #"{"version":\#(hostile.quoted)}"#),
            ("text/html", "<html><title>\(hostile.text)</title></html>"),
            (
                "application/json",
                #"{"httpStatus":"x","httpStatusCode":401,"status":"ERROR","message":\#(hostile.quoted)}"#
            ),
        ]
        for (index, (type, body)) in Self.turn(of: hostile, among: Array(answers.enumerated())) {
            configuration.faults = [
                FaultRule(
                    path: "/api/*",
                    fault: .status(
                        index == 0 ? 200 : 401,
                        headers: ["Content-Type": type, "Server": hostile.field, "WWW-Authenticate": hostile.field],
                        body: body
                    )
                )
            ]
            try await DHIS2Simulator.with(configuration) { simulator in
                try await Self.withFolder { binary in
                    var binary = binary
                    binary.environment["DHIS2_URL"] = simulator.baseURL
                    try Self.write("checks: [{route: a, name: b}]", to: "job.yaml", in: binary.folder)
                    try await Self.expectHarmless(binary, ["run", "job.yaml"])
                    try await Self.expectHarmless(binary, ["explain", "job.yaml"])
                }
            }
        }
    }
}
