import Testing

@testable import DHIS2Simulator

/// Requests and targets that DHIS2 handles in ways nobody expects, by version.
@Suite struct RouteTrapTests {
    private static let versions = ["2.41.9.1", "2.42.5.2", "2.43.1", "2.44.0-SNAPSHOT"]

    // MARK: Origin

    @Test(
        arguments: versions,
        ["http://o.example", "null", "https://dhis2.test", "http://dhis2.test:8080", "http://dhis2.test.evil"]
    )
    func answersForTheRouteWhereTheOriginIsAnother(version: String, origin: String) throws {
        var state = SimulatorState(try .version(version))
        for credentials in [SessionExchange.token, SessionExchange.wrongToken, nil] {
            let answer = state.ask("/api/routes/failing/run", credentials, headers: ["origin": origin])
            guard version != "2.41.9.1" else {
                #expect(answer.status == (credentials == SessionExchange.token ? 500 : credentials == nil ? 302 : 401))
                continue
            }
            let marks =
                "Content-Security-Policy: frame-ancestors 'self';\r\nX-Content-Type-Options: nosniff\r\n"
                + "X-XSS-Protection: 0\r\n"
            #expect(answer == "HTTP/1.1 200 \r\n\(marks)Content-Length: 0\r\nConnection: close\r\n\r\n")
        }
        #expect(state.sessions.made == (version == "2.41.9.1" ? 1 : 0))
    }

    @Test(arguments: versions, ["http://dhis2.test", "HTTP://DHIS2.test", ""])
    func callsTheRouteWhereTheOriginIsItsOwn(version: String, origin: String) throws {
        var state = SimulatorState(try .version(version))
        #expect(state.ask("/api/routes/failing/run", headers: ["Origin": origin]).status == 500)
    }

    @Test func doesNotCallTheTargetForAnotherOrigin() {
        let upstream = SimulatedUpstream { _ in
            Issue.record("the target was called")
            return .reply(UpstreamReply())
        }
        for era in [SimulatedEra.d, .e] {
            let instance = SimulatedInstance(.route(era, upstream: upstream))
            let reply = instance.get("/api/routes/up/run", headers: ["Origin": "http://o.example"])
            #expect(reply.status == 200)
            #expect(reply.body.isEmpty)
        }
    }

    // MARK: Early hints

    @Test(arguments: versions, [200, 503])
    func passesEarlyHintsOnAsTheAnswer(version: String, status: Int) throws {
        var configuration = try SimulatorConfiguration.version(version)
        let reply = UpstreamReply(
            status: status,
            headers: ["Content-Type": "application/json"],
            body: Array(#"{"early": true}"#.utf8),
            delay: .seconds(2),
            sendsEarlyHints: true
        )
        configuration.changeRoute("health") { $0.upstream = .always(reply) }
        var state = SimulatorState(configuration)
        let answer = state.ask("/api/routes/health/run").withoutSessions
        guard version != "2.41.9.1" else {
            #expect(answer.status == status)
            #expect(answer.body == #"{"early": true}"#)
            return
        }
        let head =
            "HTTP/1.1 103 \r\nContent-Security-Policy: frame-ancestors 'self';\r\nX-Content-Type-Options: nosniff\r\n"
        #expect(answer.hasPrefix(head))
        #expect(answer.fields("Content-Length").isEmpty)
        #expect(answer.cookies.count == (version == "2.42.5.2" ? 1 : 2))
        #expect(answer.body.isEmpty)
        #expect(SimulatedInstance(configuration).get("/api/routes/health/run").delay == .zero)
    }

    @Test func saysNothingAfterEarlyHints() async throws {
        var configuration = SimulatorConfiguration.standard
        configuration.changeRoute("health") {
            $0.upstream = .always(UpstreamReply(body: Array("late".utf8), sendsEarlyHints: true))
        }
        try await DHIS2Simulator.with(configuration) { simulator in
            let client = try SocketClient(port: simulator.port)
            client.write(RawConnection.request("/api/routes/health/run"))
            #expect(client.read(until: "\r\n\r\n").text.status == 103)
            // The next bytes are those of the next answer.
            client.write(RawConnection.request("/api/me?fields=username", close: true))
            #expect(client.read().text.hasPrefix("HTTP/1.1 200 "))
        }
    }

    // MARK: Routes that add parameters

    @Test(arguments: versions, ["?a=1", "?", "?a", "?a=1&b=2", "?key=mine"])
    func takesNoParametersOfTheClientsBesideItsOwn(version: String, query: String) throws {
        var configuration = try SimulatorConfiguration.version(version)
        configuration.changeRoute("echo") { $0.auth = .queryParameters(["key": "qry-upstream"]) }
        let instance = SimulatedInstance(configuration)
        let reply = instance.get("/api/routes/echo/run/x" + query)
        switch version.prefix(4) {
        case "2.41":
            #expect(reply.status == 500)
            #expect(
                reply.bodyText == #"{"httpStatus":"Internal Server Error","httpStatusCode":500,"status":"ERROR"}"#
            )
            #expect(reply.headers["Content-Type"] == "application/json;charset=UTF-8")
        case "2.44":
            #expect(reply.status == 200)
            #expect(reply.bodyText.contains("key=qry-upstream"))
        default:
            #expect(reply.status == 502)
            #expect(
                reply.bodyText
                    == RunDecisionTests.envelope("Bad Gateway", 502, "An error occurred during authentication")
            )
            #expect(reply.headers["Content-Type"] == "application/json")
            #expect(reply.framing == .chunked)
        }
        // Without a query it can be called.
        #expect(instance.get("/api/routes/echo/run/x").bodyText.contains(#""rawQuery":"key=qry-upstream""#))
    }

    @Test(arguments: versions)
    func ownErrorsHaveTheirOwnFraming(version: String) throws {
        let reply = SimulatedInstance(try .version(version)).get("/api/routes/nope/run")
        let isOld = version == "2.41.9.1"
        #expect(reply.headers["Content-Type"] == (isOld ? "application/json;charset=UTF-8" : "application/json"))
        #expect(reply.headers["Cache-Control"] == "no-cache, private")
        #expect(reply.framing == (version.hasPrefix("2.44") ? .length : .chunked))
    }
}
