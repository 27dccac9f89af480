import JSONDocument
import Testing

@testable import Matching

struct JSONDifferenceTests {
    @Test(arguments: [
        (#"{"a":1,"b":{"c":[true]}}"#, #"{"b":{"c":[true]},"a":1.0}"#, []),
        (#"{"a":1}"#, #"{"a":"1"}"#, ["- $.a: 1", #"+ $.a: "1""#]),
        (#"{"a":1,"b":2}"#, #"{"b":2,"c":3}"#, ["- $.a: 1", "+ $.c: 3"]),
        ("{\"\u{E9}\":1}", "{\"e\u{301}\":1}", ["- $.\u{E9}: 1", "+ $.e\u{301}: 1"]),
        (#"{"a b":{"x":null}}"#, #"{"a b":{}}"#, ["- $['a b'].x: null"]),
        ("[1,2,3]", "[1,2,4]", ["- $[2]: 3", "+ $[2]: 4"]),
        ("[1,2,3]", "[0,1,2,3]", ["+ $[0]: 0"]),
        ("[1,2,3]", "[1,3]", ["- $[1]: 2"]),
        ("[1,2,3,4]", "[1,9,8,3,4]", ["- $[1]: 2", "+ $[1]: 9", "+ $[2]: 8"]),
        (
            #"[{"id":1,"n":"a"},{"id":2}]"#, #"[{"id":1,"n":"b"}]"#,
            [#"- $[0].n: "a""#, #"+ $[0].n: "b""#, #"- $[1]: {"id":2}"#]
        ),
        ("[]", "[[],{}]", ["+ $[0]: []", "+ $[1]: {}"]),
        ("[1]", #"{"0":1}"#, ["- $: [1]", #"+ $: {"0":1}"#]),
    ])
    func showsWhatIsMissingAndWhatIsTooMuch(_ expected: String, _ actual: String, _ lines: [String]) throws {
        let difference = JSONDifference(
            expected: try JSONValue(parsing: expected),
            actual: try JSONValue(parsing: actual),
            at: NormalizedPath()
        )
        #expect(difference.lines == lines)
    }

    @Test func boundsItsLines() {
        let difference = JSONDifference(
            expected: .array((0..<20).map { .number(JSONNumber($0)) }),
            actual: .array((100..<120).map { .number(JSONNumber($0)) }),
            at: NormalizedPath(steps: [.name("items")])
        )
        #expect(difference.lines.count == 11)
        #expect(difference.lines.prefix(2) == ["- $.items[0]: 0", "+ $.items[0]: 100"])
        #expect(difference.lines.last == "… and 30 lines more")
    }

    @Test func cutsLongValues() {
        let text = JSONValue.string(String(repeating: "word ", count: 100))
        let difference = JSONDifference(
            expected: ["a": .array(Array(repeating: text, count: 3))],
            actual: ["a": .null],
            at: NormalizedPath()
        )
        #expect(
            difference.lines == [
                #"- $.a: ["word word word word word word word word word word word word…",…] (3 elements)"#,
                "+ $.a: null",
            ]
        )
    }
}
