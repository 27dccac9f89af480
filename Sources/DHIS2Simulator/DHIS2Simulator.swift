/// A DHIS2 look-alike on a loopback port: routes, credentials, envelopes and the faults that were ordered.
///
/// It runs until it is stopped, whether or not this object is kept.
///
/// It is an independent witness of what DHIS2 does: it shares no code with the client that is tested against it, so
/// that one mistake cannot be made on both sides, and is held against recorded answers of real servers.
///
/// A request goes through the rooms in this order. Server accepts the connection, on Sockets. Requests reads what
/// arrives, by Tomcat's rules. Decisions notes it, and finds the faults and, in Sessions, the session that it has.
/// Answers makes the reply, a pure function of a Configuration and the request, with Forwarding for what a route's
/// target is sent and Lists for the list of routes. Decisions turns it into bytes, the faults' included, and Server
/// sends those. Messages holds what all of them speak in; ConfigurationFile reads a configuration from JSON.
package final class DHIS2Simulator: Sendable {
    private let core: SimulatorCore
    private let host: String
    private let contextPath: String

    private init(core: SimulatorCore, host: String, contextPath: String) {
        self.core = core
        self.host = host
        self.contextPath = contextPath
    }

    /// Starts a server.
    ///
    /// - Parameters:
    ///   - host: The IPv4 or IPv6 address to listen on; names are not looked up.
    ///   - port: The port, or 0 for one that the kernel picks.
    /// - Throws: ``PortError`` for a port that cannot be listened on, such as one that is in use, and for a host that
    ///   is no address.
    package static func start(
        _ configuration: SimulatorConfiguration = .standard,
        host: String = "127.0.0.1",
        port: Int = 0
    ) async throws -> DHIS2Simulator {
        let core = try SimulatorCore(configuration, host: host, port: port)
        try core.listen()
        return DHIS2Simulator(core: core, host: host, contextPath: configuration.contextPath)
    }

    /// Runs a server for the time of a closure.
    package static func with<Result>(
        _ configuration: SimulatorConfiguration = .standard,
        host: String = "127.0.0.1",
        _ body: (DHIS2Simulator) async throws -> Result
    ) async throws -> Result {
        let simulator = try await start(configuration, host: host)
        do {
            let result = try await body(simulator)
            try await simulator.stop()
            return result
        } catch {
            try await simulator.stop()
            throw error
        }
    }

    /// The port it listens on, or listened on last.
    package var port: Int { core.port }

    /// What a client is given as the server's address, context path included, without a trailing slash.
    package var baseURL: String { "http://\(host.contains(":") ? "[\(host)]" : host):\(port)\(contextPath)" }

    /// Closes the port and all connections, after which the port refuses.
    package func stop() async throws {
        await core.stop()
    }

    /// Closes everything and listens on the same port again; a stop that comes meanwhile wins.
    ///
    /// Sessions do not outlive it.
    ///
    /// - Throws: ``PortError`` where somebody else has taken the port meanwhile.
    package func restart() async throws {
        try await core.restart()
    }

    /// Changes the configuration of the running server; the next request sees all of the change.
    ///
    /// A changed list of faults starts counting anew. The context path in ``baseURL`` stays as it was at the start.
    package func update<Result: Sendable>(
        _ change: (inout SimulatorConfiguration) throws -> Result
    ) rethrows -> Result {
        try core.withState { try $0.update(change) }
    }

    // MARK: Sessions

    /// How many sessions there are, of all users.
    package var sessionCount: Int { core.withState { $0.sessions.count } }

    /// How many sessions a user has.
    package func sessionCount(of username: String) -> Int { core.withState { $0.sessions.count(of: username) } }

    /// How many sessions users have begun so far, those included that are over.
    package var sessionsMade: Int { core.withState { $0.sessions.made } }

    // MARK: Log

    /// The requests so far, oldest first; at most the configured number of the latest.
    package var requests: [SimulatedRequest] { core.withState { $0.requests } }

    /// How many requests there have been, those included that the log has dropped.
    package var requestCount: Int { core.withState { $0.requestCount } }

    /// The requests whose path, below the context path, fits a pattern in which `*` stands for any characters.
    package func requests(to pattern: String, method: String? = nil) -> [SimulatedRequest] {
        requests.filter { request in
            FaultRule.matches(request.path, pattern: contextPath + pattern)
                && (method == nil || method == request.method)
        }
    }

    /// Waits until there have been so many requests, which is until they have arrived, not until they are answered.
    ///
    /// - Throws: `CancellationError` when the task is cancelled.
    package func waitForRequests(_ count: Int) async throws {
        try await core.waitForRequests(count)
    }

    /// Forgets the requests so far, but not how many there were.
    package func clearLog() {
        core.withState { $0.clearLog() }
    }
}
