import HTTPVocabulary
import Testing

@testable import DHIS2

/// One session for all requests of a client.
struct SessionTests {
    private func waiters(_ count: Int, in client: DHIS2Client) async {
        while client.connection.session.waiterCount < count { await Task.yield() }
    }

    @Test(arguments: [(RouteAddressing.code, "me?fields=id"), (.uid, "routes?")])
    func opensOneSessionForManyFirstUses(addressing: RouteAddressing, first: String) async throws {
        let gate = Gate()
        let server = SessionServer(holding: first, at: gate)
        let client = try server.client(.init(addressRoutesBy: addressing))
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<64 { group.addTask { try await client.routes.run(code: "chap").exchange.statusCode } }
            await gate.arrival(of: 1)
            if addressing == .code { await waiters(63, in: client) }
            // Nothing is sent beside the request that opens the session.
            #expect(server.log.count == 1)
            gate.open()
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses == Array(repeating: 200, count: 64))
        #expect(server.paths.count { $0.hasPrefix(first) } == 1)
        #expect(server.log.count == 65)
        #expect(server.runs.map(\.sessionID) == Array(repeating: "s1", count: 64))
        #expect(server.madeCount == 1)
    }

    @Test func aPreflightOpensTheSession() async throws {
        let server = SessionServer()
        let client = try server.runner()
        guard case .ready = await client.preflight() else {
            Issue.record("The server is ready.")
            return
        }
        _ = try await client.routes.run(code: "chap")
        #expect(server.paths == ["system/info", "routes/chap/run"])
        #expect(server.log.map(\.sessionID) == [nil, "s1"])
    }

    @Test func sendsTheCredentialsWithEveryRequestAllTheSame() async throws {
        let server = SessionServer()
        let client = try server.client(credentials: .basic(username: "u", password: "p"))
        for _ in 0..<3 { _ = try await client.routes.run(code: "chap") }
        #expect(server.log.map { $0.headerFields[.authorization] } == Array(repeating: "Basic dTpw", count: 4))
        #expect(server.log.map { $0.headerFields[.cookie] } == [nil] + Array(repeating: "JSESSIONID=s1", count: 3))
    }

    @Test func aPingHasNoPartInIt() async throws {
        let server = SessionServer()
        let client = try server.runner()
        #expect(await client.ping() == nil)
        _ = try await client.routes.run(code: "chap")
        #expect(await client.ping() == nil)
        #expect(server.paths == ["ping", "me?fields=id", "routes/chap/run", "ping"])
        for request in [server.log[0], server.log[3]] {
            #expect(!request.headerFields.contains(.authorization))
            #expect(!request.headerFields.contains(.cookie))
        }
    }

    @Test func aPathThatNeedsNoSessionOpensNone() async throws {
        let server = SessionServer()
        let client = try server.client()
        _ = try await client.getResponse("system/ping")
        #expect(server.paths == ["me?fields=id", "system/ping"])
    }

    @Test func goesOnInParallelWhereTheServerGivesNoCookie() async throws {
        let gate = Gate()
        let server = SessionServer(holding: "routes/", at: gate)
        server.change { $0.givesCookies = false }
        let client = try server.runner()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 { group.addTask { _ = try await client.routes.run(code: "chap") } }
            // All of them are there at once.
            await gate.arrival(of: 8)
            gate.open()
            try await group.waitForAll()
        }
        #expect(server.paths.count { $0 == "me?fields=id" } == 1)
        #expect(server.log.allSatisfy { !$0.headerFields.contains(.cookie) })
    }

    @Test func takesACookieThatComesLater() async throws {
        let server = SessionServer()
        server.change { $0.givesCookies = false }
        let client = try server.runner()
        _ = try await client.routes.run(code: "chap")
        server.change { $0.givesCookies = true }
        for _ in 0..<2 { _ = try await client.routes.run(code: "chap") }
        #expect(server.log.map(\.sessionID) == [nil, nil, nil, "s3"])
    }

    @Test func sendsALoadBalancersCookiesAlong() async throws {
        let server = SessionServer()
        server.change { $0.otherCookies = ["ROUTE=node1; Path=/", "LEFT=1; Max-Age=0", "BROKEN"] }
        let client = try server.runner()
        server.change {
            $0.answer = { request, number in
                // It moves to another node once, and names a cookie of its own that nobody knows.
                guard number == 2 else { return nil }
                return .marked(200, ["Set-Cookie: ROUTE=node2", "Set-Cookie: OTHER=1"])
            }
        }
        for _ in 0..<3 { _ = try await client.routes.run(code: "chap") }
        #expect(
            server.log.map { $0.headerFields[.cookie] } == [
                nil, "JSESSIONID=s1; ROUTE=node1", "JSESSIONID=s1; ROUTE=node1", "JSESSIONID=s1; ROUTE=node2",
            ]
        )
    }

    @Test func keepsALoadBalancersCookieWhenDHIS2RenewsItsOwn() async throws {
        let server = SessionServer()
        server.change { $0.otherCookies = ["ROUTE=node1"] }
        let client = try server.runner()
        _ = try await client.routes.run(code: "chap")
        // A restart: the server knows no session any more.
        server.change { state in
            state.living = []
            state.otherCookies = []
        }
        for _ in 0..<2 { _ = try await client.routes.run(code: "chap") }
        #expect(server.log.last?.headerFields[.cookie] == "JSESSIONID=s2; ROUTE=node1")
    }

    @Test func aCookieOfTheCallersOwnWins() async throws {
        let server = SessionServer()
        let client = try server.runner()
        _ = try await client.routes.run(code: "chap", headers: [.cookie: "JSESSIONID=mine"])
        #expect(server.log.map(\.sessionID) == ["mine"])
        _ = try await client.getResponse("me")
        // What came to the caller's own cookie has not been kept.
        #expect(server.log.last?.headerFields.contains(.cookie) == false)
        let everywhere = try server.client(.init(headers: [.cookie: "a=b"]))
        _ = try await everywhere.routes.run(code: "chap")
        #expect(server.log.last?.headerFields.values(of: .cookie) == ["a=b"])
    }

    @Test func otherCredentialsGetNoCookie() async throws {
        let server = SessionServer()
        let client = try server.client()
        _ = try await client.getResponse("me")
        _ = try await client.getResponse("me", headers: [.authorization: "ApiToken d2p_other"])
        _ = try await client.getResponse("me", headers: [.authorization: "ApiToken d2p_secret"])
        #expect(server.log.map(\.sessionID) == [nil, nil, "s1"])
    }

    @Test func keepsNoneWhereItIsSwitchedOff() async throws {
        let server = SessionServer()
        let client = try server.client(.init(addressRoutesBy: .code, keepsSession: false))
        for _ in 0..<3 { _ = try await client.routes.run(code: "chap") }
        _ = await client.preflight()
        await client.close()
        #expect(server.paths == Array(repeating: "routes/chap/run", count: 3) + ["system/info"])
        #expect(server.log.allSatisfy { !$0.headerFields.contains(.cookie) })
    }
}
