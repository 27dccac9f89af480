import RouteChecks
import Testing

/// A secret that a job file spells out is not shown, whatever is wrong with the file.
///
/// Each file is shown line by line, as if there were an error on each, and with what is really wrong with it.
struct BrokenJobFileTests {
    private static let secrets = ["Zx9q7KwVt3hRd8sPqLm", "correct horse battery 9", "hunter2"]

    // MARK: The ways to write a key

    /// Keys that somebody may write for a credential.
    private static let keys =
        ["token", "password"].flatMap(slips) + [
            "Token", "PASSWORD", "tokens", "pat", "pass", "pw", "pwd", "passwort", "secret", "api-token", "apiToken",
            "api_token", "access-token", "apikey", "bearer", "authorization", "Authorization", "credentials",
            "credential",
            "dhis2_pat", "DHIS2_PAT", "login", "user", "personal access token", "\"token\"", "'pasword'", "token ",
            "auth",
            "jwt", "key",
        ]

    /// A word with one slip of the finger: a letter missing, twice, exchanged with its neighbour, or another one.
    private static func slips(_ word: String) -> [String] {
        let letters = Array(word)
        return letters.indices.flatMap { place -> [String] in
            var missing = letters
            missing.remove(at: place)
            var doubled = letters
            doubled.insert(letters[place], at: place)
            var other = letters
            other[place] = "x"
            var swapped = letters
            if place > 0 { swapped.swapAt(place, place - 1) }
            return [missing, doubled, other, swapped].map { String($0) }
        }
    }

    /// What can stand between a key and its value, and around the value.
    private static let shapes = [
        "¤: §", "¤:§", "¤ : §", "¤ §", "¤= §", "¤ = §", "¤=§", "¤; §", "¤：§", "¤:: §", "¤ => §", "¤: \"§", "¤: §\"",
        "¤: '§",
        "¤: \"§\" x", "¤: [§]", "¤: {a: §}", "¤: {§}", "¤: &a §", "¤: !!str §", "¤: !secret §", "¤: @§", "¤: `§`",
        "¤: %§",
        "¤: *§", "¤: § # as before", "¤: §: x", "¤: x §", "¤: ${§", "¤: ${X:-§}", "¤: {{§}}", "# ¤: §", "#¤: §",
        "- ¤: §",
        "¤:\n    §", "¤:\n    - §", "¤:\n  - §", "¤: |\n    §", "¤: >-\n    a\n    §", "¤: a\n    §",
        "¤:\n      value: §",
        "¤: |\nS", "¤:\tS", "\t¤: §", "    ¤: §", "¤: §\n   extra: 1", "{¤: §", "¤: §}", "? ¤\n  : §",
    ]

    /// Files with a place `¶` for a line of the server's settings, indented by two.
    private static let files = [
        "name: smoke\nserver:\n  url: https://dhis2.example\n  ¶\nchecks:\n  - route: chap\n",
        "server:\n  ¶\n  url: https://dhis2.example\n\nchecks: [{route: chap}]\n",
        "sever:\n  url: https://dhis2.example\n  ¶\nchecks: [{route: chap}]\n",
        "server\n  url: https://dhis2.example\n  ¶\nchecks: [{route: chap}]\n",
        "dhis2:\n  ¶\nchecks: [{route: chap}]\n",
        "\u{FEFF}server:\r\n  ¶\r\nchecks: [{route: chap}]\r\n",
        "server: {url: https://dhis2.example,\n  ¶\n}\nchecks: [{route: chap}]\n",
        "server:\n  headers: {X-Tenant: moh}\n  ¶\nchecks: [{route: chap}]\n",
    ]

    @Test(arguments: [files[0], files[6]])
    func noLineShowsWhatAMisspeltKeyHolds(file: String) async {
        for key in Self.keys {
            await Task.yield()
            let shapes = ["¤: §", "¤:§", "¤ §"]
            expectHidden(file, key, shapes[0])
            expectHidden(file, key, shapes[1 + key.utf8.count % 2])
        }
    }

