import DHIS2Simulator
import Testing

/// The server over real sockets.
@Suite struct ServerTests {
    @Test func answersPipelinedRequestsInTheirOrder() async throws {
        var configuration = SimulatorConfiguration.standard
        configuration.changeRoute("slow") { $0.upstream = .text("slow", delay: .milliseconds(5)) }
        try await DHIS2Simulator.with(configuration) { simulator in
            let connection = try RawConnection(port: simulator.port)
            connection.write(
                RawConnection.request("/api/routes/slow/run") + RawConnection.request("/api/routes/health/run")
                    + RawConnection.request("/api/system/ping", close: true)
            )
            let answer = connection.read()
            #expect(answer.ending == .closed)
            let bodies = answer.text.split(separator: "HTTP/1.1 200").map { $0.split(separator: "\r\n").last ?? "" }
            #expect(bodies == ["slow", #"{"status":"UP"}"#, "pong"])
            #expect(simulator.requests.map(\.connection) == [1, 1, 1])
        }
    }

    @Test func sendsNoBodyForHEAD() async throws {
        try await DHIS2Simulator.with { simulator in
            let connection = try RawConnection(port: simulator.port)
            connection.write(RawConnection.request("/api/routes/health/run", method: "HEAD", close: true))
            let answer = connection.read()
            #expect(answer.text.contains("Content-Length: 15\r\n"))
            #expect(answer.text.hasSuffix("\r\n\r\n"))
        }
    }

    @Test func readsBodiesOfRequests() async throws {
        try await DHIS2Simulator.with { simulator in
            let connection = try RawConnection(port: simulator.port)
            let head = RawConnection.request("/api/routes/echo/run", method: "POST", close: true).dropLast()
            connection.write(head + "Content-Length: 5\r\nExpect: 100-continue\r\n\r\nhello")
            let answer = connection.read()
            #expect(answer.text.hasPrefix("HTTP/1.1 100 \r\n\r\nHTTP/1.1 200 \r\n"))
            #expect(answer.text.hasSuffix(#""body":"hello"}"#))
            #expect(simulator.requests.first?.bodyText == "hello")
        }
    }

    @Test(arguments: ["nonsense\r\n\r\n", "GET /a b HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nbad header\r\n\r\n"])
    func answersWhatIsNoRequestWithTomcatsPage(text: String) async throws {
        try await DHIS2Simulator.with { simulator in
            let connection = try RawConnection(port: simulator.port)
            connection.write(text)
            let answer = connection.read()
            #expect(answer.text.hasPrefix("HTTP/1.1 400 \r\nContent-Type: text/html;charset=utf-8\r\n"))
            #expect(answer.ending != .silent)
        }
    }

    @Test func logsWhatTestsAskFor() async throws {
        var configuration = SimulatorConfiguration.standard
        configuration.contextPath = "/dhis"
        try await DHIS2Simulator.with(configuration) { simulator in
            #expect(simulator.baseURL == "http://127.0.0.1:\(simulator.port)/dhis")
            let connection = try RawConnection(port: simulator.port)
            connection.write(
                RawConnection.request("/dhis/api/routes?filter=code:eq:A%20B")
                    + RawConnection.request("/dhis/api/me", method: "POST", close: true)
            )
            _ = connection.read()
            #expect(simulator.requests(to: "/api/routes*").map(\.rawQuery) == ["filter=code:eq:A%20B"])
            #expect(simulator.requests(to: "/api/*", method: "POST").map(\.path) == ["/dhis/api/me"])
            #expect(
                simulator.requests(to: "/api/me").first?.headers["authorization"]
                    == "ApiToken \(SimulatorConfiguration.standardToken)"
            )
            simulator.clearLog()
            #expect(simulator.requests.isEmpty)
            #expect(simulator.requestCount == 2)
        }
    }

    @Test func waitsForRequestsToArrive() async throws {
        try await DHIS2Simulator.with { simulator in
            async let arrival: Void = simulator.waitForRequests(2)
            let connection = try RawConnection(port: simulator.port)
            connection.write(
                RawConnection.request("/api/routes/slow/run") + RawConnection.request("/api/system/ping")
            )
            let other = try RawConnection(port: simulator.port)
            other.write(RawConnection.request("/api/me"))
            try await arrival
            #expect(simulator.requestCount >= 2)
            try await simulator.waitForRequests(1)

            let hopeless = Task { try await simulator.waitForRequests(1000) }
            hopeless.cancel()
            await #expect(throws: CancellationError.self) { try await hopeless.value }
        }
    }

    @Test func changesWhileItRuns() async throws {
        try await DHIS2Simulator.with { simulator in
            let connection = try RawConnection(port: simulator.port)
            connection.write(RawConnection.request("/api/routes/health/run"))
            #expect(connection.read(upTo: 15).text == "HTTP/1.1 200 \r\n")
            simulator.update { $0.changeRoute("health") { $0.disabled = true } }
            let other = try RawConnection(port: simulator.port)
            other.write(RawConnection.request("/api/routes/health/run"))
            #expect(other.read(upTo: 15).text == "HTTP/1.1 404 \r\n")
        }
    }

    @Test func refusesWhenStoppedAndComesBackOnTheSamePort() async throws {
        let host = "127.0.0.2"
        let simulator = try await DHIS2Simulator.start(host: host)
        let port = simulator.port
        let connection = try RawConnection(host: host, port: port)
        connection.write(RawConnection.request("/api/system/ping"))
        #expect(connection.read(upTo: 15).text == "HTTP/1.1 200 \r\n")
        try await simulator.stop()
        #expect(connection.read().ending == .closed)
        #expect(throws: RawConnection.Failure(code: 111)) { try RawConnection(host: host, port: port) }
        try await simulator.restart()
        #expect(simulator.port == port)
        let again = try RawConnection(host: host, port: port)
        again.write(RawConnection.request("/api/system/ping", close: true))
        #expect(again.read().text.hasSuffix("pong"))
        try await simulator.stop()
    }

    @Test func goesAwayForAWhileOnOrder() async throws {
        let host = "127.0.0.3"
        var configuration = SimulatorConfiguration.standard
        configuration.faults = [FaultRule(path: "/api/me", times: 1, fault: .restart(downFor: .milliseconds(1)))]
        try await DHIS2Simulator.with(configuration, host: host) { simulator in
            let connection = try RawConnection(host: host, port: simulator.port)
            connection.write(RawConnection.request("/api/me"))
            #expect(connection.read() == ("", .closed))
            var answer = ""
            while answer.isEmpty {
                guard let again = try? RawConnection(host: host, port: simulator.port) else {
                    await Task.yield()
                    continue
                }
                again.write(RawConnection.request("/api/me", close: true))
                answer = again.read().text
            }
            #expect(answer.hasPrefix("HTTP/1.1 200 \r\n"))
        }
    }

    @Test func stopsForGoodEvenInTheMiddleOfADowntime() async throws {
        let host = "127.0.0.4"
        var configuration = SimulatorConfiguration.standard
        configuration.faults = [FaultRule(times: 1, fault: .restart(downFor: .milliseconds(1)))]
        let simulator = try await DHIS2Simulator.start(configuration, host: host)
        let port = simulator.port
        let connection = try RawConnection(host: host, port: port)
        connection.write(RawConnection.request("/api/me"))
        _ = connection.read()
        try await simulator.stop()
        #expect(throws: RawConnection.Failure(code: 111)) { try RawConnection(host: host, port: port) }
    }
}
