import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The running server: its port, its connections and its state.
final class SimulatorCore: Sendable {
    private struct Listener {
        var channel: (any Channel)?
        var port: Int
        /// Whether the server is to be there, now or after a downtime.
        var isWanted = false
        var connections: [Int: any Channel] = [:]
    }

    private let loop: any EventLoop
    private let host: String
    private let state: Mutex<SimulatorState>
    private let listener: Mutex<Listener>
    private let waiters = RequestWaiters()

    /// - Parameter port: The port, or 0 for one that the kernel picks.
    init(_ configuration: SimulatorConfiguration, host: String, port: Int) {
        // One loop a server: requests are logged in the order of their arrival, and no thread is left behind.
        loop = MultiThreadedEventLoopGroup.singleton.next()
        self.host = host
        state = Mutex(SimulatorState(configuration))
        listener = Mutex(Listener(port: port))
    }

    var port: Int { listener.withLock { $0.port } }

    func withState<Result: Sendable>(_ body: (inout SimulatorState) throws -> Result) rethrows -> Result {
        try state.withLock { try body(&$0) }
    }

    // MARK: Listening

    /// Binds the port, the same as before if there was one.
    func listen() -> EventLoopFuture<Void> {
        listener.withLock { $0.isWanted = true }
        return bind()
    }

    private func bind() -> EventLoopFuture<Void> {
        let port = port
        return ServerBootstrap(group: loop)
            .serverChannelOption(.backlog, value: 4096)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
            .childChannelOption(.maxMessagesPerRead, value: 16)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.addHandler(
                        ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes))
                    )
                    try pipeline.addHandler(ConnectionHandler(core: self))
                }
            }
            .bind(host: host, port: port)
            .flatMap { channel in
                let isWanted = self.listener.withLock { listener in
                    guard listener.isWanted else { return false }
                    listener.channel = channel
                    listener.port = channel.localAddress?.port ?? port
                    return true
                }
                // Stopped meanwhile, when there was nothing to close yet.
                return isWanted ? channel.eventLoop.makeSucceededVoidFuture() : channel.close()
            }
    }

    /// Closes the port and all connections; done when the port refuses.
    func stop() -> EventLoopFuture<Void> {
        listener.withLock { $0.isWanted = false }
        // On the loop no connection can be between being accepted and being known here.
        return loop.flatSubmit { self.closeAll() }
    }

    private func closeAll() -> EventLoopFuture<Void> {
        let (channel, connections) = listener.withLock { listener in
            defer { listener.channel = nil }
            return (listener.channel, Array(listener.connections.values))
        }
        for connection in connections { connection.close(promise: nil) }
        return channel?.close() ?? loop.makeSucceededVoidFuture()
    }

    /// Goes away and comes back on the same port.
    private func restart(downFor downtime: Duration) {
        closeAll().whenComplete { _ in self.listenAgain(after: downtime) }
    }

    private func listenAgain(after downtime: Duration) {
        loop.scheduleTask(in: TimeAmount(downtime)) {
            guard self.listener.withLock({ $0.isWanted && $0.channel == nil }) else { return }
            // Somebody may have taken the port meanwhile; clients see a refusal until it is free again.
            self.bind().whenFailure { _ in self.listenAgain(after: .milliseconds(50)) }
        }
    }

    // MARK: Connections

    func open(_ channel: any Channel) -> Int {
        let number = state.withLock { $0.openConnection() }
        listener.withLock { $0.connections[number] = channel }
        return number
    }

    func close(_ connection: Int) {
        listener.withLock { $0.connections[connection] = nil }
    }

    /// Makes closing the channel break the connection off (RST) instead of ending it in order.
    func lingerNot(_ channel: any Channel) -> EventLoopFuture<Void> {
        guard let options = channel as? any SocketOptionProvider else {
            return channel.eventLoop.makeSucceededVoidFuture()
        }
        return options.setSoLinger(linger(l_onoff: 1, l_linger: 0))
    }

    // MARK: Requests

    func waitForRequests(_ count: Int) async throws {
        try await waiters.wait(for: count)
    }

    /// What a connection does to answer a request.
    func steps(answering request: SimulatedRequest, keepsAlive: Bool) -> [WireStep] {
        let (decision, count) = state.withLock { ($0.take(request), $0.requestCount) }
        waiters.reach(count)
        if let downtime = decision.downtime {
            restart(downFor: downtime)
            return [.hang]
        }
        let manner = SimulatedReply.Manner(omitsBody: request.method == "HEAD", closes: !keepsAlive)
        var reply = decision.instance.reply(to: request)
        reply.delay += decision.delay
        return decision.fault?.steps(instead: reply, of: decision.instance, for: request, manner)
            ?? reply.steps(manner)
    }
}
