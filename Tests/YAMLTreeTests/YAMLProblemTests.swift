import SourceDiagnostics
import Testing
import YAMLTree

@Suite struct YAMLProblemTests {
    @Test(arguments: [
        ("", "a:1:1: error: the file is empty"),
        ("# nothing\n", "a:1:1: error: the file is empty"),
        ("a: 'x\nb: c\n", "a:1:4: error: the quote that opens here is never closed"),
        ("a: 1\nb: \"x\n---\n", "a:2:4: error: the quote that opens here is never closed"),
        (
            "a: \"x\\q\"\n",
            "a:1:4: error: unknown escape in a double-quoted text; single quotes take a backslash as it is"
        ),
        ("a: \"\\xZZ\"\n", "a:1:4: error: an escape in this text lacks hexadecimal digits"),
        ("a: \"\\ud800\"\n", "a:1:4: error: an escape in this text is no Unicode character"),
        ("a: b\nc d\n", "a:2:1: error: expected a \":\" after this key"),
        ("a: b: c\n", "a:1:5: error: a \":\" cannot stand here; quote the text, or check the indentation"),
        (
            "a: @x\n",
            "a:1:4: error: a value cannot begin with \"@\"; put it in quotes"
        ),
        (
            "a:\n\t- b\n",
            "a:2:1: error: a tab cannot indent; use spaces"
        ),
        ("a: - b\n", "a:1:4: error: a \"- \" item cannot stand here; put it on a line of its own"),
        ("a: [1, 2\nb: 3\n", "a:2:2: error: expected \",\" or \"]\" in the list"),
        ("a: [1", "a:1:6: error: expected \",\" or \"]\" in the list"),
        ("a: {x: 1 y: 2}\n", "a:1:11: error: expected \",\" or \"}\" in the map"),
        ("a: b\n- c\n", "a:2:1: error: expected a key of the map here; check the indentation"),
        ("- a\nb: c\n", "a:2:1: error: expected a \"- \" item of the list here; check the indentation"),
        ("a: ]\n", "a:1:4: error: expected a value here"),
        ("[a]]\n", "a:1:4: error: expected the end of the file here; the document is already complete"),
        ("a: !x!y b\n", "a:1:4: error: this tag's prefix is not defined; only core tags such as !!str can be used"),
        ("%FOO\n---\na\n", "a:1:5: error: unknown directive; only %YAML and %TAG exist"),
        ("%YAML 3.0\n---\na\n", "a:1:1: error: this YAML version cannot be read; use 1.1 or 1.2"),
        ("a: * b\n", "a:1:4: error: \"*\" needs the name of an anchor; quote a text that begins with it"),
        ("a: & b\n", "a:1:4: error: \"&\" needs a name; quote a text that begins with it"),
        ("a: |x\n", "a:1:5: error: only a comment can follow \"|\" or \">\" on its line"),
        ("a: é\u{7}\n", "a:1:5: error: the control character U+0007 cannot stand in YAML"),
        (
            "\u{FEFF}é: @\n",
            "a:1:4: error: a value cannot begin with \"@\"; put it in quotes"
        ),
        ("a: x\u{0}y\n", "a:1:5: error: the file holds a NUL byte, so it is not text"),
        ("a: 1\n---\nb: 2\n", "a:2:1: error: a second document begins here; a file holds exactly one"),
        ("a: 1\n---\nb: [\n", "a:2:1: error: a second document begins here; a file holds exactly one"),
        ("a: *x\n", "a:1:4: error: no anchor \"&x\" comes before this alias"),
        ("b: &base 1\na: *bse\n", "a:2:4: error: no anchor \"&bse\" comes before this alias; did you mean \"*base\"?"),
        ("a: &x [1, *x]\n", "a:1:11: error: the alias \"*x\" stands inside what it refers to"),
        ("a: &x {b: {<<: *x}}\n", "a:1:16: error: the alias \"*x\" stands inside what it refers to"),
        (
            "a: !foo b\n",
            "a:1:4: error: unknown tag !foo; only the core tags exist: !!str, !!int, !!float, !!bool, !!null, !!map and !!seq"
        ),
        (
            "a: &x !!binary b\n",
            "a:1:7: error: unknown tag !!binary; only the core tags exist: !!str, !!int, !!float, !!bool, !!null, !!map and !!seq"
        ),
        (
            "a: !<tag:x,1:y> {}\n",
            "a:1:4: error: unknown tag !<tag:x,1:y>; only the core tags exist: !!str, !!int, !!float, !!bool, !!null, !!map and !!seq"
        ),
        ("a: !!int x\n", "a:1:4: error: the value is not what its tag !!int says"),
        ("a: !!seq {}\n", "a:1:4: error: the value is not what its tag !!seq says"),
        ("a: !!map x\n", "a:1:4: error: the value is not what its tag !!map says"),
        ("a: 1\nb: 2\na: 3\n", "a:3:1: error: the key \"a\" stands twice in this map"),
        ("{1: a, \"1\": b}\n", "a:1:8: error: the key \"1\" stands twice in this map"),
        ("a: {<<: x}\n", "a:1:9: error: \"<<\" merges a map or a list of maps, nothing else"),
        ("a: {<<: [{}, x]}\n", "a:1:14: error: \"<<\" merges a map or a list of maps, nothing else"),
        ("{{x}: 1}\n", "a:1:2: error: a key must be text, not a map"),
        ("? [x]\n: 1\n", "a:1:3: error: a key must be text, not a list"),
    ])
    func saysWhatIsWrongAndWhere(text: String, expected: String) {
        #expect(problems(text) == [expected])
    }

