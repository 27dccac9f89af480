import JSONDocument
import Testing

/// The tables of RFC 9535, sections 2.3.5 and 2.4, and cases on their edges.
@Suite struct JSONPathFilterTests {
    struct Comparison: Sendable, CustomTestStringConvertible {
        let condition: String
        let isTrue: Bool

        init(_ condition: String, _ isTrue: Bool) {
            self.condition = condition
            self.isTrue = isTrue
        }

        var testDescription: String { condition }
    }

    static let comparisons = [
        Comparison("$.absent1 == $.absent2", true),
        Comparison("$.absent1 <= $.absent2", true),
        Comparison("$.absent1 >= $.absent2", true),
        Comparison("$.absent1 < $.absent2", false),
        Comparison("$.absent1 != $.absent2", false),
        Comparison("$.absent == 'g'", false),
        Comparison("$.absent != 'g'", true),
        Comparison("$.absent == null", false),
        Comparison("$.absent < 1", false),
        Comparison("1 <= 2", true),
        Comparison("1 > 2", false),
        Comparison("13 == '13'", false),
        Comparison("'a' <= 'b'", true),
        Comparison("'a' > 'b'", false),
        Comparison("$.obj == $.arr", false),
        Comparison("$.obj != $.arr", true),
        Comparison("$.obj == $.obj", true),
        Comparison("$.obj != $.obj", false),
        Comparison("$.arr == $.arr", true),
        Comparison("$.arr != $.arr", false),
        Comparison("$.obj == 17", false),
        Comparison("$.obj != 17", true),
        Comparison("$.obj <= $.arr", false),
        Comparison("$.obj < $.arr", false),
        Comparison("$.obj <= $.obj", true),
        Comparison("$.arr <= $.arr", true),
        Comparison("1 <= $.arr", false),
        Comparison("1 >= $.arr", false),
        Comparison("1 > $.arr", false),
        Comparison("1 < $.arr", false),
        Comparison("true <= true", true),
        Comparison("true >= true", true),
        Comparison("true > true", false),
        Comparison("false < true", false),
        Comparison("null <= null", true),
        Comparison("null < null", false),
        Comparison("null == null", true),
        Comparison("null == false", false),
        Comparison("$.obj == $.same", true),
        Comparison("$.nested == $.nestedSame", true),
        Comparison("1 == 1.0", true),
        Comparison("1 == 10e-1", true),
        Comparison("-0 == 0", true),
        Comparison("-0.0e9 == 0", true),
        Comparison("0.1 < 0.2", true),
        Comparison("-2 < -1", true),
        Comparison("1e400 < 1e401", true),
        Comparison("-1e401 < -1e400", true),
        Comparison("1e1000000000 == 10e999999999", true),
        Comparison("1e-1000000000 > 0", true),
        Comparison("9007199254740993 == 9007199254740992", false),
        Comparison("$.big == 9223372036854775807", true),
        Comparison("$.big > 9223372036854775806", true),
        Comparison("$.big == 9223372036854775808", false),
        Comparison("0.1 == 0.10000000000000000001", false),
        Comparison("'' < 'a'", true),
        Comparison("'a' < 'aa'", true),
        Comparison("'Z' < 'a'", true),
        Comparison(#"'\uFFFF' < '\uD83D\uDE00'"#, true),
        Comparison(#"'\u00e9' == 'e\u0301'"#, false),
        Comparison("'é' == \"\\u00e9\"", true),
    ]

    @Test(arguments: comparisons)
    func comparesAsTheRFCDoes(_ row: Comparison) throws {
        let document: JSONValue = [
            "obj": ["x": "y", "z": 1], "arr": [2, 3], "same": ["z": .number(JSONNumber(1)), "x": "y"],
            "nested": [["a": [1, 2.0]]], "nestedSame": [["a": [1.0, 2]]], "big": 9_223_372_036_854_775_807,
        ]
        let nodes = try JSONPath("$[?\(row.condition)]").nodes(in: document)
        #expect(nodes.count == (row.isTrue ? 6 : 0))
    }

    static let rows = [
        JSONPathRow("$.a[?@.b == 'kilo']", #"[{"b":"kilo"}]"#, ["$['a'][9]"]),
        JSONPathRow("$.a[?(@.b == 'kilo')]", #"[{"b":"kilo"}]"#),
        JSONPathRow("$.a[?@>3.5]", "[5,4,6]", ["$['a'][1]", "$['a'][4]", "$['a'][5]"]),
        JSONPathRow("$.a[?@.b]", #"[{"b":"j"},{"b":"k"},{"b":{}},{"b":"kilo"}]"#),
        JSONPathRow(
            "$[?@.*]",
            #"[[3,5,1,2,4,6,{"b":"j"},{"b":"k"},{"b":{}},{"b":"kilo"}],{"p":1,"q":2,"r":3,"s":5,"t":{"u":6}}]"#
        ),
        JSONPathRow("$[?@[?@.b]]", #"[[3,5,1,2,4,6,{"b":"j"},{"b":"k"},{"b":{}},{"b":"kilo"}]]"#),
        JSONPathRow("$.o[?@<3, ?@<3]", "[1,2,1,2]"),
        JSONPathRow(#"$.a[?@<2 || @.b == "k"]"#, #"[1,{"b":"k"}]"#),
        JSONPathRow(#"$.a[?match(@.b, "[jk]")]"#, #"[{"b":"j"},{"b":"k"}]"#),
        JSONPathRow(#"$.a[?search(@.b, "[jk]")]"#, #"[{"b":"j"},{"b":"k"},{"b":"kilo"}]"#),
        JSONPathRow("$.o[?@>1 && @<4]", "[2,3]", ["$['o']['q']", "$['o']['r']"]),
        JSONPathRow("$.o[?@.u || @.x]", #"[{"u":6}]"#, ["$['o']['t']"]),
        JSONPathRow("$.a[?@.b == $.x]", "[3,5,1,2,4,6]"),
        JSONPathRow("$.a[?@ == @]", #"[3,5,1,2,4,6,{"b":"j"},{"b":"k"},{"b":{}},{"b":"kilo"}]"#),
        JSONPathRow("$.a[?!@.b]", "[3,5,1,2,4,6]"),
        JSONPathRow("$.a[? ! @.b]", "[3,5,1,2,4,6]"),
        JSONPathRow("$.a[?!(@ < 5)]", #"[5,6,{"b":"j"},{"b":"k"},{"b":{}},{"b":"kilo"}]"#),
        JSONPathRow("$.a[?@<2||@==3&&@>9]", "[1]"),
        JSONPathRow("$.a[?(@<2||@==3)&&@>2]", "[3]"),
        JSONPathRow("$.a[ ?@ \t== \n3 ]", "[3]"),
        JSONPathRow("$.a[?3==@]", "[3]"),
        JSONPathRow("$.a[?@.b == $.a[6].b]", #"[{"b":"j"}]"#),
        JSONPathRow("$.a[?@['b']=='k']", #"[{"b":"k"}]"#),
        JSONPathRow("$.a[?@ .b [0]]", "[]"),
        JSONPathRow(
            "$[?$.e=='f']",
            #"[[3,5,1,2,4,6,{"b":"j"},{"b":"k"},{"b":{}},{"b":"kilo"}],{"p":1,"q":2,"r":3,"s":5,"t":{"u":6}},"f"]"#
        ),
        JSONPathRow("$.e[?@]", "[]"),
        JSONPathRow("$.a[?length(@.b) == 4].b", #"["kilo"]"#),
        JSONPathRow("$.a[?length(@.b) < 2].b", #"["j","k",{}]"#),
        JSONPathRow("$[?length(@) == 10][0]", "[3]"),
        JSONPathRow("$[?length(@) == 5].p", "[1]"),
        JSONPathRow("$.o[?length(@) == 1]", #"[{"u":6}]"#),
        JSONPathRow("$.o[?length(@) == length('a')]", #"[{"u":6}]"#),
        JSONPathRow("$.o[?length(@) == length(1)]", "[1,2,3,5]"),
        JSONPathRow("$[?count(@.*) == 5].q", "[2]"),
        JSONPathRow("$[?count(@..b) > 3][1]", "[5]"),
        JSONPathRow("$.a[?count(@.none) == 0 && @ > 4]", "[5,6]"),
        JSONPathRow("$.a[?value(@..b) == 'k']", #"[{"b":"k"}]"#),
        JSONPathRow("$[?value(@.*) == 1]", "[]"),
        JSONPathRow("$.o[?value(@.*) == 6]", #"[{"u":6}]"#),
        JSONPathRow("$.o[?length(value(@.*)) == 1]", "[]"),
        JSONPathRow("$.a[?match(@.b, 'k.*')].b", #"["k","kilo"]"#),
        JSONPathRow("$.a[?!match(@.b, 'k.*')].b", #"["j",{}]"#),
        JSONPathRow("$.a[?match(@.b, 'ilo')]", "[]"),
        JSONPathRow("$.a[?search(@.b, 'ilo')].b", #"["kilo"]"#),
        JSONPathRow("$.a[?match(@.b, @.b)].b", #"["j","k","kilo"]"#),
        JSONPathRow("$.a[?match(@, '3')]", "[]"),
        JSONPathRow("$.a[?match(@.b, 3)]", "[]"),
        JSONPathRow("$.a[?match(@.b, '(')]", "[]"),
        JSONPathRow("$.a[?search(@.b, '^k')]", "[]"),
        JSONPathRow("$.a[?match( @.b , '\\\\p{Ll}' )].b", #"["j","k"]"#),
    ]

    @Test(arguments: rows)
    func filters(_ row: JSONPathRow) throws {
        let document = """
            {"a":[3,5,1,2,4,6,{"b":"j"},{"b":"k"},{"b":{}},{"b":"kilo"}],"o":{"p":1,"q":2,"r":3,"s":5,"t":{"u":6}},"e":"f"}
            """
        try row.check(on: document)
    }

    @Test func countsScalarsInLength() throws {
        let nodes = try JSONPath("$[?length(@) == 2]").nodes(in: ["e\u{301}", "é", "😀😀", "ab", []])
        #expect(nodes.map(\.path.description) == ["$[0]", "$[2]", "$[3]"])
    }

    @Test func takesAPatternOfTheDataThatIsTooLargeForOneThatMatchesNothing() throws {
        let path = try JSONPath("$[?match(@.text, @.pattern)].text")
        let document: JSONValue = [
            ["text": "a", "pattern": "a{99999999999999999999,}"], ["text": "b", "pattern": "b{1,}"],
        ]
        #expect(try path.nodes(in: document).map(\.value) == ["b"])
    }

    /// Each row: a path, and where it has a pattern with a "^" or "$" that means itself.
    @Test(
        arguments: [
            ("$[?match(@.a, '^ok$')]", ["character 15: match()"]),
            ("$[?search(@.a, 'a$')]", ["character 16: search()"]),
            ("$[?search(@.a, '(^a|b)') && match(@.b, '$')]", ["character 16: search()", "character 40: match()"]),
            ("$[?match(@.a, '[^a][$]')]", []), ("$[?match(@.a, '\\\\^a')]", []), ("$[?match(@.a, @.b)]", []),
        ] as [(String, [String])]
    )
    func namesAnchorsThatMeanThemselves(path: String, places: [String]) throws {
        let remarks = try JSONPath(path).patternRemarks.map(\.description)
        let sentence = { (place: String) in
            place.replacing(": ", with: ": \"^\" and \"$\" stand for themselves in ") + " (RFC 9485)"
        }
        #expect(remarks == places.map(sentence))
    }

    @Test func namesPatternsThatNeverMatch() throws {
        let path = try JSONPath("$[?match(@.a, 'ok') || search(@.b, '\\\\d+')]")
        #expect(
            path.patternProblems.map(\.description) == [
                #"character 36: search() is never true: "\d+" is not an I-Regexp. I-Regexp (RFC 9485) has no escape "\d"."#
            ]
        )
    }
}
