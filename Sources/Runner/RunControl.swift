public import Checks
import Synchronization

/// Lets something outside of a run end it early; the first reason given stays.
public final class RunControl: Sendable {
    private struct State {
        var ending: RunEnding?
        var stop: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    /// Creates the control of a run that nothing has ended yet.
    public init() {}

    /// Why the run ends early, if it does.
    public var ending: RunEnding? {
        state.withLock { $0.ending }
    }

    /// Ends the run: nothing starts any more, and what is in flight is cancelled.
    public func end(_ ending: RunEnding) {
        let stop = state.withLock { state -> (@Sendable () -> Void)? in
            if state.ending == nil { state.ending = ending }
            return state.stop
        }
        stop?()
    }

    /// Says what is to be done when the run is ended early; done at once if it has been.
    func onEnd(_ stop: @escaping @Sendable () -> Void) {
        let hasEnded = state.withLock { state in
            state.stop = stop
            return state.ending != nil
        }
        if hasEnded { stop() }
    }

    /// Forgets what was to be done.
    func clear() {
        state.withLock { $0.stop = nil }
    }
}
