import DHIS2Simulator
import FoundationEssentials
import Testing

/// Which server and which credentials a run uses: the command line's, then the job file's, then the environment's.
struct ServerPrecedenceTests {
    private static let note = "note: DHIS2_URL is not used for b.yaml: the job file names another server\n"

    /// Runs with two servers and two job files, the second of which has a token that its server refuses.
    private func withTwoServers(
        _ second: (_ url: String) -> String,
        _ body: (BuiltBinary, _ first: String, _ second: String) async throws -> Void
    ) async throws {
        let servers = [try await DHIS2Simulator.start(), try await DHIS2Simulator.start()]
        try await withTemporaryFolder { folder in
            let token = SimulatorConfiguration.standardToken
            let jobs = [
                "server: {url: '\(servers[0].baseURL)', token: \(token)}\nchecks: [{route: health}]\n",
                second(servers[1].baseURL),
            ]
            for (name, job) in zip(["a", "b"], jobs) {
                try Data(job.utf8).write(to: URL(filePath: "\(folder)/\(name).yaml"))
            }
            try await body(BuiltBinary(folder: folder), servers[0].baseURL, servers[1].baseURL)
        }
        for server in servers { try await server.stop() }
    }

    @Test func theEnvironmentDoesNotSendAFilesChecksElsewhere() async throws {
        let second: (String) -> String = {
            "server: {url: '\($0)', token: \(SimulatorConfiguration.expiredToken)}\nchecks: [{route: health}]\n"
        }
        try await withTwoServers(second) { binary, first, second in
            var binary = binary
            binary.environment["DHIS2_URL"] = first
            binary.environment["DHIS2_PAT"] = SimulatorConfiguration.standardToken
            let preview = try await binary.run("run", "a.yaml", "b.yaml", "--dry-run")
            #expect(preview.output.contains("GET \(first)/api/routes/"))
            #expect(preview.output.contains("GET \(second)/api/routes/"))
            #expect(preview.errors.hasPrefix(Self.note))
            let outcome = try await binary.run("run", "a.yaml", "b.yaml")
            // The second server refuses the second file's token: the environment's would have passed.
            #expect(outcome.status == 3)
            #expect(outcome.errors == Self.note)
        }
    }

    @Test(arguments: ["run", "validate"])
    func oneServersTokenDoesNotGoToTheOthers(command: String) async throws {
        try await withTwoServers({ "server: {url: '\($0)'}\nchecks: [{route: health}]\n" }) { binary, _, second in
            var binary = binary
            binary.environment["DHIS2_PAT"] = SimulatorConfiguration.standardToken
            let outcome = try await binary.run(command, "a.yaml", "b.yaml")
            #expect(outcome.status == 2)
            #expect(outcome.output.isEmpty)
            #expect(
                outcome.errors == """
                    b.yaml:1:10: error: the job has no credentials: DHIS2_PAT could belong to any of the servers of this run
                     1 | server: {url: '\(second)'}
                       |          ^~~
                      help: write token: ${DHIS2_PAT} in the file that means it, or set DHIS2_URL to its server

                    """
            )
            // Alone there is one server, for which it is meant.
            #expect(try await binary.run(command, "b.yaml").status == 0)
            binary.environment["DHIS2_URL"] = second
            #expect(try await binary.run("run", "a.yaml", "b.yaml").status == 0)
        }
    }

    @Test func aWrittenTokenStaysWithItsServer() async throws {
        let token = SimulatorConfiguration.standardToken
        let second: (String) -> String = { "server: {url: '\($0)', token: \(token)}\nchecks: [{route: health}]\n" }
        try await withTwoServers(second) { binary, first, _ in
            let elsewhere = first.replacing("127.0.0.1", with: "localhost")
            let outcome = try await binary.run("run", "b.yaml", "--server", elsewhere)
            #expect(outcome.status == 2)
            #expect(
                outcome.errors.contains("error: token belongs to 127.0.0.1 and is not sent to localhost\n")
            )
            #expect(!outcome.errors.contains(token))
            #expect(try await binary.run("run", "b.yaml", "--server", first).status == 0)
        }
        let third: (String) -> String = { "server: {url: '\($0)', token: '${TOKEN}'}\nchecks: [{route: health}]\n" }
        try await withTwoServers(third) { binary, first, _ in
            var binary = binary
            binary.environment["TOKEN"] = token
            let elsewhere = first.replacing("127.0.0.1", with: "localhost")
            let outcome = try await binary.run("run", "b.yaml", "--server", elsewhere)
            #expect(outcome.status == 0)
        }
    }
}
