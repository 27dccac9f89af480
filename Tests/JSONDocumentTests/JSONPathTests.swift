import JSONDocument
import Testing

@Suite struct JSONPathTests {
    static let valid = [
        "$", "$.a", "$._a1", "$.é", "$.😀", "$.a.b", "$ .a", "$\n.a", "$\t[0]", "$.*", "$..a", "$..*", "$..[0]",
        "$..['a']", "$..[?@]", "$['a']", "$[\"a\"]", "$[ 'a' ]", "$['a','b']", "$['a' , 'b']", "$[0,1:2,*,'a',?@]",
        "$['\\b\\f\\n\\r\\t\\/\\\\\\'']", "$[\"\\\"\"]", "$['\"']", "$[\"'\"]", "$['\\u00e9\\uD83D\\uDE00']",
        "$['\u{7F}']", "$[0]", "$[-1]", "$[9007199254740991]", "$[-9007199254740991]", "$[:]", "$[::]", "$[1:]",
        "$[:1]", "$[::1]", "$[ 1 : 2 : 3 ]", "$[::-1]", "$[:,:]", "$[?@.a]", "$[? @.a]", "$[?@]", "$[?$]", "$[?@.*]",
        "$[?@..a]", "$[?@[0,1]]", "$[?@[ 0 ]]", "$[?!@.a]", "$[?! @.a]", "$[?(@.a)]", "$[?!(@.a)]", "$[?((@.a))]",
        "$[?@.a && @.b || !@.c]", "$[?@.a&&@.b||!@.c]", "$[?(@.a || @.b) && @.c]", "$[?@.a==1]", "$[?@.a == -0]",
        "$[?@.a != 1.5e+3]", "$[?@.a < 1E-2]", "$[?@.a <= 0.0]", "$[?@.a > 'x']", "$[?@.a >= \"x\"]",
        "$[?@.a == true]", "$[?@.a == false]", "$[?@.a == null]", "$[?true == false]", "$[?1 == 1]",
        "$[?@['a'] == $[0]]", "$[?@ .a [0] == 1]", "$[?@.a == 10000000000000000000000]", "$[?length(@.a) == 1]",
        "$[?length('a') == 1]", "$[?length( @ ) == 1]", "$[?length(length(@)) == 1]", "$[?count(@.*) == 1]",
        "$[?count($..a) == count(@.a)]", "$[?value(@..a) == 1]", "$[?match(@.a, 'x')]", "$[?!search(@.a, @.b)]",
        "$[?match(length(@), 'x')]", "$[?(match(@.a, 'x') && @.b == 1)]", "$[?@[?@[?@.a]]]",
        "$[?@.a == 1, ?@.b == 2]",
    ]

    @Test(arguments: valid)
    func acceptsWhatTheGrammarHas(_ query: String) throws {
        let path = try JSONPath(query)
        #expect(path.description == query)
        _ = try path.nodes(in: [["a": 1]])
    }

    @Test(arguments: ["$", "$.a", "$['a'][0]", "$[-1].b", "$[ 'a' ]"])
    func knowsThatOneNodeAtMostIsSelected(_ query: String) throws {
        #expect(try JSONPath(query).isSingular)
    }

    @Test(arguments: ["$.*", "$..a", "$[0,1]", "$[0:1]", "$[?@]", "$.a[*].b"])
    func knowsThatSeveralNodesMayBeSelected(_ query: String) throws {
        #expect(try !JSONPath(query).isSingular)
    }

    @Test func spellsNormalizedPathsAsTheRFCDoes() throws {
        let document: JSONValue = ["a": [0, ["b": 1]], "\u{0B}'\\\u{08}\t\n\u{0C}\r\"é": 2, "c-d": 3, "": 4]
        let nodes = try JSONPath("$..*").nodes(in: document)
        #expect(
            nodes.map(\.path.description) == [
                "$['a']", #"$['\u000b\'\\\b\t\n\f\r"é']"#, "$['c-d']", "$['']", "$['a'][0]", "$['a'][1]",
                "$['a'][1]['b']",
            ]
        )
        #expect(
            nodes.map(\.path.shorthand) == [
                "$.a", #"$['\u000b\'\\\b\t\n\f\r"é']"#, "$['c-d']", "$['']", "$.a[0]", "$.a[1]", "$.a[1].b",
            ]
        )
        for node in nodes {
            #expect(try JSONPath(node.path.description).nodes(in: document).map(\.value) == [node.value])
            #expect(try JSONPath(node.path.shorthand).nodes(in: document).map(\.path) == [node.path])
        }
    }

    @Test func givesUpWhenQueryAndDocumentMultiply() throws {
        let path = try JSONPath("$..*[*]..*[*]..*")
        let document = JSONValue.array(Array(repeating: [[[[1, 2], [3, 4]]]], count: 50))
        let error = #expect(throws: JSONPathLimitError.self) { try path.nodes(in: document, visitLimit: 1_000) }
        #expect(error?.message == "The query was given up after visiting 1000 nodes. Make it more specific.")
    }

    @Test func countsTheWorkOfPatternsToo() throws {
        let path = try JSONPath("$[?match(@, '(a?){900}b')]")
        let document: JSONValue = [.string(String(repeating: "a", count: 2_000))]
        #expect(throws: JSONPathLimitError.self) { try path.nodes(in: document, visitLimit: 10_000) }
        #expect(try path.nodes(in: document).isEmpty)
    }

    @Test func walksDeepDocumentsWithoutRecursion() throws {
        let depth = JSONLimits.maximumDepth
        let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        let tree = try JSONTree(parsing: text, limits: JSONLimits(depth: depth))
        let nodes = try JSONPath("$..[0]").nodes(in: tree)
        #expect(nodes.count == depth - 1)
        #expect(nodes.last?.path.steps.count == depth - 1)
    }

    @Test func refusesAValueThatIsNestedTooDeep() throws {
        let value = (0...JSONLimits.maximumDepth).reduce(JSONValue.null) { inner, _ in [inner] }
        let error = #expect(throws: JSONPathLimitError.self) { try JSONPath("$").nodes(in: value) }
        #expect(error?.message == "Arrays and objects are nested over 1000 deep.")
    }

    @Test func equalsAPathThatIsWrittenAlike() throws {
        #expect(try JSONPath("$.a") == JSONPath("$.a"))
        #expect(try JSONPath("$.a") != JSONPath("$['a']"))
        #expect(try JSONPath("$.é") != JSONPath("$.e\u{301}"))
        #expect(try Set([JSONPath("$.a"), JSONPath("$.a")]).count == 1)
    }
}
