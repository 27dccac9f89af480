import Testing

@testable import DHIS2Simulator

/// Which requests make sessions and use them, and what their answers say, by version.
@Suite struct SessionCookieTests {
    private static let versions = ["2.41.9.1", "2.42.5.2", "2.43.1", "2.44.0-SNAPSHOT"]

    /// The form of a cookie, with an `N` for every number that a server makes up.
    private static func form(_ cookie: String) -> String {
        var cookie = cookie.withoutSessions.replacing(String(repeating: "0", count: 32), with: "ID")
        if let start = cookie.firstRange(of: "server_time=") {
            let numbers = cookie[start.lowerBound...].prefix { $0 != ";" }
            let parts = numbers.split(separator: "&").compactMap { $0.split(separator: "=").last.flatMap { Int($0) } }
            guard parts.count == 2, parts[1] == parts[0] + 3600 else { return cookie }
            cookie = cookie.replacing(numbers, with: "server_time=N&expiry_time=N+3600")
                .replacing(HTTPDate.text(parts[1]), with: "DATE")
        }
        return cookie
    }

    private static let expiry =
        "SESSION_EXPIRE=server_time=N&expiry_time=N+3600; Path=/; Max-Age=3600; Expires=DATE; SameSite=Lax"

    private static func new(_ version: String) -> [String] {
        switch version.prefix(4) {
        case "2.41": ["JSESSIONID=ID; Path=/; HttpOnly"]
        case "2.42": ["JSESSIONID=ID; Path=/; HttpOnly; SameSite=Lax"]
        default: ["JSESSIONID=ID; Path=/; HttpOnly; SameSite=Lax", expiry]
        }
    }

    private static func kept(_ version: String) -> [String] { Array(new(version).dropFirst()) }

    private static func cleared(_ version: String) -> [String] {
        ["JSESSIONID", "SESSION_EXPIRE"].prefix(new(version).count).map {
            "\($0)=; Expires=Thu, 01 Jan 1970 00:00:10 GMT; Path=/"
        }
    }

    @Test(
        arguments: versions,
        [
            "/api/me", "/api/routes", "/api/system/info", "/api/routes/health/run", "/api/routes/nope/run",
            "/api/routes/unreachable/run", "/api/routes/empty/run", "/api/nonsense", "/api/me?fields=id",
        ]
    )
    func everyRequestWithoutACookieMakesASession(version: String, target: String) throws {
        var state = SimulatorState(try .version(version))
        for credentials in [SessionExchange.token, SessionExchange.password] {
            let answer = state.ask(target, credentials)
            #expect(answer.cookies.map(Self.form) == Self.new(version))
            #expect(answer.fields("X-Content-Type-Options") == ["nosniff"])
        }
        #expect(state.sessions.count == 2)
        #expect(state.sessions.count(of: "checker") == 2)
        #expect(state.sessions.made == 2)
    }

    @Test(arguments: versions)
    func aGoodCookieIsUsedAndNoSessionMade(version: String) throws {
        var state = SimulatorState(try .version(version))
        let cookie = try state.newCookie()
        for credentials in [SessionExchange.token, SessionExchange.password, SessionExchange.wrongPassword, nil] {
            let answer = state.ask("/api/me", credentials, cookie: "lang=en; \(cookie)")
            #expect(answer.status == 200)
            #expect(answer.body.contains(#""username":"checker""#))
            #expect(answer.cookies.map(Self.form) == Self.kept(version))
        }
        #expect(state.sessions.made == 1)
    }

    @Test(
        arguments: versions,
        ["JSESSIONID=\(String(repeating: "A", count: 32))", "JSESSIONID=x", "JSESSIONID=", "a=b"]
    )
    func anUnknownCookieIsAsNone(version: String, cookie: String) throws {
        var state = SimulatorState(try .version(version))
        let answer = state.ask(cookie: cookie)
        #expect(answer.status == 200)
        #expect(answer.cookies.map(Self.form) == Self.new(version))
        #expect(state.ask("/api/me", nil, cookie: cookie).status == 302)
    }