    @Test(arguments: files)
    func norWhatIsWrittenInAnotherWay(file: String) async {
        for shape in Self.shapes {
            await Task.yield()
            for key in ["token", "pasword", "pat"] { expectHidden(file, key, shape) }
        }
    }

    /// A credential anywhere else, under a key that says what it is.
    @Test(arguments: [
        "token: §\nchecks: [{route: chap}]\n",
        "checks:\n  - route: chap\n    params: {¤: §}\n",
        "checks:\n  - route: chap\n    headers:\n      ¤: §\n      x: [y]\n",
        "checks:\n  - {route: chap, method: POST, body: {user: admin, ¤: §}}\n",
        "vars: {¤: §}\nchecks: [{route: chap}]\n",
        "vars:\n  ¤: §\nchecks: [{route: chap}]\n",
        "defaults: {headers: {¤: §}}\nchecks: [{route: chap}]\n",
        "checks: [{route: chap, ¤: §}]\n",
        "{\"checks\": [{\"route\": \"chap\", \"params\": {\"¤\": \"§\"}}]}\n",
    ])
    func norElsewhere(file: String) {
        for key in ["token", "pasword", "X-Auth-Key", "clientSecret", "api_key", "sig", "jwt", "session_id", "tokn"] {
            for secret in Self.secrets {
                expectHidden(file.replacing("¤", with: key).replacing("§", with: secret), secret)
            }
        }
    }

    // MARK: Secrets in pieces

    /// Secrets that YAML takes apart, or that quotation marks are in.
    private static let torn = [
        "Tq7,Kx9vPz2wR", "Tq7, Kx9vPz2wR", "Tq7}Kx9vPz2wR", "Tq7]Kx9vPz2wR", "Tq7},Kx9vPz2wR", "Tq7}} Kx9vPz2wR",
        "Tq7{Kx9vPz2wR", "Tq7[Kx9vPz2wR", "Tq7'Kx9vPz2wR", "Tq7\"Kx9vPz2wR", "Tq7: Kx9vPz2wR", "Tq7 #Kx9vPz2wR",
        "Tq7',Kx9vPz2wR", "Tq7\", Kx9vPz2wR", "'Tq7',Kx9vPz2wR", "Tq7${Kx9vPz2wR", "Tq7\"}Kx9vPz2wR",
    ]

    @Test(arguments: [
        "server:\n  url: https://dhis2.example\n  username: bot\n  password: §\nchecks: [{route: chap}]\n",
        "server: {url: https://dhis2.example, username: bot, password: §}\nchecks: [{route: chap}]\n",
        "server: {username: bot, password: §, url: https://dhis2.example}\nchecks: [{route: chap}]\n",
        "{\"server\": {\"password\": §, \"url\": \"https://dhis2.example\"}, \"checks\": [{\"route\": \"chap\"}]}\n",
        "checks:\n  - route: chap\n    headers: {X-Api-Key: §}\n    method: GET\n",
        "checks: [{route: chap, params: {api_key: §, page: 2}, method: GET}, {route: chap}]\n",
        "checks:\n  - route: chap\n    headers:\n      - \"X-Api-Key: §\"\n",
        "vars: [\"API_KEY=§\"]\nchecks: [{route: chap}]\n",
        "vars: {API_KEY: &key §}\nchecks: [{route: chap}]\n",
        "vars: {A: &key §, A: b}\nserver: {token: *key}\nchecks: [{route: chap}]\n",
        "checks:\n  - route: chap\n    headers: [{value: §, name: X-Api-Key}]\n",
        "checks:\n  - route: chap\n    headers:\n      - {name: X-Api-Key, value: §}\n",
    ])
    func noPieceOfASecretIsShown(file: String) async {
        for (number, secret) in Self.torn.enumerated() {
            await Task.yield()
            let quote = number % 2 == 0 ? "'" : "\""
            for written in [secret, quote + secret + quote] {
                expectHidden(file.replacing("§", with: written), secret)
            }
        }
    }

