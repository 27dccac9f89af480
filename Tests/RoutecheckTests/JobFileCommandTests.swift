import FoundationEssentials
import Testing

/// What the commands that send nothing say of a job file.
struct JobFileCommandTests {
    private static let job =
        "server: {url: 'https://dhis2.example.org', token: d2p_x}\nchecks: [{route: r, params: {q: 'a b'}}]\n"

    private func with<Result>(_ job: String = Self.job, _ body: (BuiltBinary) async throws -> Result) async throws
        -> Result
    {
        try await withTemporaryFolder { folder in
            try Data(job.utf8).write(to: URL(filePath: "\(folder)/job.yaml"))
            return try await body(BuiltBinary(folder: folder))
        }
    }

    /// Runs a line of the shell in which `"$0"` is the binary.
    private func shell(_ line: String, in binary: BuiltBinary) async throws -> BuiltBinary.Outcome {
        var shell = binary
        shell.executable = "/bin/sh"
        return try await shell.run("-c", line, binary.executable)
    }

    @Test(arguments: [
        "validate job.yaml", "validate job.yaml --diagnostics json", "list job.yaml", "run job.yaml --dry-run",
    ])
    func anOutputThatCannotBeWrittenIsAnError(command: String) async throws {
        try await with { binary in
            let outcome = try await shell("\"$0\" \(command) >/dev/full", in: binary)
            #expect(outcome.status == 5)
            #expect(outcome.errors.contains("error: cannot write to standard output: No space left on device"))
        }
    }

    @Test func aJobFromStandardInputIsCalledSo() async throws {
        try await with("checks: [{rout: r}]") { binary in
            let outcome = try await shell("\"$0\" validate - <job.yaml", in: binary)
            #expect(outcome.status == 2)
            let message = "unknown key \"rout\"; did you mean \"route\"?"
            #expect(outcome.errors.hasPrefix("standard input:1:11: error: \(message)\n"))
        }
    }

    @Test func aWrongAddressIsToldAlsoWhereTheEnvironmentHasAnother() async throws {
        try await with("server: {url: 'ftp://h', token: d2p_x}\nchecks: [{route: r}]") { binary in
            var binary = binary
            binary.environment["DHIS2_URL"] = "https://dhis2.example.org"
            let outcome = try await binary.run("validate", "job.yaml")
            #expect(outcome.status == 2)
            #expect(outcome.errors.hasPrefix("job.yaml:1:15: error: the server URL "))
        }
    }

    @Test func aPreviewSaysForWhichVersionItIs() async throws {
        try await with { binary in
            let newest = try await binary.run("run", "job.yaml", "--dry-run")
            #expect(newest.output.contains("/api/routes/{r}/run?q=a%2520b\n"))
            #expect(newest.errors.hasPrefix("note: the requests are written for DHIS2 2.42.4 and later"))
        }
        try await with(Self.job.replacing("token:", with: "version: 2.41.8, token:")) { binary in
            let pinned = try await binary.run("run", "job.yaml", "--dry-run")
            #expect(pinned.output.contains("/api/routes/{r}/run?q=a%20b\n"))
            #expect(pinned.errors.isEmpty)
        }
    }

    // MARK: Secrets and what is not there

    @Test(arguments: [
        ["run"], ["validate"], ["list"], ["explain"], ["validate", "--diagnostics", "json"],
        ["run", "--diagnostics", "json"],
    ])
    func aPasswordInAnAddressIsNeverShown(command: [String]) async throws {
        let jobs = [
            ("checks: [{route: r}]", true), ("server: {url: '${DHIS2_URL}'}\nchecks: [{route: r}]", true),
            ("server: {url: 'admin:Secret#9@h'}\nchecks: [{route: r}]", false),
            ("server: {proxy: 'admin:Secret#9@h'}\nchecks: [{route: r}]", false),
        ]
        for address in ["http://admin:Secret#9@h", "admin:Secret#9@h", "http:/admin:Secret#9@h"] {
            for (job, isFromEnvironment) in jobs {
                try await with(job) { binary in
                    var binary = binary
                    if isFromEnvironment { binary.environment["DHIS2_URL"] = address }
                    let options = isFromEnvironment ? ["--server", address] : []
                    let outcome = try await binary.run(command + ["job.yaml"])
                    #expect(outcome.status == 2)
                    #expect(!(outcome.output + outcome.errors).contains("Secret"))
                    let overridden = try await binary.run(command + ["job.yaml"] + options)
                    #expect(overridden.status == 2)
                    #expect(!(overridden.output + overridden.errors).contains("Secret"))
                }
            }
        }
    }

