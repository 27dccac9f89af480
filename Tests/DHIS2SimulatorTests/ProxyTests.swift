import Testing

@testable import DHIS2Simulator

/// The nginx in front of the simulated server.
@Suite struct ProxyTests {
    private static func instance(
        _ proxy: SimulatedProxy?,
        _ change: (inout SimulatorConfiguration) -> Void = { _ in }
    ) throws -> SimulatedInstance {
        try OwnAnswerTests.instance("2.43.1") {
            $0.proxy = proxy
            change(&$0)
        }
    }

    @Test func passesAnswersOnWithoutAReason() throws {
        let direct = try Self.instance(nil).get("/api/routes/failing/run")
        let reply = try Self.instance(SimulatedProxy()).get("/api/routes/failing/run")
        #expect(reply.reason.isEmpty)
        #expect(reply.status == 500)
        #expect(reply.headers["Server"] == "nginx/1.22.1")
        #expect(reply.headers.fields.dropFirst() == direct.headers.fields[...])
        #expect(reply.body == direct.body)
        #expect(try Self.instance(SimulatedProxy()).get("/api//x").status == 400)
    }

    @Test(arguments: [(1999, 200), (2001, 504)])
    func waitsForItsOwnTime(milliseconds: Int, status: Int) throws {
        let reply = try Self.instance(SimulatedProxy(readTimeout: .seconds(2))) {
            $0.changeRoute("health") { $0.upstream = .text("{}", delay: .milliseconds(milliseconds)) }
        }.get("/api/routes/health/run")
        #expect(reply.status == status)
        #expect(reply.reason == (status == 504 ? "Gateway Time-out" : ""))
        #expect(reply.delay == .milliseconds(min(milliseconds, 2000)))
        #expect(reply.headers.contains("X-Content-Type-Options") == (status == 200))
    }

    @Test(arguments: [(10, 200), (11, 413)])
    func takesBodiesUpToItsLimit(size: Int, status: Int) throws {
        var called = SimulatorState(
            try SimulatorConfiguration.version("2.43.1")
        )
        called.update { $0.proxy = SimulatedProxy(bodyLimit: 10) }
        let reply = called.instance.get(
            "/api/routes/echo/run",
            method: "POST",
            body: String(repeating: "x", count: size)
        )
        #expect(reply.status == status)
        #expect(reply.reason == (status == 413 ? "Request Entity Too Large" : ""))
        let request = SimulatedRequest(
            method: "POST",
            target: "/api/me",
            headers: ["Authorization": "ApiToken \(SimulatorConfiguration.standardToken)"],
            body: Array(repeating: 0, count: size)
        )
        _ = called.take(request)
        #expect(called.sessions.made == (status == 413 ? 0 : 1))
    }

    @Test func showsAPageOfItsOwnersForItsOwnErrors() throws {
        let proxy = SimulatedProxy(readTimeout: .zero, errorPage: "<p>Down for maintenance</p>")
        let reply = try Self.instance(proxy).get("/api/routes/slow/run")
        #expect(reply.status == 504)
        #expect(reply.reason == "Gateway Time-out")
        #expect(reply.bodyText == "<p>Down for maintenance</p>")
        let unavailable = try Self.instance(proxy).pageOfProxy(413)
        #expect(unavailable.bodyText.contains("<title>413 Request Entity Too Large</title>"))
    }

    @Test func tellsDHIS2WhereARequestCameFrom() throws {
        let instance = try Self.instance(SimulatedProxy())
        let plain = instance.get("/api/routes/echo/run").bodyText
        #expect(plain.contains(#""x-forwarded-for":["127.0.0.1"],"x-forwarded-proto":["http"]"#))
        let chained = instance.get("/api/routes/echo/run", headers: ["X-Forwarded-For": "192.0.2.1"]).bodyText
        #expect(chained.contains(#""x-forwarded-for":["192.0.2.1, 127.0.0.1"]"#))
    }

    @Test(arguments: [
        (502, "Bad Gateway"), (503, "Service Temporarily Unavailable"), (504, "Gateway Time-out"),
        (414, "Request-URI Too Large"),
    ])
    func wordsReasonsInItsOwnWay(status: Int, reason: String) {
        let page = HTMLPages.nginx(status)
        #expect(page.reason == reason)
        #expect(page.bodyText.contains("<title>\(status) \(reason)</title>"))
    }

    @Test func readsTheRequestLineFirst() async throws {
        var configuration = try SimulatorConfiguration.version("2.43.1")
        configuration.proxy = SimulatedProxy()
        try await DHIS2Simulator.with(configuration) { simulator in
            let client = try SocketClient(port: simulator.port)
            client.write("GET /\(String(repeating: "x", count: 9000)) HTTP/1.1\r\nHost: h\r\n\r\n")
            let text = client.read(until: "</html>").text
            #expect(text.hasPrefix("HTTP/1.1 414 Request-URI Too Large\r\nServer: nginx/1.22.1\r\n"))
        }
    }
}
