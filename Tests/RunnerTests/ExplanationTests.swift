import Checks
import DHIS2
import HTTPVocabulary
import Matching
import Runner
import Testing

struct ExplanationTests {
    private func explain(
        _ server: FakeServer,
        route: String = "a",
        change: (inout Check) -> Void = { _ in }
    ) async throws -> Explanation {
        let job = job([route]) { change(&$0.checks[0]) }
        return try await CheckRunner(client: try server.client(), clock: sleepingClock())
            .explanation(ofCheck: 0, in: RunPlan(job))
    }

    @Test func aPassedCheckShowsWhatHeld() async throws {
        let explanation = try await explain(FakeServer(always: .dhis2(200, "{}")))
        #expect(explanation.result.outcome == .passed)
        #expect(explanation.request == "GET https://dhis2.example/api/routes/RouteUid100/run")
        #expect(explanation.responseHeaders?.last == "Content-Type: application/json")
        #expect(explanation.bodyExcerpt == "{}")
        #expect(!explanation.isExcerptCut)
        #expect(explanation.expectations.map(\.holds) == [true, true])
        #expect(explanation.origin.message == #"The route's target answered."#)
    }

    @Test func aLongBodyIsCut() async throws {
        let explanation = try await explain(FakeServer(always: .dhis2(200, String(repeating: "a", count: 5_000))))
        #expect(explanation.isExcerptCut)
    }

    @Test func aMissingRoutesAnswerIsJudgedAsInARun() async throws {
        let body =
            #"{"httpStatus":"Not Found","httpStatusCode":404,"status":"ERROR","message":"Route not found: 'gone'","errorCode":"E1005"}"#
        let explanation = try await explain(FakeServer(always: .dhis2(404, body)), route: "gone")
        #expect(explanation.result.outcome == .error)
        #expect(explanation.origin.code == "route-not-found")
        #expect(
            explanation.origin.message == #"No route has the code "gone", or it is disabled and not shown to you."#
        )
        #expect(explanation.origin == explanation.result.fault)
        #expect(
            explanation.expectations.compactMap { $0.mismatch?.message } == [
                "status: expected 2xx, got 404", "from: expected upstream, got route (route-not-found)",
            ]
        )
    }

    @Test func aRunWithoutAnAnswerShowsTheWholeURL() async throws {
        let server = FakeServer { _, _ throws(TransportError) in
            throw TransportError(.timeout, message: "dhis2.example did not answer within 30 s.")
        }
        let explanation = try await explain(server) { $0.path = "slow" }
        #expect(explanation.request == "GET https://dhis2.example/api/routes/RouteUid100/run/slow")
        #expect(explanation.responseHeaders == nil)
        #expect(explanation.expectations.isEmpty)
        #expect(
            explanation.origin.message == """
                dhis2.example did not answer within 35 s. The connection stood; DHIS2 waits some time for the target of \
                the route "a" (a.example), which may be what is slow.
                """
        )
    }

    @Test func whatTheJobFileCannotHaveSentIsItsOwnFault() async throws {
        let explanation = try await explain(FakeServer(always: .dhis2(200))) { $0.path = "a b" }
        #expect(explanation.result.outcome == .error)
        #expect(explanation.origin.layer == .job)
        #expect(explanation.origin.code == "invalid-request")
        #expect(
            explanation.origin.message
                == #"The path "a b" holds a space, which DHIS2 2.42.4 cannot pass on to a route's target."#
        )
        #expect(explanation.request == "GET https://dhis2.example/api/routes/{a}/run")
    }

    @Test func whatDHIS2CitesOfTheTargetsQueryStaysHidden() async throws {
        let text = "Illegal character in query at index 40: https://a.example/api?key=SECRET&q=a b"
        let body = #"{"httpStatus":"Bad Request","httpStatusCode":400,"status":"ERROR","message":"\#(text)"}"#
        let explanation = try await explain(FakeServer(always: .dhis2(400, body))) { check in
            check.expectation.from = .dhis2
            check.expectation.body = .startsWith("nothing")
        }
        let texts =
            explanation.expectations.flatMap { [$0.actual] + $0.excerpt } + [explanation.origin.message]
            + [explanation.result.fault?.message ?? "", explanation.bodyExcerpt ?? ""] + explanation.origin.evidence
        #expect(!texts.contains { $0.contains("SECRET") })
    }
}
