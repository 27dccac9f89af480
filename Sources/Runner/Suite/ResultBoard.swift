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

        /// Leaves the answers of an entry's result out if they do not fit any more.
        mutating func limitEvidence(of entry: Int, to limit: Int) {
            guard var attempts = results[entry]?.attempts else { return }
            for place in attempts.indices {
                guard let size = attempts[place].evidence?.answerSize, size > 0 else { continue }
                if evidenceSize + size > limit {
                    attempts[place].evidence?.omitAnswer()
                } else {
                    evidenceSize += size
                }
            }
            results[entry]?.attempts = attempts
        }
    }

    private let state: Mutex<State>
    private let evidenceLimit: Int

    init(count: Int, evidenceLimit: Int = ResultBoard.evidenceLimit) {
        self.evidenceLimit = evidenceLimit
        state = Mutex(State(results: Array(repeating: nil, count: count)))
    }

    /// Keeps the result of an entry; returns how many results fail the run by now.
    func post(_ result: consuming CheckResult, entry: Int) -> Int {
        let failsRun = result.failsRun
        let hasEvidence = result.standing != .passed
        // Results are costly to copy: this one changes places with the nothing that stands for it.
        var posted = Optional(result)
        return state.withLock { state in
            swap(&state.results[entry], &posted)
            if hasEvidence { state.limitEvidence(of: entry, to: evidenceLimit) }
            if failsRun { state.failures += 1 }
            return state.failures
        }
    }

    /// Puts another result in the place of an entry's; what was counted stays counted.
    func replace(_ result: CheckResult, entry: Int) {
        state.withLock { $0.results[entry] = result }
    }

    /// Gives the results away, by entry; `nil` for those that never came.
    func takeResults() -> [CheckResult?] {
        state.withLock { state in
            defer { state.results = [] }
            return state.results
        }
    }
}
