import Checks
import DHIS2
import HTTPVocabulary
import Matching
import Testing

@testable import Runner

/// What comes and is no answer is an error, whatever is expected.
@Suite struct NoAnswerTests {
    private static let broken = #"{"half":{"httpStatus":"Internal Server Error","httpStatusCode":500,"status":"ERR"#

    private static let answers: [(HTTPExchange, code: String)] = [
        (.dhis2(200, broken), "target-broke-off"), (.dhis2(500, broken), "target-broke-off"),
        (.dhis2(103), "interim-answer"),
    ]

    private static func expectations(_ status: Int) -> [Checks.Expectation] {
        var plain = Checks.Expectation()
        plain.status = StatusSet([.code(status)])
        var anybody = plain
        anybody.from = .any
        var size = anybody
        size.maximumSize = 10_000
        var body = anybody
        body.body = .exists(true)
        return [plain, anybody, size, body]
    }

    @Test func isAnErrorOfTheTarget() async throws {
        for (exchange, code) in Self.answers {
            for expectation in Self.expectations(exchange.statusCode) {
                let server = FakeServer(always: exchange)
                var plan = job(["a"])
                plan.checks[0].expectation = expectation
                let report = await CheckRunner(client: try server.client()).run(RunPlan(plan))
                let result = try #require(report.results.first)
                #expect(result.outcome == .error)
                #expect(result.attempts.map { $0.fault?.code } == [code])
                #expect(result.attempts.map { $0.fault?.layer } == [.upstream])
                #expect(result.attempts.allSatisfy { $0.mismatches.isEmpty && $0.evidence != nil })
            }
        }
    }

    /// A target that breaks off is tried again where broken connections are.
    @Test func isTriedAgainAsABrokenConnectionIs() async throws {
        let server = FakeServer { _, number in number == 0 ? .dhis2(200, Self.broken) : .dhis2(200, "{}") }
        var plan = job(["a"])
        plan.checks[0].retry.attempts = 2
        plan.checks[0].retry.delay = .zero
        let report = await CheckRunner(client: try server.client()).run(RunPlan(plan))
        #expect(report.results.map(\.outcome) == [.passed])
        #expect(report.results.first?.attempts.map(\.outcome) == [.error, .passed])
    }
}
