import Checks
import HTTPTypes
import Testing

@testable import DHIS2
@testable import Runner

struct EvaluationJudgementTests {
    private func judge(
        _ expect: String,
        _ exchange: HTTPExchange,
        from origin: ResponseOrigin = .target,
        url: String? = "https://user:secret@chap.example.org:8080/**"
    ) throws -> Judgement {
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
        return Judgement(of: response, from: origin, against: try expectation(expect), duration: .milliseconds(2300))
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
        let judgement = try judge(expect, exchange)
        #expect(judgement.outcome == .failed)
        #expect(judgement.fault?.layer == .upstream)
        #expect(judgement.fault?.code == code)
        #expect(judgement.fault?.message == #"The target of the route "chap" (chap.example.org:8080) \#(clause)"#)
    }

    @Test func namesNoHostWhereNoneIsKnown() throws {
        let judgement = try judge("404", answer(), url: nil)
        #expect(judgement.fault?.message == #"The target of the route "chap" answered 200 where 404 was expected."#)
    }

    @Test func anotherLayersAnswerIsItsOwnFault() throws {
        let judgement = try judge("404", answer(status: 404), from: .disabledRoute)
        #expect(judgement.outcome == .failed)
        #expect(judgement.mismatches.map(\.message) == ["from: expected upstream, got route (route-disabled)"])
        #expect(judgement.fault?.code == "route-disabled")
        #expect(judgement.fault?.message == #"The route "a" exists but is disabled."#)
    }

    @Test func anAnswerOfTheLayerThatWasDueSaysWhatIsWrongWithIt() throws {
        let judgement = try judge("{from: dhis2, status: 403}", answer(status: 400), from: .disabledRoute)
        #expect(
            judgement.fault?.message
                == #"The route "a" exists but is disabled. The answer is not as expected: status: expected 403, got 400."#
        )
    }

    @Test func whatIsAsExpectedHasNoFault() throws {
        let judgement = try judge("{from: dhis2, status: 400}", answer(status: 400), from: .disabledRoute)
        #expect(judgement.outcome == .passed)
        #expect(judgement.mismatches.isEmpty)
        #expect(judgement.fault == nil)
    }
}
