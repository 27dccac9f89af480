import HTTPVocabulary
import Testing

struct HTTPFieldsTests {
    /// A list of fields from lines.
    private func fields(_ lines: String...) throws -> HTTPFields {
        var fields = HTTPFields()
        for line in lines { fields.append(try field(line)) }
        return fields
    }

    private func field(_ line: String) throws -> HTTPField {
        let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let name = try #require(HTTPFieldName(String(parts[0])))
        return try #require(HTTPField(name: name, value: String(parts[1].drop { $0 == " " })))
    }

    private func lines(_ fields: HTTPFields) -> [String] { fields.map { "\($0.name): \($0.value)" } }

    @Test func keepsOrderRepetitionsAndSpelling() throws {
        let fields = try fields("X-B: 1", "x-a: 2", "X-A: 3", "X-B: 1", "X-C:")
        #expect(lines(fields) == ["X-B: 1", "x-a: 2", "X-A: 3", "X-B: 1", "X-C: "])
        #expect(fields.count == 5)
        #expect(fields.first?.value == "1")
        #expect(fields.reversed().map(\.value) == ["", "1", "3", "2", "1"])
        #expect(HTTPFields().isEmpty)
    }

    @Test(
        arguments: [
            ("X-A", ["1", "2"], "1, 2"), ("x-a", ["1", "2"], "1, 2"), ("X-B", ["3"], "3"), ("X-C", [""], ""),
            ("X-D", ["", "a, b", ""], ", a, b, "), ("X-E", [], nil), ("X", [], nil),
        ] as [(String, [String], String?)]
    )
    func combinesRepeatedFields(name: String, values: [String], combined: String?) throws {
        let fields = try fields("X-A: 1", "X-D:", "X-B: 3", "x-A: 2", "X-C:", "X-D: a, b", "x-d:")
        let name = try #require(HTTPFieldName(name))
        #expect(fields.values(of: name) == values)
        #expect(fields[name] == combined)
        #expect(fields.contains(name) == !values.isEmpty)
    }

    @Test(arguments: ["Set-Cookie", "set-cookie", "SET-COOKIE"])
    func givesSetCookieAsAListOnly(spelling: String) throws {
        let name = try #require(HTTPFieldName(spelling))
        let date = "b=2; Expires=Wed, 21 Oct 2015 07:28:00 GMT"
        for values in [["a=1"], ["a=1", date], [date, "a=1", ""]] {
            var fields = try fields("Accept: x", "\(spelling): \(values[0])")
            for value in values.dropFirst() { fields.append(try field("Set-Cookie: \(value)")) }
            #expect(fields[.setCookie] == nil)
            #expect(fields[name] == nil)
            #expect(fields.values(of: .setCookie) == values)
            #expect(fields.contains(.setCookie))
            #expect(fields[.accept] == "x")
        }
        #expect(try fields("Cookie: a=1", "Cookie: b=2")[.cookie] == "a=1, b=2")
        let similar = try #require(HTTPFieldName("set-cookie2"))
        #expect(try fields("Set-Cookie2: a", "Set-Cookie2: b")[similar] == "a, b")
    }

    @Test(arguments: [
        ("X-A: 9", ["X-A: 9", "X-B: 2"]), ("x-a: 9", ["x-a: 9", "X-B: 2"]), ("X-B: 9", ["X-A: 1", "X-B: 9", "x-a: 3"]),
        ("X-C: 9", ["X-A: 1", "X-B: 2", "x-a: 3", "X-C: 9"]),
    ])
    func putsAFieldInPlaceOfAllOfItsName(line: String, expected: [String]) throws {
        var fields = try fields("X-A: 1", "X-B: 2", "x-a: 3")
        let before = fields
        fields.set(try field(line))
        #expect(lines(fields) == expected)
        #expect(lines(before) == ["X-A: 1", "X-B: 2", "x-a: 3"])
    }

    @Test(arguments: [
        ("X-A", ["X-B: 2"]), ("x-A", ["X-B: 2"]), ("X-B", ["X-A: 1", "x-a: 3"]),
        ("X-C", ["X-A: 1", "X-B: 2", "x-a: 3"]),
    ])
    func removesAllFieldsOfAName(name: String, expected: [String]) throws {
        var fields = try fields("X-A: 1", "X-B: 2", "x-a: 3")
        fields.remove(try #require(HTTPFieldName(name)))
        #expect(lines(fields) == expected)
    }

    @Test func replacesNameByNameWithAnotherList() throws {
        var fields = try fields("X-A: 1", "X-B: 2", "x-a: 3", "X-C: 4")
        fields.replace(with: try self.fields("x-A: 5", "X-D: 6", "X-A: 7"))
        #expect(lines(fields) == ["X-B: 2", "X-C: 4", "x-A: 5", "X-D: 6", "X-A: 7"])
        fields.replace(with: [:])
        #expect(fields.count == 5)
    }

    @Test func isWrittenAsALiteral() throws {
        let literal: HTTPFields = [.accept: "text/csv", .cookie: "", .accept: "*/*"]
        #expect(literal == (try fields("accept: text/csv", "cookie:", "accept: */*")))
        #expect(lines(literal) == ["Accept: text/csv", "Cookie: ", "Accept: */*"])
    }

    @Test func equalsAnotherListInTheSameOrder() throws {
        let list = try fields("X-A: 1", "X-B: 2", "X-A: 3")
        let same = try fields("x-a: 1", "X-b: 2", "X-A: 3")
        #expect(list == same)
        #expect(list.hashValue == same.hashValue)
        for other in [
            try fields("X-B: 2", "X-A: 1", "X-A: 3"), try fields("X-A: 3", "X-B: 2", "X-A: 1"),
            try fields("X-A: 1", "X-B: 2"), try fields("X-A: 1", "X-B: 2", "X-A: 3", "X-A: 3"), [:],
            try fields("X-A: 1", "X-B: 2", "X-A: 4"), try fields("X-A: 1, 3", "X-B: 2"),
        ] {
            #expect(list != other)
            #expect(!list.isWritten(like: other))
        }
    }

    @Test func isWrittenLikeAListWithTheSameSpellingOnly() throws {
        let list = try fields("X-A: é", "X-B: 2")
        let copy = list
        #expect(list.isWritten(like: copy))
        #expect(list.isWritten(like: try fields("X-A: é", "X-B: 2")))
        #expect(HTTPFields().isWritten(like: [:]))
        for other in [try fields("x-A: é", "X-B: 2"), try fields("X-A: e\u{301}", "X-B: 2")] {
            #expect(!list.isWritten(like: other))
            #expect(!other.isWritten(like: list))
        }
    }
}
