public import Checks
import Synchronization

/// Lets something outside of a run end it early; the first reason given stays.
public final class RunControl: Sendable {
    private struct State {
        var ending: RunEnding?
        var waiters: [Int: CheckedContinuation<Void, Never>] = [:]
        var lastWaiter = 0
    }

    private let state = Mutex(State())

    /// Creates the control of a run that nothing has ended yet.
    public init() {}

    /// Why the run ends early, if it does.
    public var ending: RunEnding? {
        state.withLock { $0.ending }
    }

    /// Ends the run: nothing starts any more, and unless the reason is the bound on failures, what is in flight is
    /// cancelled.
    public func end(_ ending: RunEnding) {
        let waiters = state.withLock { state in
            if state.ending == nil { state.ending = ending }
            defer { state.waiters = [:] }
            return state.waiters
        }
        for waiter in waiters.values { waiter.resume() }
    }

    /// Waits until the run is ended or the task is cancelled.
    func waitForEnd() async {
        let number = state.withLock { state in
            state.lastWaiter += 1
            return state.lastWaiter
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    if state.ending != nil || Task.isCancelled { return true }
                    state.waiters[number] = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: number) }?.resume()
        }
    }
}
