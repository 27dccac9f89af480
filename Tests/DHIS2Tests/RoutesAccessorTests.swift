import DHIS2
import HTTPVocabulary
import Testing

/// The cases that the accessor's contract lists, one by one.
struct RoutesAccessorTests {
    @Test func looksTheCodeUpOnceAndThenRunsByUid() async throws {
        let server = FakeDHIS2(routes: [.chap])
        let response = try await server.client().routes.run(code: "chap", path: "health")
        #expect(response.exchange.statusCode == 200)
        #expect(response.uid == "chapchapch1")
        #expect(response.reference == .uid("chapchapch1"))
        #expect(response.url == "https://dhis.example.org/dhis/api/routes/chapchapch1/run/health")
        #expect(!response.wasLookedUpAgain)
        #expect(
            server.paths == [
                "routes?fields=\(FakeDHIS2.routeFields)&filter=code:eq:chap&page=1&pageSize=50",
                "routes/chapchapch1/run/health",
            ]
        )
    }

    @Test func keepsTheUidForLaterRuns() async throws {
        let server = FakeDHIS2(routes: [.chap])
        let routes = try server.client().routes
        for _ in 0..<3 { _ = try await routes.run(code: "chap") }
        #expect(server.listPaths.count == 1)
        #expect(server.runPaths == Array(repeating: "routes/chapchapch1/run", count: 3))
    }

    @Test func looksUpAgainWhenToldNotToUseTheCache() async throws {
        let server = FakeDHIS2(routes: [.chap])
        let routes = try server.client().routes
        _ = try await routes.run(code: "chap")
        _ = try await routes.run(code: "chap", useCache: false)
        #expect(server.listPaths.count == 2)
    }

    @Test func keepsWhatALookupWithoutTheCacheFound() async throws {
        let server = FakeDHIS2(routes: [.chap])
        let routes = try server.client().routes
        _ = try await routes.run(code: "chap", useCache: false)
        _ = try await routes.run(code: "chap")
        #expect(server.listPaths.count == 1)
    }

    @Test(arguments: [301, 404, 500, 502, 503])
    func returnsABadStatusInsteadOfThrowing(status: Int) async throws {
        let server = FakeDHIS2(routes: [.chap])
        server.change { $0.overrides["routes/chapchapch1/run"] = .success(.marked(status, body: "upstream down")) }
        let response = try await server.client().routes.run(code: "chap")
        #expect(response.exchange.statusCode == status)
        #expect(response.exchange.bodyText == "upstream down")
        #expect(server.listPaths.count == 1)
    }

    @Test func throwsForACodeThatNobodyKnows() async throws {
        let server = FakeDHIS2(routes: [.chap])
        let error = try await #require(throws: RouteError.self) {
            try await server.client().routes.run(code: "nobody")
        }
        #expect(error.code == .noSuchRoute)
        #expect(error.message == #"No route has the code "nobody", or it is disabled and not shown to you."#)
        #expect(error.routeCode == "nobody")
        // DHIS2 is asked by code before the route is said to be missing; no target is reached.
        #expect(server.runPaths == ["routes/nobody/run"])
    }

    @Test func suggestsTheNearestCodeOnceTheListIsKnown() async throws {
        let server = FakeDHIS2(routes: [.chap, Route(id: "pingspings1", code: "pings", name: "P")])
        let routes = try server.client().routes
        #expect(try await routes.resolve(codes: ["ping"]).missing == ["ping"])
        let error = try await #require(throws: RouteError.self) { try await routes.run(code: "ping") }
        #expect(
            error.message
                == #"No route has the code "ping", or it is disabled and not shown to you. Did you mean "pings"?"#
        )
    }

    @Test(arguments: [(" chap", " chap"), ("chap\u{3000}", #"chap\u{3000}"#), ("a\u{200B}b", #"a\u{200B}b"#)])
    func showsWhatIsWrongWithACode(code: String, shown: String) async throws {
        let error = try await #require(throws: RouteError.self) {
            try await FakeDHIS2(routes: [.chap]).client().routes.run(code: code)
        }
        #expect(error.message.hasPrefix("No route has the code \"\(shown)\""))
    }

    @Test func forgetsOneCode() async throws {
        let server = FakeDHIS2(routes: [.chap, .numbered(1)])
        let routes = try server.client().routes
        for code in ["chap", "code-1"] { _ = try await routes.run(code: code) }
        routes.invalidateCache(code: "chap")
        for code in ["chap", "code-1"] { _ = try await routes.run(code: code) }
        #expect(server.listPaths.filter { $0.contains("eq:chap") }.count == 2)
        #expect(server.listPaths.filter { $0.contains("eq:code-1") }.count == 1)
    }

    @Test func forgetsAllCodes() async throws {
        let server = FakeDHIS2(routes: [.chap, .numbered(1)])
        let routes = try server.client().routes
        for code in ["chap", "code-1"] { _ = try await routes.run(code: code) }
        routes.invalidateCache()
        for code in ["chap", "code-1"] { _ = try await routes.run(code: code) }
        #expect(server.listPaths.count == 4)
    }

    @Test func sendsParamsInOrderAndExtraHeaders() async throws {
        let server = FakeDHIS2(routes: [.chap])
        let accept = try #require(HTTPFieldName("If-None-Match"))
        _ = try await server.client().routes.run(
            code: "chap",
            path: "fhir/Patient",
            params: ["b": "2", "a": "1", "b": "1 & 2"],
            headers: [accept: "\"x\"", .accept: "text/plain"]
        )
        let request = try #require(server.log.last)
        #expect(
            request.url
                == "https://dhis.example.org/dhis/api/routes/chapchapch1/run/fhir/Patient?b=2&a=1&b=1%2520%2526%25202"
        )
        #expect(request.headerFields[accept] == "\"x\"")
        #expect(request.headerFields.values(of: .accept) == ["text/plain"])
        #expect(request.headerFields[.authorization] == "ApiToken d2p_secret")
    }

    @Test(arguments: [("health", "/health"), ("/health", "/health"), ("", ""), ("/", ""), ("a/b/", "/a/b/")])
    func dropsALeadingSlashOfThePath(path: String, expected: String) async throws {
        let server = FakeDHIS2(routes: [.chap])
        let response = try await server.client().routes.run(code: "chap", path: path)
        #expect(response.url == "https://dhis.example.org/dhis/api/routes/chapchapch1/run" + expected)
        #expect(response.path == path)
    }

    @Test func sendsMethodBodyAndTimeout() async throws {
        let server = FakeDHIS2(routes: [.chap])
        let response = try await server.client().routes.run(
            code: "chap",
            method: .post,
            body: [1, 2, 3],
            timeout: .seconds(7)
        )
        let request = try #require(server.log.last)
        #expect(request.method == .post)
        #expect(request.body == [1, 2, 3])
        #expect(request.timeout == .seconds(7))
        #expect(server.log.first?.timeout == .seconds(35))
        #expect(response.method == .post)
    }

    @Test func takesOnlyTheRouteWhoseCodeIsTheSameByteForByte() async throws {
        // The same letter, composed in the list and decomposed in the job.
        let server = FakeDHIS2(routes: [Route(id: "composed001", code: "caf\u{E9}", name: "C")])
        let error = try await #require(throws: RouteError.self) {
            try await server.client().routes.run(code: "cafe\u{301}")
        }
        #expect(error.code == .noSuchRoute)
        #expect(server.runPaths == ["routes/cafe%CC%81/run"])
    }

    @Test(arguments: ["a,b", "a:", " a", "a ", "[a,b]"])
    func walksTheListForCodesThatNoFilterCanCarry(code: String) async throws {
        let server = FakeDHIS2(routes: [.chap, Route(id: "wanted00001", code: code, name: "W")])
        let response = try await server.client().routes.run(code: code)
        #expect(response.uid == "wanted00001")
        #expect(server.listPaths.allSatisfy { !$0.contains("filter=") })
    }

    @Test(arguments: ["a:b", "a b", "a[1]", "a/b", "æ", "100%", "a&b=c"])
    func encodesTheFilterOnce(code: String) async throws {
        let server = FakeDHIS2(routes: [Route(id: "wanted00001", code: code, name: "W")])
        let response = try await server.client().routes.run(code: code)
        #expect(response.uid == "wanted00001")
        #expect(server.listPaths.count == 1)
    }

    @Test func saysWhenALookupFailsAndTriesAgainTheNextTime() async throws {
        let server = FakeDHIS2(routes: [.chap])
        server.change { $0.listFailures = 1 }
        let routes = try server.client().routes
        let error = try await #require(throws: RouteError.self) { try await routes.run(code: "chap") }
        #expect(error.code == .lookupFailed)
        #expect(
            error.message
                == #"The route "chap" could not be looked up: DHIS2 answered 500 to /api/routes: Something broke"#
        )
        #expect(error.underlying?.statusCode == 500)
        #expect(try await routes.run(code: "chap").exchange.statusCode == 200)
    }

    @Test func carriesTheTransportsErrorWhenNoAnswerCame() async throws {
        let server = FakeDHIS2(routes: [.chap])
        let reset = TransportError(.reset, message: "Connection reset by peer.")
        server.change { $0.overrides["routes/chapchapch1/run"] = .failure(reset) }
        let error = try await #require(throws: RouteError.self) {
            try await server.client().routes.run(code: "chap")
        }
        #expect(error.code == .noAnswer)
        #expect(error.transportError == reset)
        #expect(error.message == "Connection reset by peer.")
    }

    @Test func refusesAPathThatCouldLeaveTheRouteBeforeAnyRequest() async throws {
        let server = FakeDHIS2(routes: [.chap])
        let error = try await #require(throws: RouteError.self) {
            try await server.client(.init(version: ServerVersion("2.43"))).routes.run(code: "chap", path: "a/../b")
        }
        #expect(error.code == .unsendable)
        #expect(error.message == #"The path "a/../b" has a dot segment, which DHIS2 refuses in a route's sub-path."#)
        #expect(server.log.isEmpty)
    }
}
