import Checks
import JobFile
import SourceDiagnostics
import Testing

/// Tokens and passwords as people paste them, by each of the ways in which they come.
struct SecretValueTests {
    enum Way: CaseIterable {
        case literal, variable, file, environment
    }

    private func decoded(_ secret: String, _ key: String, by way: Way) throws(JobFileError) -> ServerCredentials? {
        let isToken = key == "token"
        let user = isToken ? "" : "username: me, "
        let (server, environment): (String, [String: String]) =
            switch way {
            case .literal: ("\(user)\(key): \(Self.quoted(secret))", [:])
            case .variable: ("\(user)\(key): \"${T}\"", ["T": secret])
            case .file: ("\(user)\(key)-file: secret.txt", [:])
            case .environment:
                ("connect-timeout: 1s", ["DHIS2_USERNAME": "me", isToken ? "DHIS2_PAT" : "DHIS2_PASSWORD": secret])
            }
        let source = SourceText(
            name: "job.yaml",
            text: "server: {url: \"https://dhis2.example\", \(server)}\nchecks: [{route: chap}]\n"
        )
        let decoder = JobDecoder(
            environment: environment,
            fallback: ServerEnvironment(environment),
            files: FileLoader { _ in Array(secret.utf8) }
        )
        return try decoder.decode(source).job.server.credentials
    }

    /// A double-quoted scalar of YAML.
    private static func quoted(_ text: String) -> String {
        "\""
            + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\r\n", with: "\\r\\n")
            .replacing("\n", with: "\\n")
            .replacing("\r", with: "\\r").replacing("\t", with: "\\t") + "\""
    }

    @Test(
        arguments: [
            "d2p_abc", " d2p_abc", "d2p_abc \t", "\u{FEFF}d2p_abc", "d2p_abc\n", "d2p_abc\r\n\r\n",
            "\u{A0}d2p_abc\u{200B}",
        ],
        Way.allCases
    )
    func whatSurroundsATokenIsNoPartOfIt(text: String, way: Way) throws {
        #expect(try decoded(text, "token", by: way) == .token("d2p_abc"))
    }

    @Test(
        arguments: [
            ("ApiToken d2p_abc", "leave out the prefix ApiToken"),
            ("apitoken  d2p_abc", "leave out the prefix apitoken"),
            ("Bearer d2p_abc", "leave out the prefix Bearer"),
            ("Authorization: ApiToken d2p_abc", "leave out the prefix Authorization: ApiToken"),
            ("\"d2p_abc\"", "leave out the quotation marks"), ("'d2p_abc'", "leave out the quotation marks"),
            ("“d2p_abc”", "leave out the quotation marks"), ("d2p_abc\"", "leave out the quotation marks"),
            ("d2p_abc\nd2p_def", "keep the token alone, on one line"), ("d2p_abc # mine", "keep the token alone"),
            ("DHIS2_PAT=d2p_abc", "leave out \"DHIS2_PAT=\""), ("d2p_äbc", "copy the token once more"),
            ("API_TOKEN=d2p_abc", "leave out \"API_TOKEN=\""), ("{\"key\":\"d2p_abc\"}", "copy the token once more"),
            ("$d2p_abc", "copy the token once more"), ("d2p_abc,", "copy the token once more"),
            ("d2p%5Fabc", "copy the token once more"), ("********", "copy the token once more"),
            ("me:secretabc", "copy the token once more"), ("null", "what was to fill it in had no token"),
            ("export DHIS2_PAT=d2p_abc", "leave out \"export DHIS2_PAT=\""),
            ("d2p_a\u{FEFF}bc", "keep the token alone"),
        ],
        Way.allCases
    )
    func aMistakeIsNamed(row: (text: String, help: String), way: Way) {
        do throws(JobFileError) {
            _ = try decoded(row.text, "token", by: way)
            Issue.record("\(row.text) was taken")
        } catch {
            #expect(error.diagnostics.count == 1)
            #expect(error.diagnostics[0].help?.hasPrefix(row.help) == true, "\(error)")
            #expect(!error.description.contains("bc"))
        }
    }

    /// A blank can belong to a password; a break of the line at its end cannot.
    @Test(arguments: [(" a b ", " a b "), ("\u{FEFF}ab", "ab"), ("ab\r\n", "ab"), ("\"ab\"", "\"ab\"")], Way.allCases)
    func aPasswordKeepsItsBlanks(row: (text: String, password: String), way: Way) throws {
        #expect(try decoded(row.text, "password", by: way) == .basic(username: "me", password: row.password))
    }

