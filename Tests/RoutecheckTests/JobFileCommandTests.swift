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
            #expect(outcome.errors.hasPrefix("stdin:1:11: error: unknown key \"rout\"; did you mean \"route\"?\n"))
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
