import Synchronization

/// Tasks that wait for a number of requests.
final class RequestWaiters: Sendable {
    private struct Waiter {
        let count: Int
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var reached = 0
        var lastWaiter = 0
        var waiters: [Int: Waiter] = [:]
    }

    private let state = Mutex(State())

    /// Resumes whoever waits for this many requests, or fewer.
    func reach(_ count: Int) {
        let due = state.withLock { state -> [Waiter] in
            state.reached = max(state.reached, count)
            guard !state.waiters.isEmpty else { return [] }
            let due = state.waiters.filter { $0.value.count <= state.reached }
            for key in due.keys { state.waiters[key] = nil }
            return Array(due.values)
        }
        for waiter in due { waiter.continuation.resume() }
    }

    func wait(for count: Int) async throws {
        let number = state.withLock { state in
            state.lastWaiter += 1
            return state.lastWaiter
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isOver = state.withLock { state in
                    // The cancellation handler may have run before there was a waiter to end.
                    if state.reached >= count || Task.isCancelled { return true }
                    state.waiters[number] = Waiter(count: count, continuation: continuation)
                    return false
                }
                if isOver { continuation.resume() }
            }
            try Task.checkCancellation()
        } onCancel: {
            let waiter = state.withLock { $0.waiters.removeValue(forKey: number) }
            waiter?.continuation.resume()
        }
    }
}
