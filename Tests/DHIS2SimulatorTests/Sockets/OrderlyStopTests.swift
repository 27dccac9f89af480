import Testing

@testable import DHIS2Simulator

/// A stop ends connections in order (FIN), also where the client is still sending.
@Suite(.timeLimit(.minutes(5)))
struct OrderlyStopTests {
    private static let head = "POST /api/routes/echo/run HTTP/1.1\r\nHost: h\r\n"
    private static let part = [UInt8](repeating: 120, count: 10_000)

    /// A server that waits for its clients' ends for as long as it takes, unless a time is given.
    private static func core(
        _ fault: SimulatedFault? = nil,
        longestEnd: Duration = .seconds(86_400)
    ) throws -> SimulatorCore {
        var configuration = SimulatorConfiguration.standard
        if let fault { configuration.faults = [FaultRule(fault: fault)] }
        let calls = ServerLoop.Calls(longestEnd: longestEnd, longestRest: max(longestEnd, .seconds(5)))
        let core = try SimulatorCore(configuration, host: "127.0.0.1", port: 0, calls: calls)
        try core.listen()
        return core
    }

    /// A client whose body the server waits for.
    private static func sender(_ core: SimulatorCore, bodyLength: Int) throws -> SocketClient {
        let client = try SocketClient(port: core.port)
        client.write(head + "Content-Length: \(bodyLength)\r\nExpect: 100-continue\r\n\r\n")
        #expect(client.read(until: "\r\n\r\n").text == "HTTP/1.1 100 \r\n\r\n")
        return client
    }

    @Test func endsInOrderWhereTheClientKeepsSending() async throws {
        let core = try Self.core()
        let client = try Self.sender(core, bodyLength: RequestLimits.body)
        async let stop: Void = core.stop()
        while client.isSilent {
            #expect(client.write(Self.part))
            await Task.yield()
        }
        for _ in 1...100 { #expect(client.write(Self.part)) }
        #expect(client.read() == ("", .closed))
        client.end()
        await stop
        #expect(core.withState { $0.requestCount } == 0)
    }

    @Test func endsInOrderAfterHalfARequest() async throws {
        let core = try Self.core()
        let client = try Self.sender(core, bodyLength: Self.part.count * 2)
        client.write(Self.part)
        async let stop: Void = core.stop()
        // A read that blocked could keep the stop from a thread to begin on.
        await eventually { core.control.stops == 1 }
        #expect(client.read() == ("", .closed))
        #expect(client.write(Self.part))
        #expect(client.write(RawConnection.request("/api/ping")))
        #expect(client.read() == ("", .closed))
        client.end()
        await stop
    }

    @Test(arguments: [
        SimulatedFault.hang, .hangInBody, .delay(.seconds(86_400)), .drip(bytes: 1, every: .seconds(86_400)),
        .endlessBody, .endlessHeaders,
    ])
    func endsInOrderInTheMiddleOfAnAnswer(fault: SimulatedFault) async throws {
        let core = try Self.core(fault)
        let client = try SocketClient(port: core.port)
        client.write(RawConnection.request("/api/me"))
        try await core.waitForRequests(1)
        async let stop: Void = core.stop()
        // A read that blocked could keep the stop from a thread to begin on.
        await eventually { core.control.stops == 1 }
        #expect(client.read().ending == .closed)
        for _ in 1...100 { #expect(client.write(Self.part)) }
        #expect(client.read() == ("", .closed))
        client.end()
        await stop
    }

    @Test func doesNotWaitForIdleClients() async throws {
        // Waiting for one of these clients would take a day.
        let core = try Self.core()
        let clients = try (0..<20).map { _ in try SocketClient(port: core.port) }
        for client in clients.dropFirst(5) {
            client.write(RawConnection.request("/api/system/ping"))
            #expect(client.read(until: "pong").text.hasSuffix("pong"))
        }
        await core.stop()
        for client in clients { #expect(client.read() == ("", .closed)) }
    }

    @Test func doesNotWaitLongForClientsThatStay() async throws {
        let core = try Self.core(longestEnd: .milliseconds(1))
        let client = try Self.sender(core, bodyLength: 5)
        await core.stop()
        #expect(client.read() == ("", .closed))
    }

    @Test func waitsAgainAfterAStop() async throws {
        let core = try Self.core(.delay(.milliseconds(1)), longestEnd: .milliseconds(1))
        for _ in 1...3 {
            let client = try SocketClient(port: core.port)
            client.write(RawConnection.request("/api/system/ping"))
            #expect(client.read(until: "pong").text.hasSuffix("pong"))
            try await core.restart()
        }
        await core.stop()
    }
}
