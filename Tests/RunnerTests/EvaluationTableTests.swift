import Checks
import DHIS2
import Testing

@testable import Runner

struct EvaluationTableTests {
    @Test(arguments: parts + fields + bodies + members + selections)
    func judgesAndSaysWhatWasExpectedAndWhatCame(_ row: EvaluationRow) throws {
        let expectation = try expectation(row.expect)
        #expect(expectation.mismatches(row.passing).isEmpty)
        let mismatches = expectation.mismatches(row.failing)
        #expect(mismatches.map(\.message) == row.messages)
        #expect(mismatches.flatMap(\.excerpt) == row.excerpt)
    }

    @Test(arguments: [
        "X-A:", "x-a: \0", "X-A : 1", "X-A\t: 1", "X-A: a\0b\r\n", "X-A: \u{1B}[31m", "X-A: \u{85}", "X-A:\r\n 1",
        "X-B: 1\r\n 2\r\nX-A: 3", "X-B: \r\r\nX-A: 3",
    ])
    func findsAFieldThatIsThereHoweverBrokenItIs(headers: String) throws {
        let isAbsent = try expectation("{headers: {X-A: {exists: false}}}")
        #expect(isAbsent.mismatches(answer(headers: headers)).count == 1)
        #expect(isAbsent.mismatches(answer(headers: "X-B: 1\r\n X-A: 2\r\n")).isEmpty)
        #expect(try expectation("{headers: {X-A: {exists: true}}}").mismatches(answer(headers: headers)).isEmpty)
    }

    private static let parts: [EvaluationRow] = [
        .init("404", passes: answer(status: 404), fails: answer(), "status: expected 404, got 200"),
        .init("2xx", passes: answer(status: 204), fails: answer(status: 302), "status: expected 2xx, got 302"),
        .init(
            "[200-204, 404]",
            passes: answer(status: 202),
            fails: answer(status: 500),
            "status: expected 200-204, 404, got 500"
        ),
        .init(
            "{content-type: application/json}",
            passes: answer(headers: "content-type: Application/JSON ;charset=UTF-8\r\n"),
            fails: answer(headers: "Content-Type: text/html;charset=UTF-8\r\n"),
            "content-type: expected application/json, got text/html"
        ),
        .init(
            "{content-type: application/json}",
            passes: answer(headers: "content-type:application/json\n"),
            fails: answer(),
            "content-type: expected application/json, got no Content-Type field"
        ),
        .init(
            "{content-type: application/json}",
            passes: answer(headers: "content-type:application/json;a=b;c=d\n"),
            fails: answer(headers: "Content-Type:\r\n"),
            "content-type: expected application/json, got an empty Content-Type field"
        ),
        .init(
            "{max-size: 64KiB}",
            passes: HTTPExchange(statusCode: 200, bodySize: 65_536),
            fails: HTTPExchange(statusCode: 200, bodySize: 65_537),
            "max-size: expected at most 64KiB, got 65537 bytes"
        ),
    ]

