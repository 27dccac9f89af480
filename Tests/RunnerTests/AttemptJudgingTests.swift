import Checks
import HTTPVocabulary
import Testing

@testable import DHIS2
@testable import Runner

struct AttemptJudgingTests {
    private func judge(
        _ expect: String,
        _ exchange: HTTPExchange,
        from origin: ResponseOrigin = .target,
        url: String? = "https://user:secret@chap.example.org:8080/**"
    ) throws -> Attempt {
        let route = Route(id: "RouteUidAa1", code: "chap", name: "CHAP", url: url)
        let target = RouteTarget(
            code: "chap",
            standing: .listed(route),
            addressing: .uid,
            apiURL: "https://dhis2.example/api/"
        )
        let response = RouteResponse(
            exchange: exchange,
            url: "https://dhis2.example/api/routes/RouteUidAa1/run",
            method: .get,
            path: "",
            target: target
        )
        let expectation = try expectation(expect)
        var evaluation = Evaluation(keepsWhatHolds: false)
        evaluation.judge(exchange, from: origin, after: .milliseconds(2300), against: expectation)
        var attempt = Attempt(number: 1, start: .zero, duration: .milliseconds(2300), outcome: .error)
        attempt.judge(response, from: origin, expecting: expectation.from, evaluation)
        return attempt
    }

    @Test(arguments: [
        ("2xx", "status-mismatch", "answered 503 where 2xx was expected."),
        ("{status: 503, from: dhis2}", "from-mismatch", "answered 503, but DHIS2 itself was expected to answer."),
        (
            "{status: 503, headers: {X-A: b}}", "header-mismatch",
            #"answered 503, but not as expected: header X-A: expected "b", got "a"."#
        ),
        (
            "{status: 503, content-type: application/json}", "content-type-mismatch",
            "answered 503 with text/plain where application/json was expected."
        ),
        (
            "{status: 503, body: {contains: UP}}", "body-mismatch",
            #"answered 503, but not as expected: body: expected to contain "UP", got "7"."#
        ),
        (
            "{status: 503, json: {$: {at-least: 8}}}", "json-mismatch",
            "answered 503, but not as expected: json $: expected at least 8, got 7."
        ),
        (
            "{status: 503, max-duration: 1500ms}", "max-duration-mismatch",
            "answered 503 after 2.3s where at most 1.5s was expected."
        ),
        (
            "{status: 503, max-size: 0}", "max-size-mismatch",
            "answered 503 with 1 byte where at most 0 bytes was expected."
        ),
        (
            "{body: UP}", "status-mismatch",
            "answered 503 where 2xx was expected; 1 more expectation did not hold."
        ),
        (
            "{body: UP, max-duration: 1s}", "status-mismatch",
            "answered 503 where 2xx was expected; 2 more expectations did not hold."
        ),
    ])
    func saysWhatTheTargetDid(_ expect: String, _ code: String, _ clause: String) throws {
        let exchange = answer("7", status: 503, headers: "Content-Type: text/plain\nX-A: a\n")
        let attempt = try judge(expect, exchange)
        #expect(attempt.outcome == .failed)
        #expect(attempt.fault?.layer == .upstream)
        #expect(attempt.fault?.code == code)
        #expect(attempt.fault?.message == #"The target of the route "chap" (chap.example.org:8080) \#(clause)"#)
    }

    @Test func namesNoHostWhereNoneIsKnown() throws {
        let attempt = try judge("404", answer(), url: nil)
        #expect(attempt.fault?.message == #"The target of the route "chap" answered 200 where 404 was expected."#)
    }

    @Test func anotherLayersAnswerIsItsOwnFault() throws {
        let attempt = try judge("404", answer(status: 404), from: .disabledRoute)
        #expect(attempt.outcome == .failed)
        #expect(attempt.mismatches.map(\.message) == ["from: expected upstream, got route (route-disabled)"])
        #expect(attempt.fault?.code == "route-disabled")
        #expect(attempt.fault?.message == #"The route "a" exists but is disabled."#)
    }

