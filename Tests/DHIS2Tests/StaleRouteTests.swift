import DHIS2
import Testing

struct StaleRouteTests {
    @Test func looksAStaleUidUpAgainOnceAndRepeatsTheRun() async throws {
        let server = FakeDHIS2(routes: [.chap])
        let routes = try server.client().routes
        _ = try await routes.run(code: "chap")
        server.change { $0.routes = [Route(id: "chapchapch2", code: "chap", name: "CHAP, made anew")] }
        let response = try await routes.run(code: "chap", path: "health")
        #expect(response.exchange.statusCode == 200)
        #expect(response.uid == "chapchapch2")
        #expect(response.wasLookedUpAgain)
        #expect(server.listPaths.count == 2)
        #expect(Array(server.runPaths.suffix(2)) == ["routes/chapchapch1/run/health", "routes/chapchapch2/run/health"])
        #expect(try await !routes.run(code: "chap").wasLookedUpAgain)
    }

    @Test func saysThatARouteHasBecomeDisabled() async throws {
        let server = FakeDHIS2(routes: [.chap])
        let client = try server.client()
        _ = try await client.routes.run(code: "chap")
        server.change { $0.routes[0].disabled = true }
        for isFirst in [true, false] {
            let response = try await client.routes.run(code: "chap")
            #expect(response.exchange.statusCode == 404)
            #expect(response.route?.disabled == true)
            #expect(response.wasLookedUpAgain == isFirst)
            #expect(client.origin(of: response).sentence == #"The route "chap" exists but is disabled."#)
        }
        // Once it is known to be disabled, runs do not look again.
        #expect(server.listPaths.count == 2)
    }

    @Test func throwsForARouteThatHasBeenDeleted() async throws {
        let server = FakeDHIS2(routes: [.chap])
        let client = try server.client()
        _ = try await client.routes.run(code: "chap")
        server.change { $0.routes = [] }
        let error = try await #require(throws: RouteError.self) { try await client.routes.run(code: "chap") }
        #expect(error.code == .noSuchRoute)
        #expect(error.response?.wasLookedUpAgain == true)
        #expect(Array(server.runPaths.suffix(2)) == ["routes/chapchapch1/run", "routes/chap/run"])
        #expect(client.origin(of: error).reason == .routeNotFound)
    }

    @Test func doesNotMistakeATargetsNotFoundForItsOwn() async throws {
        let server = FakeDHIS2(routes: [.chap])
        let routes = try server.client().routes
        _ = try await routes.run(code: "chap")
        let other = HTTPExchange.marked(404, message: "Route not found: 'elsewhere'", errorCode: "E1005")
        server.change { $0.overrides["routes/chapchapch1/run"] = .success(other) }
        #expect(try await routes.run(code: "chap").exchange.statusCode == 404)
        #expect(server.listPaths.count == 1)
    }

    @Test func runsARouteByItsCodeWhenTheListDoesNotShowIt() async throws {
        let server = FakeDHIS2(routes: [.chap])
        server.change { $0.unlisted = ["hidden"] }
        let routes = try server.client().routes
        for _ in 0..<2 {
            let response = try await routes.run(code: "hidden", path: "x")
            #expect(response.exchange.statusCode == 200)
            #expect(response.reference == .code("hidden"))
            #expect(response.uid == nil)
        }
        #expect(server.listPaths.count == 1)
        #expect(server.runPaths == ["routes/hidden/run/x", "routes/hidden/run/x"])
    }

    @Test(arguments: [("my route", "my%20route"), ("é", "%C3%A9"), ("a+b", "a+b"), ("x?y#z", "x%3Fy%23z")])
    func encodesACodeAsAPathSegment(code: String, expected: String) async throws {
        let server = FakeDHIS2()
        server.change { $0.unlisted = [code] }
        let response = try await server.client().routes.run(code: code)
        #expect(response.url == "https://dhis.example.org/dhis/api/routes/\(expected)/run")
    }

    @Test(arguments: ["a/b", "..", "a;b", "50%", ""])
    func saysThatACodeIsMissingWhenNoURLCanHoldIt(code: String) async throws {
        let server = FakeDHIS2(routes: [.chap])
        let error = try await #require(throws: RouteError.self) {
            try await server.client().routes.run(code: code)
        }
        #expect(error.code == .noSuchRoute)
        #expect(
            error.message
                == "No route with the code \"\(code)\" is in the list of routes, and a URL cannot hold this code."
        )
        #expect(server.runPaths.isEmpty)
    }

    @Test func addressesByCodeWithoutTheListWhenConfiguredSo() async throws {
        let server = FakeDHIS2(routes: [.chap])
        let routes = try server.client(.init(addressRoutesBy: .code, keepsSession: false)).routes
        let response = try await routes.run(code: "chap", path: "health")
        #expect(response.reference == .code("chap"))
        #expect(response.route == nil)
        #expect(server.paths == ["routes/chap/run/health"])
    }

    @Test func asksTheListWhyACodeIsNotFoundWhenItAddressesByCode() async throws {
        let server = FakeDHIS2(routes: [.numbered(1, disabled: true)])
        let client = try server.client(.init(addressRoutesBy: .code))
        let response = try await client.routes.run(code: "code-1")
        #expect(response.exchange.statusCode == 404)
        #expect(response.route?.disabled == true)
        #expect(server.runPaths == ["routes/code-1/run"])
        let error = try await #require(throws: RouteError.self) { try await client.routes.run(code: "code-2") }
        #expect(error.code == .noSuchRoute)
        #expect(server.runPaths == ["routes/code-1/run", "routes/code-2/run"])
    }
}
