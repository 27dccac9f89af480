import Checks
import JobFile
import SourceDiagnostics
import Testing

/// What the environment's server and credentials mean for several job files at once.
struct ServerEnvironmentTests {
    private static let own = "server: {url: https://a.example.org, token: d2p_a}\nchecks: [{route: r}]\n"
    private static let other = "server: {url: https://b.example.org}\nchecks: [{route: r}]\n"
    private static let open = "checks: [{route: r}]\n"

    private func decoded(_ texts: [String], _ decoder: JobDecoder) throws -> [DecodedJob] {
        try texts.enumerated().map { number, text in
            try decoder.decode(SourceText(name: "\(number).yaml", text: text))
        }
    }

    private func decoder(_ fallback: ServerEnvironment, server: String? = nil) -> JobDecoder {
        JobDecoder(serverURL: server, fallback: fallback, files: .none)
    }

    @Test(arguments: [
        (ServerEnvironment(token: "d2p_env"), "DHIS2_PAT", "token: ${DHIS2_PAT}"),
        (
            ServerEnvironment(username: "u", password: "p"), "DHIS2_USERNAME and DHIS2_PASSWORD",
            "username: ${DHIS2_USERNAME} and password: ${DHIS2_PASSWORD}"
        ),
    ])
    func credentialsWithoutAnAddressBelongToOneServer(environment: ServerEnvironment, names: String, keys: String)
        throws
    {
        let decoder = decoder(environment)
        let problems = decoder.problems(among: try decoded([Self.own, Self.other], decoder))
        #expect(
            problems.map(\.summary) == [
                "1.yaml:1:10: error: the job has no credentials: \(names) could belong to any of the servers of this run"
            ]
        )
        #expect(
            problems.map(\.help) == ["write \(keys) in the file that means it, or set DHIS2_URL to its server"]
        )
    }

    /// Each row: files, the environment, `--server`, and the servers with the credentials that they get.
    @Test(
        arguments: [
            // One server, however it is written.
            (
                [other, "server: {url: 'HTTPS://B.example.org:443/'}\nchecks: [{route: r}]\n"],
                ServerEnvironment(token: "d2p_env"), nil,
                ["https://b.example.org d2p_env", "https://B.example.org:443 d2p_env"]
            ),
            // Several, each with its own.
            (
                [own, "server: {url: https://b.example.org, token: d2p_b}\nchecks: [{route: r}]\n"],
                ServerEnvironment(token: "d2p_env"), nil,
                ["https://a.example.org d2p_a", "https://b.example.org d2p_b"]
            ),
            // The environment has an address: its credentials belong to that.
            (
                [own, open], ServerEnvironment(url: "https://c.example.org", token: "d2p_env"), nil,
                ["https://a.example.org d2p_a", "https://c.example.org d2p_env"]
            ),
            // The command line sends all of them to one.
            (
                [open, other], ServerEnvironment(token: "d2p_env"), "https://c.example.org",
                ["https://c.example.org d2p_env", "https://c.example.org d2p_env"]
            ),
        ] as [([String], ServerEnvironment, String?, [String])]
    )
    func everyServerGetsItsOwn(files: [String], environment: ServerEnvironment, server: String?, goal: [String]) throws
    {
        let decoder = decoder(environment, server: server)
        let jobs = try decoded(files, decoder)
        #expect(decoder.problems(among: jobs) == [])
        let found = jobs.map { decoded in
            guard case .token(let token)? = decoded.job.server.credentials else { return "nothing" }
            return "\(decoded.job.server.url) \(token)"
        }
        #expect(found == goal)
    }

    @Test func anUnusedAddressIsNotedOnce() throws {
        let environment = ServerEnvironment(url: "https://b.example.org/", token: "d2p_env")
        let one = decoder(environment)
        #expect(one.note(on: try decoded([Self.other, Self.open], one)) == nil)
        #expect(
            one.note(on: try decoded([Self.own, Self.open], one))
                == "DHIS2_URL is not used for 0.yaml: the job file names another server"
        )
        #expect(
            one.note(on: try decoded(Array(repeating: Self.own, count: 5), one))
                == "DHIS2_URL is not used for 0.yaml, 1.yaml, 2.yaml and 2 more: these job files name other servers"
        )
        let commanded = decoder(environment, server: "https://c.example.org")
        #expect(
            commanded.note(on: try decoded([Self.open, Self.open], commanded))
                == "DHIS2_URL is not used, since --server names another server"
        )
        let none = decoder(ServerEnvironment())
        let alone = try decoded([Self.own], none)
        #expect(none.note(on: alone) == nil)
    }
}
