import JSONDocument
import TestNumbers
import Testing

@Suite struct JSONValueTests {
    @Test func keepsTheOrderOfMembersAndEveryDigit() throws {
        let text = #"{"z":1.50,"a":[12345678901234567890,1E+2,-0.0],"m":{"y":null,"x":true}}"#
        #expect(try JSONValue(parsing: text).text() == text)
    }

    @Test(
        arguments: [
            (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{08}\u{0C}\n\r\t"),
            (#""\u0041\u00e9\u20AC\uD83D\ude00""#, "Aé€😀"),
            ("\"é€😀\u{7F}\u{2028}\"", "é€😀\u{7F}\u{2028}"),
            (
                #""plain text that is longer than eight bytes, then \u0000""#,
                "plain text that is longer than eight bytes, then \0"
            ),
            (#""""#, ""),
        ]
    )
    func resolvesEscapes(_ text: String, _ expected: String) throws {
        #expect(try JSONValue(parsing: text).string?.unicodeScalars.elementsEqual(expected.unicodeScalars) == true)
    }

    @Test func writesOnlyTheEscapesThatAreNeeded() {
        let value = JSONValue.string("\"\\/\u{08}\u{0C}\n\r\t\u{00}\u{1F}\u{7F}é😀")
        #expect(value.description == "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\u{7F}é😀\"")
    }

    @Test func writesPrettily() {
        let value: JSONValue = ["a": [1, [:], []], "b": ["c": .null]]
        let expected = """
            {
              "a": [
                1,
                {},
                []
              ],
              "b": {
                "c": null
              }
            }
            """
        #expect(value.text(.pretty) == expected)
        #expect(value.text(.compact) == #"{"a":[1,{},[]],"b":{"c":null}}"#)
    }

    @Test func comparesObjectsWhateverTheirOrder() throws {
        let left: JSONValue = ["a": 1, "b": [1.0, "x"]]
        let right = try JSONValue(parsing: #"{"b":[1,"x"],"a":1e0}"#)
        #expect(left == right)
        #expect(left.hashValue == right.hashValue)
        #expect(left != ["a": 1, "b": [1, "y"]])
        #expect(left != ["a": 1])
        #expect(JSONValue.string("é") != .string("e\u{301}"))
        #expect(JSONValue.string("1") != .number(JSONNumber(1)))
        #expect(JSONValue.boolean(false) != .null)
    }

    @Test func givesAccessByTypeNameAndPlace() {
        let value: JSONValue = ["flag": true, "list": [1, "two"], "none": .null]
        #expect(value["flag"]?.boolean == true)
        #expect(value["list"]?[1]?.string == "two")
        #expect(value["list"]?[0]?.number?.int64 == 1)
        #expect(value["list"]?[2] == nil)
        #expect(value["list"]?[-1] == nil)
        #expect(value["none"] == .null)
        #expect(value["absent"] == nil)
        #expect(value[0] == nil)
        #expect(value["list"]?["name"] == nil)
        #expect(value.object?.map(\.value.kind) == [.boolean, .array, .null])
    }

    @Test func keepsAMembersPlaceWhenItIsSet() {
        var object = JSONObject([.init(name: "a", value: 1), .init(name: "b", value: 2), .init(name: "a", value: 3)])
        #expect(JSONValue.object(object).text() == #"{"a":3,"b":2}"#)
        object["a"] = 4
        object["c"] = 5
        object["b"] = nil
        object["d"] = nil
        #expect(JSONValue.object(object).text() == #"{"a":4,"c":5}"#)
    }

    @Test func showsNodesWithoutMakingValues() throws {
        let root = try JSONTree(parsing: #"{"a":[1,{}],"b":"x"}"#).root
        #expect(root.childCount == 2)
        #expect(root.children.map(\.description) == ["array at $['a']", "string at $['b']"])
        #expect(root.children.map(\.childCount) == [2, 0])
        #expect(root.children[0].children.map(\.kind) == [.number, .object])
        #expect(root.tree.description == "JSON text of 20 bytes")
    }

    @Test(arguments: 0..<300)
    func readsBackWhatItWrites(_ seed: UInt64) throws {
        var source = ValueSource(seed: seed)
        let value = source.value(depth: 6)
        for style in [JSONValue.Style.compact, .pretty] {
            let text = value.text(style)
            let parsed = try JSONValue(parsing: text)
            #expect(parsed == value)
            #expect(parsed.hashValue == value.hashValue)
            #expect(parsed.text(style) == text)
        }
    }

    @Test(arguments: 0..<50)
    func findsEachNodeByItsPath(_ seed: UInt64) throws {
        var source = ValueSource(seed: seed)
        let tree = try JSONTree(source.value(depth: 5))
        for node in try JSONPath("$..*").nodes(in: tree) {
            for query in [node.path.description, node.path.shorthand] {
                let found = try JSONPath(query).nodes(in: tree)
                #expect(found.map(\.path) == [node.path])
            }
        }
    }

    /// Breaks valid texts in all kinds of ways; whatever is still accepted must survive being written.
    @Test(arguments: 0..<300)
    func survivesBrokenTexts(_ seed: UInt64) throws {
        var source = ValueSource(seed: seed)
        var bytes = Array(source.value(depth: 4).text().utf8)
        for _ in 0..<source.random.below(4) {
            let place = source.random.below(bytes.count)
            bytes[place] = UInt8(truncatingIfNeeded: source.random.next())
        }
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONValue(parsing: bytes)
        } catch {
            #expect(error.position.offset <= bytes.count)
            return
        }
        #expect(try JSONValue(parsing: value.text()) == value)
    }
}
