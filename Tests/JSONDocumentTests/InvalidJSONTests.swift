import JSONDocument
import Testing

/// Texts that are not JSON by RFC 8259, with the place and the reason of each refusal.
@Suite struct InvalidJSONTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let text: String
        let description: String

        init(_ text: String, _ description: String) {
            self.text = text
            self.description = description
        }

        var testDescription: String { text }
    }

    static let structure = [
        Row("", "line 1, column 1: Expected a JSON value, found the end of the text."),
        Row(" \n\t ", "line 2, column 3: Expected a JSON value, found the end of the text."),
        Row("1 2", #"line 1, column 3: Expected the end of the text after the value, found "2"."#),
        Row("{}}", #"line 1, column 3: Expected the end of the text after the value, found "}"."#),
        Row("]", #"line 1, column 1: Expected a value, found "]"."#),
        Row(",", #"line 1, column 1: Expected a value, found ","."#),
        Row("[", #"line 1, column 2: Expected a value or "]", found the end of the text."#),
        Row("[1", #"line 1, column 3: Expected "," or "]", found the end of the text."#),
        Row("[1,", "line 1, column 4: Expected a value, found the end of the text."),
        Row("[1,]", #"line 1, column 4: Expected a value, found "]"."#),
        Row("[,1]", #"line 1, column 2: Expected a value, found ","."#),
        Row("[1,,2]", #"line 1, column 4: Expected a value, found ","."#),
        Row("[1 2]", #"line 1, column 4: Expected "," or "]", found "2"."#),
        Row("[1}", #"line 1, column 3: Expected "," or "]", found "}"."#),
        Row("[}", #"line 1, column 2: Expected a value, found "}"."#),
        Row("{", #"line 1, column 2: Expected a name in double quotes or "}", found the end of the text."#),
        Row("{]", #"line 1, column 2: Expected a name in double quotes or "}", found "]"."#),
        Row("{a:1}", #"line 1, column 2: Expected a name in double quotes or "}", found "a"."#),
        Row("{'a':1}", #"line 1, column 2: Expected a name in double quotes or "}", found "'"."#),
        Row("{1:2}", #"line 1, column 2: Expected a name in double quotes or "}", found "1"."#),
        Row(#"{"a"}"#, #"line 1, column 5: Expected ":" after the name, found "}"."#),
        Row(#"{"a" 1}"#, #"line 1, column 6: Expected ":" after the name, found "1"."#),
        Row(#"{"a":}"#, #"line 1, column 6: Expected a value, found "}"."#),
        Row(#"{"a":"#, "line 1, column 6: Expected a value, found the end of the text."),
        Row(#"{"a":1"#, #"line 1, column 7: Expected "," or "}", found the end of the text."#),
        Row(#"{"a":1]"#, #"line 1, column 7: Expected "," or "}", found "]"."#),
        Row(#"{"a":1,}"#, #"line 1, column 8: Expected a name in double quotes, found "}"."#),
        Row("{\n  \"é\": 1\n  \"b\": 2\n}", "line 3, column 3: Expected \",\" or \"}\", found a double quote."),
        Row("// x", #"line 1, column 1: Expected a value, found "/"."#),
        Row("\u{FEFF}", "line 1, column 1: Expected a JSON value, found the end of the text."),
        Row("\u{FEFF}\u{FEFF}1", "line 1, column 1: Expected a value, found a byte order mark."),
        Row(" \u{FEFF}1", "line 1, column 2: Expected a value, found a byte order mark."),
        Row("\u{FEFF}{\"a\" 1}", "line 1, column 6: Expected \":\" after the name, found \"1\"."),
        Row("\u{A0}1", "line 1, column 1: Expected a value, found \"\u{A0}\"."),
        Row("\u{0C}1", "line 1, column 1: Expected a value, found the control character U+000C."),
    ]

    static let scalars = [
        Row("nul", #"line 1, column 1: Expected a value, found "n"."#),
        Row("True", #"line 1, column 1: Expected a value, found "T"."#),
        Row("falsy", #"line 1, column 1: Expected a value, found "f"."#),
        Row("nulll", #"line 1, column 5: Expected the end of the text after the value, found "l"."#),
        Row("NaN", #"line 1, column 1: Expected a value, found "N"."#),
        Row("Infinity", #"line 1, column 1: Expected a value, found "I"."#),
        Row("-Infinity", "line 1, column 2: Expected a digit."),
        Row("-", "line 1, column 2: Expected a digit."),
        Row("+1", #"line 1, column 1: Expected a value, found "+"."#),
        Row(".5", #"line 1, column 1: Expected a value, found "."."#),
        Row("01", "line 1, column 1: A number must not start with a zero that other digits follow."),
        Row("-00", "line 1, column 2: A number must not start with a zero that other digits follow."),
        Row("1.", "line 1, column 3: Expected a digit after the decimal point."),
        Row("1.e5", "line 1, column 3: Expected a digit after the decimal point."),
        Row("1e", "line 1, column 3: Expected a digit in the exponent."),
        Row("1e+", "line 1, column 4: Expected a digit in the exponent."),
        Row("0x10", #"line 1, column 2: Expected the end of the text after the value, found "x"."#),
        Row("1e1234567890123456", "line 1, column 3: The number's exponent has over 15 digits."),
        Row(#""a"#, "line 1, column 1: The string that starts here is not closed."),
        Row(#"["a\"]"#, "line 1, column 2: The string that starts here is not closed."),
        Row("\"a\nb\"", "line 1, column 3: The control character U+000A must be escaped in a string."),
        Row("\"\u{1F}\"", "line 1, column 2: The control character U+001F must be escaped in a string."),
        Row(#""\x""#, #"line 1, column 2: JSON has no such escape: "x" after the backslash."#),
        Row(#""\'""#, #"line 1, column 2: JSON has no such escape: "'" after the backslash."#),
        Row(#""\"#, "line 1, column 2: The text ends within an escape."),
        Row(#""\u12G4""#, #"line 1, column 2: "\u" must be followed by four hexadecimal digits."#),
        Row(#""\u12"#, #"line 1, column 2: "\u" must be followed by four hexadecimal digits."#),
        Row(
            #""é\uD83D""#,
            #"line 1, column 3: The escape \uD83D is half of a surrogate pair; its other half is missing."#
        ),
        Row(
            #""\uDE00\uD83D""#,
            #"line 1, column 2: The escape \uDE00 is half of a surrogate pair; its other half is missing."#
        ),
        Row(
            #""\uD83Dabcdef""#,
            #"line 1, column 2: The escape \uD83D is half of a surrogate pair; its other half is missing."#
        ),
    ]

    @Test(arguments: structure + scalars)
    func isRefusedWithItsPlaceAndReason(_ row: Row) {
        let error = #expect(throws: JSONError.self) { try JSONTree(parsing: row.text) }
        #expect(error?.description == row.description)
    }

    @Test(
        arguments: [
            [0x80], [0xC3], [0xC0, 0x80], [0xC3, 0x28], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xE2, 0x82],
            [0xF0, 0x80, 0x80, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF],
        ] as [[UInt8]]
    )
    func refusesBytesThatAreNotUTF8(_ bytes: [UInt8]) {
        let text = Array("[\"long enough to skip".utf8) + bytes + Array("\"]".utf8)
        let error = #expect(throws: JSONError.self) { try JSONTree(parsing: text) }
        #expect(error?.code == .encoding)
        #expect(error?.message == "The bytes from here are not valid UTF-8.")
        #expect(error?.position.offset == 21)
    }

    static let duplicates = [
        Row(
            #"{"a":1,"a":2}"#,
            "line 1, column 8: The name appears twice in one object; the first is at line 1, column 2."
        ),
        Row(
            "{\"x\":{\n\"é\":0,\n\"b\":0,\"\\u00e9\":1}}",
            "line 3, column 7: The name appears twice in one object; the first is at line 2, column 1."
        ),
        Row(
            #"[{"a":{"a":1}},{"":1,"":2}]"#,
            "line 1, column 22: The name appears twice in one object; the first is at line 1, column 17."
        ),
    ]

    @Test(arguments: duplicates)
    func reportsBothPlacesOfADuplicateName(_ row: Row) {
        let error = #expect(throws: JSONError.self) { try JSONTree(parsing: row.text) }
        #expect(error?.code == .duplicateName)
        #expect(error?.description == row.description)
        #expect(error?.firstPosition != nil)
    }

    @Test func reportsTheEarliestDuplicateOfALargeObject() throws {
        let names = (0..<2_000).map { "\"name\($0)\":0" }
        #expect(try JSONTree(parsing: "{\(names.joined(separator: ","))}").root.childCount == 2_000)
        let text = "{\(names.joined(separator: ",")),\n\"name7\":0,\"name3\":0}"
        let error = #expect(throws: JSONError.self) { try JSONTree(parsing: text) }
        #expect(error?.code == .duplicateName)
        #expect(error?.position.line == 2)
        #expect(error?.position.column == 1)
        #expect(error?.firstPosition?.offset == 71)
    }

    @Test func acceptsNamesThatOnlyLookAlike() throws {
        let object = try JSONValue(parsing: #"{"é":1,"e\u0301":2,"a":{"a":{"a":3}},"b":[{"a":1},{"a":2}]}"#).object
        #expect(object?.map(\.name) == ["é", "e\u{301}", "a", "b"])
        #expect(object?["é"] == 1)
        #expect(object?["e\u{301}"] == 2)
    }

    @Test func boundsDepthAndSize() throws {
        #expect(try JSONTree(parsing: "[[1]]", limits: JSONLimits(depth: 2)).root.childCount == 1)
        let tooDeep = #expect(throws: JSONError.self) {
            try JSONTree(parsing: "[[\n[1]]]", limits: JSONLimits(depth: 2))
        }
        #expect(tooDeep?.code == .nestingTooDeep)
        #expect(tooDeep?.description == "line 2, column 1: Arrays and objects are nested over 2 deep.")
        let tooLarge = #expect(throws: JSONError.self) { try JSONTree(parsing: "12345", limits: JSONLimits(bytes: 4)) }
        #expect(tooLarge?.code == .textTooLarge)
        #expect(tooLarge?.message == "The text has 5 bytes; the limit is 4.")
        let bomb = String(repeating: "[", count: 1_000_000)
        let error = #expect(throws: JSONError.self) { try JSONTree(parsing: bomb, limits: JSONLimits(depth: .max)) }
        #expect(error?.message == "Arrays and objects are nested over 1000 deep.")
    }
}
