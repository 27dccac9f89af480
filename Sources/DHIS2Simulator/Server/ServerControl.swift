import Glibc

/// The state that a server's thread, its connections' threads and its users share.
///
/// A connection is removed from the list and its descriptor closed in one step, under the lock. A descriptor in the
/// list therefore never belongs to something else.
final class ServerControl: Sendable {
    private struct State {
        /// Whether the server's thread runs.
        var isRunning = false
        /// Whether the server is to be there, now or after a downtime.
        var isWanted = false
        /// How long the server is to be away, if a request has ordered that.
        var downtime: Duration?
        /// How often it was stopped.
        var stops = 0
        /// Whether the next connection that ends wakes the server's thread.
        var awaitsEnd = false
        /// How many connections have ended.
        var ended = 0
        var lastConnection = 0
        var connections: [Int: ServedConnection] = [:]
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let wakeup: Event
    private let stopping: Event
    private let state = Locked(State())

    /// - Parameters:
    ///   - wakeup: Wakes the server's thread.
    ///   - stopping: Ends the waits of all connections.
    init(wakeup: Event, stopping: Event) {
        self.wakeup = wakeup
        self.stopping = stopping
    }

    // MARK: For users

    /// How often the server was stopped so far.
    var stops: Int { state.withLock { $0.stops } }

    /// Makes the server run, unless it runs already or was stopped again since a number of stops was read.
    ///
    /// - Parameter start: Opens the port and starts the thread.
    func run(
        unlessStoppedSince stops: Int? = nil,
        _ start: () throws(PortError) -> Void
    ) throws(PortError) {
        try state.withLock { (state) throws(PortError) in
            guard !state.isRunning, stops == nil || stops == state.stops else { return }
            try start()
            state.isRunning = true
            state.isWanted = true
            state.downtime = nil
        }
    }

    /// Ends the server and returns when its last thread has ended.
    ///
    /// - Parameter isForGood: A restart that has not listened again yet does not do so any more.
    func end(isForGood: Bool) async {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                if isForGood { state.stops += 1 }
                guard state.isRunning else { return true }
                state.isWanted = false
                state.waiting.append(continuation)
                return false
            }
            if isOver {
                continuation.resume()
            } else {
                wakeup.set()
            }
        }
    }

    // MARK: For connections

    /// Orders a downtime.
    ///
    /// Until it begins, the first order counts and later ones are ignored.
    func order(downtime: Duration) {
        state.withLock { $0.downtime = $0.downtime ?? downtime }
        wakeup.set()
    }

    /// Closes a connection's socket.
    func close(_ number: Int) {
        let isAwaited = state.withLock { state in
            guard let connection = state.connections.removeValue(forKey: number) else { return false }
            connection.socket.close()
            state.ended += 1
            defer { state.awaitsEnd = false }
            return state.awaitsEnd
        }
        if isAwaited { wakeup.set() }
    }

    // MARK: For the server's thread

    /// Whether connections are to be accepted, and how many have ended so far, at one moment.
    var acceptingState: (accepts: Bool, ended: Int) {
        state.withLock { ($0.isWanted && $0.downtime == nil, $0.ended) }
    }

    /// Takes a new connection into the list, under the next number.
    func open(_ socket: ConnectionSocket) -> ServedConnection {
        state.withLock { state in
            state.lastConnection += 1
            let connection = ServedConnection(number: state.lastConnection, socket: socket, stopping: stopping)
            state.connections[connection.number] = connection
            return connection
        }
    }

    /// Asks to be woken at the next end.
    ///
    /// - Returns: `false` if a connection has ended since `ended` was read.
    func awaitEnd(after ended: Int) -> Bool {
        state.withLock { state in
            guard state.ended == ended else { return false }
            state.awaitsEnd = true
            return true
        }
    }

    /// Makes the threads of all connections end them in order; those whose clients stay may take a while.
    func stopConnections() {
        stopping.set()
        state.withLock { state in
            for connection in state.connections.values { connection.stop() }
        }
    }

    /// Makes the threads of all connections end them now.
    func shutDownConnections() {
        state.withLock { state in
            for connection in state.connections.values { connection.socket.shutDown() }
        }
    }

    /// Lets new connections wait again.
    func clearStop() { stopping.clear() }

    /// Whether no connection is left; if one is, the server's thread is woken when one ends.
    func hasNoConnections() -> Bool {
        state.withLock { state in
            state.awaitsEnd = !state.connections.isEmpty
            return !state.awaitsEnd
        }
    }

    /// Begins the downtime that was ordered and returns it; `nil` when the server is not to come back.
    func takeDowntime() -> Duration? {
        state.withLock { state in
            defer { state.downtime = nil }
            return state.isWanted ? state.downtime ?? .zero : nil
        }
    }

    var isWanted: Bool { state.withLock { $0.isWanted } }

    /// Notes that the server's thread ends, and resumes the tasks that wait for it.
    func finish() {
        let waiting = state.withLock { state in
            state.isRunning = false
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }
}