    private static let fields: [EvaluationRow] = [
        .init(
            "{headers: {Set-Cookie: 'a=1, b=2'}}",
            passes: answer(headers: "Set-Cookie: a=1\r\nset-cookie: b=2\r\n"),
            fails: answer(headers: "Set-Cookie: a=1\r\n"),
            #"header Set-Cookie: expected "a=1, b=2", got "a=1""#
        ),
        .init(
            "{headers: {X-A: {not: {contains: secret}}}}",
            passes: answer(headers: "X-A: a\r\nX-B: secret\r\n"),
            fails: answer(headers: "X-A: a\r\n\tsecret\r\n"),
            #"header X-A: expected not to contain "secret", got "a secret""#
        ),
        .field("200", passes: "200", fails: "201", #"expected "200", got "201""#),
        .field("{equals: 'on, off'}", passes: "on\r\nx-a: off", fails: "on", #"expected "on, off", got "on""#),
        .field("{not: off}", passes: "on", fails: "off", #"expected not "off", got "off""#),
        .field("{contains: 7}", passes: "a7", fails: "a8", #"expected to contain "7", got "a8""#),
        .field("{starts-with: W/}", passes: "W/1", fails: "1", #"expected to start with "W/", got "1""#),
        .field("{ends-with: .org}", passes: "a.org", fails: "a.com", #"expected to end with ".org", got "a.com""#),
        .field("{matches: '^v\\d+$'}", passes: "v12", fails: "v", #"expected to match ^v\d+$, got "v""#),
        .field("{one-of: [a, 1]}", passes: "1", fails: "2", #"expected one of "a", "1", got "2""#),
        .field("{length: 2}", passes: "ab", fails: "abc", "expected a length of 2, got a length of 3")
            .excerpt(#""abc""#),
        .field("{greater-than: 9}", passes: "10", fails: "9", #"expected greater than 9, got "9""#),
        .field("{at-least: 9}", passes: "9.0", fails: "8.99", #"expected at least 9, got "8.99""#),
        .field("{less-than: 9}", passes: "-10", fails: "10", #"expected less than 9, got "10""#),
        .field(
            "{at-most: 9}",
            passes: "9",
            fails: "soon",
            #"expected at most 9, got "soon": at-most 9 does not apply to text that is not a number"#
        ),
        .field("{less-than: b}", passes: "a", fails: "b", #"expected less than "b", got "b""#),
        .init(
            "{headers: {X-A: {exists: false}}}",
            passes: answer(headers: "X-B: 1\r\n"),
            fails: answer(headers: "x-a:\r\n"),
            #"header X-A: expected nothing, got """#
        ),
        .init(
            "{headers: {X-A: {exists: true}}}",
            passes: answer(headers: "x-a:\r\n"),
            fails: answer(headers: "X-B: 1\r\n"),
            "header X-A: expected something, got no such field"
        ),
        .init(
            "{headers: {X-A: {starts-with: a, not: {exists: false}, ends-with: c}}}",
            passes: answer(headers: "X-A: abc\r\n"),
            fails: answer(),
            #"header X-A: expected to start with "a" and something and to end with "c", got no such field"#
        ),
    ]

    private static let bodies: [EvaluationRow] = [
        .body("pong", passes: "pong", fails: "pong\n", #"expected "pong", got "pong\n""#),
        .body("{equals: 5}", passes: "5", fails: "5.0", #"expected "5", got "5.0""#),
        .body(
            "{not: {contains: Error}}",
            passes: "ok",
            fails: "Error 5",
            #"expected not to contain "Error", got "Error 5""#
        ),
        .body("{contains: UP}", passes: "is UP", fails: "is Up", #"expected to contain "UP", got "is Up""#),
        .body("{starts-with: a}", passes: "ab", fails: "ba", #"expected to start with "a", got "ba""#),
        .body("{ends-with: a}", passes: "ba", fails: "ab", #"expected to end with "a", got "ab""#),
        .body("{matches: 'o{2}'}", passes: "foo", fails: "fo", #"expected to match o{2}, got "fo""#),
        .body("{one-of: [up, 1]}", passes: "1", fails: "down", #"expected one of "up", "1", got "down""#),
        .body("{exists: true}", passes: " ", fails: "", "expected something, got an empty body"),
        .body("{exists: false}", passes: "", fails: "x", #"expected nothing, got "x""#),
        .body(
            "{length: {at-most: 3}}",
            passes: "äöü",
            fails: "äöüß",
            "expected a length of at most 3, got a length of 4",
            excerpt: [#""äöüß""#]
        ),
        .body("{at-least: 10}", passes: "11\n", fails: "9\n", #"expected at least 10, got "9\n""#),
        .body("{greater-than: b}", passes: "c", fails: "a", #"expected greater than "b", got "a""#),
        .init(
            "{body: {contains: a, starts-with: b, ends-with: c}}",
            passes: answer("bac"),
            fails: answer("xyz"),
            #"body: expected to contain "a", got "xyz""#,
            #"body: expected to start with "b", got "xyz""#,
            #"body: expected to end with "c", got "xyz""#
        ),
    ]

    private static let members: [EvaluationRow] = [
        .member("200", passes: "2e2", fails: #""200""#, #"expected 200, got "200" (a string)"#),
        .member("'200'", passes: #""200""#, fails: "200", #"expected "200", got 200 (a number)"#),
        .member(
            "9007199254740993",
            passes: "9007199254740993",
            fails: "9007199254740992",
            "expected 9007199254740993, got 9007199254740992"
        ),
        .member("null", passes: "null", fails: "false", "expected null, got false (a boolean)"),
        .member("true", passes: "true", fails: "null", "expected true, got null"),
        .member("{not: 1}", passes: #""1""#, fails: "1.0", "expected not 1, got 1.0"),
        .json("$.a", "{not: {exists: true}}", passes: "{}", fails: #"{"a":1}"#, "expected nothing, got 1"),
        .member(
            "{not: {type: string, length: 1}}",
            passes: #""ab""#,
            fails: #""a""#,
            #"expected not (a string and a length of 1), got "a""#
        ),
        .member("{not: {not: 1}}", passes: "1", fails: "2", "expected not not 1, got 2"),
        .member("{contains: b}", passes: #""abc""#, fails: #""ac""#, #"expected to contain "b", got "ac""#),
        .member("{contains: 2}", passes: "[1,2]", fails: #"[1,"2"]"#, #"expected to contain 2, got [1,"2"]"#),
        .member(
            "{contains: id}",
            passes: #"{"id":null}"#,
            fails: #"{"ID":1}"#,
            #"expected to contain "id", got {"ID":1}"#
        ),
        .member(
            "{starts-with: a}",
            passes: #""ab""#,
            fails: #"["ab"]"#,
            #"expected to start with "a", got ["ab"]: starts-with does not apply to an array"#
        ),
        .member(
            "{ends-with: b}",
            passes: #""ab""#,
            fails: "7",
            #"expected to end with "b", got 7: ends-with does not apply to a number"#
        ),
        .member(
            "{matches: '^\\d{4}-'}",
            passes: #""2026-11""#,
            fails: #""26-11""#,
            #"expected to match ^\d{4}-, got "26-11""#
        ),
        .member("{one-of: [1, x, null]}", passes: "null", fails: #""1""#, #"expected one of 1, "x", null, got "1""#),
        .member(
            "{one-of: [1, 2, 3, 4, 5, 6, 7, 8]}",
            passes: "8",
            fails: "9",
            "expected one of 1, 2, 3, 4, 5, 6 or 2 more, got 9"
        ),
        .json("$.a", "{exists: false}", passes: #"{"b":1}"#, fails: #"{"a":null}"#, "expected nothing, got null"),
        .json(
            "$.a",
            "{exists: true}",
            passes: #"{"a":null}"#,
            fails: #"{"b":1}"#,
            "expected something, got nothing",
            excerpt: [#"$: {"b":1}"#]
        ),
        .member("{type: null}", passes: "null", fails: "0", "expected null, got 0 (a number)"),
        .member("{type: boolean}", passes: "false", fails: "0", "expected a boolean, got 0 (a number)"),
        .member("{type: number}", passes: "1.5", fails: "true", "expected a number, got true (a boolean)"),
        .member("{type: integer}", passes: "1.0", fails: "1.5", "expected an integer, got 1.5 (a number)"),
        .member("{type: string}", passes: #""""#, fails: "null", "expected a string, got null"),
        .member("{type: array}", passes: "[]", fails: "{}", "expected an array, got {} (an object)"),
        .member("{type: object}", passes: "{}", fails: "[]", "expected an object, got [] (an array)"),
        .member(
            "{length: 2}",
            passes: "[1,2]",
            fails: "[1]",
            "expected a length of 2, got a length of 1",
            excerpt: ["[1]"]
        ),
        .member(
            "{length: {not: 0}}",
            passes: #"{"b":1}"#,
            fails: "{}",
            "expected a length of not 0, got a length of 0",
            excerpt: ["{}"]
        ),
        .member(
            "{length: {one-of: [1, 3]}}",
            passes: #""äöü""#,
            fails: "12",
            "expected a length of one of 1, 3, got 12: length does not apply to a number"
        ),
        .member("{greater-than: 1.5}", passes: "1.51", fails: "1.5", "expected greater than 1.5, got 1.5"),
        .member(
            "{at-least: 3}",
            passes: "3",
            fails: #""5""#,
            #"expected at least 3, got "5": at-least 3 does not apply to a string"#
        ),
        .member(
            "{less-than: '2026-12'}",
            passes: #""2026-11-24""#,
            fails: #""2027""#,
            #"expected less than "2026-12", got "2027""#
        ),
        .member(
            "{at-most: 3}",
            passes: "-4",
            fails: "null",
            "expected at most 3, got null: at-most 3 does not apply to null"
        ),
    ]

    private static let selections: [EvaluationRow] = [
        .json(
            "$.i[*].s",
            "{every: UP}",
            passes: #"{"i":[{"s":"UP"},{"t":1},{"s":"UP"}]}"#,
            fails: #"{"i":[{"s":"UP"},{"s":"DOWN"},{"s":3}]}"#,
            #"expected each to be "UP", got "DOWN" at $.i[1].s (2 of 3)"#,
            excerpt: ["$.i[2].s: 3"]
        ),
        .json(
            "$.i",
            "{every: {type: object, contains: id}}",
            passes: #"{"i":[{"id":1}]}"#,
            fails: #"{"i":[{"id":1},{"name":"a"}]}"#,
            #"expected each to be an object and to contain "id", got {"name":"a"} at $.i[1] (1 of 2)"#
        ),
        .json(
            "$.i",
            "{every: {not: {length: 1}}}",
            passes: #"{"i":["ab"]}"#,
            fails: #"{"i":["a"]}"#,
            #"expected each not to have a length of 1, got a length of 1 at $.i[0] (1 of 1)"#,
            excerpt: [#""a""#]
        ),
        .json(
            "$.i",
            "{every: {every: 1}}",
            passes: #"{"i":[[1,1],[1]]}"#,
            fails: #"{"i":[[1,1],[2]]}"#,
            "expected each to have each to be 1, got 2 at $.i[1][0] (1 of 1) at $.i[1] (1 of 2)"
        ),
        .json(
            "$..s",
            "{any: {at-least: 3}}",
            passes: #"[{"s":3},{"s":1}]"#,
            fails: #"[{"s":2}]"#,
            "expected one or more to be at least 3, got none of 1",
            excerpt: ["$[0].s: 2"]
        ),
        .json(
            "$..s",
            "{none: DOWN}",
            passes: #"{"s":"UP"}"#,
            fails: #"{"s":"DOWN"}"#,
            #"expected none to be "DOWN", got "DOWN" at $.s (1 of 1)"#
        ),
        .json(
            "$..s",
            "{not: {any: 1}}",
            passes: #"{"s":2}"#,
            fails: #"{"s":1}"#,
            "expected not one or more to be 1, got 1 at $.s (1 of 1)"
        ),
        .json(
            "$.i[*]",
            "{count: 2}",
            passes: #"{"i":[1,2]}"#,
            fails: #"{"i":[1]}"#,
            "expected a count of 2, got 1 node",
            excerpt: ["$.i[0]: 1"]
        ),
        .json(
            "$..x",
            "{count: {at-least: 1}}",
            passes: #"{"x":1}"#,
            fails: "[]",
            "expected a count of at least 1, got 0 nodes",
            excerpt: ["$: []"]
        ),
        .json(
            "$.i",
            "{count: 1}",
            passes: #"{"i":[1,2]}"#,
            fails: "7",
            "expected a count of 1, got 0 nodes",
            excerpt: ["$: 7"]
        ),
        .json(
            "$.i",
            "{count: 0}",
            passes: "{}",
            fails: #"{"i":[1,2]}"#,
            "expected a count of 0, got 1 node, an array with a length of 2"
        ),
        // What selects nothing is no reason to be content.
        .json(
            "$.i",
            "{every: 1}",
            passes: #"{"i":[1]}"#,
            fails: #"{"i":[]}"#,
            "expected each to be 1, got an empty array: every needs at least one"
        ),
        .json(
            "$.i[*]",
            "{every: 1}",
            passes: #"{"i":[1]}"#,
            fails: #"{"i":[]}"#,
            "expected each to be 1, got no node: every needs at least one",
            excerpt: [#"$: {"i":[]}"#]
        ),
        .json(
            "$.i",
            "{none: 1}",
            passes: #"{"i":[]}"#,
            fails: #"{"j":[]}"#,
            "expected none to be 1, got nothing: .i found nothing",
            excerpt: [#"$: {"j":[]}"#]
        ),
        .json(
            "$.i",
            "{any: 1}",
            passes: #"{"i":[1]}"#,
            fails: #"{"i":1}"#,
            "expected one or more to be 1, got 1: any does not apply to a number"
        ),
    ]
}

extension EvaluationRow {
    /// The row with another excerpt.
    fileprivate func excerpt(_ lines: String...) -> Self {
        var row = self
        row.excerpt = lines
        return row
    }
}
