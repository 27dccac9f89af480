import Checks
import Synchronization

/// The results of a plan's entries as they come in, in whatever order.
final class ResultBoard: Sendable {
    private struct State {
        var results: [CheckResult?]
        var failures = 0
    }

    private let state: Mutex<State>

    init(count: Int) {
        state = Mutex(State(results: Array(repeating: nil, count: count)))
    }

    /// Keeps the result of an entry; returns how many results fail the run by now.
    func post(_ result: CheckResult, entry: Int) -> Int {
        state.withLock { state in
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