    @Test func anAnswerOfTheLayerThatWasDueSaysWhatIsWrongWithIt() throws {
        let attempt = try judge("{from: dhis2, status: 403}", answer(status: 400), from: .disabledRoute)
        #expect(
            attempt.fault?.message
                == #"The route "a" exists but is disabled. The answer is not as expected: status: expected 403, got 400."#
        )
    }

    @Test func aLimitOfOursIsNotBlamedOnTheTarget() throws {
        let nested = answer(String(repeating: "[", count: 300), status: 503)
        let attempt = try judge("{status: 503, json: {$.a: 1}}", nested)
        #expect(attempt.outcome == .failed)
        #expect(attempt.fault?.code == "json-undecided")
        #expect(
            attempt.fault?.message
                == #"The target of the route "chap" (chap.example.org:8080) answered 503, but routecheck could not "#
                + "judge it: json: expected JSON, got JSON beyond routecheck's limits (line 1, column 257: Arrays and "
                + "objects are nested over 256 deep)."
        )
    }

    private static let redirected = ResponseOrigin(
        layer: .upstream,
        reason: .redirected,
        certainty: .certain,
        sentence: "The target answered with a redirect (302). Let the route's URL name the final address."
    )

    @Test func anAnswerOfTheTargetThatSaysWhatToDoKeepsItsSentence() throws {
        let attempt = try judge("200", answer(status: 302), from: Self.redirected)
        #expect(attempt.fault?.code == "redirected")
        #expect(
            attempt.fault?.message
                == "The target answered with a redirect (302). Let the route's URL name the final address. "
                + "The answer is not as expected: status: expected 200, got 302."
        )
        let due = try judge("{status: 302, max-size: 0}", answer("x", status: 302), from: Self.redirected)
        #expect(due.fault?.code == "max-size-mismatch")
        #expect(
            due.fault?.message
                == #"The target of the route "chap" (chap.example.org:8080) answered 302 with 1 byte where at most 0 bytes was expected."#
        )
    }

    private static let cannotTell = ", which cannot be told apart; use from: any to accept either"

    private static let doubtful = ResponseOrigin(
        layer: .upstream,
        reason: .answered,
        certainty: .possible,
        sentence: "The target answered.",
        evidence: ["status 404"],
        alternatives: [
            ResponseOrigin.Alternative(
                layer: .dhis2,
                reason: .unexpectedAnswer,
                sentence: "DHIS2 may have answered this itself."
            ),
            ResponseOrigin.Alternative(layer: .proxy, reason: .proxyError, sentence: "A proxy may have answered."),
        ]
    )

    @Test(arguments: [
        (
            "404", "probably answered 404, but the response may come from another layer.",
            ["from: expected upstream, got upstream or dhis2\(cannotTell)"]
        ),
        (
            "{from: dhis2, status: 404}", "probably answered 404, but the response may come from another layer.",
            ["from: expected dhis2, got upstream or dhis2\(cannotTell)"]
        ),
        (
            "{from: any, status: 200}", "answered 404 where 200 was expected.", ["status: expected 200, got 404"]
        ),
    ])
    func whatMayBeAnotherLayersSaysWhose(_ expect: String, _ clause: String, _ mismatches: [String]) throws {
        let attempt = try judge(expect, answer(status: 404), from: Self.doubtful)
        #expect(attempt.mismatches.map(\.message) == mismatches)
        let sentence = #"The target of the route "chap" (chap.example.org:8080) \#(clause)"#
        #expect(attempt.fault?.message == "\(sentence) DHIS2 may have answered this itself.")
        #expect(attempt.fault?.evidence == ["status 404", "A proxy may have answered."])
        #expect(attempt.fault?.certainty == .possible)
    }

    @Test func whatWasExpectedOfAnotherLayerIsNamedToo() throws {
        let notAllowed = ResponseOrigin(
            layer: .route,
            reason: .targetNotAllowed,
            certainty: .possible,
            sentence: "DHIS2 may not call the target.",
            alternatives: [
                ResponseOrigin.Alternative(
                    layer: .upstream,
                    reason: .answered,
                    sentence: "The target may have answered 503 without a body itself."
                )
            ]
        )
        let attempt = try judge("503", answer(status: 503), from: notAllowed)
        #expect(
            attempt.mismatches.map(\.message) == [
                "from: expected upstream, got route (target-not-allowed) or upstream, which cannot be told apart; "
                    + "use from: any to accept either"
            ]
        )
        #expect(
            attempt.fault?.message
                == "DHIS2 may not call the target. The target may have answered 503 without a body itself."
        )
        #expect(try judge("{from: any, status: 503}", answer(status: 503), from: notAllowed).outcome == .passed)
    }

    @Test func theTargetsAnswerIsNotDHIS2s() throws {
        #expect(
            try judge("{from: dhis2, status: 503}", answer(status: 503)).mismatches.map(\.message) == [
                "from: expected dhis2, got upstream"
            ]
        )
    }

    @Test func whatIsAsExpectedHasNoFault() throws {
        let attempt = try judge("{from: dhis2, status: 400}", answer(status: 400), from: .disabledRoute)
        #expect(attempt.outcome == .passed)
        #expect(attempt.mismatches.isEmpty)
        #expect(attempt.fault == nil)
    }
}