    // MARK: The command line

    @Test(arguments: [
        "token: \"${T}\"", "token: \"x${T}\"", "token: \"${T:-none}\"", "token: \"${made}\"",
        "username: me, password: \"${T}\"", "token: a, proxy: \"http://me:${T}@proxy:1\"",
    ])
    func aCredentialMustNotStandInTheListOfProcesses(server: String) {
        let diagnostics = Self.diagnostics(server, check: "route: chap")
        #expect(diagnostics.count == 1)
        #expect(diagnostics[0].severity == .error && diagnostics[0].message.contains("comes from --var T,"))
        #expect(diagnostics[0].help == "set T in the environment, or keep the secret in a file")
    }

    /// What stands in `vars` is taken before the environment.
    @Test(arguments: ["token: \"${T}\"", "token: a, headers: {X-Api-Key: \"${T}\"}"])
    func whatIsInTheFileGivesWayToTheEnvironment(server: String) {
        let diagnostics = Self.diagnostics(server, variables: "T: local", check: "route: chap")
        #expect(diagnostics.count == 1)
        #expect(diagnostics[0].help?.hasPrefix("set T in the environment and remove it from vars") == true)
    }

    @Test(arguments: [
        "headers: {X-Auth-Key: \"${T}\"}", "headers: {X-Api-Token: \"Key ${made}\"}", "params: {api_key: \"${T}\"}",
        "params: {token: [a, \"x${made}\"]}", "params: {client_secret: \"${unset:-${T}}\"}",
        "matrix: {k: [a, \"${T}\"]}, headers: {X-Api-Key: \"${k}\"}",
        "rows: [{k: a}, {k: \"x${made}\"}], params: {token: \"${k}\"}",
        "method: POST, body: {a: [{password: \"${T}\"}]}", "method: POST, body: {accessToken: {b: [1, \"${made}\"]}}",
    ])
    func norMayWhatIsSentUnderTheNameOfOne(check: String) {
        let diagnostics = Self.diagnostics("token: a", check: "route: chap, \(check)")
        #expect(diagnostics.contains { $0.severity == .error && $0.message.contains("comes from --var T,") })
    }

    /// What is said about a credential is none.
    @Test(arguments: [
        "method: POST, body: {max_tokens: \"${N}\"}", "params: {hasToken: \"${F}\"}", "params: {token: \"${N}\"}",
    ])
    func aNumberOrATruthIsNone(check: String) {
        #expect(Self.diagnostics("token: a", check: "route: chap, \(check)") == [])
    }

    @Test(arguments: [
        "X-Token-Kind: \"${T}\"", "X-Session: \"${T}\"", "Idempotency-Key: \"${made}\"",
    ])
    func whatMayBeACredentialIsWarnedOf(field: String) {
        let check = "headers: {\(field)}"
        let diagnostics = Self.diagnostics("token: a", check: "route: chap, \(check)")
        #expect(diagnostics.contains { $0.severity == .warning && $0.message.contains("comes from --var T,") })
        #expect(!diagnostics.contains { $0.severity == .error })
    }

    @Test(arguments: [
        "params: {key: \"${T}\"}", "path: \"${T}\"", "headers: {If-Match: \"${T}\"}",
        "method: POST, body: {a: [{b: \"${T}\"}], token: c}", "matrix: {T: [a, b]}, params: {token: \"${T}\"}",
        "expect: {json: {$.a: {equals: {token: \"${T}\"}}}}",
    ])
    func whatIsNoCredentialMayComeFromThere(check: String) {
        #expect(Self.diagnostics("token: a", check: "route: chap, \(check)") == [])
        #expect(Self.diagnostics("token: a, proxy: \"http://${T}:1\"", check: "route: chap, \(check)") == [])
    }

    private static func diagnostics(
        _ server: String,
        variables: String = #"made: "a${T}""#,
        check: String
    ) -> [Diagnostic] {
        let text = """
            vars: {\(variables)}
            server: {url: "https://dhis2.example", \(server)}
            checks: [{\(check)}]
            """
        let decoder = JobDecoder(variables: ["T": "value", "N": "256", "F": "true"], files: .none)
        do throws(JobFileError) {
            return try decoder.decode(SourceText(name: "job.yaml", text: text)).warnings
        } catch {
            return error.diagnostics
        }
    }
}
