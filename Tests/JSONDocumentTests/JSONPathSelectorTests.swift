import JSONDocument
import Testing

/// The tables of examples in RFC 9535, sections 1.5 and 2.3.1 to 2.3.4, and cases on their edges.
@Suite struct JSONPathSelectorTests {
    static let store = """
        {"store":{"book":[\
        {"category":"reference","author":"Nigel Rees","title":"Sayings of the Century","price":8.95},\
        {"category":"fiction","author":"Evelyn Waugh","title":"Sword of Honour","price":12.99},\
        {"category":"fiction","author":"Herman Melville","title":"Moby Dick","isbn":"0-553-21311-3","price":8.99},\
        {"category":"fiction","author":"J. R. R. Tolkien","title":"The Lord of the Rings",\
        "isbn":"0-395-19395-8","price":22.99}],\
        "bicycle":{"color":"red","price":399}}}
        """

    static let storeRows = [
        JSONPathRow(
            "$.store.book[*].author",
            #"["Nigel Rees","Evelyn Waugh","Herman Melville","J. R. R. Tolkien"]"#,
            (0...3).map { "$['store']['book'][\($0)]['author']" }
        ),
        JSONPathRow("$..author", #"["Nigel Rees","Evelyn Waugh","Herman Melville","J. R. R. Tolkien"]"#),
        JSONPathRow("$.store..price", "[8.95,12.99,8.99,22.99,399]"),
        JSONPathRow("$..book[2].title", #"["Moby Dick"]"#, ["$['store']['book'][2]['title']"]),
        JSONPathRow("$..book[2].author", #"["Herman Melville"]"#),
        JSONPathRow("$..book[2].publisher", "[]"),
        JSONPathRow("$..book[-1].title", #"["The Lord of the Rings"]"#, ["$['store']['book'][3]['title']"]),
        JSONPathRow("$..book[0,1].title", #"["Sayings of the Century","Sword of Honour"]"#),
        JSONPathRow("$..book[:2].title", #"["Sayings of the Century","Sword of Honour"]"#),
        JSONPathRow("$..book[?@.isbn].title", #"["Moby Dick","The Lord of the Rings"]"#),
        JSONPathRow("$..book[?@.price<10].title", #"["Sayings of the Century","Moby Dick"]"#),
        JSONPathRow(
            "$..bicycle.*",
            #"["red",399]"#,
            ["$['store']['bicycle']['color']", "$['store']['bicycle']['price']"]
        ),
        JSONPathRow("$.store.bicycle..*", #"["red",399]"#),
    ]

    @Test(arguments: storeRows)
    func answersTheOverview(_ row: JSONPathRow) throws {
        try row.check(on: Self.store)
    }

    @Test func selectsAllDescendants() throws {
        #expect(try JSONPath("$..*").nodes(in: JSONTree(parsing: Self.store)).count == 27)
    }

    static let nameRows = [
        JSONPathRow("$", #"[{"o":{"j j":{"k.k":3}},"'":{"@":2},"é":1,"e\u0301":2,"":0}]"#, ["$"]),
        JSONPathRow("$.o['j j']", #"[{"k.k":3}]"#, ["$['o']['j j']"]),
        JSONPathRow("$.o['j j']['k.k']", "[3]", ["$['o']['j j']['k.k']"]),
        JSONPathRow(#"$.o["j j"]["k.k"]"#, "[3]", ["$['o']['j j']['k.k']"]),
        JSONPathRow(#"$["'"]["@"]"#, "[2]", [#"$['\'']['@']"#]),
        JSONPathRow(#"$['\'']['\u0040']"#, "[2]"),
        JSONPathRow("$.é", "[1]", ["$['é']"]),
        JSONPathRow("$['e\u{301}']", "[2]", ["$['e\u{301}']"]),
        JSONPathRow(#"$["\u00E9"]"#, "[1]"),
        JSONPathRow("$['']", "[0]", ["$['']"]),
        JSONPathRow("$.none", "[]"),
        JSONPathRow("$.o.none.more", "[]"),
        JSONPathRow("$[0]", "[]"),
        JSONPathRow("$.o[:]", "[]"),
        JSONPathRow("$.é.x", "[]"),
        JSONPathRow("$ .o [ 'j j' ]\t[\"k.k\"]", "[3]"),
        JSONPathRow("$['é','é','none']", "[1,1]", ["$['é']", "$['é']"]),
    ]

    @Test(arguments: nameRows)
    func selectsByName(_ row: JSONPathRow) throws {
        try row.check(on: #"{"o":{"j j":{"k.k":3}},"'":{"@":2},"\u00e9":1,"e\u0301":2,"":0}"#)
    }

    static let wildcardRows = [
        JSONPathRow("$[*]", #"[{"j":1,"k":2},[5,3]]"#, ["$['o']", "$['a']"]),
        JSONPathRow("$.*", #"[{"j":1,"k":2},[5,3]]"#),
        JSONPathRow("$.o[*]", "[1,2]", ["$['o']['j']", "$['o']['k']"]),
        JSONPathRow("$.o[*, *]", "[1,2,1,2]"),
        JSONPathRow("$.a[*]", "[5,3]", ["$['a'][0]", "$['a'][1]"]),
        JSONPathRow("$.a[0].*", "[]"),
        JSONPathRow("$.*.*", "[1,2,5,3]"),
    ]

    @Test(arguments: wildcardRows)
    func selectsAllChildren(_ row: JSONPathRow) throws {
        try row.check(on: #"{"o":{"j":1,"k":2},"a":[5,3]}"#)
    }

    static let indexAndSliceRows = [
        JSONPathRow("$[1]", #"["b"]"#, ["$[1]"]),
        JSONPathRow("$[-2]", #"["f"]"#, ["$[5]"]),
        JSONPathRow("$[0]", #"["a"]"#),
        JSONPathRow("$[7]", "[]"),
        JSONPathRow("$[-7]", #"["a"]"#),
        JSONPathRow("$[-8]", "[]"),
        JSONPathRow("$[9007199254740991]", "[]"),
        JSONPathRow("$[-9007199254740991]", "[]"),
        JSONPathRow("$[1:3]", #"["b","c"]"#, ["$[1]", "$[2]"]),
        JSONPathRow("$[5:]", #"["f","g"]"#, ["$[5]", "$[6]"]),
        JSONPathRow("$[1:5:2]", #"["b","d"]"#, ["$[1]", "$[3]"]),
        JSONPathRow("$[5:1:-2]", #"["f","d"]"#, ["$[5]", "$[3]"]),
        JSONPathRow("$[::-1]", #"["g","f","e","d","c","b","a"]"#),
        JSONPathRow("$[:]", #"["a","b","c","d","e","f","g"]"#),
        JSONPathRow("$[::]", #"["a","b","c","d","e","f","g"]"#),
        JSONPathRow("$[::0]", "[]"),
        JSONPathRow("$[1:3:0]", "[]"),
        JSONPathRow("$[-2:]", #"["f","g"]"#),
        JSONPathRow("$[:-5]", #"["a","b"]"#),
        JSONPathRow("$[-100:2]", #"["a","b"]"#),
        JSONPathRow("$[5:100]", #"["f","g"]"#),
        JSONPathRow("$[3:1]", "[]"),
        JSONPathRow("$[1:3:-1]", "[]"),
        JSONPathRow("$[100:4:-1]", #"["g","f"]"#),
        JSONPathRow("$[1:-100:-1]", #"["b","a"]"#),
        JSONPathRow("$[::9007199254740991]", #"["a"]"#),
        JSONPathRow("$[::-9007199254740991]", #"["g"]"#),
        JSONPathRow("$[-9007199254740991:9007199254740991:3]", #"["a","d","g"]"#),
        JSONPathRow("$[ 1 : 5 : 2 ]", #"["b","d"]"#),
        JSONPathRow("$[0, 3]", #"["a","d"]"#),
        JSONPathRow("$[0:2, 5]", #"["a","b","f"]"#),
        JSONPathRow("$[0, 0]", #"["a","a"]"#),
        JSONPathRow("$[-1,0,-1]", #"["g","a","g"]"#),
        JSONPathRow("$['a']", "[]"),
        JSONPathRow("$[0][0]", "[]"),
    ]

    @Test(arguments: indexAndSliceRows)
    func selectsByPlace(_ row: JSONPathRow) throws {
        try row.check(on: #"["a","b","c","d","e","f","g"]"#)
    }

    static let descendantRows = [
        JSONPathRow("$..j", "[1,4]", ["$['o']['j']", "$['a'][2][0]['j']"]),
        JSONPathRow("$..[0]", #"[5,{"j":4}]"#, ["$['a'][0]", "$['a'][2][0]"]),
        JSONPathRow("$..o", #"[{"j":1,"k":2}]"#),
        JSONPathRow("$.o..[*, *]", "[1,2,1,2]"),
        JSONPathRow(
            "$.a..[0, 1]",
            #"[5,3,{"j":4},{"k":6}]"#,
            ["$['a'][0]", "$['a'][1]", "$['a'][2][0]", "$['a'][2][1]"]
        ),
        JSONPathRow("$..*", #"[{"j":1,"k":2},[5,3,[{"j":4},{"k":6}]],1,2,5,3,[{"j":4},{"k":6}],{"j":4},{"k":6},4,6]"#),
        JSONPathRow("$..[?@.k==6]", #"[{"k":6}]"#),
        JSONPathRow("$..['j','k']", "[1,2,4,6]"),
        JSONPathRow("$..a..j", "[4]"),
        JSONPathRow("$..[-1]", #"[[{"j":4},{"k":6}],{"k":6}]"#),
    ]

    @Test(arguments: descendantRows)
    func selectsDescendantsInOrder(_ row: JSONPathRow) throws {
        try row.check(on: #"{"o":{"j":1,"k":2},"a":[5,3,[{"j":4},{"k":6}]]}"#)
    }

    static let nullRows = [
        JSONPathRow("$.a", "[null]", ["$['a']"]),
        JSONPathRow("$.a[0]", "[]"),
        JSONPathRow("$.a.d", "[]"),
        JSONPathRow("$.b[0]", "[null]"),
        JSONPathRow("$.b[*]", "[null]"),
        JSONPathRow("$.b[?@]", "[null]", ["$['b'][0]"]),
        JSONPathRow("$.b[?@==null]", "[null]"),
        JSONPathRow("$.c[?@.d==null]", "[]"),
        JSONPathRow("$.null", "[1]", ["$['null']"]),
    ]

    @Test(arguments: nullRows)
    func tellsNullFromNothing(_ row: JSONPathRow) throws {
        try row.check(on: #"{"a":null,"b":[null],"c":[{}],"null":1}"#)
    }
}

/// A query, and the values that it selects, in order, as a JSON array.
struct JSONPathRow: Sendable, CustomTestStringConvertible {
    let query: String
    let values: String
    let paths: [String]?

    init(_ query: String, _ values: String, _ paths: [String]? = nil) {
        self.query = query
        self.values = values
        self.paths = paths
    }

    var testDescription: String { query }

    func check(on document: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let nodes = try JSONPath(query).nodes(in: JSONTree(parsing: document))
        let expected = try JSONValue(parsing: values).text()
        #expect(JSONValue.array(nodes.map(\.value)).text() == expected, sourceLocation: sourceLocation)
        guard let paths else { return }
        #expect(nodes.map(\.path.description) == paths, sourceLocation: sourceLocation)
    }
}
