import Testing

@testable import DHIS2Simulator

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Every end but a reset is one in order (FIN), whatever has not been read.
@Suite(.timeLimit(.minutes(5)))
struct OrderlyEndTests {
    private static let target = "/api/routes/health/run"

    private static func server(_ fault: SimulatedFault) -> SimulatorConfiguration {
        var configuration = SimulatorConfiguration.standard
        configuration.faults = [FaultRule(fault: fault)]
        return configuration
    }

    /// More requests than a server reads at a time.
    private static let unread = String(repeating: RawConnection.request("/api/ping"), count: 2_000)

    @Test func closesInOrderWithRequestsUnread() async throws {
        try await DHIS2Simulator.with { simulator in
            let client = try SocketClient(port: simulator.port)
            client.write(RawConnection.request("/api/system/ping", close: true) + Self.unread)
            let answer = client.read()
            #expect(answer.text.hasSuffix("\r\n\r\npong"))
            #expect(answer.ending == .closed)
            #expect(simulator.requestCount == 1)
        }
    }

    @Test(arguments: [SimulatedFault.closeWithoutAnswer, .truncatedBody, .badChunk, .garbageStatusLine])
    func closesInOrderUnderAFault(fault: SimulatedFault) async throws {
        try await DHIS2Simulator.with(Self.server(fault)) { simulator in
            let client = try SocketClient(port: simulator.port)
            client.write(RawConnection.request(Self.target) + Self.unread)
            #expect(client.read().ending == .closed)
        }
    }

    @Test(arguments: [SimulatedFault.resetBeforeHeaders, .resetInHeaders, .resetInBody])
    func breaksOffWhereThatIsOrdered(fault: SimulatedFault) async throws {
        try await DHIS2Simulator.with(Self.server(fault)) { simulator in
            for rest in ["", Self.unread] {
                let client = try SocketClient(port: simulator.port)
                client.write(RawConnection.request(Self.target) + rest)
                #expect(client.read().ending == .reset)
            }
        }
    }

    @Test(arguments: [
        "nonsense\r\n", "GET / HTTP/1.1\r\nHost: h\r\nbad header\r\n", "\u{16}\u{3}\u{1}",
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n",
        "GET /\(String(repeating: "x", count: 70_000)) HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\n\(String(repeating: "X: y\r\n", count: 1_000))\r\n",
    ])
    func answersWhatCannotBeParsedBeforeItEnds(text: String) async throws {
        try await DHIS2Simulator.with { simulator in
            let client = try SocketClient(port: simulator.port)
            // What follows is more than the kernel takes without being read.
            client.limitSendBuffer()
            #expect(client.write(Array(text.utf8) + [UInt8](repeating: 120, count: 1 << 20)))
            let answer = client.read()
            #expect(answer.text.hasPrefix("HTTP/1.1 400 \r\nContent-Type: text/html;charset=utf-8\r\n"))
            #expect(answer.text.contains("\r\nConnection: close\r\n"))
            #expect(answer.text.hasSuffix("</html>"))
            #expect(answer.ending == .closed)
            #expect(simulator.requestCount == 0)
        }
    }

    @Test func answersABodyThatIsTooLargeBeforeItComes() async throws {
        try await DHIS2Simulator.with { simulator in
            let client = try SocketClient(port: simulator.port)
            client.write("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 9999999999\r\n\r\n")
            let answer = client.read()
            #expect(answer.text.hasPrefix("HTTP/1.1 413 \r\n"))
            #expect(answer.ending == .closed)
        }
    }

    @Test(arguments: [0, 20])
    func waitsNoLongerThanItsBoundForAClientThatStays(milliseconds: Int) throws {
        var ends: [Int32] = [0, 0]
        #expect(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
        let sockets = ends.map { ConnectionSocket(descriptor: $0) }
        #expect(sockets[1].send([UInt8](repeating: 120, count: 100_000)))
        let start = ContinuousClock.now
        sockets[0].endInOrder(within: .milliseconds(milliseconds))
        let time = ContinuousClock.now - start
        #expect(time >= .milliseconds(milliseconds))
        // The bound where none is given is greater.
        #expect(time < .seconds(4))
        // All that was there has been read, and the end has arrived.
        #expect(ServerSide.unread(ends[0]) == 0)
        withUnsafeTemporaryAllocation(byteCount: 1, alignment: 1) { #expect(sockets[1].receive(into: $0) == 0) }
        for socket in sockets { socket.close() }
    }

    @Test(arguments: [SimulatedFault.hang, .delay(.seconds(86_400)), .hangInBody, .drip(bytes: 1, every: .seconds(9))])
    func stopsInOrderWithRequestsUnread(fault: SimulatedFault) async throws {
        let simulator = try await DHIS2Simulator.start(Self.server(fault))
        let client = try SocketClient(port: simulator.port)
        client.write(RawConnection.request(Self.target) + Self.unread)
        try await simulator.waitForRequests(1)
        try await simulator.stop()
        #expect(client.read().ending == .closed)
    }

    @Test func stopsInOrderWhileABodyIsOnItsWay() async throws {
        let simulator = try await DHIS2Simulator.start()
        let client = try SocketClient(port: simulator.port)
        client.write("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10000000\r\n\r\n")
        client.write([UInt8](repeating: 120, count: 5_000_000))
        try await simulator.stop()
        #expect(client.read().ending == .closed)
    }
}