    @Test(arguments: versions)
    func aCookieMasksAWrongPasswordOfItsUserAlone(version: String) throws {
        var state = SimulatorState(try .version(version))
        let cookie = try state.newCookie()
        #expect(state.ask("/api/me", SessionExchange.wrongPassword, cookie: cookie).status == 200)
        for credentials in [SessionExchange.wrongToken, SessionExchange.otherWrongPassword, "Basic ???"] {
            let answer = state.ask("/api/me", credentials, cookie: cookie)
            #expect(answer.status == 401)
            #expect(answer.cookies.isEmpty)
        }
        #expect(state.ask("/api/me", "ApiToken d2p_short", cookie: cookie).status == 400)
        // The session is there as before.
        #expect(state.ask("/api/me", nil, cookie: cookie).status == 200)
        #expect(state.sessions.made == 1)
    }

    @Test func aTokenOfSomebodyElseDecidesWhoAsks() throws {
        var state = SimulatorState(.standard)
        let cookie = try state.newCookie()
        let answer = state.ask("/api/me", SessionExchange.otherToken, cookie: cookie)
        #expect(answer.body.contains(#""username":"admin""#))
        #expect(state.sessions.count(of: "admin") == 0)
    }

    @Test func aSessionOfAUserWhoIsGoneIsWorthNothing() throws {
        var state = SimulatorState(.standard)
        let cookie = try state.newCookie()
        state.update { $0.users.removeAll { $0.username == "checker" } }
        #expect(state.ask("/api/me", nil, cookie: cookie).status == 302)
    }

    @Test(arguments: versions, [SessionExchange.wrongToken, SessionExchange.wrongPassword, "ApiToken x", "Basic ???"])
    func refusedCredentialsMakeNoSession(version: String, credentials: String) throws {
        var state = SimulatorState(try .version(version))
        let answer = state.ask("/api/me", credentials)
        #expect(answer.status == 401 || answer.status == 400)
        #expect(answer.cookies.isEmpty)
        #expect(state.sessions.made == 0)
    }

    /// 2.41 gives a visitor a session that is good for nothing.
    @Test(arguments: versions, ["/api/me", "/api/routes", "/nowhere"])
    func visitorsHaveNoSessionOfAUser(version: String, target: String) throws {
        var state = SimulatorState(try .version(version))
        for headers in [[:], ["X-Requested-With": "XMLHttpRequest"]] as [HeaderList] {
            let answer = state.ask(target, nil, headers: headers)
            let isTomcats = target == "/nowhere" && version == "2.41.9.1"
            #expect(answer.status == (isTomcats ? 404 : headers.fields.isEmpty ? 302 : 401))
            #expect(answer.cookies.map(Self.form) == (version == "2.41.9.1" ? Self.new(version) : []))
            let cookie = String((answer.cookies.first ?? "").prefix { $0 != ";" })
            #expect(state.ask("/api/me", nil, cookie: cookie).status == 302)
        }
        #expect(state.sessions.count == 0)
        #expect(state.sessions.made == 0)
    }

    @Test(arguments: versions, ["/api/ping", "/api/me;x"])
    func whatLooksAtNoSessionMakesNone(version: String, target: String) throws {
        // The ping of 2.41 needs credentials.
        guard version != "2.41.9.1" || target != "/api/ping" else { return }
        var state = SimulatorState(try .version(version))
        let cookie = try state.newCookie()
        #expect(state.ask(target).cookies.isEmpty)
        #expect(state.ask(target, cookie: cookie).cookies.isEmpty)
        #expect(state.sessions.made == 1)
    }

    @Test(arguments: versions)
    func theSystemsPingIsOpenFrom244On(version: String) throws {
        var state = SimulatorState(try .version(version))
        let answer = state.ask("/api/system/ping")
        #expect(answer.status == 200)
        #expect(answer.body == "pong")
        let isOpen = version.hasPrefix("2.44")
        #expect(answer.cookies.map(Self.form) == (isOpen ? [] : Self.new(version)))
        #expect(state.ask("/api/system/ping", nil).status == (isOpen ? 200 : 302))
        if isOpen {
            let head = "HTTP/1.1 200 \r\nCache-Control: no-store\r\nContent-Type: application/json;charset=UTF-8\r\n"
            #expect(answer == head + "Content-Length: 4\r\nConnection: close\r\n\r\npong")
        }
    }

    // MARK: Ends

    @Test(arguments: versions)
    func anExpiredCookieIsToldOnce(version: String) throws {
        var state = SimulatorState(try .version(version))
        let cookie = try state.newCookie()
        for _ in 1...10 { _ = state.ask() }
        let first = state.ask("/api/routes/health/run", cookie: cookie)
        #expect(first.status == 302)
        #expect(first.cookies == Self.cleared(version))
        #expect(first.fields("Location") == ["/dhis-web-commons-security/logout.action"])
        #expect(first.fields("Content-Length") == ["0"])
        #expect(first.fields("Content-Security-Policy") == ["frame-ancestors 'self';"])
        #expect(first.fields("X-Content-Type-Options") == ["nosniff"])
        #expect(first.fields("Content-Type").isEmpty)
        for _ in 1...2 {
            let next = state.ask("/api/routes/health/run", cookie: cookie)
            #expect(next.status == 200)
            #expect(next.cookies.map(Self.form) == Self.new(version))
        }
    }

