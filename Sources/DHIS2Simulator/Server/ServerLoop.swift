/// What the server's own thread does: it accepts connections, gives each a thread, and ends them all when it is told to.
///
/// Of a server's threads it is the last one out, also when a request orders a restart, which so waits for no thread that
/// waits for it.
struct ServerLoop: Sendable {
    /// What it asks of the system; tests put failures in the place of these.
    struct Calls: Sendable {
        var accept: @Sendable (ListeningSocket) -> ListeningSocket.Acceptance = { $0.accept() }
        var startThread: @Sendable (@escaping @Sendable () -> Void) -> Int32 = ServerThread.start
        /// How long nothing is accepted where there is no room, unless a connection ends before.
        var longestPause = Duration.seconds(1)
        /// How long clients have to end their side of a connection when the server stops.
        var longestEnd = Duration.milliseconds(250)
    }

    let host: String
    let control: ServerControl
    let wakeup: Event
    let calls: Calls
    /// Serves a connection to its end; its socket is closed afterwards.
    let serve: @Sendable (ServedConnection) -> Void

    /// How long until the next try to listen on a port that somebody else has taken.
    private static let pauseBetweenTries = Duration.milliseconds(50)

    /// Serves until the server is stopped.
    func run(_ first: ListeningSocket) {
        var listener: ListeningSocket? = first
        while let open = listener {
            accept(from: open)
            dismissWhoWaits(at: open)
            open.close()
            endConnections()
            listener = listenAgain(on: open.port)
        }
        control.finish()
    }

    // MARK: Accepting

    private func accept(from listener: ListeningSocket) {
        while true {
            let (accepts, ended) = control.round
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
            let (accepts, ended) = control.round
            guard accepts else { break }
            let failure = calls.startThread {
                serve(connection)
                control.close(connection.number)
            }
            if failure == 0 { return }
            // No thread to be had now: the connection waits as those do that are not accepted yet.
            pause(after: ended)
        }
        socket.endInOrder(within: .zero)
        control.close(connection.number)
    }

    /// Waits until a connection ends, which makes room; others than this server may make some too.
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

    /// Ends the connections in order that nobody has accepted; closing the port would break them off.
    private func dismissWhoWaits(at listener: ListeningSocket) {
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
                // Somebody may have taken the port meanwhile; clients see a refusal until it is free again.
                pause = Self.pauseBetweenTries
            }
        }
    }
}
