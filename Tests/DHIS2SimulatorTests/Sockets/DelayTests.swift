import Testing

@testable import DHIS2Simulator

/// What a connection does while an answer takes its time.
@Suite(.timeLimit(.minutes(5)))
struct DelayTests {
    private static func server(_ faults: FaultRule...) -> SimulatorConfiguration {
        var configuration = SimulatorConfiguration.standard
        configuration.faults = faults
        return configuration
    }

    private static let ping = RawConnection.request("/api/system/ping")

    @Test(arguments: [SimulatedFault.delay(.seconds(86_400)), .hang, .hangInBody])
    func leavesASecondRequestUnread(fault: SimulatedFault) async throws {
        try await DHIS2Simulator.with(Self.server(FaultRule(times: 1, fault: fault))) { simulator in
            let client = try SocketClient(port: simulator.port)
            client.write(Self.ping)
            try await simulator.waitForRequests(1)
            let descriptor = try #require(ServerSide.descriptor(of: client, on: simulator))
            #expect(ServerSide.unread(descriptor) == 0)
            let other = try SocketClient(port: simulator.port)
            for count in 1...3 {
                client.write(Self.ping)
                #expect(ServerSide.unread(descriptor) == count * Self.ping.utf8.count)
                // An answer on another connection gives the server the time to read, if it did.
                other.write(Self.ping)
                #expect(other.read(until: "pong").text.hasSuffix("pong"))
                #expect(ServerSide.unread(descriptor) == count * Self.ping.utf8.count)
            }
            #expect(simulator.requests.map(\.connection) == [1, 2, 2, 2])
        }
    }

    @Test(arguments: [true, false])
    func answersWhatCameMeanwhileAfterwards(comesTogether: Bool) async throws {
        try await DHIS2Simulator.with(Self.server(FaultRule(times: 1, fault: .delay(.milliseconds(20))))) { simulator in
            let client = try SocketClient(port: simulator.port)
            if comesTogether {
                client.write(Self.ping + RawConnection.request("/api/ping", close: true))
            } else {
                client.write(Self.ping)
                try await simulator.waitForRequests(1)
                client.write(RawConnection.request("/api/ping", close: true))
            }
            let answer = client.read()
            #expect(answer.text.components("HTTP/1.1 200 \r\n") == 2)
            #expect(answer.ending == .closed)
            #expect(simulator.requests.map(\.path) == ["/api/system/ping", "/api/ping"])
        }
    }

    enum Departure: CaseIterable {
        case close, reset, halfClose
    }

    @Test(arguments: Departure.allCases, [SimulatedFault.delay(.seconds(86_400)), .hang, .hangInBody])
    func endsWhenTheClientGoes(departure: Departure, fault: SimulatedFault) async throws {
        try await DHIS2Simulator.with(Self.server(FaultRule(times: 1, fault: fault))) { simulator in
            let client = try SocketClient(port: simulator.port)
            // The second request is unread, and hides neither end.
            client.write(Self.ping + Self.ping)
            try await simulator.waitForRequests(1)
            let port = client.port
            switch departure {
            case .close: client.end()
            case .reset: client.reset()
            case .halfClose:
                client.finishWriting()
                #expect(client.read().ending == .closed)
                client.end()
            }
            await eventually {
                ServerSide.descriptors { $0 == UInt16(simulator.port) && $1 == port }.isEmpty
            }
            #expect(simulator.requestCount == 1)
        }
    }

    @Test func answersAtOnceAlsoAClientThatSendsNothingMore() async throws {
        try await DHIS2Simulator.with { simulator in
            let client = try SocketClient(port: simulator.port)
            client.write(Self.ping)
            client.finishWriting()
            let answer = client.read()
            #expect(answer.text.hasSuffix("pong"))
            #expect(answer.ending == .closed)
        }
    }

    // MARK: What is answered

    @Test func decidesAfterTheDelayOfAFault() async throws {
        var delay = Duration.milliseconds(50)
        while true {
            let rule = FaultRule(times: 1, fault: .delay(delay))
            let answer = try await DHIS2Simulator.with(Self.server(rule)) { simulator -> String? in
                let client = try SocketClient(port: simulator.port)
                let start = ContinuousClock.now
                client.write(RawConnection.request("/api/routes/health/run", close: true))
                try await simulator.waitForRequests(1)
                simulator.update { $0.changeRoute("health") { $0.disabled = true } }
                // Where the change itself came late, there is nothing to see.
                guard ContinuousClock.now - start < delay else { return nil }
                return client.read().text
            }
            if let answer {
                #expect(answer.hasPrefix("HTTP/1.1 404 \r\n"))
                return
            }
            delay *= 2
        }
    }

    @Test func decidesAfterTheDelayOfTheTarget() async throws {
        try await DHIS2Simulator.with { simulator in
            // The target is asked how long it takes, and meanwhile the token expires.
            let upstream = SimulatedUpstream { _ in
                simulator.update { $0.expireTokens() }
                return .reply(UpstreamReply(delay: .milliseconds(1)))
            }
            simulator.update { $0.changeRoute("health") { $0.upstream = upstream } }
            let client = try SocketClient(port: simulator.port)
            client.write(RawConnection.request("/api/routes/health/run", close: true))
            #expect(client.read().text.hasPrefix("HTTP/1.1 401 \r\n"))
        }
    }

    @Test func waitsForTheLongerDelayWhereItGrowsMeanwhile() async throws {
        try await DHIS2Simulator.with { simulator in
            let upstream = SimulatedUpstream { _ in
                simulator.update {
                    $0.changeRoute("health") { $0.upstream = .text("late", delay: .milliseconds(60)) }
                }
                return .reply(UpstreamReply(delay: .milliseconds(1)))
            }
            simulator.update { $0.changeRoute("health") { $0.upstream = upstream } }
            let client = try SocketClient(port: simulator.port)
            let start = ContinuousClock.now
            client.write(RawConnection.request("/api/routes/health/run", close: true))
            #expect(client.read().text.hasSuffix("late"))
            #expect(ContinuousClock.now - start >= .milliseconds(60))
        }
    }

    @Test func delaysWhatAFaultSendsToo() async throws {
        let rules = [FaultRule(fault: .delay(.milliseconds(30))), FaultRule(fault: .badGzip)]
        try await DHIS2Simulator.with(Self.server(rules[0], rules[1])) { simulator in
            let client = try SocketClient(port: simulator.port)
            let start = ContinuousClock.now
            client.write(RawConnection.request("/api/me", close: true))
            #expect(client.read().text.contains("Content-Encoding: gzip"))
            #expect(ContinuousClock.now - start >= .milliseconds(30))
        }
    }
}

extension String {
    /// How often a text occurs.
    fileprivate func components(_ text: String) -> Int { ranges(of: text).count }
}
