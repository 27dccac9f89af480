import Synchronization

/// One asynchronous operation whose outcome any number of tasks wait for.
///
/// It runs in a task of its own, or wherever the one who calls ``finish(_:)`` does it, so a waiter that is cancelled
/// leaves at once and neither the operation nor the other waiters notice.
final class SharedOperation<Value: Sendable, Failure: Error>: Sendable {
    typealias Outcome = Result<Value, Failure>

    private struct Waiting {
        var nextID = 0
        var continuations: [Int: CheckedContinuation<Outcome?, Never>] = [:]
        /// Waiters that were cancelled before they had handed in their continuation.
        var leftEarly: Set<Int> = []
    }

    private enum State {
        case running(Waiting)
        case finished(Outcome)
    }

    private let state = Mutex(State.running(Waiting()))

    /// Starts the operation; to be called once.
    func start(_ body: @escaping @Sendable () async -> Outcome) {
        Task { self.finish(await body()) }
    }

    /// How many tasks wait at this moment.
    var waiterCount: Int {
        state.withLock { state in
            if case .running(let waiting) = state { waiting.continuations.count } else { 0 }
        }
    }

    /// Waits for the outcome.
    ///
    /// - Returns: `nil` when the calling task was cancelled before the operation finished.
    func outcome() async -> Outcome? {
        let id = state.withLock { state in
            guard case .running(var waiting) = state else { return 0 }
            waiting.nextID += 1
            state = .running(waiting)
            return waiting.nextID
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { join(id, $0) }
        } onCancel: {
            leave(id)
        }
    }

    private func join(_ id: Int, _ continuation: CheckedContinuation<Outcome?, Never>) {
        let known: Outcome?? = state.withLock { state in
            switch state {
            case .finished(let outcome): return .some(outcome)
            case .running(var waiting):
                let hasLeft = waiting.leftEarly.remove(id) != nil
                if !hasLeft { waiting.continuations[id] = continuation }
                state = .running(waiting)
                return hasLeft ? .some(nil) : nil
            }
        }
        if let known { continuation.resume(returning: known) }
    }

    private func leave(_ id: Int) {
        let continuation: CheckedContinuation<Outcome?, Never>? = state.withLock { state in
            guard case .running(var waiting) = state else { return nil }
            let continuation = waiting.continuations.removeValue(forKey: id)
            if continuation == nil { waiting.leftEarly.insert(id) }
            state = .running(waiting)
            return continuation
        }
        continuation?.resume(returning: nil)
    }

    /// Hands the outcome to all who wait; only the first one counts.
    func finish(_ outcome: Outcome) {
        let continuations = state.withLock { state in
            guard case .running(let waiting) = state else { return [CheckedContinuation<Outcome?, Never>]() }
            state = .finished(outcome)
            return Array(waiting.continuations.values)
        }
        for continuation in continuations { continuation.resume(returning: outcome) }
    }
}
