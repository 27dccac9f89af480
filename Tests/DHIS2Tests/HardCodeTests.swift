import DHIS2
import Testing

/// Routes with codes that DHIS2's filter does not find in every version, or that a URL cannot hold.
@Suite struct HardCodeTests {
    /// A release line, and whether its filter `code:eq:` finds a code; as running servers of these lines answered.
    struct Line: Sendable, CustomTestStringConvertible {
        var version: String
        var finds: @Sendable (_ code: String) -> Bool

        var testDescription: String { version }
    }

    private static let lines = [
        Line(version: "2.41.9.1") { _ in true },
        Line(version: "2.42.5.2") { !$0.contains(",") && $0.last != ":" },
        Line(version: "2.43.1") { !$0.contains(",") && $0.last != ":" },
        Line(version: "2.44-SNAPSHOT") { !$0.contains(",") && $0.first != "[" && $0.first != "@" },
    ]

    /// A code, and the address of a run where the list does not show the route; `nil` where a URL cannot hold the code.
    private static let codes: [(code: String, address: String?)] = [
        ("t,comma", "t,comma"), ("t:colon:", "t:colon:"), ("[t]", "%5Bt%5D"), ("@t", "@t"), ("té", "t%C3%A9"),
        ("t space", "t%20space"), (" t", "%20t"), ("t ", "t%20"), ("日本", "%E6%97%A5%E6%9C%AC"), ("a?b#c", "a%3Fb%23c"),
        ("a/b", nil), ("a%2Cb", nil), ("a;b", nil), ("abcdefghijk", "abcdefghijk"),
    ]

    private func server(_ line: Line, _ routes: [Route]) -> FakeDHIS2 {
        let server = FakeDHIS2(routes: routes)
        server.change {
            $0.version = line.version
            $0.findsByFilter = line.finds
        }
        return server
    }

    @Test(arguments: lines, codes)
    func areFoundAndRun(line: Line, code: (code: String, address: String?)) async throws {
        let near = Route(id: "RouteUidZz9", code: code.code + "x", name: "another")
        let server = server(line, [near, Route(id: "RouteUidAa1", code: code.code, name: "hard")])
        let client = try server.client()
        let response = try await client.routes.run(code: code.code)
        #expect(response.exchange.statusCode == 200)
        #expect(response.uid == "RouteUidAa1")
        #expect(server.runPaths == ["routes/RouteUidAa1/run"])
        let resolution = try await server.client().routes.resolve(codes: ["missing", code.code])
        #expect(resolution.found[code.code]?.id == "RouteUidAa1")
        #expect(resolution.missing == ["missing"])
    }

    @Test(arguments: lines, codes)
    func areRunByTheCodeWhereTheListDoesNotShowThem(line: Line, code: (code: String, address: String?)) async throws {
        let server = server(line, [])
        server.change { $0.unlisted = [code.code] }
        let client = try server.client()
        guard let address = code.address else {
            let error = try await #require(throws: RouteError.self) { try await client.routes.run(code: code.code) }
            #expect(error.code == .noSuchRoute)
            #expect(
                error.message == """
                    No route with the code "\(code.code)" is in the list of routes, and a URL cannot hold this code.
                    """
            )
            #expect(server.runPaths.isEmpty)
            return
        }
        #expect(try await client.routes.run(code: code.code).exchange.statusCode == 200)
        #expect(server.runPaths == ["routes/\(address)/run"])
    }

    /// DHIS2 answers an empty filter value with an error; it is never asked.
    @Test(arguments: lines)
    func areNeverAskedForWhenEmpty(line: Line) async throws {
        let server = server(line, [.chap])
        let client = try server.client()
        let error = try await #require(throws: RouteError.self) { try await client.routes.run(code: "") }
        #expect(error.code == .noSuchRoute)
        #expect(server.listPaths.allSatisfy { !$0.contains("filter") })
        #expect(server.runPaths.isEmpty)
    }
}
