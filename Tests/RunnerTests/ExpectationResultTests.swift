import Checks
import DHIS2
import Testing

@testable import Runner

struct ExpectationResultTests {
    private static let matchers = [
        "x", "5", "{not: 5}", "{contains: x}", "{starts-with: x}", "{ends-with: x}", "{matches: '^[a-x]+$'}",
        "{one-of: [5, x]}", "{exists: true}", "{exists: false}", "{length: 1}", "{length: {at-most: 3}}",
        "{greater-than: 4}", "{at-least: 5}", "{less-than: 5}", "{at-most: b}", "{contains: x, length: 1}",
    ]
    private static let values = ["x", "axe", "5", "5.0", "-7", "", "é"]

    private static func answers(_ subject: String) -> [HTTPExchange] {
        switch subject {
        case "headers": [answer()] + values.map { answer(headers: "X-A: \($0)\n") }
        case "body": values.map { answer($0) }
        default:
            (values.map { #""\#($0)""# } + ["5", "null", "true", "[5]", #"["x"]"#, "{}", #"{"x":5}"#, "1e1000"])
                .map { answer(#"{"a":\#($0)}"#) } + [answer("[]")]
        }
    }

    private static func expect(_ subject: String, _ matcher: String) throws -> Checks.Expectation {
        switch subject {
        case "headers": try expectation("{headers: {X-A: \(matcher)}}")
        case "body": try expectation("{body: \(matcher)}")
        default: try expectation("{json: {$.a: \(matcher)}}")
        }
    }

    @Test(arguments: ["headers", "body", "json"], matchers)
    func notTurnsEveryVerdictAroundButThatOnWhatCannotBeJudged(_ subject: String, _ matcher: String) throws {
        let plain = try Self.expect(subject, matcher)
        let negated = try Self.expect(subject, "{not: \(matcher)}")
        let presence = try Self.expect(subject, "{exists: true}")
        for answer in Self.answers(subject) {
            let messages = [plain, negated].map { $0.mismatches(answer).map(\.message) }
            if subject != "body", !presence.mismatches(answer).isEmpty, !matcher.contains("exists") {
                // What is not there is no other value either.
                #expect(messages.allSatisfy { !$0.isEmpty })
            } else if messages.contains(where: \.isEmpty) {
                #expect(messages.contains { !$0.isEmpty })
            } else {
                #expect(messages.allSatisfy { $0.contains { $0.contains("does not apply to ") } }, "\(messages)")
            }
        }
    }

    @Test(arguments: [
        ("{json: {$.nope: {not: DOWN}}}", #"json $.nope: expected not "DOWN", got nothing"#),
        ("{json: {$.nope: {not: {one-of: [1, 2]}}}}", "json $.nope: expected not one of 1, 2, got nothing"),
        ("{json: {$.nope: {not: {not: 1}}}}", "json $.nope: expected not not 1, got nothing"),
        ("{headers: {X-B: {not: {contains: x}}}}", #"header X-B: expected not to contain "x", got no such field"#),
    ])
    func notIsNotMetByNothing(_ expect: String, _ message: String) throws {
        let found = try expectation(expect).mismatches(answer(#"{"status":"UP"}"#))
        #expect(
            found.map(\.message) == ["\(message), and \"not\" wants a value; use exists: false if there is to be none"]
        )
    }

    @Test(arguments: ["{json: {$.nope: {not: {exists: true}}}}", "{json: {$.nope: {not: {not: {exists: false}}}}}"])
    func theAbsenceThatIsAskedForIsMet(_ expect: String) throws {
        #expect(try expectation(expect).mismatches(answer("{}")).isEmpty)
    }

    @Test(arguments: ["headers", "body", "json"], matchers)
    func mismatchesAreTheResultsThatDoNotHold(_ subject: String, _ matcher: String) throws {
        let expectation = try Self.expect(subject, matcher)
        for answer in Self.answers(subject) {
            let results = expectation.results(on: answer, from: .target, after: .milliseconds(20))
            #expect(results.compactMap(\.mismatch) == expectation.mismatches(answer))
            #expect(results.prefix(2).map(\.kind) == [.status, .from])
            #expect(results.count > 2)
        }
    }

    @Test func everyPartHasItsResultInTheJobLanguagesOrder() throws {
        let expectation = try expectation(
            """
            {max-size: 1KiB, max-duration: 1500ms, json: {$.a: {at-least: 1, at-most: 3}, '$.b[*]': {every: 1, count: 2}},
             body: {contains: a}, content-type: application/json, headers: {X-A: {exists: true}}, from: any, status: 200}
            """
        )
        let exchange = answer(
            #"{"a":2,"b":[1,1]}"#,
            headers: "Content-Type: application/json\r\nX-A: v\r\n"
        )
        let held = expectation.results(on: exchange, from: .disabledRoute, after: .milliseconds(250))
        #expect(
            held.map { "\($0.holds) \($0.kind.rawValue) \($0.location ?? "-"): \($0.expected) / \($0.actual)" } == [
                "true status -: 200 / 200",
                "true from -: any / route (route-disabled)",
                "true header X-A: something / \"v\"",
                "true content-type -: application/json / application/json",
                #"true body -: to contain "a" / "{"a":2,"b":[1,1]}""#,
                "true json $.a: at least 1 / 2",
                "true json $.a: at most 3 / 2",
                "true json $.b[*]: each to be 1 / all of 2",
                "true json $.b[*]: a count of 2 / 2 nodes",
                "true max-duration -: at most 1.5s / 250ms",
                "true max-size -: at most 1KiB / 17 bytes",
            ]
        )
        let missed = expectation.mismatches(
            with: HTTPExchange(statusCode: 503, body: Array("[]".utf8), bodySize: 2),
            from: .target,
            after: .milliseconds(61_501)
        )
        #expect(
            missed.map(\.message) == [
                "status: expected 200, got 503",
                "header X-A: expected something, got no such field",
                "content-type: expected application/json, got no Content-Type field",
                #"body: expected to contain "a", got "[]""#,
                "json $.a: expected at least 1 and at most 3, got nothing",
                "json $.b[*]: expected each to be 1, got nothing: .b found nothing",
                "json $.b[*]: expected a count of 2, got nothing: .b found nothing",
                "max-duration: expected at most 1.5s, got 1m1.501s",
            ]
        )
    }
}
