import Checks
import Reports
import SourceDiagnostics
import Testing

struct ExplanationRendererTests {
    private static func result(_ outcome: Outcome, allowFailure: Waiver? = nil) -> CheckResult {
        var check = Check(name: "GET chap/health", route: "chap", position: SourcePosition(line: 4, column: 5))
        check.allowFailure = allowFailure
        var result = CheckResult(of: check, index: 0, outcome: outcome)
        result.attempts = [Attempt(number: 1, start: .zero, duration: .milliseconds(40), outcome: outcome)]
        return result
    }

    private static func text(_ explanation: Explanation, unicode: Bool = true) -> String {
        ExplanationRenderer(style: ConsoleStyle(usesColor: false, usesUnicode: unicode))
            .text(explanation, file: "job.yaml")
    }

    private static var failed: Explanation {
        var result = result(.failed, allowFailure: Waiver(reason: "until the target is moved"))
        result.attempts[0].status = 503
        result.attempts[0].bodySize = 5_000
        var phases = Phases()
        phases.nameLookup = .milliseconds(1)
        phases.connect = .milliseconds(2)
        phases.firstByte = .milliseconds(30)
        phases.total = .milliseconds(40)
        result.attempts[0].phases = phases
        return Explanation(
            result: result,
            request: "POST https://dhis2.example/api/routes/RouteUidAa1/run/health",
            requestHeaders: ["Accept: application/json"],
            requestBodySize: 12,
            responseHeaders: ["Content-Type: text/plain"],
            bodyExcerpt: "busy",
            isExcerptCut: true,
            origin: Fault(
                layer: .upstream,
                code: "answered",
                message: "The target answered 503. A proxy may have answered.",
                certainty: .possible,
                evidence: ["status 503", "no marks"]
            ),
            expectations: [
                ExpectationResult(.status, holds: false, expected: "2xx", actual: "503"),
                ExpectationResult(.from, holds: true, expected: "upstream", actual: "upstream"),
                ExpectationResult(
                    .json,
                    location: "$.a",
                    holds: false,
                    expected: "1",
                    actual: "2",
                    excerpt: ["- $.a: 1", "+ $.a: 2"]
                ),
            ]
        )
    }

    @Test func showsAllThatAnAnswerShows() {
        #expect(
            Self.text(Self.failed) == """
                ~ GET chap/health  job.yaml:4  allowed to fail: until the target is moved

                Request
                  POST https://dhis2.example/api/routes/RouteUidAa1/run/health
                  Accept: application/json
                  (12 bytes of body)

                Answer
                  status 503, 5000 bytes of body
                  Content-Type: text/plain

                  busy
                  …

                Who answered
                  upstream (possible): The target answered 503. A proxy may have answered.
                  - status 503
                  - no marks

                Time
                  name lookup after 1.0 ms
                  connect after 2.0 ms
                  first byte after 30 ms
                  last byte after 40 ms

                Expectations
                  ✗ status: expected 2xx, got 503
                  ✓ from: expected upstream, got upstream
                  ✗ json $.a: expected 1, got 2
                      - $.a: 1
                      + $.a: 2

                """
        )
    }

    @Test func showsTheRouteAndWarnings() {
        var explanation = Self.failed
        explanation.route = ["The CHAP", "authentication http-basic"]
        explanation.warnings = ["The list is odd."]
        #expect(
            Self.text(explanation).hasPrefix(
                """
                ~ GET chap/health  job.yaml:4  allowed to fail: until the target is moved
                warning: The list is odd.

                Route
                  The CHAP
                  authentication http-basic

                Request

                """
            )
        )
    }

    @Test func showsThatNoAnswerCame() {
        let explanation = Explanation(
            result: Self.result(.error),
            request: "GET https://dhis2.example/api/routes/RouteUidAa1/run/slow",
            requestHeaders: [],
            origin: Fault(layer: .network, code: "timeout", message: "No answer came within 2 s.")
        )
        #expect(
            Self.text(explanation, unicode: false) == """
                ERROR GET chap/health  job.yaml:4

                Request
                  GET https://dhis2.example/api/routes/RouteUidAa1/run/slow

                Answer
                  none

                Who answered
                  network (certain): No answer came within 2 s.

                """
        )
    }

    @Test func aBodyThatRedactionShortenedIsNotSaidToBeCut() {
        var explanation = Self.failed
        explanation.isExcerptCut = false
        explanation.result.allowFailure = Waiver()
        let text = Self.text(explanation)
        #expect(text.contains("\n  busy\n\nWho answered\n"))
        #expect(text.hasPrefix("~ GET chap/health  job.yaml:4  allowed to fail\n"))
    }
}
