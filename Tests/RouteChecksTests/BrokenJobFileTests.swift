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
}
