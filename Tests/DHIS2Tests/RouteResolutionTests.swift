import DHIS2
import Testing

struct RouteResolutionTests {
    private static let many = (0..<1_200).map { Route.numbered($0) }

    @Test func resolvesManyCodesInOneRequestAndRunsWithoutAnother() async throws {
        let server = FakeDHIS2(routes: Self.many.prefix(400) + [.numbered(500, disabled: true)])
        let routes = try server.client().routes
        let codes = (0..<300).map { "code-\($0)" } + ["code-500", "missing"]
        let resolution = try await routes.resolve(codes: codes)
        #expect(resolution.found.count == 301)
        #expect(resolution.found["code-7"]?.id == "r0000000007")
        #expect(resolution.missing == ["missing"])
        #expect(resolution.disabled == ["code-500"])
        #expect(resolution.requestCount == 1)
        for code in codes.prefix(20) { _ = try await routes.run(code: code) }
        #expect(server.listPaths.count == 1)
    }

    @Test func filtersWhenThatTakesFewerRequestsThanThePages() async throws {
        let server = FakeDHIS2(routes: Self.many + (1_200..<2_600).map { Route.numbered($0) })
        let resolution = try await server.client().routes.resolve(codes: ["code-1", "code-2500", "code-2501"])
        #expect(resolution.found.count == 3)
        #expect(resolution.requestCount == 2)
        #expect(Query(server.listPaths[1])["filter"] == "code:in:[code-2500,code-2501]")
    }

    @Test func readsPagesWhenACodeIsNotSafeInAFilter() async throws {
        let server = FakeDHIS2(routes: Self.many + [Route(id: "odd00000001", code: "a,b", name: "Odd")])
        let resolution = try await server.client().routes.resolve(codes: ["a,b", "code-1"])
        #expect(resolution.found["a,b"]?.id == "odd00000001")
        #expect(resolution.requestCount == 3)
        #expect(server.listPaths.allSatisfy { Query($0)["filter"] == nil })
    }

    @Test func stopsAsSoonAsAllAreFound() async throws {
        let server = FakeDHIS2(routes: Self.many)
        let resolution = try await server.client().routes.resolve(codes: ["code-1", "code-2", "code-1"])
        #expect(resolution.found.count == 2)
        #expect(resolution.missing.isEmpty)
        #expect(resolution.requestCount == 1)
    }

    @Test func keepsFiltersShorterThanServersAccept() async throws {
        let server = FakeDHIS2(routes: (0..<10_000).map { Route.numbered($0) })
        let codes = (8_000..<9_000).map { "code-\($0)" }
        let resolution = try await server.client().routes.resolve(codes: codes)
        #expect(resolution.found.count == 1_000)
        #expect(resolution.requestCount == 4)
        #expect(server.listPaths.allSatisfy { $0.utf8.count < 8_000 })
    }

    @Test func asksNothingForNoCodes() async throws {
        let server = FakeDHIS2()
        #expect(try await server.client().routes.resolve(codes: []) == RouteResolution())
        #expect(server.log.isEmpty)
    }

    @Test(arguments: [
        // A server that says there is always one more page, and gives the last one again.
        #"{"page":1,"total":999999,"pageSize":500,"pageCount":2000}"#,
        #"{"page":1,"pageCount":-4,"total":-1}"#,
        #"{"page":1,"pageCount":9223372036854775807,"total":9223372036854775807}"#,
        #"{"page":1,"pageCount":-9223372036854775808,"total":-9223372036854775808}"#,
        "{}",
    ])
    func endsWhenAPagerLies(pager: String) async throws {
        let server = FakeDHIS2(routes: [.chap])
        server.change { state in state.pager = { _, _, _ in pager } }
        let resolution = try await server.client().routes.resolve(codes: ["chap", "a,b"])
        #expect(resolution.found["chap"] != nil)
        #expect(resolution.missing == ["a,b"])
        #expect(resolution.requestCount <= 2)
    }

    @Test func readsAListWithoutAPager() async throws {
        let server = FakeDHIS2()
        let list = #"{"routes":[{"id":"chapchapch1","code":"chap","displayName":"CHAP"},{"id":"nocode00001"}]}"#
        let path = "routes?fields=\(FakeDHIS2.routeFields)&page=1&pageSize=50"
        server.change { $0.overrides[path] = .success(.marked(200, json: list)) }
        let page = try await server.client().routes.listAll()
        #expect(page.pager == nil)
        #expect(
            page.routes == [
                Route(id: "chapchapch1", code: "chap", name: "CHAP"), Route(id: "nocode00001", code: nil, name: ""),
            ]
        )
    }

    @Test func listsOnePage() async throws {
        let server = FakeDHIS2(routes: Self.many)
        let page = try await server.client().routes.listAll(page: 3, pageSize: 100)
        #expect(page.routes.map(\.id).first == "r0000000200")
        #expect(page.routes.count == 100)
        #expect(page.pager == RoutePage.Pager(page: 3, pageCount: 12, total: 1_200, pageSize: 100))
    }

    @Test func doesNotKeepWhatAnInvalidationOvertook() async throws {
        let gate = Gate()
        let server = FakeDHIS2(routes: [.chap], listGate: gate)
        let routes = try server.client().routes
        async let resolution = routes.resolve(codes: ["chap"])
        await gate.arrival(of: 1)
        routes.invalidateCache(code: "chap")
        gate.open()
        #expect(try await resolution.found.count == 1)
        _ = try await routes.run(code: "chap")
        #expect(server.listPaths.count == 2)
    }
}
