import Testing

@testable import DHIS2Simulator

/// Stops and restarts, in the middle of everything.
///
/// Each on an address of its own, because the kernel may give a freed port to a server of another test.
@Suite(.timeLimit(.minutes(5)))
struct StopTests {
    private static let refused = SocketClient.Failure(code: 111)

    private static func server(_ faults: FaultRule...) -> SimulatorConfiguration {
        var configuration = SimulatorConfiguration.standard
        configuration.faults = faults
        return configuration
    }

    /// Asks again and again until told to stop, on new connections where the old ones end.
    ///
    /// - Returns: How many answers came whole.
    private static func ask(_ host: String, _ port: Int, until isOver: Locked<Bool>) async -> Int {
        var answers = 0
        while !isOver.withLock({ $0 }) {
            if let client = try? SocketClient(host: host, port: port) {
                while !isOver.withLock({ $0 }), client.write(RawConnection.request("/api/system/ping")) {
                    let answer = client.read(until: "pong")
                    guard answer.text.hasSuffix("pong") else { break }
                    answers += 1
                    await Task.yield()
                }
            }
            await Task.yield()
        }
        return answers
    }

    private static func withLoad(
        on host: String,
        _ configuration: SimulatorConfiguration = .standard,
        _ body: @Sendable (DHIS2Simulator, _ port: Int) async throws -> Void
    ) async throws -> Int {
        let simulator = try await DHIS2Simulator.start(configuration, host: host)
        let port = simulator.port
        let isOver = Locked(false)
        return try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<4 { group.addTask { await ask(host, port, until: isOver) } }
            try await simulator.waitForRequests(50)
            try await body(simulator, port)
            isOver.withLock { $0 = true }
            return try await group.reduce(0, +)
        }
    }

    @Test func stopsUnderLoad() async throws {
        let host = "127.0.0.21"
        let answers = try await Self.withLoad(on: host) { simulator, port in
            try await simulator.stop()
            let count = simulator.requestCount
            #expect(throws: Self.refused) { try SocketClient(host: host, port: port) }
            #expect(simulator.requestCount == count)
        }
        #expect(answers > 0)
    }

    @Test func restartsUnderLoad() async throws {
        let host = "127.0.0.22"
        let answers = try await Self.withLoad(on: host) { simulator, port in
            for _ in 0..<20 {
                try await simulator.restart()
                #expect(simulator.port == port)
                try await simulator.waitForRequests(simulator.requestCount + 5)
            }
            try await simulator.stop()
        }
        #expect(answers > 50)
    }

    @Test func restartsUnderLoadWhenRequestsOrderIt() async throws {
        let rule = FaultRule(path: "/api/system/ping", after: 100, times: 5, fault: .restart(downFor: .zero))
        let answers = try await Self.withLoad(on: "127.0.0.23", Self.server(rule)) { simulator, _ in
            try await simulator.waitForRequests(400)
            try await simulator.stop()
        }
        #expect(answers > 100)
    }

    @Test func ordersToGoAwayThatComeTogetherAreOne() async throws {
        let host = "127.0.0.24"
        let order = FaultRule(times: 2, fault: .restart(downFor: .zero))
        try await DHIS2Simulator.with(Self.server(order), host: host) { simulator in
            let clients = try (0..<2).map { _ in try SocketClient(host: host, port: simulator.port) }
            for client in clients { client.write(RawConnection.request("/api/me")) }
            for client in clients { #expect(client.read() == ("", .closed)) }
            var answer = ""
            while !answer.hasSuffix("pong") {
                guard let client = try? SocketClient(host: host, port: simulator.port) else {
                    await Task.yield()
                    continue
                }
                client.write(RawConnection.request("/api/system/ping", close: true))
                answer = client.read().text
            }
        }
    }

    @Test func aDowntimeEndsAtOnceWhenItIsStopped() async throws {
        let host = "127.0.0.25"
        let order = FaultRule(times: 1, fault: .restart(downFor: .seconds(86_400)))
        let simulator = try await DHIS2Simulator.start(Self.server(order), host: host)
        let client = try SocketClient(host: host, port: simulator.port)
        client.write(RawConnection.request("/api/me"))
        #expect(client.read() == ("", .closed))
        #expect(throws: Self.refused) { try SocketClient(host: host, port: simulator.port) }
        try await simulator.stop()
        #expect(throws: Self.refused) { try SocketClient(host: host, port: simulator.port) }
    }

    @Test func aDowntimeEndsAtOnceWhenItIsRestarted() async throws {
        let host = "127.0.0.26"
        let order = FaultRule(times: 1, fault: .restart(downFor: .seconds(86_400)))
        try await DHIS2Simulator.with(Self.server(order), host: host) { simulator in
            let client = try SocketClient(host: host, port: simulator.port)
            client.write(RawConnection.request("/api/me"))
            #expect(client.read() == ("", .closed))
            try await simulator.restart()
            let again = try SocketClient(host: host, port: simulator.port)
            again.write(RawConnection.request("/api/system/ping", close: true))
            #expect(again.read().text.hasSuffix("pong"))
        }
    }

    @Test func manyStopsAndRestartsAtOnceHoldNobodyUp() async throws {
        let host = "127.0.0.27"
        let simulator = try await DHIS2Simulator.start(Self.server(FaultRule(fault: .hang)), host: host)
        let clients = try (0..<8).map { _ in try SocketClient(host: host, port: simulator.port) }
        for client in clients { client.write(RawConnection.request("/api/me")) }
        try await simulator.waitForRequests(8)
        // Far more tasks than threads that run tasks.
        try await withThrowingTaskGroup { group in
            for index in 0..<200 {
                group.addTask {
                    if index.isMultiple(of: 3) { try await simulator.restart() } else { try await simulator.stop() }
                }
            }
            try await group.waitForAll()
        }
        for client in clients { #expect(client.read().ending == .closed) }
        try await simulator.stop()
        #expect(throws: Self.refused) { try SocketClient(host: host, port: simulator.port) }
        try await simulator.restart()
        #expect((try? SocketClient(host: host, port: simulator.port)) != nil)
        try await simulator.stop()
        try await simulator.stop()
    }

    @Test func aStopWinsThatComesInTheMiddleOfARestart() async throws {
        let host = "127.0.0.28"
        let calls = ServerLoop.Calls(longestEnd: .seconds(86_400))
        let core = try SimulatorCore(Self.server(FaultRule(fault: .hang)), host: host, port: 0, calls: calls)
        try core.listen()
        let client = try SocketClient(host: host, port: core.port)
        client.write(RawConnection.request("/api/me"))
        try await core.waitForRequests(1)
        async let restart: Void = core.restart()
        // From its end of the connection until the client's, the restart can get no further.
        await eventually { !client.isSilent }
        #expect(client.read() == ("", .closed))
        async let stop: Void = core.stop()
        await eventually { core.control.stops == 1 }
        client.end()
        _ = try await (restart, stop)
        #expect(throws: Self.refused) { try SocketClient(host: host, port: core.port) }
    }

    @Test(arguments: [SimulatedFault.endlessBody, .endlessHeaders])
    func endsASendThatNobodyReads(fault: SimulatedFault) async throws {
        let simulator = try await DHIS2Simulator.start(Self.server(FaultRule(fault: fault)), host: "127.0.0.29")
        let client = try SocketClient(host: "127.0.0.29", port: simulator.port)
        client.write(RawConnection.request("/api/me"))
        #expect(client.read(upTo: 100_000).text.utf8.count == 100_000)
        try await simulator.stop()
        #expect(client.read().ending == .closed)
    }

    @Test func closesIdleConnectionsAndThoseThatHaveSentHalfARequest() async throws {
        let simulator = try await DHIS2Simulator.start(host: "127.0.0.30")
        let clients = try ["", "GET / HT", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nab"].map { text in
            let client = try SocketClient(host: "127.0.0.30", port: simulator.port)
            client.write(text)
            return client
        }
        try await simulator.stop()
        for client in clients { #expect(client.read() == ("", .closed)) }
        #expect(simulator.requestCount == 0)
    }

    @Test func leavesAServerThatIsNotKeptRunning() async throws {
        let port = try await DHIS2Simulator.start().port
        let client = try SocketClient(port: port)
        client.write(RawConnection.request("/api/system/ping", close: true))
        #expect(client.read().text.hasSuffix("pong"))
    }
}
