import Testing

@testable import DHIS2Simulator

@Suite struct RouteListTests {
    private static func route(_ number: Int, _ code: String, name: String) -> SimulatedRoute {
        SimulatedRoute(
            uid: "Route00000\(number)",
            code: code,
            name: name,
            url: "https://up.example.org/\(number)",
            upstream: .text("{}")
        )
    }

    private static let routes = [
        route(1, "A", name: "beta"), route(2, "A,B", name: "Alpha"), route(3, "A:B", name: "gamma"),
        route(4, "[x]", name: "delta"), route(5, " A", name: "Epsilon"), route(6, "e\u{301}", name: "zeta"),
    ]

    private static func codes(_ era: SimulatedEra, _ query: String) -> String {
        let instance = SimulatedInstance(SimulatorConfiguration(era: era, routes: routes))
        return instance.get("/api/routes?paging=false&fields=code" + query).bodyText
    }

    /// Whatever a client asks for, and whatever a page is made with.
    @Test(arguments: SimulatedEra.allCases)
    func pagesByAnyNumbers(era: SimulatedEra) {
        let borders = [0, 1, -1, 2, Int(Int32.max), Int(Int32.max) + 1, Int(Int32.min), .max, .max - 1, .min]
        let texts = borders.map(String.init) + ["18446744073709551616", "1e9", "", "x", "0x10"]
        let instance = SimulatedInstance(SimulatorConfiguration(era: era, routes: Self.routes))
        for page in texts {
            for size in texts {
                let reply = instance.get("/api/routes?page=\(page)&pageSize=\(size)")
                #expect([200, 400, 409, 500].contains(reply.status), "page=\(page)&pageSize=\(size)")
            }
        }
        for page in borders {
            for size in borders where size >= 0 {
                let shown = RoutePage(of: Self.routes, page: page, pageSize: size)
                #expect(shown.rows.count <= min(size, Self.routes.count))
                #expect(shown.page <= max(shown.pageCount, 1))
            }
        }
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let era: SimulatedEra
        let filter: String
        let codes: [String]

        init(_ era: SimulatedEra, _ filter: String, _ codes: [String]) {
            self.era = era
            self.filter = filter
            self.codes = codes
        }

        var testDescription: String { "\(era) \(filter)" }
    }

    @Test(arguments: [
        Case(.d, "filter=code:eq:A", ["A"]),
        Case(.d, "filter=code:eq:a", []),
        Case(.d, "filter=code:ieq:a", ["A"]),
        Case(.d, "filter=code:eq:nope", []),
        Case(.d, "filter=code:eq:A%2CB", ["A"]),
        Case(.b, "filter=code:eq:A%2CB", ["A,B"]),
        Case(.d, "filter=code:eq:A:B", ["A:B"]),
        Case(.d, "filter=code:eq:A:", ["A"]),
        Case(.d, "filter=code:eq:[x]", ["[x]"]),
        Case(.d, "filter=code:eq:%20A", [" A"]),
        Case(.d, "filter=code:in:[A,A:B,nope]", ["A", "A:B"]),
        Case(.b, "filter=code:in:[A,A:B,nope]", ["A", "A:B"]),
        Case(.d, "filter=code:in:[A]&filter=name:eq:beta", ["A"]),
        Case(.d, "filter=code:eq:A&filter=name:eq:gamma", []),
        Case(.d, "filter=code:!in:[A,A:B]&filter=code:!eq:[x]", ["A,B", " A", "e\u{301}"]),
        Case(.d, "filter=code:null", []),
        Case(.d, "filter=name:like:eta", ["A", "e\u{301}"]),
        Case(.d, "filter=name:$ilike:ALP", ["A,B"]),
        Case(.d, "filter=code:eq:%C3%A9", []),
        Case(.d, "filter=code:eq:e%CC%81", ["e\u{301}"]),
        Case(.d, "filter=id:eq:Route000003", ["A:B"]),
    ])
    func filtersWithTheQuirksOfEachEra(_ expected: Case) {
        let rows = JSONText.array(expected.codes.map { .object([("code", .string($0))]) })
        #expect(Self.codes(expected.era, "&" + expected.filter) == #"{"routes":\#(rows.text)}"#)
    }

    @Test(arguments: [
        ("code", "Invalid filter => code"), ("zz:eq:1", "Unknown path property: zz"),
        ("code:zz:1", "`zz` is not a valid operator."), ("code:in:A", "Unable to parse `A` to `Collection`."),
    ])
    func refusesBadFilters(filter: String, message: String) {
        for era in SimulatedEra.allCases {
            let reply = SimulatedInstance(.standard(era)).get("/api/routes?filter=" + filter)
            #expect(reply.status == 400)
            #expect(reply.bodyText == RunDecisionTests.envelope("Bad Request", 400, message, code: "E1003"))
        }
    }