    @Test func aFileCanBeCheckedWhereTheSecretsAreNot() async throws {
        let job = """
            server:
              url: ${DHIS2_URL}
              token: ${DHIS2_PAT}
            checks: [{route: r}]

            """
        try await with(job) { binary in
            let valid = try await binary.run("validate", "job.yaml")
            #expect(valid.status == 0)
            #expect(valid.output == "1 file is valid: 1 check.\n")
            #expect(valid.errors.contains("job.yaml:3:10: warning: the variable \"DHIS2_PAT\" is not set\n"))
            #expect(try await binary.run("list", "job.yaml").status == 0)
            #expect(try await binary.run("validate", "job.yaml", "--strict").status == 2)
            #expect(try await binary.run("run", "job.yaml").status == 2)
            var binary = binary
            binary.environment["DHIS2_URL"] = "https://dhis2.example.org"
            binary.environment["DHIS2_PAT"] = ""
            let empty = try await binary.run("run", "job.yaml")
            #expect(empty.status == 2)
            #expect(empty.errors.hasPrefix("job.yaml:3:10: error: the variable \"DHIS2_PAT\" is set but empty\n"))
        }
    }

    @Test func aLineBreakBehindATokenDoesNotBelongToIt() async throws {
        try await ServedJob.with("checks: [{route: health}]") { served in
            var binary = served.binary
            binary.environment["DHIS2_PAT"]? += "\n"
            let outcome = try await binary.run("run", "job.yaml")
            #expect(outcome.status == 0)
        }
    }

    @Test func aVariableThatNothingUsesIsToldOnceForAllFiles() async throws {
        let job = "server: {url: 'https://dhis2.example.org', token: d2p_x}\nchecks: [{route: '${USED}'}]\n"
        try await with(job) { binary in
            let used = ["validate", "job.yaml", "--var", "USED=r"]
            #expect(try await binary.run(used).errors.isEmpty)
            let outcome = try await binary.run(used + ["--var", "OTHER=x"])
            #expect(outcome.status == 0)
            #expect(
                outcome.errors == "job.yaml: warning: the job file uses no variable \"OTHER\", which --var sets\n"
            )
            #expect(try await binary.run(used + ["--var", "OTHER=x", "--strict"]).status == 2)
            let second = job.replacing("USED", with: "OTHER:-x")
            try Data(second.utf8).write(to: URL(filePath: "\(binary.folder)/second.yaml"))
            #expect(try await binary.run(used + ["second.yaml", "--var", "OTHER=x"]).errors.isEmpty)
        }
    }

    @Test func saysWhatOnlyHides() async throws {
        let job = """
            checks:
              - {route: health, name: a}
              - {route: health, name: b, only: true}
              - {route: health, name: c}
            """
        try await ServedJob.with(job) { served in
            let outcome = try await served.binary.run("run", "job.yaml")
            #expect(outcome.status == 0)
            #expect(outcome.errors == "note: job.yaml:3: \"only: true\" hides 2 checks\n")
        }
    }

    @Test func standardInputIsNoFileThatAJobCanName() async throws {
        let job = "server: {url: 'https://dhis2.example.org', token-file: '-'}\nchecks: [{route: r}]\n"
        try await with(job) { binary in
            let outcome = try await shell("echo d2p_x | \"$0\" validate job.yaml --strict", in: binary)
            #expect(outcome.errors.hasPrefix("job.yaml:1:56: error: cannot read \"-\": No such file or directory\n"))
            let closed = try await shell("\"$0\" validate - <&-", in: binary)
            #expect(closed.errors == "standard input: error: cannot read the job file: Bad file descriptor\n")
        }
    }

    @Test(arguments: [true, false])
    func aCaretStandsRightBehindAHiddenValue(isDecodable: Bool) async throws {
        // A header that DHIS2 does not pass on is a warning, and a key that does not exist an error.
        let key = isDecodable ? "headers: {X-Foo: b}" : "nmae: b"
        let check = "{route: r, params: {x-pin: s3cr3t-v4lue, q: 1}, \(key)}"
        let job = "server: {url: 'https://dhis2.example.org', token: d2p_x, redact: [x-pin]}\nchecks:\n  - \(check)\n"
        try await with(job) { binary in
            let outcome = try await binary.run("validate", "job.yaml")
            #expect(outcome.status == (isDecodable ? 0 : 2))
            let lines = outcome.errors.split(separator: "\n").map(String.init)
            let shown = try #require(lines.firstIndex { $0.contains("{x-pin: ************, q: 1}") })
            let caret = lines[shown + 1].prefix { $0 != "^" }.count
            #expect(lines[shown].dropFirst(caret).hasPrefix(isDecodable ? "X-Foo" : "nmae"))
        }
    }
}
