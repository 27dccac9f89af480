/// How far the thread of a connection has come with what arrived on it.
///
/// Threads run in any order. The server's thread asks this before it gives a new connection a thread, so that a request
/// that had arrived on an older connection by then is taken first, and the log has both in the order they were sent.
final class ConnectionProgress: Sendable {
    private struct State {
        /// How many bytes the thread has looked at.
        var seen = 0
        /// Whether a request could come of further bytes: not while one is answered, and not at the end.
        var awaitsRequest = true
        /// From how many bytes on the server's thread is to be woken.
        var wanted: Int?

        func hasSeen(_ count: Int) -> Bool { !awaitsRequest || seen >= count }

        /// Whether what the server's thread waits for has come; it waits no more then.
        mutating func takeWanted() -> Bool {
            guard let wanted, hasSeen(wanted) else { return false }
            self.wanted = nil
            return true
        }
    }

    private let wakeup: Wakeup
    private let state = Locked(State())

    /// - Parameter wakeup: What wakes the server's thread.
    init(_ wakeup: Wakeup) {
        self.wakeup = wakeup
    }

    /// Notes that no request can be taken without more than the bytes so far.
    func needsMore(than count: Int) {
        change { state in
            state.seen = count
            state.awaitsRequest = true
        }
    }

    /// Notes that a request is taken, or that none will be.
    func needsNothing() {
        change { $0.awaitsRequest = false }
    }

    private func change(_ body: @Sendable (inout State) -> Void) {
        let isWanted = state.withLock { state in
            body(&state)
            return state.takeWanted()
        }
        if isWanted { wakeup.wake() }
    }

    /// Whether the thread has yet to look at some of so many bytes; if so, it wakes the server's thread once it has.
    func isBehind(_ count: Int) -> Bool {
        state.withLock { state in
            state.wanted = state.hasSeen(count) ? nil : count
            return state.wanted != nil
        }
    }
}