    @Test(arguments: [
        ("", ["A,B", "A", "[x]", " A", "A:B", "e\u{301}"]),
        ("&order=code:desc", ["e\u{301}", "[x]", "A:B", "A,B", "A", " A"]),
        ("&order=name:nonsense", ["A,B", " A", "A", "[x]", "A:B", "e\u{301}"]),
    ])
    func ordersByNameUnlessToldOtherwise(order: String, codes: [String]) {
        let rows = JSONText.array(codes.map { .object([("code", .string($0))]) })
        #expect(Self.codes(.d, order) == #"{"routes":\#(rows.text)}"#)
    }

    @Test(arguments: [
        (
            SimulatedEra.d, "pageSize=4&fields=code",
            #"{"pager":{"page":1,"total":6,"pageSize":4,"nextPage":"http://dhis2.test/api/routes?"#
                + #"page=2&pageSize=4&fields=code","pageCount":2},"routes":[{"code":"A,B"},{"code":"A"},{"code":"[x]"},{"code":" A"}]}"#
        ),
        (
            .d, "page=2&pageSize=4&fields=code",
            #"{"pager":{"page":2,"total":6,"pageSize":4,"prevPage":"http://dhis2.test/api/routes?"#
                + #"pageSize=4&fields=code","pageCount":2},"routes":[{"code":"A:B"},{"code":"é"}]}"#
        ),
        (
            .d, "page=9&pageSize=4&fields=code",
            #"{"pager":{"page":2,"total":6,"pageSize":4,"prevPage":"http://dhis2.test/api/routes?"#
                + #"pageSize=4&fields=code","pageCount":2},"routes":[]}"#
        ),
        (
            .b, "page=9&pageSize=5&fields=code",
            #"{"pager":{"page":2,"total":6,"pageSize":5,"prevPage":"http://dhis2.test/api/routes?"#
                + #"pageSize=5&fields=code","pageCount":2},"routes":[]}"#
        ),
        (
            .d, "filter=code:eq:nope",
            #"{"pager":{"page":1,"total":0,"pageSize":50,"pageCount":0},"routes":[]}"#
        ),
        (
            .d, "filter=code:eq:A",
            #"{"pager":{"page":1,"total":1,"pageSize":50,"pageCount":1},"routes":[{"displayName":"beta","#
                + #""id":"Route000001"}]}"#
        ),
    ])
    func pages(era: SimulatedEra, query: String, body: String) {
        let instance = SimulatedInstance(SimulatorConfiguration(era: era, routes: Self.routes))
        let reply = instance.get("/api/routes?" + query)
        #expect(reply.bodyText == body)
        #expect(reply.headers["Cache-Control"] == "no-cache, private")
    }

    @Test func refusesPageSizesThatAreNoNumbersFrom242On() {
        let message = "Value 'x' is not valid for parameter pageSize. It should be of type int"
        let reply = SimulatedInstance(.standard(.d)).get("/api/routes?pageSize=x")
        #expect(reply.bodyText == RunDecisionTests.envelope("Bad Request", 400, message))
        #expect(SimulatedInstance(.standard(.b)).get("/api/routes?pageSize=x").status == 200)
    }

    @Test func showsOnlyWhatSharingAllows() {
        let instance = SimulatedInstance(.standard(.d))
        let filter = "/api/routes?filter=code:in:[forbidden,private,disabled]&fields=code&paging=false"
        #expect(instance.get(filter).bodyText == #"{"routes":[{"code":"disabled"}]}"#)
        #expect(
            instance.get(filter, token: SimulatorConfiguration.administratorToken).bodyText
                == #"{"routes":[{"code":"disabled"},{"code":"forbidden"},{"code":"private"}]}"#
        )
        let hidden = instance.get("/api/routes/UnlistedR22")
        #expect(
            hidden.bodyText
                == RunDecisionTests.envelope(
                    "Not Found",
                    404,
                    "Route with id UnlistedR22 could not be found.",
                    code: "E1005"
                )
        )
        #expect(instance.get("/api/routes/UnlistedR22/run").status == 200)
    }

    @Test func describesOneRouteByUIDOnly() {
        let new = SimulatedInstance(.standard(.d))
        let fields = "?fields=id,code,name,url,disabled,responseTimeoutSeconds,nonsense"
        #expect(
            new.get("/api/routes/HealthRt001" + fields).bodyText
                == #"{"code":"health","name":"health","disabled":false,"url":"https://health.example.org/status","#
                + #""responseTimeoutSeconds":5,"id":"HealthRt001"}"#
        )
        #expect(new.get("/api/routes/health").status == 405)
        #expect(SimulatedInstance(.standard(.b)).get("/api/routes/health").status == 404)
    }

    @Test func neverShowsSecrets() {
        let auths: [SimulatedRouteAuth] = [
            .basic(username: "who", password: "s3cret"), .token("s3cret"), .headers(["X-Key": "s3cret"]),
            .queryParameters(["key": "s3cret"]), .clientCredentials(token: "s3cret"),
        ]
        for auth in auths {
            let instance = SimulatedInstance(.route(.d) { $0.auth = auth })
            let reply = instance.get("/api/routes/AbcdefghijK")
            #expect(reply.bodyText.contains(#""auth":{"#))
            #expect(!reply.bodyText.contains("s3cret"))
        }
    }
}
