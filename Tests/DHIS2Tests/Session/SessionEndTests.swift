import HTTPVocabulary
import Testing

@testable import DHIS2

/// When DHIS2 ends a session, or refuses whoever has it.
struct SessionEndTests {
    private static let advice = "Give this one a user of its own, or raise max.sessions.per_user in dhis.conf."

    @Test(arguments: [HTTPMethod.get, .head, .put, .delete, .options])
    func repeatsWhatMayBeRepeatedOnceInANewSession(method: HTTPMethod) async throws {
        let server = SessionServer()
        let client = try server.runner()
        _ = try await client.routes.run(code: "chap")
        server.endSessions()
        let response = try await client.routes.run(code: "chap", method: method)
        #expect(response.exchange.statusCode == 200)
        #expect(response.wasRepeated)
        #expect(
            server.paths == [
                "me?fields=id", "routes/chap/run", "routes/chap/run", "me?fields=id", "routes/chap/run",
            ]
        )
        #expect(server.log.map(\.sessionID) == [nil, "s1", "s1", nil, "s2"])
    }

    @Test(arguments: [HTTPMethod.post, .patch])
    func repeatsNothingElse(method: HTTPMethod) async throws {
        let server = SessionServer()
        let client = try server.runner()
        _ = try await client.routes.run(code: "chap")
        server.endSessions()
        let response = try await client.routes.run(code: "chap", method: method)
        #expect(response.exchange.statusCode == 302)
        let origin = client.origin(of: response)
        #expect(origin.layer == .dhis2)
        #expect(origin.reason == .sessionLimit)
        #expect(origin.certainty == .certain)
        #expect(
            origin.sentence == """
                DHIS2 ended the session while this request was waiting (302), because there were too many newer \
                sessions of the same user; the target of the route "chap" may have been called. Give this program a \
                user of its own, or raise max.sessions.per_user in dhis.conf.
                """
        )
        // The next request opens a new session first.
        _ = try await client.routes.run(code: "chap")
        #expect(server.log.map(\.sessionID) == [nil, "s1", "s1", nil, "s2"])
    }

    @Test func saysWhoMayBeAtFaultWhenItComesAgain() async throws {
        let server = SessionServer()
        server.change {
            $0.answer = { request, _ in
                request.url.contains("/run") ? .marked(302, [SessionServer.sessionEnd]) : nil
            }
        }
        let client = try server.runner()
        let response = try await client.routes.run(code: "chap")
        #expect(server.runs.count == 2)
        #expect(
            client.origin(of: response).sentence == """
                DHIS2 ended the session twice (302), because there were too many newer sessions of the same user: \
                another program uses the same user. \(Self.advice)
                """
        )
    }

    @Test func saysWhatToDoWhereNoSessionIsKept() async throws {
        let server = SessionServer()
        server.change { $0.answer = { _, _ in .marked(302, [SessionServer.sessionEnd]) } }
        let client = try server.client(.init(addressRoutesBy: .code, keepsSession: false))
        let response = try await client.routes.run(code: "chap")
        #expect(server.log.count == 1)
        let origin = client.origin(of: response)
        #expect(origin.reason == .sessionLimit)
        #expect(
            origin.sentence == """
                DHIS2 ended the session of this request (302), because it keeps only a few sessions for a user and \
                every request makes one here; the target of the route "chap" may have been called. Keep one session \
                for all requests, give this program a user of its own, or raise max.sessions.per_user in dhis.conf.
                """
        )
    }

    @Test func oneRequestRenewsTheSessionAndTheOthersWait() async throws {
        let gate = Gate()
        let server = SessionServer(holding: "routes/", at: gate)
        let client = try server.runner()
        let responses = try await withThrowingTaskGroup(of: RouteResponse.self) { group in
            for _ in 0..<16 { group.addTask { try await client.routes.run(code: "chap") } }
            await gate.arrival(of: 16)
            server.change { state in
                state.living = []
                state.answer = { request, _ in
                    request.sessionID == "s1" ? .marked(302, [SessionServer.sessionEnd]) : nil
                }
            }
            gate.open()
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(responses.map(\.exchange.statusCode) == Array(repeating: 200, count: 16))
        #expect(responses.allSatisfy { $0.wasRepeated })
        #expect(server.paths.count { $0 == "me?fields=id" } == 2)
        #expect(server.madeCount == 2)
    }

    @Test func theListAndTheVersionAreAskedForAgainToo() async throws {
        let server = SessionServer()
        let client = try server.client()
        guard case .ready = await client.preflight() else {
            Issue.record("The server is ready.")
            return
        }
        server.endSessions()
        #expect(try await client.routes.listAll().routes.count == 1)
        server.endSessions()
        guard case .ready = await client.preflight() else {
            Issue.record("The server is ready.")
            return
        }
        #expect(server.paths.count { $0.hasPrefix("routes?") } == 2)
        #expect(server.paths.count { $0 == "system/info" } == 3)
    }

    @Test func aPreflightThatMeetsTheLimitTwiceSaysSo() async throws {
        let server = SessionServer()
        server.change { $0.answer = { _, _ in .marked(302, [SessionServer.sessionEnd]) } }
        let client = try server.client()
        guard case .failed(let problem) = await client.preflight() else {
            Issue.record("The server cannot be used.")
            return
        }
        #expect(problem.reason == .sessionLimit)
        #expect(server.paths == ["system/info", "system/info"])
        let error = await #expect(throws: DHIS2Error.self) { try await client.routes.listAll() }
        #expect(error?.problem == problem)
    }

    private static let refusals: [HTTPExchange] = [
        .marked(401, ["WWW-Authenticate: ApiToken"], message: "The API token does not exists"),
        .marked(400, ["WWW-Authenticate: ApiToken"], message: "Checksum validation failed"),
        .marked(302, ["Location: /dhis/login/", "Set-Cookie: JSESSIONID=nobody; Path=/"]),
    ]

    @Test(arguments: refusals)
    func forgetsTheSessionWhenDHIS2RefusesTheCredentials(refusal: HTTPExchange) async throws {
        let server = SessionServer()
        server.change { $0.answer = { _, number in number == 2 || number == 5 ? refusal : nil } }
        let client = try server.runner()
        for _ in 0..<3 { _ = try await client.routes.run(code: "chap") }
        // So it does whether a route was to run or DHIS2 was asked itself.
        for _ in 0..<2 { _ = try await client.getResponse("me") }
        #expect(server.log.map(\.sessionID) == [nil, "s1", "s1", nil, "s2", "s2", nil])
    }

    @Test(arguments: [
        HTTPExchange.marked(401, json: #"{"error":"no"}"#),
        .marked(401, ["Set-Cookie: SESSION_EXPIRE=later; Path=/"], message: "Unauthorized"),
        .page(401, headers: ["WWW-Authenticate: Basic realm=\"proxy\""]), .marked(302), .marked(403, message: "no"),
    ])
    func aTargetsOrAProxysRefusalForgetsNothing(refusal: HTTPExchange) async throws {
        let server = SessionServer()
        let client = try server.runner()
        guard case .ready = await client.preflight() else {
            Issue.record("The server is ready.")
            return
        }
        server.change { $0.answer = { _, number in number == 1 ? refusal : nil } }
        for _ in 0..<2 { _ = try await client.routes.run(code: "chap") }
        #expect(server.log.map(\.sessionID) == [nil, "s1", "s1"])
    }

    @Test func aLateEndOfAnOldSessionLeavesTheNewOneAlone() async throws {
        let gate = Gate()
        let server = SessionServer(holding: "routes/chap/run/slow", at: gate)
        let client = try server.runner()
        async let slow = client.routes.run(code: "chap", path: "slow", method: .post)
        await gate.arrival(of: 1)
        server.endSessions()
        _ = try await client.routes.run(code: "chap")
        server.change { $0.ended = ["s1"] }
        gate.open()
        #expect(try await slow.exchange.statusCode == 302)
        _ = try await client.routes.run(code: "chap")
        #expect(server.log.last?.sessionID == "s2")
        #expect(server.madeCount == 2)
    }
}
