import DHIS2
import Testing

/// Runs of routes whose URLs have placeholders, which DHIS2 fills from 2.44 on.
@Suite struct PlaceholderRunTests {
    private static let url = "https://target.example/echo/{id}/items"

    private func server(_ version: String, url: String = Self.url) -> FakeDHIS2 {
        let server = FakeDHIS2(routes: [Route(id: "RouteUidAa1", code: "hole", name: "hole", url: url)])
        server.change { $0.version = version }
        return server
    }

    @Test(arguments: [
        ("2.44-SNAPSHOT", url, "_id=a%20b&_x=a%2520b&q=a%2520b"),
        ("2.44-SNAPSHOT", "https://target.example/echo/**", "_id=a%2520b&_x=a%2520b&q=a%2520b"),
        ("2.43.1", url, "_id=a%2520b&_x=a%2520b&q=a%2520b"),
        ("2.41.9.1", url, "_id=a%20b&_x=a%20b&q=a%20b"),
    ])
    func fillThePlaceholdersOfTheRoute(version: String, url: String, query: String) async throws {
        let server = server(version, url: url)
        let client = try server.client()
        for _ in 1...2 {
            _ = try await client.routes.run(code: "hole", params: ["_id": "a b", "_x": "a b", "q": "a b"])
        }
        #expect(server.runPaths == Array(repeating: "routes/RouteUidAa1/run?\(query)", count: 2))
    }

    @Test func fillThoseOfARouteThatIsNotListed() async throws {
        let server = server("2.44.0")
        server.change {
            $0.routes = []
            $0.unlisted = ["hole"]
        }
        _ = try await server.client().routes.run(code: "hole", path: "x", params: ["_id": "é/b", "q": "é"])
        #expect(server.runPaths == ["routes/hole/run/x?_id=%C3%A9/b&q=%25C3%25A9"])
    }

    @Test func fillThoseOfARouteThatIsAddressedByItsCode() async throws {
        let server = server("2.44.0")
        let client = try server.client(.init(addressRoutesBy: .code))
        _ = try await client.routes.run(code: "hole", params: ["_id": "a b"])
        #expect(server.runPaths == ["routes/hole/run?_id=a%20b"])
    }

    @Test func followTheRouteWhenItIsLookedUpAgain() async throws {
        let server = server("2.44.0", url: "https://target.example/**")
        let client = try server.client()
        _ = try await client.routes.resolve(codes: ["hole"])
        server.change { $0.routes = [Route(id: "RouteUidBb2", code: "hole", name: "hole", url: Self.url)] }
        _ = try await client.routes.run(code: "hole", params: ["_id": "a b"])
        #expect(
            server.runPaths == ["routes/RouteUidAa1/run?_id=a%2520b", "routes/RouteUidBb2/run?_id=a%20b"]
        )
    }

    @Test func areNotFilledWithWhatWouldEndThem() async throws {
        let server = server("2.44.0")
        let client = try server.client()
        let error = try await #require(throws: RouteError.self) {
            try await client.routes.run(code: "hole", params: ["_id": "a&b"])
        }
        #expect(error.code == .unsendable)
        #expect(
            error.message == """
                The parameter "_id" holds "&", which DHIS2 2.44.0 cannot put into a placeholder of the route's URL.
                """
        )
        _ = try await client.routes.run(code: "hole", params: ["_other": "a&b"])
        #expect(server.runPaths == ["routes/RouteUidAa1/run?_other=a%2526b"])
    }

    @Test(arguments: ["gist", "/gist", "gist/"])
    func refuseTheGistAPIBeforeAnythingIsSent(path: String) async throws {
        let server = server("2.43.1")
        let client = try server.client()
        let error = try await #require(throws: RouteError.self) {
            try await client.routes.run(code: "hole", path: path)
        }
        #expect(error.code == .unsendable)
        #expect(
            error.message
                == "The path \"\(path)\" cannot be sent: DHIS2 answers it with its Gist API instead of calling the route."
        )
        #expect(server.log.isEmpty)
    }
}
