import HTTPVocabulary
import Testing

@testable import DHIS2

/// The end of a client's session.
struct SessionClosingTests {
    private static let logout = "dhis-web-commons-security/logout.action"

    @Test func endsTheSessionWithItsCookieAndWithoutCredentials() async throws {
        let server = SessionServer()
        server.change { $0.otherCookies = ["ROUTE=node1"] }
        let gateway = try #require(HTTPFieldName("X-Gateway"))
        let client = try server.client(.init(headers: [gateway: "key"]))
        _ = try await client.routes.run(code: "chap")
        await client.close()
        let request = try #require(server.log.last)
        #expect(server.paths.last == Self.logout)
        #expect(request.url == "https://dhis.example.org/dhis/dhis-web-commons-security/logout.action")
        #expect(request.method == .get)
        #expect(request.headerFields[.cookie] == "JSESSIONID=s1; ROUTE=node1")
        #expect(!request.headerFields.contains(.authorization))
        #expect(request.headerFields[gateway] == "key")
        #expect(request.timeout == .seconds(2))
        #expect(server.livingCount == 0)
    }

    @Test func sendsNothingWhereThereIsNoSession() async throws {
        let server = SessionServer()
        let client = try server.client()
        await client.close()
        server.change { $0.givesCookies = false }
        _ = try await client.routes.run(code: "chap")
        await client.close()
        #expect(!server.paths.contains(Self.logout))
    }

    @Test func endsItOnlyOnceAndOpensANewOneForWhatComesAfter() async throws {
        let server = SessionServer()
        let client = try server.client()
        _ = try await client.routes.run(code: "chap")
        await client.close()
        await client.close()
        _ = try await client.routes.run(code: "chap")
        #expect(server.paths.count { $0 == Self.logout } == 1)
        #expect(server.log.suffix(2).map(\.sessionID) == [nil, "s2"])
        await client.close(within: .milliseconds(300))
        #expect(server.log.last?.timeout == .milliseconds(300))
        #expect(server.livingCount == 0)
    }

    @Test(arguments: [true, false])
    func neverFails(isAnswered: Bool) async throws {
        let server = SessionServer()
        let client = try server.client()
        _ = try await client.routes.run(code: "chap")
        server.change {
            $0.answer = { _, _ throws(TransportError) in
                if isAnswered { return .page(502) }
                throw TransportError(.timeout, message: "late")
            }
        }
        await client.close()
        #expect(server.paths.last == Self.logout)
    }

    @Test func worksInATaskThatHasBeenCancelled() async throws {
        let server = SessionServer()
        let client = try server.client()
        _ = try await client.routes.run(code: "chap")
        let start = Gate()
        let task = Task {
            await start.pass()
            await client.close()
        }
        task.cancel()
        start.open()
        await task.value
        #expect(server.livingCount == 0)
    }

    @Test func whoBeginsItCanGiveUp() async throws {
        let gate = Gate()
        let server = SessionServer(holding: Self.logout, at: gate)
        let client = try server.client()
        _ = try await client.routes.run(code: "chap")
        let closing = client.beginClosing(within: .seconds(2))
        await gate.arrival(of: 1)
        closing.cancel()
        gate.open()
        await closing.value
        // The request was cut off before the server came to it.
        #expect(server.livingCount == 1)
    }

    @Test func endsTheSessionsThatCameBesidesToo() async throws {
        let gate = Gate()
        let server = SessionServer(holding: "routes/", at: gate)
        let client = try server.runner()
        _ = try await client.getResponse("me")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 { group.addTask { _ = try await client.routes.run(code: "chap") } }
            await gate.arrival(of: 4)
            // A restart, after which each request that is under way gets a session of its own.
            server.change { $0.living = [] }
            gate.open()
            try await group.waitForAll()
        }
        #expect(server.livingCount == 4)
        await client.close()
        #expect(server.livingCount == 0)
        #expect(server.paths.count { $0 == Self.logout } == 4)
    }
}
