import SourceDiagnostics
import Testing
import YAMLTree

@Suite struct YAMLTreeTests {
    @Test(arguments: [
        ("a: 1", #"{"a": "1"}"#),
        ("- a\n- [b, {c: d}]\n", #"["a", ["b", {"c": "d"}]]"#),
        ("a: |\n  x\n  y\nb: >-\n  x\n  y\n", #"{"a": "x\#ny\#n", "b": "x y"}"#),
        ("a: 'it''s'\nb: \"\\u00e9\\n\"\n", #"{"a": "it's", "b": "é\#n"}"#),
        ("a:\nb: ~\n", #"{"a": "", "b": "~"}"#),
        ("? a\n: b\n? c\n", #"{"a": "b", "c": ""}"#),
        ("a: &x [1, 2]\nb: *x\n", #"{"a": ["1", "2"], "b": ["1", "2"]}"#),
        ("a: &x b\n*x : c\n", #"{"a": "b", "b": "c"}"#),
        ("a: &x 1\nb: &x 2\nc: *x\n", #"{"a": "1", "b": "2", "c": "2"}"#),
        ("--- !!map\na: !!str 1\n...\n", #"{"a": "1"}"#),
        ("%YAML 1.2\n---\na: 1\n", #"{"a": "1"}"#),
        ("\u{FEFF}a: 1\r\nb: 2\r\n", #"{"a": "1", "b": "2"}"#),
    ])
    func buildsTheTree(text: String, expected: String) throws {
        #expect(try shape(tree(text)) == expected)
    }

    @Test(arguments: [
        ("a: &x {k: 1, l: 2}\nb: {<<: *x, l: 3}\n", #"{"k": "1", "l": "3"}"#),
        ("a: &x {k: 1, l: 2}\nb: {l: 3, <<: *x}\n", #"{"l": "3", "k": "1"}"#),
        ("a: [&x {k: 1}, &y {k: 2, m: 4}]\nb: {<<: [*x, *y]}\n", #"{"k": "1", "m": "4"}"#),
        ("a: &x {k: 1}\nc: &y {<<: *x, m: 2}\nb: {<<: *y}\n", #"{"k": "1", "m": "2"}"#),
        ("b: {<<: {k: {z: 1}}, c: [2]}\n", #"{"k": {"z": "1"}, "c": ["2"]}"#),
        ("a: &x {k: 1}\nb: {\"<<\": *x}\n", #"{"<<": {"k": "1"}}"#),
    ])
    func mergesMaps(text: String, expected: String) throws {
        let root = try tree(text)
        let merged = root.pairs.first { $0.key.text == "b" }?.value
        #expect(merged.map(shape) == expected)
        #expect(
            root.pairs.map(\.key.text)
                == (text.hasPrefix("b") ? ["b"] : text.contains("c:") ? ["a", "c", "b"] : ["a", "b"])
        )
    }

    /// Each row: a text, and where its nodes are in the order of the text, keys included.
    @Test(arguments: [
        ("a: 1\nbb:\n  - 'x'\n", ["1:1", "1:1", "1:4", "2:1", "3:3", "3:5"]),
        ("a: &anchor 1\nb: !!str  two\n", ["1:1", "1:1", "1:12", "2:1", "2:11"]),
        ("a: &x # note\n  k: v\n", ["1:1", "1:1", "2:3", "2:3", "2:6"]),
        ("a: &x !!map {k: v}\n", ["1:1", "1:1", "1:13", "1:14", "1:17"]),
        ("a: &x\nb: 1\n", ["1:1", "1:1", "1:4", "2:1", "2:4"]),
        ("\u{FEFF}é: 日本\nb: \"q\"\n", ["1:1", "1:1", "1:4", "2:1", "2:4"]),
        ("a: [\t1,\t2]\n", ["1:1", "1:1", "1:4", "1:6", "1:9"]),
        ("a: \"x\u{2028}y\"\nb: 1\n", ["1:1", "1:1", "1:4", "2:1", "2:4"]),
        ("a: 'x\u{85}y' # \u{2029}\r\nb: 1\n", ["1:1", "1:1", "1:4", "2:1", "2:4"]),
    ])
    func knowsWhereEachNodeIs(text: String, expected: [String]) throws {
        var places: [String] = []
        func visit(_ node: YAMLNode) {
            places.append("\(node.position.line):\(node.position.column)")
            for item in node.items { visit(item) }
            for (key, value) in node.pairs {
                visit(key)
                visit(value)
            }
        }
        visit(try tree(text))
        #expect(places == expected)
    }

    @Test func marksWhatHoldsTheByteItLooksFor() throws {
        let root = try tree("a: [x, {k: '$y'}]\nb: x\nc: &x $z\nd: [*x]\ne: {<<: {k: $v}}\n")
        #expect(root.isMarked)
        #expect(root.pairs.map(\.value.isMarked) == [true, false, true, true, true])
        #expect(root.pairs.first { $0.key.text == "a" }?.value.items.map(\.isMarked) == [false, true])
    }

    @Test(arguments: [
        ("", CoreValue.null), ("~", .null), ("null", .null), ("Null", .null), ("nil", .string),
        ("true", .boolean(true)),
        ("False", .boolean(false)), ("no", .string), ("on", .string), ("y", .string), ("0", .integer("0")),
        ("007", .integer("7")), ("-12", .integer("-12")), ("+3", .integer("3")), ("-0", .integer("0")),
        ("0o17", .integer("15")), ("0x1F", .integer("31")), ("0x-1", .string),
        ("0xFFFFFFFFFFFFFFFF", .integer("18446744073709551615")),
        ("0x10000000000000000", .integer("18446744073709551616")),
        ("0xffffffffffffffffffffffffffffffff", .integer("340282366920938463463374607431768211455")),
        ("0o2000000000000000000000", .integer("18446744073709551616")),
        ("0x00000000000000000000000001", .integer("1")), ("0x0", .integer("0")), ("0xG0000000000000000", .string),
        ("0o28", .string), ("0x", .string), ("'0x10000000000000000'", .string), ("0b11", .string), ("1_000", .string),
        ("12:30:00", .string), ("1.", .float("1.")), (".5", .float(".5")), ("1e3", .float("1e3")),
        ("-1.5E-2", .float("-1.5E-2")),
        (".", .string), ("+", .string), ("1e", .string), ("e3", .string), (".inf", .float(".inf")),
        ("-.INF", .float("-.inf")),
        ("+.inf", .float(".inf")), (".nan", .float(".nan")), ("-.nan", .string), ("2026-11-24", .string),
        ("9223372036854775808", .integer("9223372036854775808")), ("'1'", .string), ("\"true\"", .string),
        ("!!str 1", .string), ("!!int \"7\"", .integer("7")), ("! 1", .string), ("|\n  1", .string),
    ])
    func typesScalarsByTheCoreSchema(text: String, value: CoreValue) throws {
        let node = try tree("a: \(text)\n").pairs.first { _ in true }?.value
        #expect(node?.coreValue == value)
    }
}

/// A tree as text: scalars quoted, maps in braces, lists in brackets.
func shape(_ node: YAMLNode) -> String {
    switch node.kind {
    case .scalar: "\"\(node.text)\""
    case .sequence: "[\(node.items.map(shape).joined(separator: ", "))]"
    case .mapping: "{\(node.pairs.map { "\(shape($0.key)): \(shape($0.value))" }.joined(separator: ", "))}"
    }
}

/// What is wrong with a text: each problem in one line, of a tree or instead of one.
func problems(_ text: String, limits: YAMLLimits = YAMLLimits()) -> [String] {
    problems(Array(text.utf8), limits: limits)
}

func problems(_ bytes: [UInt8], limits: YAMLLimits = YAMLLimits()) -> [String] {
    do {
        return try YAMLParser.parse(SourceText(name: "a", bytes: bytes), limits: limits).problems.map(\.summary)
    } catch {
        return error.diagnostics.map(\.summary)
    }
}

func tree(_ text: String) throws(YAMLError) -> YAMLNode {
    try YAMLParser.parse(SourceText(name: "a", text: text), marking: UInt8(ascii: "$")).root
}
