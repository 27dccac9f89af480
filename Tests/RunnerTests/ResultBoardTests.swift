import Checks
import SourceDiagnostics
import Testing

@testable import Runner

struct ResultBoardTests {
    private static func failure(_ name: String, bodies: [String]) -> CheckResult {
        let check = Check(name: name, route: "r", position: SourcePosition(line: 1, column: 1))
        var result = CheckResult(of: check, index: 0, outcome: .failed)
        result.attempts = bodies.enumerated().map { number, body in
            var attempt = Attempt(number: number + 1, start: .zero, duration: .zero, outcome: .failed)
            attempt.evidence = Evidence(request: "GET /", headers: ["A: b"], bodyExcerpt: body, isExcerptCut: true)
            return attempt
        }
        return result
    }

    @Test
    func leavesOutAnswersThatDoNotFitAnyMore() {
        let board = ResultBoard(count: 3, evidenceLimit: 30)
        _ = board.post(Self.failure("first", bodies: ["0123456789"]), entry: 0)
        _ = board.post(Self.failure("second", bodies: ["0123456789ABCDEF", "01"]), entry: 1)
        let count = board.post(Self.failure("third", bodies: ["0123456789"]), entry: 2)
        #expect(count == 3)
        let evidence = board.takeResults().map { $0?.attempts.map(\.evidence) }
        #expect(
            evidence[0] == [
                Evidence(request: "GET /", headers: ["A: b"], bodyExcerpt: "0123456789", isExcerptCut: true)
            ]
        )
        #expect(
            evidence[1] == [
                Evidence(request: "GET /", isAnswerOmitted: true),
                Evidence(request: "GET /", headers: ["A: b"], bodyExcerpt: "01", isExcerptCut: true),
            ]
        )
        #expect(evidence[2] == [Evidence(request: "GET /", isAnswerOmitted: true)])
    }
}