    @Test(arguments: [
        (SessionExchange.wrongToken, 401), (SessionExchange.wrongPassword, 302), (SessionExchange.password, 302),
    ])
    func anExpiredCookieIsSeenBeforeAPasswordAndAfterAToken(credentials: String, status: Int) throws {
        var state = SimulatorState(try .version("2.43.1", limit: 1))
        let cookie = try state.newCookie()
        _ = state.ask()
        #expect(state.ask("/api/me", credentials, cookie: cookie).status == status)
    }

    @Test(arguments: versions, ["", "/dhis"])
    func loggingOutEndsTheSession(version: String, context: String) throws {
        var configuration = try SimulatorConfiguration.version(version)
        configuration.contextPath = context
        var state = SimulatorState(configuration)
        let target = "\(context)/dhis-web-commons-security/logout.action"
        let session = state.ask("\(context)/api/me").cookies.first ?? ""
        #expect(session.contains("; Path=\(context.isEmpty ? "/" : context);"))
        let cookie = String(session.prefix { $0 != ";" })
        _ = state.ask("\(context)/api/me")
        for cookie in [cookie, cookie, nil] {
            let answer = state.ask(target, nil, cookie: cookie)
            #expect(answer.status == 302)
            #expect(answer.fields("Location") == ["\(context)/"])
            #expect(answer.cookies == Self.cleared(version).map { context.isEmpty ? $0 : $0 + context.dropFirst() })
            #expect(answer.fields("X-Content-Type-Options") == ["nosniff"])
            // The other session is still there.
            #expect(state.sessions.count == 1)
        }
        // Nobody knows it any more.
        let next = state.ask("\(context)/api/me", cookie: cookie)
        #expect(next.status == 200)
        #expect(next.cookies.first?.hasPrefix("JSESSIONID=") == true)
        #expect(state.ask("\(context)/api/me", nil, cookie: cookie).status == 302)
        let isBelowTheContext = context.isEmpty && version != "2.41.9.1"
        let elsewhere = state.ask("/elsewhere/dhis-web-commons-security/logout.action", nil)
        #expect(elsewhere.status == (isBelowTheContext ? 302 : 404))
    }

    @Test func loggingOutOfAnExpiredSessionForgetsIt() throws {
        var state = SimulatorState(try .version("2.43.1", limit: 1))
        let cookie = try state.newCookie()
        _ = state.ask()
        #expect(state.ask(SimulatedInstance.logoutPath, nil, cookie: cookie).fields("Location") == ["/"])
        #expect(state.ask(cookie: cookie).status == 200)
    }

    // MARK: Faults

    @Test(arguments: [
        (SimulatedFault.status(503, headers: [:], body: ""), true), (.badChunk, true), (.resetInBody, true),
        (.proxyPage(status: 502), false), (.closeWithoutAnswer, false), (.loginRedirect, false), (.hang, false),
        (.statusInFront(200, headers: [:], body: ""), false), (.containerPage(status: 404), false),
    ])
    func onlyWhatReachesDHIS2MakesASession(fault: SimulatedFault, makesSession: Bool) {
        var configuration = SimulatorConfiguration.standard
        configuration.faults = [FaultRule(fault: fault)]
        var state = SimulatorState(configuration)
        let answer = state.ask("/api/routes/health/run")
        #expect(state.sessions.made == (makesSession ? 1 : 0))
        #expect(answer.contains("Set-Cookie: JSESSIONID=") == makesSession)
    }

    @Test func aRestartEndsAllSessions() throws {
        var configuration = SimulatorConfiguration.standard
        configuration.faults = [FaultRule(path: "/api/routes", fault: .restart(downFor: .zero))]
        var state = SimulatorState(configuration)
        let cookie = try state.newCookie()
        _ = state.ask("/api/routes", cookie: cookie)
        #expect(state.sessions.count == 0)
        let answer = state.ask(cookie: cookie)
        #expect(answer.cookies.map(Self.form) == Self.new("2.42.4"))
    }
}
