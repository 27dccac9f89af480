import JobFile
import SourceDiagnostics
import Testing

struct LiteralSecretsTests {
    @Test(arguments: [
        ("token: abc", ["abc"]),
        ("  token:   abc, def", ["abc"]),
        ("server: {url: x, token: abc}", ["abc"]),
        ("{\"password\": \"a, b}\", \"token\":'c d'}", ["a, b}", "c d"]),
        ("token: >-\n    abc\n  other: 1", ["abc"]),
        ("token:\n    abc", ["abc"]),
        ("password: [abc]", ["abc"]),
        ("token: {a: abc}", []),
        ("url: http://user:pass@host/path@x", ["user:pass"]),
        ("url: http://host/path@x", []),
        ("url: user:pass@host", ["user:pass"]),
        ("url: 'user:p#/ss@host'", ["user:p#/ss"]),
        ("url: 'http://user:p#/ss@host'", ["user:p#/ss"]),
        ("url: http:/user:pass@host", ["http:/user:pass"]),
        ("mail: somebody@example.org", []),
        ("token: ${DHIS2_PAT}", []),
        ("token:\nchecks: [{route: r}]", []),
        ("my-token: abc\ntoken-file: abc\ntokens: abc", []),
        ("token: gr\u{FC}n", ["gr\u{FC}n"]),
        ("token", []),
        ("token:", []),
    ])
    func findsWhatIsWrittenOut(text: String, secrets: [String]) {
        let source = SourceText(name: "a", text: text)
        let places = LiteralSecrets.places(in: source)
        #expect(places.map { String(decoding: source.bytes[$0], as: UTF8.self) } == secrets)
    }
}
