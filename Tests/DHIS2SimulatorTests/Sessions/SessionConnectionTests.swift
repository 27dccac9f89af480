import Testing

@testable import DHIS2Simulator

/// Sessions over real sockets.
@Suite(.timeLimit(.minutes(5)))
struct SessionConnectionTests {
    /// Makes a route's target see ten newer requests of the same user before it answers.
    private static func withOvertakenRoute<Result>(
        _ version: String,
        _ reply: UpstreamReply,
        _ body: (DHIS2Simulator) async throws -> Result
    ) async throws -> Result {
        try await DHIS2Simulator.with(try .version(version)) { simulator in
            let upstream = SimulatedUpstream { _ in
                if simulator.sessionsMade < 11 {
                    for _ in 1...10 { overtake(simulator) }
                }
                var late = reply
                late.delay = .milliseconds(1)
                return .reply(late)
            }
            simulator.update { $0.changeRoute("health") { $0.upstream = upstream } }
            return try await body(simulator)
        }
    }

    private static func overtake(_ simulator: DHIS2Simulator) {
        do {
            let connection = try RawConnection(port: simulator.port)
            connection.write(RawConnection.request("/api/me", close: true))
            #expect(connection.read().text.status == 200)
        } catch {
            Issue.record(error)
        }
    }

    private static let whole = UpstreamReply(headers: ["Content-Type": "text/plain"], body: Array("whole".utf8))

    @Test func breaksTheConnectionUnderTheNextRequest() async throws {
        try await Self.withOvertakenRoute("2.43.1", Self.whole) { simulator in
            let client = try SocketClient(port: simulator.port)
            client.write(RawConnection.request("/api/routes/health/run"))
            let answer = client.read(until: "whole")
            #expect(answer.text.status == 200)
            #expect(answer.text.cookies.count == 2)
            let count = simulator.requestCount
            client.write(RawConnection.request("/api/me"))
            #expect(client.read() == ("", .reset))
            #expect(simulator.requestCount == count)
            #expect(simulator.sessionCount(of: "checker") == 10)
        }
    }

    @Test func endsQuietlyWhereNoRequestFollows() async throws {
        try await Self.withOvertakenRoute("2.42.5.2", Self.whole) { simulator in
            let client = try SocketClient(port: simulator.port)
            client.write(RawConnection.request("/api/routes/health/run"))
            #expect(client.read(until: "whole").text.status == 200)
            client.finishWriting()
            #expect(client.read() == ("", .closed))
        }
    }

    @Test(arguments: ["2.42.5.2", "2.43.1", "2.44.0-SNAPSHOT"])
    func redirectsAndKeepsTheConnection(version: String) async throws {
        try await Self.withOvertakenRoute(version, UpstreamReply(status: 204)) { simulator in
            let client = try SocketClient(port: simulator.port)
            client.write(RawConnection.request("/api/routes/health/run"))
            let answer = client.read(until: "\r\n\r\n").text
            #expect(answer.status == 302)
            #expect(answer.fields("Location") == ["/dhis-web-commons-security/logout.action"])
            client.write(RawConnection.request("/api/me?fields=username"))
            #expect(client.read(until: #"{"username":"checker"}"#).text.status == 200)
        }
    }

    @Test func leavesOldServersConnectionsAlone() async throws {
        try await Self.withOvertakenRoute("2.41.9.1", Self.whole) { simulator in
            let client = try SocketClient(port: simulator.port)
            for _ in 1...2 {
                client.write(RawConnection.request("/api/routes/health/run"))
                #expect(client.read(until: "whole").text.status == 200)
            }
        }
    }

    @Test func isNotOvertakenByFewerThanTheLimit() async throws {
        try await Self.withOvertakenRoute("2.44.0-SNAPSHOT", Self.whole) { simulator in
            simulator.update { $0.maxSessionsPerUser = 11 }
            let client = try SocketClient(port: simulator.port)
            client.write(RawConnection.request("/api/routes/health/run"))
            #expect(client.read(until: "whole").text.status == 200)
            #expect(simulator.sessionCount == 11)
            #expect(simulator.sessionsMade == 11)
        }
    }

    @Test func countsSessionsAndEndsThem() async throws {
        let host = "127.0.0.5"
        let simulator = try await DHIS2Simulator.start(try .version("2.43.1"), host: host)
        let client = try RawConnection(host: host, port: simulator.port)
        client.write(RawConnection.request("/api/me") + RawConnection.request("/api/me", close: true))
        let cookies = client.read().text.split(separator: "\r\n").filter { $0.hasPrefix("Set-Cookie: JSESSIONID=") }
        #expect(simulator.sessionCount == 2)
        let cookie = String(try #require(cookies.first).dropFirst("Set-Cookie: ".count).prefix { $0 != ";" })
        let leaver = try RawConnection(host: host, port: simulator.port)
        let target = "/dhis-web-commons-security/logout.action"
        leaver.write("GET \(target) HTTP/1.1\r\nHost: h\r\nCookie: \(cookie)\r\nConnection: close\r\n\r\n")
        #expect(leaver.read().text.fields("Location") == ["/"])
        #expect(simulator.sessionCount == 1)
        #expect(simulator.sessionCount(of: "checker") == 1)
        #expect(simulator.sessionCount(of: "admin") == 0)
        #expect(simulator.sessionsMade == 2)
        // Nothing of it outlives the server.
        try await simulator.restart()
        #expect(simulator.sessionCount == 0)
        #expect(simulator.sessionsMade == 2)
        try await simulator.stop()
    }
}
