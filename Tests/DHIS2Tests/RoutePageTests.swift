import DHIS2
import FoundationEssentials
import Testing

/// Pages of the list of routes: what is asked for, and what becomes of an odd answer.
@Suite struct RoutePageTests {
    private func page(_ rows: String, pager: String = #"{"page":1,"pageSize":50,"total":2,"pageCount":1}"#) throws
        -> RoutePage
    {
        try JSONDecoder().decode(RoutePage.self, from: Data(#"{"pager":\#(pager),"routes":[\#(rows)]}"#.utf8))
    }

    private static let good = #"{"id":"RouteUidAa1","code":"chap","name":"CHAP"}"#

    /// A row that is not a route, and how it is named.
    @Test(arguments: [
        ("null", "row 2: it is null"), ("7", "row 2: it is not an object"), ("[]", "row 2: it is not an object"),
        (#""RouteUidBb2""#, "row 2: it is not an object"), ("{}", #"row 2: it has no "id""#),
        (#"{"code":"b"}"#, #"that of the route "b": it has no "id""#),
        (#"{"id":null,"code":"b"}"#, #"that of the route "b": its "id" is null"#),
        (#"{"id":"","code":"b"}"#, #"that of the route "b": its "id" is empty"#),
        (#"{"id":7,"name":"B"}"#, #"that of the route "B": its "id" is not a text"#),
        (#"{"id":"RouteUidBb2","code":5}"#, #"that of the route "RouteUidBb2": its "code" is not a text"#),
        (#"{"id":"RouteUidBb2","code":["b"],"displayName":"B"}"#, #"that of the route "B": its "code" is not a text"#),
        (
            #"{"id":"RouteUidBb2","code":"b","disabled":"true"}"#,
            #"that of the route "b": its "disabled" is not true or false"#
        ),
        (
            #"{"id":"RouteUidBb2","code":"b","disabled":1}"#,
            #"that of the route "b": its "disabled" is not true or false"#
        ),
    ])
    func costARowOnly(row: String, description: String) throws {
        let page = try page("\(Self.good),\(row),\(Self.good)")
        #expect(page.routes.map(\.id) == ["RouteUidAa1", "RouteUidAa1"])
        #expect(page.unreadable.map(\.description) == [description])
        #expect(page.unreadable.map(\.number) == [2])
    }

    /// What helps but is not needed.
    @Test(
        arguments: [
            "name", "displayName", "url", "responseTimeoutSeconds", "auth", "description", "headers", "authorities",
            "created",
            "lastUpdated", "sharing",
        ],
        ["null", "7", "true", #"{"a":7}"#, "[7]", #"[{"a":1}]"#]
    )
    func costNothingForAMemberOfAnotherType(member: String, value: String) throws {
        let page = try page(#"{"id":"RouteUidAa1","code":"chap","\#(member)":\#(value)}"#)
        #expect(page.unreadable.isEmpty)
        #expect(page.routes.first?.code == "chap")
    }

    @Test(arguments: [
        ("null", nil), ("7", nil), ("{}", RoutePage.Pager()),
        (#"{"page":"1","pageSize":null,"total":1e99,"pageCount":2}"#, RoutePage.Pager(pageCount: 2)),
    ])
    func costNothingForAnOddPager(pager: String, expected: RoutePage.Pager?) throws {
        let page = try page(Self.good, pager: pager)
        #expect(page.pager == expected)
        #expect(page.routes.count == 1)
    }

    @Test func namesRowsOfTheWholeWalkOnce() async throws {
        let server = FakeDHIS2()
        server.change { state in
            for number in 1...3 {
                let rows =
                    number == 1
                    ? #"{"id":"RouteUidAa1","code":"chap"},null,{"id":7,"code":"b"}"# : #"null,{"id":7,"code":"b"}"#
                let path = "routes?fields=\(FakeDHIS2.routeFields)&page=\(number)&pageSize=500"
                let json = #"{"pager":{"page":\#(number),"pageCount":3,"total":1400},"routes":[\#(rows)]}"#
                state.overrides[path] = .success(.marked(200, json: json))
            }
        }
        let resolution = try await server.client().routes.resolve(codes: ["chap", "b", "a,b"])
        #expect(resolution.found.keys.sorted() == ["chap"])
        #expect(resolution.missing == ["b", "a,b"])
        #expect(
            resolution.unreadable.map(\.description) == [
                "row 2: it is null", #"that of the route "b": its "id" is not a text"#, "row 1: it is null",
                #"that of the route "b": its "id" is not a text"#,
            ]
        )
        #expect(resolution.requestCount == 3)
    }

    @Test(arguments: [
        (1, 0, "A page of the list of routes holds 1 to 1000 routes, not 0."),
        (1, -1, "A page of the list of routes holds 1 to 1000 routes, not -1."),
        (1, 1_001, "A page of the list of routes holds 1 to 1000 routes, not 1001."),
        (1, .max, "A page of the list of routes holds 1 to 1000 routes, not 9223372036854775807."),
        (1, .min, "A page of the list of routes holds 1 to 1000 routes, not -9223372036854775808."),
        (0, 50, "The pages of the list of routes are counted from 1, so there is no page 0."),
        (-3, 50, "The pages of the list of routes are counted from 1, so there is no page -3."),
        (
            .max, 50,
            "Page 9223372036854775807 of the list of routes, at 50 routes each, is beyond what DHIS2 can count."
        ),
        (2_147_484, 1_000, "Page 2147484 of the list of routes, at 1000 routes each, is beyond what DHIS2 can count."),
    ])
    func areNotAskedForWhereThereIsNone(page: Int, size: Int, message: String) async throws {
        let server = FakeDHIS2(routes: [.chap])
        let client = try server.client()
        let error = try await #require(throws: DHIS2Error.self) {
            try await client.routes.listAll(page: page, pageSize: size)
        }
        #expect(error.code == .invalidPage)
        #expect(error.message == message)
        #expect(server.log.isEmpty)
    }

    @Test(arguments: [(1, 1), (1, 1_000), (2_147_483, 1_000)])
    func areAskedForUpToTheLimits(page: Int, size: Int) async throws {
        let server = FakeDHIS2(routes: [.chap])
        #expect(
            try await server.client().routes.listAll(page: page, pageSize: size).routes.count == (page == 1 ? 1 : 0)
        )
        #expect(server.listPaths.count == 1)
    }

    /// Up to 2.43 the pager of a page past the end names the last page, on 2.44 the page itself.
    @Test(arguments: [
        #"{"page":3,"total":25,"pageSize":10,"pageCount":3}"#, #"{"page":9,"pageSize":10,"total":28,"pageCount":3}"#,
    ])
    func haveNoRowsPastTheEnd(pager: String) throws {
        let page = try page("", pager: pager)
        #expect(page.routes.isEmpty)
        #expect(page.pager?.pageCount == 3)
    }

    /// A list that a version will not show with all fields is read with those that matter.
    @Test(arguments: [400, 409])
    func areReadWithFewerFieldsWhereAVersionRefusesSome(status: Int) async throws {
        let server = FakeDHIS2(routes: [.chap])
        server.change {
            $0.overrides["routes?fields=\(FakeDHIS2.routeFields)&page=1&pageSize=500"] =
                .success(.marked(status, message: "Field `sharing` is not supported"))
        }
        #expect(try await server.client().routes.resolve(codes: ["chap"]).found.count == 1)
        #expect(
            server.listPaths.map { Query($0)["fields"] }.last == "id,code,name,url,disabled,responseTimeoutSeconds,auth"
        )
    }

    /// 2.44 cuts what is asked for at 1,000 rows.
    @Test func askForNoMoreRowsThanEveryVersionGives() async throws {
        let routes = (0..<1_600).map { Route(id: "r\($0)", code: String($0, radix: 36), name: "r") }
        let server = FakeDHIS2(routes: (2_000..<6_000).map { .numbered($0) } + routes)
        let resolution = try await server.client().routes.resolve(codes: routes.compactMap(\.code))
        #expect(resolution.found.count == 1_600)
        #expect(server.listPaths.compactMap { Query($0)["pageSize"] }.compactMap(Int.init).allSatisfy { $0 <= 1_000 })
    }
}