    @Test(
        arguments: [
            ([0xFF, 0xFE, 0x61, 0x00], "a:1:1: error: the file is UTF-16; save it as UTF-8"),
            ([0xFE, 0xFF, 0x00, 0x61], "a:1:1: error: the file is UTF-16; save it as UTF-8"),
            (
                [0x61, 0x00, 0x3A, 0x00, 0x20, 0x00],
                "a:1:1: error: the file looks like UTF-16 or UTF-32; save it as UTF-8"
            ),
            (
                [0x7F, 0x45, 0x4C, 0x46, 0x02, 0x01, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00],
                "a:1:8: error: the file holds a NUL byte, so it is not text"
            ),
            ([0x61, 0x3A, 0x20, 0xFF], "a:1:4: error: the file is not valid UTF-8"),
            ([0x61, 0x0A, 0xC3, 0x28], "a:2:1: error: the file is not valid UTF-8"),
            ([0x61, 0x3A, 0xED, 0xA0, 0x80], "a:1:3: error: U+D800 is no character; the file is not valid UTF-8"),
            ([0xEF, 0xBB, 0xBF, 0x61, 0x01], "a:1:2: error: the control character U+0001 cannot stand in YAML"),
        ] as [([UInt8], String)]
    )
    func saysWhyBytesAreNoText(bytes: [UInt8], expected: String) {
        #expect(problems(bytes) == [expected])
    }

    @Test func reportsAllThatDoesNotEndTheReading() {
        let text = "a: *x\nb: !foo c\nb: 1\n---\n"
        #expect(problems(text).map { $0.prefix(6) } == ["a:1:4:", "a:2:4:", "a:3:1:", "a:4:1:"])
    }

    @Test func findsDuplicatesInLongMaps() {
        let keys = (0..<40).map { "k\($0): 1\n" }.joined()
        #expect(
            problems(keys + "k7: 2\nk7: 3\n") == [
                "a:41:1: error: the key \"k7\" stands twice in this map",
                "a:42:1: error: the key \"k7\" stands twice in this map",
            ]
        )
    }

    @Test func notesTheFirstOfTwoEqualKeys() throws {
        let document = try YAMLParser.parse(SourceText(name: "a", text: "key: 1\nkey: 2\n"))
        let note = Diagnostic.Note(
            "\"key\" stands here first",
            file: "a",
            position: SourcePosition(line: 1, column: 1),
            length: 3
        )
        #expect(document.problems.map(\.notes) == [[note]])
    }
}
