/// What the server's own thread does: it accepts connections, gives each a thread, and ends them all when it is told
/// to.
///
/// It is the last of the server's threads to end. A request that orders a restart leaves that to it, because a
/// connection's thread cannot wait for its own end.
struct ServerLoop: Sendable {
    /// The system calls it makes and its time limits; tests replace them.
    struct Calls: Sendable {
        var accept: @Sendable (ListeningSocket) -> ListeningSocket.Acceptance = { $0.accept() }
        var startThread: @Sendable (@escaping @Sendable () -> Void) -> Int32 = ServerThread.start
        /// How long to wait before accepting again after there was no room, unless a connection ends first.
        var longestPause = Duration.seconds(1)
        /// How long clients have to end their side of a connection when the server stops.
        var longestEnd = Duration.milliseconds(250)
        /// How long a connection that ends in order reads on, at most.
        var longestRest = Duration.seconds(5)
    }

    let host: String
    let control: ServerControl
    let wakeup: Event
    let calls: Calls
    /// Serves a connection to its end.
    ///
    /// The loop closes the socket afterwards.
    let serve: @Sendable (ServedConnection) -> Void

    /// The time between attempts to listen on a port that is in use.
    static let pauseBetweenTries = Duration.milliseconds(50)

    /// Serves until the server is stopped.
    func run(_ first: ListeningSocket) {
        var listener: ListeningSocket? = first
        while let open = listener {
            accept(from: open)
            dismissBacklog(at: open)
            open.close()
            endConnections()
            listener = listenAgain(on: open.port)
        }
        control.finish()
    }

    // MARK: Accepting

    private func accept(from listener: ListeningSocket) {
        while true {
            let (accepts, ended) = control.acceptingState
            guard accepts else { return }
            switch calls.accept(listener) {
            case .accepted(let descriptor): begin(ConnectionSocket(descriptor: descriptor))
            case .nothing: wakeup.wait(orInputOf: listener.descriptor)
            case .again: continue
            case .exhausted: pause(after: ended)
            }
        }
    }

    private func begin(_ socket: ConnectionSocket) {
        let connection = control.open(socket)
        while true {
            let (accepts, ended) = control.acceptingState
            guard accepts else { break }
            let failure = calls.startThread {
                serve(connection)
                control.close(connection.number)
            }
            if failure == 0 { return }
            // Without a thread for it, the connection waits like those in the backlog.
            pause(after: ended)
        }
        socket.endInOrder(within: .zero)
        control.close(connection.number)
    }

    /// Waits until a connection ends, which makes room.
    ///
    /// The time is limited, because other processes can make room too.
    private func pause(after ended: Int) {
        guard control.awaitEnd(after: ended) else { return }
        wakeup.wait(until: ContinuousClock.now + calls.longestPause)
    }

    // MARK: Ending

    /// Ends all connections, in order where the clients let it.
    private func endConnections() {
        control.stopConnections()
        let deadline = ContinuousClock.now + calls.longestEnd
        while !control.hasNoConnections() && ContinuousClock.now < deadline { wakeup.wait(until: deadline) }
        control.shutDownConnections()
        while !control.hasNoConnections() { wakeup.wait() }
        control.clearStop()
    }

    /// Ends the connections in the backlog in order.
    ///
    /// Closing the port would reset them.
    private func dismissBacklog(at listener: ListeningSocket) {
        while true {
            switch calls.accept(listener) {
            case .accepted(let descriptor):
                let socket = ConnectionSocket(descriptor: descriptor)
                socket.endInOrder(within: .zero)
                socket.close()
            case .again: continue
            case .nothing, .exhausted: return
            }
        }
    }

    /// Listens again after the downtime that was ordered; `nil` when the server is stopped before.
    private func listenAgain(on port: Int) -> ListeningSocket? {
        guard var pause = control.takeDowntime() else { return nil }
        while true {
            let end = ContinuousClock.now + pause
            while control.isWanted && ContinuousClock.now < end { wakeup.wait(until: end) }
            guard control.isWanted else { return nil }
            do throws(PortError) {
                return try ListeningSocket.open(host: host, port: port)
            } catch {
                // Another process may use the port by now. Clients are refused until it is free again.
                pause = Self.pauseBetweenTries
            }
        }
    }
}
