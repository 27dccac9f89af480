public import Checks
public import FoundationEssentials
import Synchronization

/// Lets something outside of a run end it early; the first reason given stays, unless it lets what is in flight finish
/// and a later one does not.
///
/// Together with the ``RunClock`` it is all that a run knows of time: a pause ends when the run does, and tests put a
/// clock of their own in the machine's place.
public final class RunControl: Sendable {
    private struct Waiter {
        var continuation: CheckedContinuation<Void, Never>
        var untilCancelled: Bool
    }

    private struct State {
        var ending: RunEnding?
        var waiters: [Int: Waiter] = [:]
        var parts: [RunControl] = []
        var lastWaiter = 0
    }

    private let state = Mutex(State())

    /// Creates the control of a run that nothing has ended yet.
    public init() {}

    /// Creates the control of a part of a run: it ends with the whole, and the whole goes on when it ends.
    public convenience init(partOf whole: RunControl) {
        self.init()
        let ending = whole.state.withLock { state in
            state.parts.append(self)
            return state.ending
        }
        if let ending { end(ending) }
    }

    /// Why the run ends early, if it does.
    public var ending: RunEnding? {
        state.withLock { $0.ending }
    }

    /// The number of the signal that ended the run, if one did.
    public var signal: Int32? {
        if case .interrupted(let signal) = ending { signal } else { nil }
    }

    /// Ends the run: nothing starts any more, and unless the reason is the bound on failures, what is in flight is
    /// cancelled.
    ///
    /// After the bound on failures another reason still counts: what is in flight may hang.
    public func end(_ ending: RunEnding) {
        let (waiters, parts) = state.withLock { state in
            if state.ending.map({ !$0.cancels && ending.cancels }) ?? true { state.ending = ending }
            let isCancelled = state.ending?.cancels ?? false
            let over = state.waiters.filter { isCancelled || !$0.value.untilCancelled }
            for number in over.keys { state.waiters.removeValue(forKey: number) }
            return (over.values, state.parts)
        }
        for waiter in waiters { waiter.continuation.resume() }
        for part in parts { part.end(ending) }
    }

    /// Waits until the run is ended or the task is cancelled.
    ///
    /// - Parameter untilCancelled: Whether to wait for an end that cancels what is in flight.
    func waitForEnd(untilCancelled: Bool = false) async {
        let number = state.withLock { state in
            state.lastWaiter += 1
            return state.lastWaiter
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    if let ending = state.ending, ending.cancels || !untilCancelled { return true }
                    if Task.isCancelled { return true }
                    state.waiters[number] = Waiter(continuation: continuation, untilCancelled: untilCancelled)
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: number) }?.continuation.resume()
        }
    }

    /// Sleeps, but not beyond the end of the run; says whether the run still goes on.
    func sleepUnlessEnded(_ duration: Duration, on clock: RunClock) async -> Bool {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                // What cuts the sleep short has ended the run, or cancelled the task.
                try? await clock.sleep(duration)
            }
            group.addTask { await self.waitForEnd() }
            await group.next()
            group.cancelAll()
        }
        return ending == nil && !Task.isCancelled
    }
}

extension RunEnding {
    /// Whether what is in flight is cancelled.
    var cancels: Bool { self != .maximumFailures }
}

/// The time a run sees, so that tests can hold it still.
public struct RunClock: Sendable {
    /// The time since the clock was made; never goes back.
    public var elapsed: @Sendable () -> Duration
    /// The wall-clock time, for reports and for `Retry-After` dates.
    public var date: @Sendable () -> Date
    /// Suspends the task; throws when it is cancelled meanwhile.
    public var sleep: @Sendable (Duration) async throws -> Void

    /// Creates a clock from its parts.
    public init(
        elapsed: @escaping @Sendable () -> Duration,
        date: @escaping @Sendable () -> Date,
        sleep: @escaping @Sendable (Duration) async throws -> Void
    ) {
        self.elapsed = elapsed
        self.date = date
        self.sleep = sleep
    }

    /// The machine's own time, counted from now.
    public static func system() -> Self {
        let start = ContinuousClock.now
        return Self(
            elapsed: { ContinuousClock.now - start },
            date: { Date() },
            sleep: { try await Task.sleep(for: $0, clock: .continuous) }
        )
    }
}
