import DHIS2
import HTTPVocabulary
import Testing

/// Routes that authenticate by query parameters, which DHIS2 up to 2.43 cannot run with parameters of the request, and
/// interim answers that it passes on.
@Suite struct QueryRefusalTests {
    private static func context(
        _ version: String?,
        authentication: String?,
        isListed: Bool = true,
        hasQuery: Bool = true
    ) throws -> OriginContext {
        let route = Route(id: "RouteUidAa1", code: "chap", name: "chap", authenticationType: authentication)
        return OriginContext(
            code: "chap",
            route: isListed ? route : nil,
            hasQuery: hasQuery,
            server: try BaseURL("http://dhis2.example.org"),
            version: version.flatMap { ServerVersion($0) },
            preflight: PreflightKnowledge(marks: .securityHeaders, credentialsAccepted: true)
        )
    }

    private static func answer(_ status: Int, _ body: String) -> HTTPExchange {
        HTTPExchange(
            statusCode: status,
            headerSection: Array(
                "Content-Security-Policy: frame-ancestors 'self';\r\nX-Content-Type-Options: nosniff\r\n".utf8
            ),
            body: Array(body.utf8)
        )
    }

    private static let refusal = answer(
        502,
        #"{"httpStatus":"Bad Gateway","httpStatusCode":502,"status":"ERROR","message":"An error occurred during authentication"}"#
    )
    private static let mute = answer(
        500,
        #"{"httpStatus":"Internal Server Error","httpStatusCode":500,"status":"ERROR"}"#
    )

    @Test(arguments: ["2.42.5", "2.43.1"])
    func namesTheQuery(version: String) throws {
        let origin = ResponseOrigin(
            of: Self.refusal,
            in: try Self.context(version, authentication: "api-query-params")
        )
        #expect(origin.layer == .route)
        #expect(origin.reason == .queryNotAllowed)
        #expect(origin.certainty == .likely)
        #expect(
            origin.sentence == """
                The route "chap" authenticates to its target by query parameters, and DHIS2 \(version) cannot run such a \
                route with parameters of the request (2.44 can). Leave out the parameters, or authenticate in another way.
                """
        )
    }

    @Test func namesTheQueryOn241WhichSaysNothing() throws {
        let context = try Self.context("2.41.9", authentication: "api-query-params")
        #expect(ResponseOrigin(of: Self.mute, in: context).reason == .queryNotAllowed)
        let without = try Self.context("2.41.9", authentication: "api-query-params", hasQuery: false)
        #expect(ResponseOrigin(of: Self.mute, in: without).reason != .queryNotAllowed)
        let other = try Self.context("2.41.9", authentication: "http-basic")
        #expect(ResponseOrigin(of: Self.mute, in: other).reason != .queryNotAllowed)
        let newer = try Self.context("2.43.1", authentication: "api-query-params")
        #expect(ResponseOrigin(of: Self.mute, in: newer).reason != .queryNotAllowed)
    }

    @Test(arguments: [
        ("2.43.1", "oauth2-client-credentials" as String?, true, true), ("2.43.1", nil, true, true),
        ("2.43.1", "api-query-params", true, false), ("2.44", "api-query-params", true, true),
        ("2.43.1", nil, false, false),
    ])
    func namesTheCredentialsOtherwise(version: String, type: String?, isListed: Bool, hasQuery: Bool) throws {
        let context = try Self.context(version, authentication: type, isListed: isListed, hasQuery: hasQuery)
        #expect(ResponseOrigin(of: Self.refusal, in: context).reason == .targetAuthentication)
    }

    @Test func namesBothWhereTheListDoesNotShowTheRoute() throws {
        let context = try Self.context("2.43.1", authentication: nil, isListed: false)
        let origin = ResponseOrigin(of: Self.refusal, in: context)
        #expect(origin.reason == .queryNotAllowed)
        #expect(origin.certainty == .possible)
        #expect(origin.alternatives.map(\.reason) == [.targetAuthentication])
    }

    @Test(arguments: [
        (103, "103 Early Hints", "them"), (102, "the interim status 102", "it"), (100, "the interim status 100", "it"),
    ])
    func namesAnInterimAnswer(status: Int, name: String, pronoun: String) throws {
        let origin = ResponseOrigin(of: Self.answer(status, ""), in: try Self.context("2.43.1", authentication: nil))
        #expect(origin.layer == .upstream)
        #expect(origin.reason == .interimAnswer)
        #expect(origin.isNoAnswer)
        #expect(
            origin.sentence == """
                DHIS2 2.43.1 passes on \(name) of the target of the route "chap" as if it were the answer; switch \
                \(pronoun) off at the target.
                """
        )
    }
}

/// The same, told before anything is sent.
@Suite struct QueryRefusalBeforeSendingTests {
    private static func fake(_ version: String) -> FakeDHIS2 {
        let fake = FakeDHIS2(routes: [
            Route(id: "queryquery1", code: "query", name: "Query", authenticationType: "api-query-params"),
            Route(id: "basicbasic1", code: "basic", name: "Basic", authenticationType: "http-basic"),
        ])
        fake.change { $0.version = version }
        return fake
    }

    @Test(arguments: ["2.41.9", "2.42.5", "2.43.1"])
    func doesNotSendWhatCannotBeRun(version: String) async throws {
        let fake = Self.fake(version)
        let client = try fake.client()
        _ = try await client.serverInfo()
        let error = await #expect(throws: RouteError.self) {
            try await client.routes.run(code: "query", path: "x", params: ["a": "1"])
        }
        #expect(error?.code == .queryRefused)
        #expect(fake.runPaths.isEmpty)
        if let error {
            let origin = client.origin(of: error)
            #expect(origin.layer == .route)
            #expect(origin.reason == .queryNotAllowed)
            #expect(origin.sentence.contains("DHIS2 \(version) cannot run such a route"))
        }
        _ = try await client.routes.run(code: "query", path: "x")
        _ = try await client.routes.run(code: "basic", path: "x", params: ["a": "1"])
        #expect(fake.runPaths == ["routes/queryquery1/run/x", "routes/basicbasic1/run/x?a=1"])
    }

    @Test func sendsItTo244AndWhereTheVersionIsNotKnown() async throws {
        let fake = Self.fake("2.44")
        let client = try fake.client()
        _ = try await client.serverInfo()
        _ = try await client.routes.run(code: "query", params: ["a": "1"])
        let blind = try fake.client(DHIS2Client.Configuration(skipVersionProbe: true))
        _ = try await blind.routes.run(code: "query", params: ["a": "1"])
        #expect(fake.runPaths.count == 2)
    }
}
