import DHIS2
import HTTPVocabulary
import Testing

struct DHIS2ClientTests {
    private struct Me: Decodable {
        var id: String
        var username: String
    }

    private func get(_ exchange: HTTPExchange) async throws -> Me {
        let server = FakeDHIS2()
        server.change { $0.overrides["me?fields=id,username"] = .success(exchange) }
        return try await server.client().get("me", query: ["fields": "id,username"])
    }

    @Test func decodesJSON() async throws {
        let me = try await get(.marked(200, json: #"{"id":"xE7jOejl9FI","username":"admin"}"#))
        #expect(me.username == "admin")
    }

    @Test(arguments: [
        (
            HTTPExchange.marked(404, message: "User not found", errorCode: "E1005"), DHIS2Error.Code.badStatus,
            "DHIS2 answered 404 to /api/me: User not found"
        ),
        (.marked(500), .badStatus, "DHIS2 answered 500 to /api/me."),
        (
            .marked(401, message: "Unauthorized"), .badStatus,
            "dhis.example.org refused the personal access token: Unauthorized"
        ),
        (
            .marked(302, ["Location: https://dhis.example.org/dhis/dhis-web-login/"]), .badStatus,
            """
            dhis.example.org sent the request to its login page, as if it had no credentials: personal access tokens \
            may be switched off there, or something in front removes the Authorization header.
            """
        ),
        (
            .page(200, title: "Login"), .notJSON,
            """
            dhis.example.org answered /api/me with a web page titled "Login" instead of DHIS2's answer: a captive \
            portal, a sign-on page or another site is in the way.
            """
        ),
        (
            .answer(200, body: "<!DOCTYPE html>"), .notJSON,
            """
            dhis.example.org answered /api/me with a web page instead of DHIS2's answer: a captive portal, a sign-on \
            page or another site is in the way.
            """
        ),
        (
            .marked(200, json: "{"), .invalidJSON,
            "The answer to /api/me is not what DHIS2 sends there: it is not well-formed JSON."
        ),
        (
            .marked(200, json: #"{"id":"x"}"#), .invalidJSON,
            "The answer to /api/me is not what DHIS2 sends there: it has no \"username\"."
        ),
        (
            .marked(200, json: #"{"id":1,"username":"x"}"#), .invalidJSON,
            "The answer to /api/me is not what DHIS2 sends there: $.id has another type than expected."
        ),
    ])
    func throwsOnWhatIsNotTheJSONThatWasDue(
        exchange: HTTPExchange,
        code: DHIS2Error.Code,
        message: String
    ) async throws {
        let error = try await #require(throws: DHIS2Error.self) { try await get(exchange) }
        #expect(error.code == code)
        #expect(error.message == message)
        #expect(error.statusCode == exchange.statusCode)
    }

    @Test func throwsOnAnAnswerThatWasCut() async throws {
        var exchange = HTTPExchange.marked(200, json: #"{"id":"x""#)
        exchange.bodySize = 5_000_000
        let error = try await #require(throws: DHIS2Error.self) { try await get(exchange) }
        #expect(error.code == .invalidJSON)
        #expect(error.message == "The answer to /api/me has 5000000 bytes, more than are kept.")
    }

    @Test func throwsWhenNoAnswerCame() async throws {
        let server = FakeDHIS2()
        server.change { $0.overrides["me"] = .failure(TransportError(.refused, message: "Connection refused.")) }
        let error = try await #require(throws: DHIS2Error.self) { try await server.client().get("/me", as: Me.self) }
        #expect(error.code == .noAnswer)
        #expect(
            error.message
                == "dhis.example.org refused the connection: DHIS2 is not running there, or the port is wrong."
        )
        #expect(error.transportError?.code == .refused)
    }

    @Test(arguments: [200, 302, 404, 503])
    func returnsEveryStatusOfARawRequest(status: Int) async throws {
        let server = FakeDHIS2()
        server.change { $0.overrides["x/y?q=a%20b"] = .success(.answer(status)) }
        let exchange = try await server.client().getResponse("/x/y", query: ["q": "a b"], timeout: .seconds(3))
        #expect(exchange.statusCode == status)
        #expect(server.log.first?.timeout == .seconds(3))
    }

    @Test func sendsItsHeadersWithEveryRequest() async throws {
        let server = FakeDHIS2()
        let name = try #require(HTTPFieldName("X-Trace"))
        let client = try server.client(
            .init(headers: [name: "1", .authorization: "Basic other"], timeout: .seconds(9))
        )
        _ = try await client.getResponse("me")
        let request = try #require(server.log.first)
        #expect(request.headerFields[.accept] == "application/json, */*;q=0.5")
        #expect(request.headerFields[.authorization] == "ApiToken d2p_secret")
        #expect(request.headerFields[name] == "1")
        #expect(request.headerFields[.cacheControl] == "no-cache")
        #expect(request.headerFields.count == 4)
        #expect(request.timeout == .seconds(9))
        _ = try await client.getResponse("me", headers: [.accept: "text/csv", name: "2"])
        #expect(server.log.last?.headerFields.values(of: .accept) == ["text/csv"])
        #expect(server.log.last?.headerFields.values(of: name) == ["2"])
    }

    @Test func readsTheServerInfoOnce() async throws {
        let server = FakeDHIS2()
        let client = try server.client()
        #expect(client.knownVersion == nil)
        let info = try await client.serverInfo()
        #expect(info.version == ServerVersion("2.43.0"))
        #expect(info.revision == "abc1234")
        #expect(info.era == .d)
        #expect(try await client.serverInfo() == info)
        #expect(client.knownVersion == info.version)
        #expect(server.paths == ["system/info"])
    }

    @Test func doesNotKeepAFailureToReadTheServerInfo() async throws {
        let server = FakeDHIS2()
        let client = try server.client()
        server.change { $0.overrides["system/info"] = .success(.page(502)) }
        let error = try await #require(throws: DHIS2Error.self) { try await client.serverInfo() }
        #expect(error.code == .badStatus)
        #expect(error.problem?.reason == .gatewayError)
        server.change { $0.overrides = [:] }
        #expect(try await client.serverInfo().version == ServerVersion("2.43.0"))
    }

    @Test func asksForTheVersionOnlyWhenTheEncodingDependsOnIt() async throws {
        let server = FakeDHIS2(routes: [.chap])
        server.change { $0.version = "2.41.8" }
        let client = try server.client()
        _ = try await client.routes.run(code: "chap", path: "a/b", params: ["q": "plain"])
        #expect(!server.paths.contains("system/info"))
        let response = try await client.routes.run(code: "chap", params: ["q": "a b"])
        #expect(response.url.hasSuffix("/run?q=a%20b"))
        #expect(server.paths.contains("system/info"))
    }

    @Test func pinnedVersionsAndSkippedProbesAskForNothing() async throws {
        let server = FakeDHIS2(routes: [.chap])
        let pinned = try server.client(.init(version: ServerVersion("2.41")))
        #expect(try await pinned.routes.run(code: "chap", params: ["q": "a b"]).url.hasSuffix("?q=a%20b"))
        let skipping = try server.client(.init(skipVersionProbe: true))
        #expect(try await skipping.routes.run(code: "chap", params: ["q": "a b"]).url.hasSuffix("?q=a%2520b"))
        #expect(!server.paths.contains("system/info"))
    }

    @Test func doesNotRunWhenTheVersionIsNeededAndCannotBeRead() async throws {
        let server = FakeDHIS2(routes: [.chap])
        server.change { $0.overrides["system/info"] = .success(.page(502)) }
        let error = try await #require(throws: RouteError.self) {
            try await server.client().routes.run(code: "chap", params: ["q": "a b"])
        }
        #expect(error.code == .versionUnknown)
        #expect(
            error.message == """
                The parameters of the route "chap" are written as the server's version needs it, and that could not be \
                read: A proxy in front of dhis.example.org answered 502: DHIS2 is down, still starting, or too slow \
                for it.
                """
        )
        #expect(server.runPaths.isEmpty)
    }
}
