import Redaction
import SourceDiagnostics
import Testing

struct LiteralSecretsTests {
    @Test(arguments: [
        ("token: abc", ["abc"]),
        ("  token:   abc, def", ["abc, def"]),
        ("{\n  token: abc,\n  url: x }", ["abc"]),
        ("password: a:b # c", ["a:b # c"]),
        ("{redact: [x-pin, 'a b'], X-Pin: 4711, q: 1, \"a b\": [c, 'd, e'], f: 2}", ["4711", "c", "d, e", "2"]),
        ("redact:\n  - x-pin\n  - pin\nchecks:\n  - {pin: 12}\nx-pin:\n  - 34\n  - 56\ny: 7", ["12", "34", "56"]),
        ("redact: ['/PIN-[0-9]+/', '/(/']\nname: is PIN-4711, PIN-12", ["PIN-4711", "PIN-12"]),
        ("x-redact: [q]\nq: 1", []),
        ("server: {url: x, token: abc}", ["abc"]),
        ("{\"password\": \"a, b}\", \"token\":'c d'}", ["a, b}", "c d"]),
        ("token: >-\n    abc\n  other: 1", ["abc", "other: 1"]),
        ("token: |\n  abc\n  def\nname: x", ["abc", "def"]),
        ("token: abc\n  def\nname: x", ["abc", "def"]),
        ("token:\n    abc", ["abc"]),
        ("password: [abc]", ["abc"]),
        ("token: {a: abc}", ["a: abc"]),
        ("token: ${A}${B:?not set}", []),
        ("token: ${A:-abcd}", ["${A:-abcd"]),
        ("{name: don't, token: abc, description: isn't}", ["abc"]),
        ("url: http://user:pass@host/path@x", ["user:pass"]),
        ("url: http://host/path@x", []),
        ("url: user:pass@host", ["user:pass"]),
        ("url: 'user:p#/ss@host'", ["user:p#/ss"]),
        ("url: 'http://user:p#/ss@host'", ["user:p#/ss"]),
        ("url: http:/user:pass@host", ["http:/user:pass"]),
        ("mail: somebody@example.org", []),
        ("token: ${DHIS2_PAT}", []),
        ("token:\nchecks: [{route: r}]", []),
        ("my-token: abc\ntoken-file: def\ntokens: ghi", ["abc", "ghi"]),
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
