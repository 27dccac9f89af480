/// One connection, from its first request to its end, on a thread of its own: it reads a request, decides, answers with
/// raw bytes, and reads the next.
///
/// There is no HTTP encoder in it, because the faults need bytes that no encoder would write.
struct Connection {
    /// How the connection goes on, or ends.
    private enum Next {
        case request
        /// A reset (RST) as soon as the next request arrives, which is not answered.
        case resetUnderRequest
        /// An end in order (FIN), also where the client ended first.
        case end
        /// A reset (RST).
        case reset
    }

    private let served: ServedConnection
    private let socket: ConnectionSocket
    private let core: SimulatorCore
    private let reader: RequestReader<ConnectionSocket>

    init(_ served: ServedConnection, core: SimulatorCore) {
        self.served = served
        socket = served.socket
        self.core = core
        reader = RequestReader(socket)
    }

    /// Serves the connection until nothing is left but to close it.
    func serve() {
        var next = Next.request
        while next == .request {
            do throws(RequestProblem) {
                next = try serveRequest()
            } catch {
                // What cannot even be parsed gets Tomcat's page.
                let page = core.instance.page(for: error)
                next = perform(page.steps(SimulatedReply.Manner(closes: true)))
            }
        }
        if next == .resetUnderRequest { next = awaitRequest() ? .reset : .end }
        if next == .reset {
            socket.breakOffWhenClosed()
        } else {
            socket.endInOrder(within: core.calls.longestRest)
        }
    }

    private func serveRequest() throws(RequestProblem) -> Next {
        guard awaitBytes(), let head = try reader.head() else { return .end }
        if head.expectsContinue {
            guard socket.send(Array("HTTP/1.1 100 \r\n\r\n".utf8)) else { return .end }
        }
        guard let body = try reader.body(head.framing) else { return .end }
        let request = SimulatedRequest(head, body: body, connection: served.number)
        let manner = SimulatedReply.Manner(
            omitsBody: request.method == "HEAD",
            closes: !head.keepsAlive,
            takesChunks: head.takesChunks
        )
        let next = answer(request, manner)
        return next == .request && !head.keepsAlive ? .end : next
    }

    /// Waits for the first bytes of a request, unless some are there.
    ///
    /// - Returns: Whether there are any.
    private func awaitBytes() -> Bool {
        if reader.hasBytes { return true }
        guard served.becomeIdle() else { return false }
        defer { served.becomeBusy() }
        return reader.receiveBytes()
    }

    /// Waits for the head of a request that will not be answered.
    ///
    /// - Returns: Whether a head has arrived, valid or not.
    private func awaitRequest() -> Bool {
        do throws(RequestProblem) {
            guard awaitBytes(), try reader.head() != nil else { return false }
        } catch {
            return true
        }
        // A client that sent both requests at once may not have read the answer yet, which a reset could overtake.
        return served.wait(.milliseconds(10))
    }

    private func answer(_ request: SimulatedRequest, _ manner: SimulatedReply.Manner) -> Next {
        let decision = core.take(request)
        // The server's thread ends this connection with all others when the downtime begins.
        if decision.downtime != nil { return perform([.hang]) }
        guard decision.delay == .zero || served.wait(decision.delay) else { return .end }
        var instance = decision.delay == .zero ? decision.instance : core.instance
        var waited = Duration.zero
        while true {
            let answer = decision.answer(of: instance, to: request, manner)
            guard answer.delay > waited else {
                let hasWaited = decision.delay + waited > .zero
                let hasExpired = hasWaited && answer.heedsExpiry && core.takeExpiry(of: decision.session)
                return perform(answer.steps(hasExpired: hasExpired))
            }
            // The answer is that of the server as it is after the delay.
            guard served.wait(answer.delay - waited) else { return .end }
            waited = answer.delay
            instance = core.instance
        }
    }

    private func perform(_ steps: [WireStep]) -> Next {
        for step in steps {
            switch step {
            case .send(let bytes):
                guard socket.send(bytes) else { return .end }
            case .wait(let duration):
                guard served.wait(duration) else { return .end }
            case .sendForever(let bytes):
                while socket.send(bytes) {}
                return .end
            case .close:
                return .end
            case .reset:
                return .reset
            case .resetUnderNextRequest:
                return .resetUnderRequest
            case .hang:
                _ = served.wait(nil)
                return .end
            }
        }
        return .request
    }
}

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
    /// Linux resets a connection when bytes arrive after both directions were shut down. An idle one is shut down all
    /// the same, because its client would keep the server waiting. Otherwise the client may still be sending: only the
    /// sending side is shut down, and the connection's thread reads on until the client ends its side too.
    func stop() {
        state.withLock { state in
            state.isStopped = true
            if state.isIdle { socket.shutDown() } else { socket.shutDownSending() }
        }
    }
}
