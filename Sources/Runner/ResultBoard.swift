import Checks
import Synchronization

/// The results of a plan's entries as they come in, in whatever order.
///
/// Answers of failed checks are kept as evidence until they take ``evidenceLimit`` bytes; those of later ones are left
/// out, and their results say so. Who looks into a run that failed from end to end needs some of them, not all.
final class ResultBoard: Sendable {
    /// The most bytes of answers that a run keeps.
    static let evidenceLimit = 32 << 20

    private struct State {
        var results: [CheckResult?]
        var failures = 0
        var evidenceSize = 0

        /// Leaves the answers of a result out if they do not fit any more.
        mutating func limitEvidence(of result: inout CheckResult, to limit: Int) {
            for place in result.attempts.indices {
                guard let size = result.attempts[place].evidence?.answerSize, size > 0 else { continue }
                if evidenceSize + size > limit {
                    result.attempts[place].evidence?.omitAnswer()
                } else {
                    evidenceSize += size
                }
            }
        }
    }

    private let state: Mutex<State>
    private let evidenceLimit: Int

    init(count: Int, evidenceLimit: Int = ResultBoard.evidenceLimit) {
        self.evidenceLimit = evidenceLimit
        state = Mutex(State(results: Array(repeating: nil, count: count)))
    }

    /// Keeps the result of an entry; returns how many results fail the run by now.
    func post(_ result: CheckResult, entry: Int) -> Int {
        state.withLock { state in
            var result = result
            if result.outcome != .passed || result.isFlaky { state.limitEvidence(of: &result, to: evidenceLimit) }
            state.results[entry] = result
            if result.failsRun { state.failures += 1 }
            return state.failures
        }
    }

    /// The results by entry; `nil` for those that never came.
    var results: [CheckResult?] {
        state.withLock { $0.results }
    }
}
