import Checks
import DHIS2
import JSONDocument
import LinearRegex
import Matching
import Testing

@testable import Runner

struct EvaluationBodyTests {
    private static let words = String(repeating: "lorem ipsum dolor sit amet ", count: 40)

    private func finding(_ expect: String, _ exchange: HTTPExchange) throws -> [String] {
        try expectation(expect).mismatches(exchange).flatMap { [$0.message] + $0.excerpt }
    }

    private func bytes(_ body: [UInt8]) -> HTTPExchange {
        HTTPExchange(statusCode: 200, body: body)
    }

    @Test func aCutBodyIsNeverJudged() throws {
        let cut = HTTPExchange(
            statusCode: 200,
            body: Array(repeating: UInt8(ascii: "a"), count: 1_048_576),
            bodySize: 5_000_000
        )
        let reason = "got 4.8MiB, of which only the first 1MiB were kept, so that it cannot be judged"
        for matcher in ["{starts-with: a}", "{not: {contains: b}}", "{exists: true}", "{length: {at-least: 1}}"] {
            let found = try finding("{body: \(matcher)}", cut)
            #expect(found.count == 1)
            #expect(found.allSatisfy { $0.hasSuffix(reason) })
        }
        #expect(try finding("{json: {$.a: {exists: false}}}", cut) == ["json: expected JSON, \(reason)"])
        #expect(try finding("{max-size: 5MB, content-type: text/plain}", cut).count == 1)
    }

