import Synchronization

/// Hands the items of a ``Schedule`` to concurrent workers.
final class WorkQueue: Sendable {
    private struct State {
        var schedule: Schedule
        var waiters: [CheckedContinuation<Int?, Never>] = []
    }

    private let state: Mutex<State>

    init(_ schedule: Schedule) {
        state = Mutex(State(schedule: schedule))
    }

    /// The next item to work on, or `nil` when there will be none.
    func next() async -> Int? {
        switch state.withLock({ $0.schedule.next() }) {
        case .start(let item): return item
        case .done: return nil
        case .wait: break
        }
        return await withCheckedContinuation { continuation in
            state.withLock { $0.waiters.append(continuation) }
            // An item may have finished between the two locks.
            serveWaiters()
        }
    }

    /// Takes note that an item has finished.
    func finish(_ item: Int) {
        state.withLock { $0.schedule.finish(item) }
        serveWaiters()
    }

    /// Lets nothing start any more; workers that wait get `nil`.
    func stop() {
        state.withLock { $0.schedule.stop() }
        serveWaiters()
    }

    /// Hands out whatever may start now to the workers that wait, longest wait first.
    private func serveWaiters() {
        while let (waiter, item) = takeServedWaiter() {
            waiter.resume(returning: item)
        }
    }

    private func takeServedWaiter() -> (CheckedContinuation<Int?, Never>, Int?)? {
        state.withLock { state in
            guard !state.waiters.isEmpty else { return nil }
            switch state.schedule.next() {
            case .start(let item): return (state.waiters.removeFirst(), item)
            case .done: return (state.waiters.removeFirst(), nil)
            case .wait: return nil
            }
        }
    }
}
