import Testing

@testable import DHIS2Simulator

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// How connections are accepted: in what order, how many, and what happens where there is no room.
@Suite(.timeLimit(.minutes(5)))
struct AcceptingTests {
    /// A failure of the system that lasts until it is lifted, and how often it was met.
    private final class Outage: Sendable {
        private let state = Locked((isOn: false, count: 0))

        var count: Int { state.withLock { $0.count } }

        func begin() { state.withLock { $0.isOn = true } }

        func end() { state.withLock { $0.isOn = false } }

        /// Whether the call is to fail.
        func meets() -> Bool {
            state.withLock { state in
                if state.isOn { state.count += 1 }
                return state.isOn
            }
        }
    }

    private static func calls(
        accept: Outage = Outage(),
        startThread: Outage = Outage(),
        longestPause: Duration = .milliseconds(1)
    ) -> ServerLoop.Calls {
        ServerLoop.Calls(
            accept: { accept.meets() ? .exhausted : $0.accept() },
            startThread: { startThread.meets() ? EAGAIN : ServerThread.start($0) },
            longestPause: longestPause
        )
    }

    /// A server that lacks one thing during an outage.
    private static func core(_ shortage: Shortage, _ outage: Outage, longestPause: Duration) throws -> SimulatorCore {
        try core(
            shortage == .descriptors
                ? calls(accept: outage, longestPause: longestPause)
                : calls(startThread: outage, longestPause: longestPause)
        )
    }

    private static func core(_ calls: ServerLoop.Calls) throws -> SimulatorCore {
        let core = try SimulatorCore(.standard, host: "127.0.0.1", port: 0, calls: calls)
        try core.listen()
        return core
    }

    private static let ping = RawConnection.request("/api/system/ping")

    private static func requirePong(_ client: SocketClient) throws {
        client.write(ping)
        try #require(client.read(until: "pong").text.hasSuffix("pong"))
    }

    // MARK: Order

    @Test func numbersConnectionsInTheOrderOfAccepting() async throws {
        try await DHIS2Simulator.with { simulator in
            let clients = try (0..<50).map { _ in try SocketClient(port: simulator.port) }
            for client in clients.reversed() { try Self.requirePong(client) }
            #expect(simulator.requests.map(\.connection) == (1...50).reversed())
        }
    }

    @Test func goesOnNumberingAfterARestart() async throws {
        try await DHIS2Simulator.with(host: "127.0.0.31") { simulator in
            for number in 1...5 {
                let client = try SocketClient(host: "127.0.0.31", port: simulator.port)
                try Self.requirePong(client)
                #expect(simulator.requests.last?.connection == number)
                try await simulator.restart()
            }
        }
    }

    @Test func acceptsAlsoBesideAnUrgentByte() async throws {
        try await DHIS2Simulator.with { simulator in
            let urgent = try SocketClient(port: simulator.port)
            urgent.write("G")
            #expect(urgent.writeUrgently(UInt8(ascii: "E")))
            let other = try SocketClient(port: simulator.port)
            try Self.requirePong(other)
            // The urgent byte is one of the request.
            urgent.write(String(Self.ping.dropFirst(2)))
            #expect(urgent.read(until: "pong").text.hasPrefix("HTTP/1.1 200 \r\n"))
            #expect(simulator.requests.map(\.connection) == [2, 1])
        }
    }

    // MARK: Room