    // MARK: Names and values in other shapes

    /// Ways to write names with values where a map belongs; `¶` is that map's key.
    private static let lists = [
        "¶:\n      - \"¤: §\"", "¶:\n      - ¤: §", "¶:\n      - '¤=§'", "¶:\n      - ¤=§", "¶: [\"¤: §\"]",
        "¶: [¤: §]", "¶: ['¤=§', 'a=b']", "¶: \"¤: §\"", "¶: [¤, §]", "¶: [\"¤\", \"§\"]", "¶: [[¤, §], [a, b]]",
        "¶: [[a, b], [\"¤\",\"§\"]]", "¶:\n      - ¤\n      - §", "¶:\n      - - ¤\n        - §",
        "¶:\n      - [¤, §]", "¶:\n    - [a, b]\n    - [¤, §]", "¶: {¤, §}", "¶: [{name: ¤, value: §}]",
        "¶: [{value: §, name: ¤}]", "¶: [{key: ¤, value: \"§\"}]", "¶: [{\"value\":\"§\",\"key\":\"¤\"}]",
        "¶: [{name: a, value: b}, {header: ¤, content: §}]", "¶: {name: ¤, value: §}", "¶: &h [{id: ¤, val: §}]",
        "¶:\n      - name: ¤\n        value: §", "¶:\n      - value: §\n        name: ¤",
        "¶:\n      - name: a\n        value: b\n      - key: ¤\n        value: '§'", "¶:\n      - {name: ¤, value: §}",
        "¶:\n      name: ¤\n      value: §", "¶:\n      - name: ¤\n        value: |\n          §",
        "¶:\n      - name: ¤\n        x: y\n        value:\n          - §",
    ]

    @Test(arguments: [
        ("headers", "X-Api-Key", "checks:\n  - route: chap\n    ¶\n"),
        ("params", "api_key", "checks:\n  - route: chap\n    ¶\n    method: GET\n"),
        ("headers", "Authorization", "server:\n    url: https://dhis2.example\n    ¶\nchecks: [{route: chap}]\n"),
        ("vars", "API_TOKEN", "name: smoke\n¶\nchecks: [{route: chap}]\n"),
        ("headers", "X-Auth-Token", "defaults:\n    ¶\nchecks: [{route: chap}]\n"),
    ])
    func noListShowsWhatAMapWouldHide(map: String, name: String, file: String) async {
        for (number, shape) in Self.lists.enumerated() {
            await Task.yield()
            let secret = Self.secrets[number % 2 * 2]
            let list = shape.replacing("¶", with: map).replacing("¤", with: name).replacing("§", with: secret)
            expectHidden(file.replacing("¶", with: list), secret)
        }
    }

    /// What a credential refers to, wherever it stands.
    @Test(arguments: [
        "x-tok: &t §\nserver: {token: *t}\n", ".tok: &t §\nserver:\n  token: *t\n", "x: [&t §]\nserver: {token: *t }\n",
        "vars: {A: &t §, A: b}\nserver:\n  password: *t\n", "x: &t\n  §\nserver: {token: *t}\n",
        "x: &t \"§\"\nchecks: [{route: chap, headers: {X-Api-Key: *t}}]\n",
        "vars:\n  A: §\nserver: {token: \"${A}\"}\n",
        "x: &t {y: §}\nserver: {token: *t}\n", "x: &t [*u]\nname: &u §\nserver: {token: *t}\n",
        "server: {token: *t}\nx:\n  - &t §\n", "x: &t >-\n  §\nserver: {token: *t}\n",
    ])
    func nothingShowsWhatACredentialRefersTo(file: String) {
        for secret in Self.secrets { expectHidden(file.replacing("§", with: secret), secret) }
    }