    @Test func bytesThatAreNoTextAreSaidToBe() throws {
        let picture: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0x00, 0x00]
        let binary =
            "10 bytes of binary data, which are not valid UTF-8, beginning with the bytes 89 50 4E 47 0D 0A 1A 0A"
        #expect(try finding("{body: {contains: PNG, not: {contains: x}}}", bytes(picture)).isEmpty)
        #expect(
            try finding("{body: {contains: x}}", bytes(picture)) == [
                #"body: expected to contain "x", got \#(binary)"#
            ]
        )
        #expect(
            try finding("{body: {not: {contains: é}}}", bytes(picture)) == [
                #"body: expected not to contain "é", got \#(binary): "#
                    + "contains does not apply to a body that cannot be decoded"
            ]
        )
        #expect(try finding("{json: {$.a: 1}}", bytes(picture)) == ["json: expected JSON, got \(binary)"])
        #expect(
            try finding("{body: café}", bytes(Array("caf".utf8) + [0xE9, 0x21])) == [
                #"body: expected "café", got 5 bytes that are not valid UTF-8 (byte 4 is E9): "#
                    + "equals does not apply to a body that cannot be decoded",
                "\"caf\u{FFFD}!\"",
            ]
        )
    }

    @Test(arguments: [
        ("", ["got an empty body"]),
        ("\n<!doctype HTML><title>Login</title>", ["got HTML", #""\n<!doctype HTML><title>Login</title>""#]),
        ("<html lang='en'>", ["got HTML", #""<html lang='en'>""#]),
        ("<?xml version='1.0'?>", ["got XML or HTML", #""<?xml version='1.0'?>""#]),
        (
            "{\n \"a\": tru}",
            [#"got a body that is not JSON (line 2, column 7: Expected a value, found "t")"#, #""{\n "a": tru}""#]
        ),
        (
            #"{"a":1,"a":2}"#,
            [
                "got JSON that cannot be judged (line 1, column 8: The name appears twice in one object; "
                    + "the first is at line 1, column 2)",
                #""{"a":1,"a":2}""#,
            ]
        ),
        (
            String(repeating: "[", count: 1000),
            [
                "got JSON beyond routecheck's limits (line 1, column 257: Arrays and objects are nested over 256 deep)",
                "\"…\(String(repeating: "[", count: 80))…\" (1000 bytes)",
            ]
        ),
    ])
    func aBodyThatIsNoJSONSaysWhatItIs(_ body: String, _ found: [String]) throws {
        let expected = ["json: expected JSON, \(found[0])"] + found.dropFirst()
        #expect(try finding("{json: {$.a: 1, $.b: 2}}", answer(body)) == expected)
    }

    /// DHIS2 2.41 names the target's status, and passes on nothing of its answer.
    @Test func ofAnAnswerThatNobodySawOnlyTheStatusIsJudged() throws {
        var origin = ResponseOrigin.target
        origin.targetStatus = 520
        let exchange = answer(#"{"httpStatus":"Bad Request"}"#, status: 400, headers: "X-A: 1\r\n")
        let expected = try expectation(
            """
            {status: 520, headers: {X-B: {exists: false}}, content-type: application/json, body: {not: {contains: x}},
             json: {$.a: {exists: false}, '$..a': {count: 0}}, max-duration: 1s, max-size: 1KiB}
            """
        )
        let reason = "got an answer that DHIS2 did not pass on: only its status is known"
        #expect(
            expected.mismatches(exchange, origin).map(\.message) == [
                "header X-B: expected nothing, \(reason)",
                "content-type: expected application/json, \(reason)",
                #"body: expected not to contain "x", \#(reason)"#,
                "json $.a: expected nothing, \(reason)",
                "json $..a: expected a count of 0, \(reason)",
                "max-size: expected at most 1KiB, \(reason)",
            ]
        )
        #expect(try expectation("520").mismatches(exchange, origin).isEmpty)
        #expect(try expectation("400").mismatches(exchange, origin).map(\.message) == ["status: expected 400, got 520"])
    }

    @Test func severalNodesWantAQuantifier() throws {
        // A job file cannot say so, a library's user can.
        var expectation = Checks.Expectation()
        let one = Matcher.equals(Matcher.Operand(value: 1, text: "1"))
        expectation.json = [
            JSONExpectation(path: try JSONPath("$[*]"), matcher: one),
            JSONExpectation(path: try JSONPath("$[*]"), matcher: .not(one)),
            JSONExpectation(path: try JSONPath("$[?@ == 1]"), matcher: one),
            JSONExpectation(path: try JSONPath("$[*]"), matcher: .exists(true)),
        ]
        let found = expectation.mismatches(answer("[1,2,3,4,5,6]"))
        #expect(
            found.map(\.message) == [
                "json $[*]: expected 1, got 6 nodes, which only every, any, none or count can judge",
                "json $[*]: expected not 1, got 6 nodes, which only every, any, none or count can judge",
            ]
        )
        #expect(found.first?.excerpt == ["$[0]: 1", "$[1]: 2", "$[2]: 3", "$[3]: 4", "… and 2 more"])
    }

    @Test func showsTheDifferenceOfTheNodeThatDecides() throws {
        let expectation = try expectation("{json: {$.items: {every: {equals: {a: 1, b: [1]}}}}}")
        let found = expectation.mismatches(answer(#"{"items":[{"b":[1],"a":1},{"a":1,"b":[2]}]}"#))
        #expect(
            found.map(\.message) == [
                #"json $.items: expected each to be {"a":1,"b":[1]}, got {"a":1,"b":[2]} at $.items[1] (1 of 2)"#
            ]
        )
        #expect(found.first?.excerpt == ["- $.items[1].b[0]: 1", "+ $.items[1].b[0]: 2"])
    }

    @Test func aPathThatIsTooMuchWorkIsGivenUp() throws {
        var evaluation = Evaluation(keepsWhatHolds: false, visitLimit: 1000)
        let body = "[\(Array(repeating: "0", count: 100).joined(separator: ","))]"
        let expectation = try expectation("{json: {'$[?count($[*]) == 1]': {count: 0}}}")
        evaluation.judge(answer(body), from: .target, after: .zero, against: expectation)
        #expect(
            evaluation.results.map { $0.mismatch?.message } == [
                "json $[?count($[*]) == 1]: expected a count of 0, got no result within routecheck's limits: "
                    + "The query was given up after visiting 1000 nodes. Make it more specific"
            ]
        )
    }

    @Test func longTextIsCutAtWordsWithItsSize() throws {
        let body = Self.words + "an elephant is here " + Self.words
        let beginning = "\"lorem ipsum dolor sit amet lorem ipsum dolor sit amet lorem ipsum dolor sit amet…\""
        #expect(
            try finding("{body: {contains: giraffe}}", answer(body)) == [
                "body: expected to contain \"giraffe\", got \(beginning) (2.1KiB)"
            ]
        )
        let place = "\"…sit amet lorem ipsum dolor sit amet an elephant is here lorem ipsum dolor sit amet…\""
        for matcher in ["{not: {contains: elephant}}", "{not: {matches: 'e[a-z]{7}'}}"] {
            let found = try finding("{body: \(matcher)}", answer(body))
            #expect(found.map { $0.hasSuffix("got \(place) (2.1KiB)") } == [true])
        }
        #expect(
            try finding("{body: {ends-with: x}}", answer(body)) == [
                #"body: expected to end with "x", got "#
                    + "\"…ipsum dolor sit amet lorem ipsum dolor sit amet lorem ipsum dolor sit amet \" (2.1KiB)"
            ]
        )
    }

    @Test func longTextsShowWhereTheyPart() throws {
        let body = Self.words + "one two\nthree " + Self.words
        let other = Self.words + "one two\nthrew " + Self.words
        let found = try finding(
            #"{json: {$.a: "\#(body.replacing("\n", with: #"\n"#))"}}"#,
            answer(#"{"a":"\#(other.replacing("\n", with: #"\n"#))"}"#)
        )
        #expect(found.first?.hasSuffix("got 2.1KiB of text that differ from line 2, column 5") == true)
        #expect(
            found.dropFirst() == [
                #"- "…lorem ipsum dolor sit amet one two\nthree lorem ipsum dolor sit amet lorem ipsum…" (2.1KiB)"#,
                #"+ "…lorem ipsum dolor sit amet one two\nthrew lorem ipsum dolor sit amet lorem ipsum…" (2.1KiB)"#,
            ]
        )
    }

    @Test func whatDoesNotShowIsEscaped() throws {
        #expect(
            try finding("{body: x}", answer("\u{1B}[31m::error::\r\n\u{202E}\u{2028}\u{85}\0")) == [
                #"body: expected "x", got "\u{1B}[31m::error::\r\n\u{202E}\u{2028}\u{85}\u{0}""#
            ]
        )
        #expect(
            try finding("{json: {$.a: x}}", answer(#"{"a":"\u001b\u2028"}"#)) == [
                #"json $.a: expected "x", got "\u{1B}\u{2028}""#
            ]
        )
    }

    @Test(arguments: [
        ("{body: café}", "cafe\u{301}", #"expected "café", got "cafe\u{301}""#),
        ("{body: 'a b'}", "a\u{A0}b", #"expected "a b", got "a\u{A0}b""#),
        ("{body: 'Å'}", "\u{212B}", #"expected "\u{C5}", got "\u{212B}""#),
        ("{body: {contains: café}}", "un cafe\u{301} noir", #"expected to contain "café", got "un cafe\u{301} noir""#),
        ("{json: {$.a: 'naïve é'}}", #"{"a":"naïve e\#u{301}"}"#, #"expected "naïve é", got "naïve e\u{301}""#),
        ("{body: {not: café}}", "café", #"expected not "café", got "café""#),
        ("{body: cafe}", "café", #"expected "cafe", got "café""#),
    ])
    func whatOnlyLooksTheSameIsEscaped(_ expect: String, _ body: String, _ message: String) throws {
        let found = try finding(expect, answer(body))
        #expect(found.first?.hasSuffix(message) == true, "\(found)")
    }

    @Test func comparedLinesThatLookTheSameAreEscaped() throws {
        #expect(
            try finding("{json: {$: {equals: {a: é, b: 1}}}}", answer(#"{"a":"e\#u{301}","b":1}"#)).dropFirst() == [
                #"- $.a: "é""#, #"+ $.a: "e\u{301}""#,
            ]
        )
    }

    @Test func patternsThatTakeTooManyStepsAreGivenUp() throws {
        let expectation = try expectation(
            "{body: {matches: '(é?è?){900}[^éè]', contains: é}, json: {'$[*]': {every: {matches: '[a-z]+!'}}}}"
        )
        var evaluation = Evaluation(keepsWhatHolds: true, stepLimit: 2_000)
        let body = "[\"\(String(repeating: "é", count: 2_000))\"]"
        evaluation.judge(answer(body), from: .target, after: .zero, against: expectation)
        let reason = "no result: routecheck gave its patterns up after 2000 steps; make them simpler"
        #expect(evaluation.results.dropFirst(2).map(\.holds) == [false, true, false])
        #expect(evaluation.results.filter { !$0.holds }.map(\.actual) == [reason, reason])
        #expect(evaluation.hasFailed)
        #expect(evaluation.isUndecided)
    }

    @Test(.timeLimit(.minutes(5)))
    func hostileAnswersStayCheapAndMessagesShort() async throws {
        let size = 262_144
        let text = String(repeating: "a", count: size)
        let accents = String(repeating: "é", count: size / 2)
        let items = Array(repeating: "{\"a\":[[[1,2],3]],\"b\":\"\(String(repeating: "x", count: 90))\"}", count: 2000)
        let numbers = (0..<40_000).map { "\($0)" }.joined(separator: ",")
        let names = (0..<10_000).map { "\"n\($0)\":\($0)" }.joined(separator: ",")
        let rows: [(String, String)] = [
            ("{body: {contains: '\(String(repeating: "a", count: 2000))b'}}", text),
            ("{body: {matches: '(a*)*b'}}", text),
            ("{body: {matches: '(a|aa)+$b'}}", text),
            ("{body: {matches: '[éè]{1000}x'}}", accents),
            ("{body: {not: {matches: '[éè]{1000}x'}}}", accents + "x"),
            ("{json: {'$[?search(@, \"[éè]{1000}x\")]': {count: 1}}}", "[\"\(accents)\"]"),
            ("{body: '\(text.dropLast())b'}", text),
            ("{body: {length: 1}}", text),
            ("{json: {$: x}}", "\"\(text)\""),
            ("{json: {$: 1}}", "1\(text.replacing("a", with: "0"))"),
            ("{json: {$: {equals: [1, 2]}}}", "[\(items.joined(separator: ","))]"),
            ("{json: {$: {every: {equals: {a: 1}}}}}", "[\(items.joined(separator: ","))]"),
            ("{json: {'$..*': {none: {type: integer}}}}", "[\(items.joined(separator: ","))]"),
            ("{json: {$: {equals: [7, 8]}}}", "[\(numbers)]"),
            ("{json: {$: {equals: {n1: 7}}}}", "{\(names)}"),
            ("{json: {$.x: 1}}", "{\(names)}"),
            ("{json: {$.x: 1}}", String(repeating: "[", count: 250) + String(repeating: "]", count: 250)),
            ("{json: {$.*: {every: x}}}", "{\"\(text)\":1}"),
        ]
        for (expect, body) in rows {
            // Other tests wait for answers meanwhile.
            await Task.yield()
            let found = try finding(expect, answer(body))
            #expect(!found.isEmpty && found.count <= 13)
            for line in found { #expect(line.unicodeScalars.count < 700) }
        }
    }
}