    @Test func serves600ConnectionsAtOnce() async throws {
        var limit = rlimit()
        #if canImport(Glibc)
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        #else
        let resource = RLIMIT_NOFILE
        #endif
        getrlimit(resource, &limit)
        // Both sides are in this process.
        limit.rlim_cur = min(limit.rlim_max, max(limit.rlim_cur, 4_096))
        try #require(setrlimit(resource, &limit) == 0)
        var configuration = SimulatorConfiguration.standard
        configuration.faults = [FaultRule(path: "/api/me", fault: .hang)]
        try await DHIS2Simulator.with(configuration) { simulator in
            let clients = try (0..<600).map { _ in
                let client = try SocketClient(port: simulator.port)
                client.write(Self.ping + RawConnection.request("/api/me"))
                return client
            }
            // All have been answered, and all are still served.
            for client in clients { #expect(client.read(until: "pong").text.hasSuffix("pong")) }
            try await simulator.waitForRequests(1_200)
            #expect(Set(simulator.requests.map(\.connection)) == Set(1...600))
        }
    }

    @Test func letsWhoFindsNoRoomWaitInTheBacklog() async throws {
        let outage = Outage()
        outage.begin()
        let core = try Self.core(Self.calls(accept: outage))
        let clients = try (0..<300).map { _ in
            let client = try SocketClient(port: core.port)
            client.write(Self.ping)
            return client
        }
        #expect(core.withState { $0.requestCount } == 0)
        outage.end()
        for client in clients { #expect(client.read(until: "pong").text.hasSuffix("pong")) }
        await core.stop()
    }

    @Test func endsWhoWaitsInTheBacklogInOrder() async throws {
        let outage = Outage()
        // Nothing but the stop ends the pause.
        let core = try Self.core(.descriptors, outage, longestPause: .seconds(86_400))
        outage.begin()
        let clients = try (0..<20).map { _ in
            let client = try SocketClient(port: core.port)
            client.write(Self.ping)
            return client
        }
        await eventually { outage.count > 0 }
        outage.end()
        await core.stop()
        for client in clients { #expect(client.read() == ("", .closed)) }
        #expect(core.withState { $0.requestCount } == 0)
    }

    @Test(arguments: [
        (EMFILE, ListeningSocket.Acceptance.exhausted), (ENFILE, .exhausted), (ENOBUFS, .exhausted),
        (ENOMEM, .exhausted),
        (EAGAIN, .nothing), (EINTR, .again), (ECONNABORTED, .again), (EPROTO, .again),
        (ENETDOWN, .again), (ENOPROTOOPT, .again), (EHOSTDOWN, .again), (ENONET, .again), (EHOSTUNREACH, .again),
        (EOPNOTSUPP, .again), (ENETUNREACH, .again),
        // These may last for as long as the server runs.
        (EPERM, .exhausted), (EINVAL, .exhausted), (EBADF, .exhausted), (ENOTSOCK, .exhausted), (0, .exhausted),
    ])
    func pausesWhereThereIsNoRoom(number: Int32, acceptance: ListeningSocket.Acceptance) {
        #expect(ListeningSocket.Acceptance(failure: number) == acceptance)
    }

    enum Shortage: CaseIterable {
        case descriptors, threads
    }

    @Test(arguments: Shortage.allCases)
    func acceptsAgainWhenAConnectionEnds(shortage: Shortage) async throws {
        let outage = Outage()
        // Nothing but an end can end the pause.
        let core = try Self.core(shortage, outage, longestPause: .seconds(86_400))
        let served = try SocketClient(port: core.port)
        try Self.requirePong(served)
        outage.begin()
        let waiting = try SocketClient(port: core.port)
        waiting.write(Self.ping)
        await eventually { outage.count > 0 }
        outage.end()
        served.end()
        #expect(waiting.read(until: "pong").text.hasSuffix("pong"))
        // A loop that asks and asks would have met it thousands of times.
        #expect(outage.count == 1)
        await core.stop()
    }

    @Test(arguments: Shortage.allCases)
    func acceptsAgainWhenOthersMakeRoom(shortage: Shortage) async throws {
        let outage = Outage()
        let core = try Self.core(shortage, outage, longestPause: .milliseconds(1))
        outage.begin()
        let waiting = try SocketClient(port: core.port)
        waiting.write(Self.ping)
        await eventually { outage.count > 2 }
        outage.end()
        #expect(waiting.read(until: "pong").text.hasSuffix("pong"))
        await core.stop()
    }

    @Test(arguments: Shortage.allCases)
    func stopsAlsoWhereThereIsNoRoom(shortage: Shortage) async throws {
        let outage = Outage()
        let core = try Self.core(shortage, outage, longestPause: .seconds(86_400))
        outage.begin()
        let waiting = try SocketClient(port: core.port)
        waiting.write(Self.ping)
        await eventually { outage.count > 0 }
        await core.stop()
        // Without a descriptor nobody can end the connection in order.
        if shortage == .threads { #expect(waiting.read() == ("", .closed)) }
        await core.stop()
    }

    @Test func doesNotStartWithoutAThread() throws {
        let outage = Outage()
        outage.begin()
        let core = try SimulatorCore(.standard, host: "127.0.0.32", port: 0, calls: Self.calls(startThread: outage))
        #expect(throws: PortError(number: EAGAIN)) { try core.listen() }
        outage.end()
        try core.listen()
    }

    // MARK: State

    @Test func countsEveryRequestOfManyThreadsOnce() async throws {
        var configuration = SimulatorConfiguration.standard
        configuration.faults = [FaultRule(after: 100, times: 50, fault: .statusInFront(418, headers: [:], body: ""))]
        try await DHIS2Simulator.with(configuration) { simulator in
            let teapots = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        let client = try SocketClient(port: simulator.port)
                        client.write(String(repeating: Self.ping, count: 99) + RawConnection.request("/", close: true))
                        return client.read().text.ranges(of: "HTTP/1.1 418").count
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(simulator.requestCount == 800)
            #expect(teapots == 50)
            #expect(simulator.requests.count == 800)
        }
    }

    @Test func locksKeepThreadsApart() async {
        let counter = Locked(0)
        await withTaskGroup { group in
            for _ in 0..<8 {
                group.addTask { for _ in 0..<10_000 { counter.withLock { $0 += 1 } } }
            }
        }
        #expect(counter.withLock { $0 } == 80_000)
        #expect(throws: PortError(number: 1)) {
            try counter.withLock { (_) throws(PortError) in throw PortError(number: 1) }
        }
        // A closure that throws has let the lock go.
        #expect(counter.withLock { $0 } == 80_000)
    }
}