    /// A secret in place of the name of what holds it.
    @Test(arguments: [
        "server:\n  url: https://dhis2.example\n  ¶\nchecks: [{route: chap}]\n",
        "server: {url: https://dhis2.example, ¶}\nchecks: [{route: chap}]\n",
    ])
    func noNameThatIsASecretIsShown(file: String) {
        for line in [
            "token: ${§}", "password: \"${§}\"", "token: ${§:?none}", "headers: {X-Api-Key: \"${§}\"}", "token-file: §",
            "password-file: '§'",
        ] {
            for secret in ["Zx9q7KwVt3hRd8sPqLm", "dhis2district9"] {
                expectHidden(file.replacing("¶", with: line.replacing("§", with: secret)), secret)
            }
        }
    }

    private func expectHidden(_ file: String, _ key: String, _ shape: String) {
        // Each in its turn: all with all would be tens of thousands of files.
        let secret = Self.secrets[(key.utf8.count + shape.utf8.count) % Self.secrets.count]
        let line = shape.replacing("¤", with: key).replacing("§", with: secret)
        expectHidden(file.replacing("¶", with: line), secret)
    }

    private func expectHidden(_ file: String, _ secret: String) {
        let source = SourceText(name: "job.yaml", text: file)
        var diagnostics: [Diagnostic] = []
        var jobs: [Job] = []
        var printed = ""
        do throws(JobFileError) {
            let decoded = try JobDecoder(files: .none).decode(source)
            jobs = [decoded.job]
            diagnostics = decoded.warnings
        } catch {
            diagnostics = error.diagnostics
            printed = "\(error)"
            #expect(printed.contains(": error: "))
        }
        for line in 1...file.split(separator: "\n", omittingEmptySubsequences: false).count {
            let place = SourcePosition(line: line, column: 1)
            diagnostics.append(Diagnostic(.error, "wrong", file: "job.yaml", position: place))
        }
        let mask = DiagnosticMask(sources: [source], jobs: jobs)
        let text = printed + mask.text(of: diagnostics).value + mask.json(of: diagnostics).value
        #expect(
            !text.contains(secret.suffix(7)),
            "\(source.bytes.count) bytes: \(String(decoding: source.bytes, as: UTF8.self))"
        )
    }

    /// What is no secret must still be shown, or nobody can mend the file.
    @Test(arguments: [
        "server:\n  url: htp://dhis2.example\n  timeout: 3\nchecks:\n  - route: chap\n    metod: GET\n",
        "checks:\n  - {route: chap, path: health, expct: 200, params: {ou: ImspTQPwCqd}}\n",
        "checks:\n  - name: the token is refreshed\n    route: chap\n    tags: [token, smoke]\n",
        "server: {url: https://dhis2.example, username: admin, password-file: missing.txt}\ncheks: [{route: chap}]\n",
        "server:\n  token: ${DHIS2_PAT}\n  url: x\nchecks:\n  - tags:\n      - token\n      - smoke2\n",
        "server: {token: \"${DHIS2_PAT}\", username: admin}\ncheks: [{route: chap}]\n",
        "server: {token: ${pat}, url: https://dhis2.example}\nchecks: [{route: chap}]\n",
        "server:\n  token-file: token\n  password-file: /run/secrets/dhis2password\nchecks: [{rout: chap}]\n",
        "x: &t ${DHIS2_PAT}\ny: &u chap1\nserver:\n  token: *t\nchecks: [{route: *u}]\n",
        "vars:\n  - TENANT=moh1\n  - [OU, ImspTQPwCqd]\nchecks: [{route: chap, tags: [token, smoke2]}]\n",
        "checks:\n  - route: chap\n    headers: [{name: Accept, value: text/csv1}, {value: en2, key: Accept-Language}]\n",
        "checks:\n  - route: chap\n    params:\n      - name: ou\n        value: ImspTQPwCqd\n",
        "checks: [{route: chap, name: the token is refreshed, expect: {json: {$.value: UP2}}}]\n",
    ])
    func theRestIsShown(file: String) {
        let source = SourceText(name: "job.yaml", text: file)
        let lines = file.split(separator: "\n")
        let diagnostics = lines.indices.map { line in
            Diagnostic(.error, "wrong", file: "job.yaml", position: SourcePosition(line: line + 1, column: 1))
        }
        let text = DiagnosticMask(sources: [source], jobs: []).text(of: diagnostics).value
        for line in lines where !line.contains("timeout") { #expect(text.contains(line), "\(text)") }
    }

    /// What stands on the line of a secret, but is an entry of its own.
    @Test(arguments: [
        (
            "checks: [{route: chap, headers: {X-Api-Key: §}, metod: GET}, {rute: chap}]\n",
            "}, metod: GET}, {rute: chap}]"
        ),
        ("checks: [{params: {token: §, ou: ImspTQPwCqd}, path: v1}]\n", ", ou: ImspTQPwCqd}, path: v1}]"),
        ("server: {password: \"§\", url: htp://x}\ncheks: []\n", "\", url: htp://x}"),
        ("{\"server\":{\"token\":\"§\",\"url\":\"htp://x\"},\"cheks\":[]}\n", "\",\"url\":\"htp://x\"},\"cheks\":[]}"),
        ("checks: [{route: chap, headers: [{key: X-Api-Key, value: §}], metod: GET}]\n", "[{key: X-Api-Key, value: *"),
        ("checks: [{route: chap, headers: [{key: X-Api-Key, value: §}], metod: GET}]\n", "}], metod: GET}]"),
        ("checks: [{headers: [X-Api-Key, §], metod: GET}]\n", "], metod: GET}]"),
        ("checks: [{params: [[api_key, §], [ou, ImspTQPwCqd]]}]\n", "], [ou, ImspTQPwCqd]]}]"),
        ("checks: [{expect: {json: {$.token: §, $.b: {equls: 1}}}}]\n", ", $.b: {equls: 1}}}}]"),
        ("server: {token: §} # for the tests\ncheks: []\n", "} # for the tests"),
    ])
    func theRestOfItsLineIsShown(file: String, rest: String) {
        let source = SourceText(name: "job.yaml", text: file.replacing("§", with: Self.secrets[0]))
        let wrong = Diagnostic(.error, "wrong", file: "job.yaml", position: SourcePosition(line: 1, column: 1))
        let text = DiagnosticMask(sources: [source], jobs: []).text(of: [wrong]).value
        #expect(text.contains(rest), "\(text)")
        #expect(!text.contains(Self.secrets[0].suffix(7)), "\(text)")
    }

    /// A message without the name still says what is wrong.
    @Test(arguments: [
        ("token: ${§}", "the variable \"[redacted]\" is not set", "${…} takes the name of a variable, not a value"),
        ("token-file: §", "cannot read \"[redacted]\"", "token-file takes the name of a file, not the secret"),
        ("token: ${DHIS2_PAT}", "the variable \"DHIS2_PAT\" is not set", nil),
        ("token-file: pat.txt", "cannot read \"pat.txt\"", nil),
    ])
    func aMessageStillHelps(line: String, message: String, help: String?) throws {
        let line = line.replacing("§", with: Self.secrets[0])
        let file = "server:\n  url: https://dhis2.example\n  \(line)\nchecks: [{route: chap}]\n"
        let source = SourceText(name: "job.yaml", text: file)
        let error = try #require(throws: JobFileError.self) { try JobDecoder(files: .none).decode(source) }
        let text = DiagnosticMask(sources: [source], jobs: []).text(of: error.diagnostics).value
        #expect(text.contains(message), "\(text)")
        #expect(text.contains(help ?? "help: ") == (help != nil), "\(text)")
    }
}
