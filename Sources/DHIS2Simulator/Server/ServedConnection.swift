/// A connection that is served, as its own thread and the server's thread share it.
final class ServedConnection: Sendable {
    private struct State {
        /// Whether the connection is between requests: nothing of the next has arrived.
        var isIdle = false
        var isStopped = false
    }

    /// Counted from 1 in the order of acceptance.
    let number: Int
    let socket: ConnectionSocket
    private let stopping: Event
    private let state = Locked(State())

    /// - Parameter stopping: Is set while the server ends its connections.
    init(number: Int, socket: ConnectionSocket, stopping: Event) {
        self.number = number
        self.socket = socket
        self.stopping = stopping
    }

    // MARK: For the connection's thread

    /// Notes that the connection is between requests.
    ///
    /// - Returns: `false` when the server stops; then no further request will come.
    func becomeIdle() -> Bool {
        state.withLock { state in
            state.isIdle = true
            if state.isStopped { socket.shutDown() }
            return !state.isStopped
        }
    }

    /// Notes that a request has begun to arrive.
    func becomeBusy() {
        state.withLock { $0.isIdle = false }
    }

    /// Waits for a time, or for ever, while the client stays and the server does not stop.
    ///
    /// - Returns: Whether both were so to the end.
    func wait(_ duration: Duration?) -> Bool { socket.wait(duration, unless: stopping) }

    // MARK: For the server's thread

    /// Ends the connection in order, whatever its thread waits in.
    ///
    /// Linux resets a connection when bytes arrive after both directions were shut down. An idle one is shut down all the
    /// same, because its client would keep the server waiting. Otherwise the client may still be sending: only the
    /// sending side is shut down, and the connection's thread reads on until the client ends its side too.
    func stop() {
        state.withLock { state in
            state.isStopped = true
            if state.isIdle { socket.shutDown() } else { socket.shutDownSending() }
        }
    }
}
