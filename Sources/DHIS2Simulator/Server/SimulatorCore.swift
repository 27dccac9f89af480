import Glibc

/// The running server: its port, its connections and its state.
///
/// What happens at once happens in threads that block, for the faults must be able to hold a connection in any state
/// for any time, and a thread that waits holds up nothing else. `ServerLoop` accepts and ends connections on a thread
/// of its own, each `Connection` is served on another, and they share two things, each under its own lock:
/// `ServerControl` for who is there, and the state here for what is decided.
final class SimulatorCore: Sendable {
    /// The state that changes with every request.
    private struct Shared {
        var state: SimulatorState
        var waiters = RequestWaiters()
    }

    private let host: String
    let calls: ServerLoop.Calls
    private let wakeup: Event
    let control: ServerControl
    private let lastPort: Locked<Int>
    private let shared: Locked<Shared>

    /// - Parameters:
    ///   - port: The port, or 0 for one that the kernel picks.
    ///   - calls: The system calls that the server's thread makes.
    /// - Throws: ``PortError`` when the process has no descriptor left.
    init(
        _ configuration: SimulatorConfiguration,
        host: String,
        port: Int,
        calls: ServerLoop.Calls = ServerLoop.Calls()
    ) throws(PortError) {
        self.host = host
        self.calls = calls
        wakeup = try Event()
        control = ServerControl(wakeup: wakeup, stopping: try Event())
        lastPort = Locked(port)
        shared = Locked(Shared(state: SimulatorState(configuration)))
    }

    /// The port it listens on, or listened on last.
    var port: Int { lastPort.withLock { $0 } }

    func withState<Result: Sendable>(_ body: (inout SimulatorState) throws -> Result) rethrows -> Result {
        try shared.withLock { try body(&$0.state) }
    }

    // MARK: Listening

    /// Listens on the port, the same as before if there was one; does nothing where it listens already.
    func listen() throws(PortError) {
        try control.run { () throws(PortError) in try start() }
    }

    /// Closes the port and all connections.
    ///
    /// When it returns, the port refuses connections.
    func stop() async {
        await control.end(isForGood: true)
    }

    /// Closes everything and listens on the same port again, unless it is stopped meanwhile.
    ///
    /// A process that is being started has the open files of this one until its own program runs, so that the port may be
    /// in use a moment longer.
    func restart() async throws(PortError) {
        let stops = control.stops
        await control.end(isForGood: false)
        withState { $0.forgetSessions() }
        let end = ContinuousClock.now + Self.longestUse
        while true {
            do throws(PortError) {
                return try control.run(unlessStoppedSince: stops) { () throws(PortError) in try start() }
            } catch {
                guard error.number == EADDRINUSE, ContinuousClock.now < end,
                    (try? await Task.sleep(for: ServerLoop.pauseBetweenTries)) != nil
                else { throw error }
            }
        }
    }

    private static let longestUse = Duration.seconds(5)

    private func start() throws(PortError) {
        let listener = try ListeningSocket.open(host: host, port: port)
        let loop = ServerLoop(host: host, control: control, wakeup: wakeup, calls: calls) { connection in
            Connection(connection, core: self).serve()
        }
        let failure = calls.startThread { loop.run(listener) }
        guard failure == 0 else {
            listener.close()
            throw PortError(number: failure)
        }
        lastPort.withLock { $0 = listener.port }
    }

    // MARK: Requests

    /// Notes a request that has arrived, and decides what happens before it is answered.
    func take(_ request: SimulatedRequest) -> SimulatorState.Decision {
        let (decision, due) = shared.withLock { shared in
            let decision = shared.state.take(request)
            return (decision, shared.waiters.due(at: shared.state.requestCount))
        }
        for continuation in due { continuation.resume() }
        if let downtime = decision.downtime { control.order(downtime: downtime) }
        return decision
    }

    /// The server as it is now.
    var instance: SimulatedInstance { shared.withLock { $0.state.instance } }

    /// Whether a request's session has expired since the request arrived.
    ///
    /// If so, the session is forgotten.
    func takeExpiry(of session: RequestSession) -> Bool {
        session.active != nil && shared.withLock { $0.state.takeExpiry(of: session) }
    }

    /// Waits until this many requests have arrived.
    func waitForRequests(_ count: Int) async throws {
        let number = shared.withLock { $0.waiters.newNumber() }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isOver = shared.withLock { shared in
                    // The cancellation handler may have run before there was a waiter to end.
                    if shared.state.requestCount >= count || Task.isCancelled { return true }
                    shared.waiters.add(number, for: count, continuation)
                    return false
                }
                if isOver { continuation.resume() }
            }
            try Task.checkCancellation()
        } onCancel: {
            let waiter = shared.withLock { $0.waiters.remove(number) }
            waiter?.resume()
        }
    }
}

/// Tasks that wait for a number of requests.
private struct RequestWaiters: Sendable {
    typealias Continuation = CheckedContinuation<Void, any Error>

    private struct Waiter {
        let count: Int
        let continuation: Continuation
    }

    private var lastNumber = 0
    private var waiters: [Int: Waiter] = [:]

    /// A number for a task that is about to wait.
    mutating func newNumber() -> Int {
        lastNumber += 1
        return lastNumber
    }

    mutating func add(_ number: Int, for count: Int, _ continuation: Continuation) {
        waiters[number] = Waiter(count: count, continuation: continuation)
    }

    /// Removes the tasks that wait for this many requests or fewer.
    ///
    /// The caller resumes them.
    mutating func due(at count: Int) -> [Continuation] {
        guard !waiters.isEmpty else { return [] }
        let due = waiters.filter { $0.value.count <= count }
        for number in due.keys { waiters[number] = nil }
        return due.values.map(\.continuation)
    }

    /// Removes the task with a number.
    mutating func remove(_ number: Int) -> Continuation? { waiters.removeValue(forKey: number)?.continuation }
}
