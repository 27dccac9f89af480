import Testing

@testable import DHIS2Simulator

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// What the server's sockets and threads are like.
@Suite(.timeLimit(.minutes(5)))
struct SocketOptionTests {
    private static func option(_ descriptor: Int32, _ level: Int32, _ name: Int32) -> Int32 {
        var value: Int32 = -1
        var size = socklen_t(MemoryLayout<Int32>.size)
        getsockopt(descriptor, level, name, &value, &size)
        return value
    }

    @Test func noSocketIsInheritedByANewProgram() async throws {
        try await DHIS2Simulator.with { simulator in
            let clients = try (0..<3).map { _ in try SocketClient(port: simulator.port) }
            for client in clients { client.write(RawConnection.request("/api/me")) }
            try await simulator.waitForRequests(3)
            let descriptors = ServerSide.descriptors { own, _ in own == UInt16(simulator.port) }
            // The listening socket, and one a connection.
            #expect(descriptors.count == 4)
            for descriptor in descriptors { #expect(fcntl(descriptor, F_GETFD) & FD_CLOEXEC != 0) }
        }
    }

    @Test func smallAnswersDoNotWaitForOneAnother() async throws {
        try await DHIS2Simulator.with { simulator in
            let client = try SocketClient(port: simulator.port)
            client.write(RawConnection.request("/api/me"))
            try await simulator.waitForRequests(1)
            let descriptor = try #require(ServerSide.descriptor(of: client, on: simulator))
            #expect(Self.option(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY) != 0)
            #expect(fcntl(descriptor, F_GETFL) & O_NONBLOCK == 0)
        }
    }

    @Test func thePortCanBeTakenAgainAtOnce() async throws {
        try await DHIS2Simulator.with { simulator in
            let listener = ServerSide.descriptors { own, other in own == UInt16(simulator.port) && other == 0 }
            #expect(listener.count == 1)
            let descriptor = try #require(listener.first)
            #expect(Self.option(descriptor, SOL_SOCKET, SO_REUSEADDR) != 0)
        }
        // A server that has ended connections itself leaves the port to its successor.
        let first = try await DHIS2Simulator.start(host: "127.0.0.33")
        let client = try SocketClient(host: "127.0.0.33", port: first.port)
        client.write(RawConnection.request("/api/system/ping", close: true))
        #expect(client.read().ending == .closed)
        try await first.stop()
        let second = try await DHIS2Simulator.start(host: "127.0.0.33", port: first.port)
        #expect(second.port == first.port)
        try await second.stop()
    }

    // MARK: Addresses

    private static let hasIPv6: Bool = {
        guard let listener = try? ListeningSocket.open(host: "::1", port: 0) else { return false }
        listener.close()
        return true
    }()

    @Test(.enabled(if: hasIPv6)) func listensOnIPv6() async throws {
        try await DHIS2Simulator.with(host: "::1") { simulator in
            #expect(simulator.baseURL == "http://[::1]:\(simulator.port)")
            #expect(simulator.port > 0)
            let client = try SocketClient(host: "::1", port: simulator.port)
            client.write(RawConnection.request("/api/system/ping", close: true))
            #expect(client.read().text.hasSuffix("pong"))
        }
    }

    @Test(.enabled(if: hasIPv6)) func comesBackOnTheSamePortOfIPv6() async throws {
        try await DHIS2Simulator.with(host: "::1") { simulator in
            let port = simulator.port
            try await simulator.restart()
            #expect(simulator.port == port)
            let client = try SocketClient(host: "::1", port: port)
            client.write(RawConnection.request("/api/system/ping", close: true))
            #expect(client.read().text.hasSuffix("pong"))
        }
    }

    @Test(arguments: ["", "localhost", "256.0.0.1", "127.0.0.1 ", "::1::", "[::1]", "example.org"])
    func refusesAHostThatIsNoAddress(host: String) async {
        await #expect(throws: PortError(number: EADDRNOTAVAIL)) { try await DHIS2Simulator.start(host: host) }
    }

    @Test(arguments: [-1, 65_536, .max, .min])
    func refusesAPortThatIsNone(port: Int) async {
        await #expect(throws: PortError(number: EINVAL)) { try await DHIS2Simulator.start(port: port) }
    }

    @Test func refusesWhatItCannotHave() async throws {
        try await DHIS2Simulator.with { simulator in
            _ = await #expect(throws: PortError(number: EADDRINUSE)) {
                try await DHIS2Simulator.start(port: simulator.port)
            }
        }
        // An address for documentation (RFC 5737), which no interface has.
        await #expect(throws: PortError(number: EADDRNOTAVAIL)) { try await DHIS2Simulator.start(host: "192.0.2.1") }
    }

    // MARK: Threads

    /// What a closure finds on a thread of the server's.
    private static func onServerThread<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            let status = ServerThread.start { continuation.resume(returning: body()) }
            #expect(status == 0)
        }
    }

    private static func blockedSignals() -> [Int32] {
        var mask = sigset_t()
        pthread_sigmask(SIG_SETMASK, nil, &mask)
        return [SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGUSR1, SIGCHLD].filter { sigismember(&mask, $0) == 1 }
    }

    @Test func itsThreadsTakeNoSignals() async {
        let before = Self.blockedSignals()
        #expect(
            await Self.onServerThread { Self.blockedSignals() } == [SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGUSR1, SIGCHLD]
        )
        #expect(Self.blockedSignals() == before)
    }

    @Test func itsThreadsHaveSmallStacks() async throws {
        #expect((512 << 10...1 << 20).contains(ServerThread.stackSize))
        // The functions are the system's, but their declarations are not visible to Swift.
        typealias Attributes = @convention(c) (pthread_t, UnsafeMutablePointer<pthread_attr_t>) -> Int32
        let symbol = try #require(dlsym(nil, "pthread_getattr_np"))
        let size = await Self.onServerThread { [address = UInt(bitPattern: symbol)] () -> Int in
            guard let symbol = UnsafeMutableRawPointer(bitPattern: address) else { return 0 }
            var attributes = pthread_attr_t()
            guard unsafeBitCast(symbol, to: Attributes.self)(pthread_self(), &attributes) == 0 else { return 0 }
            defer { pthread_attr_destroy(&attributes) }
            var size = 0
            return pthread_attr_getstacksize(&attributes, &size) == 0 ? size : 0
        }
        // The sanitizer adds to what is asked for.
        #expect((512 << 10...4 << 20).contains(size))
    }

    @Test func sendingToAClientThatIsGoneRaisesNoSignal() async throws {
        var ends: [Int32] = [0, 0]
        #expect(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
        close(ends[1])
        let socket = ConnectionSocket(descriptor: ends[0])
        let outcome = await Self.onServerThread { () -> (sent: Bool, isPending: Bool) in
            // The thread blocks the signal, which would so be seen to wait.
            let sent = socket.send([1, 2, 3])
            var pending = sigset_t()
            sigpending(&pending)
            return (sent, sigismember(&pending, SIGPIPE) == 1)
        }
        #expect(!outcome.sent)
        #expect(!outcome.isPending)
        socket.close()
    }
}
