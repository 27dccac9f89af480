import DHIS2
import FoundationEssentials
import Testing

/// What is kept of a route as DHIS2 shows it, and what is not.
@Suite struct RouteDecodingTests {
    private func route(_ json: String) throws -> Route { try JSONDecoder().decode(Route.self, from: Data(json.utf8)) }

    /// In the shape in which running servers of 2.41 to 2.44 gave one.
    private static let full = #"""
        {"code":"t-basic","name":"R t-basic","created":"2026-11-27T20:04:37.190","lastUpdated":"2026-11-28T08:00:00.001",
         "translations":[],"createdBy":{"id":"M5zQapPyTZI","username":"admin"},"favorites":[],
         "sharing":{"owner":"M5zQapPyTZI","users":{"UserUidBb02":{"id":"UserUidBb02","access":"r-------"},
           "UserUidAa01":{"id":"UserUidAa01","access":"r-------"}},"userGroups":{"GroupUidA01":{"access":"rw------"}},
           "public":"r-------"},
         "disabled":false,"url":"https://target.example/**","headers":{"X-Key":"topsecret","Accept":"application/json"},
         "auth":{"type":"http-basic","username":"upuser","password":"topsecret","token":"topsecret"},
         "authorities":["ROUTECHECK_RUN"],"responseTimeoutSeconds":5,"displayName":"R t-basic",
         "description":"What it is for","attributeValues":[],"id":"fOXl8X4cBXp"}
        """#

    @Test func keepsWhatHelpsACheck() throws {
        let route = try route(Self.full)
        #expect(
            route
                == Route(
                    id: "fOXl8X4cBXp",
                    code: "t-basic",
                    name: "R t-basic",
                    url: "https://target.example/**",
                    responseTimeoutSeconds: 5,
                    authenticationType: "http-basic",
                    description: "What it is for",
                    headerNames: ["Accept", "X-Key"],
                    authorities: ["ROUTECHECK_RUN"],
                    created: "2026-11-27T20:04:37.190",
                    lastUpdated: "2026-11-28T08:00:00.001",
                    sharing: Route.Sharing(
                        publicAccess: "r-------",
                        owner: "M5zQapPyTZI",
                        users: ["UserUidAa01", "UserUidBb02"],
                        userGroups: ["GroupUidA01"]
                    )
                )
        )
    }

    @Test func keepsNothingSecret() throws {
        var shown = ""
        dump(try route(Self.full), to: &shown)
        for secret in ["topsecret", "upuser", "admin"] { #expect(!shown.contains(secret)) }
    }

    @Test func needsTheIdOnly() throws {
        #expect(try route(#"{"id":"RouteUidAa1"}"#) == Route(id: "RouteUidAa1", code: nil, name: ""))
    }

    @Test(
        arguments: [
            (#""headers":{}"#, []), (#""headers":null"#, nil), (#""headers":3"#, nil), (#""x":1"#, nil),
            (#""headers":{"A":null,"B":[1]}"#, ["A", "B"]),
        ] as [(String, [String]?)]
    )
    func takesTheNamesOfHeadersWhateverTheirValues(member: String, names: [String]?) throws {
        #expect(try route(#"{"id":"RouteUidAa1",\#(member)}"#).headerNames == names)
    }

    @Test(
        arguments: [
            (#""url":"https://a.example/**""#, nil, true), (#""url":"https://a.example/**","auth":null"#, nil, true),
            (#""url":"https://a.example/**","auth":{"type":"api-token"}"#, "api-token", false),
            (#""url":"https://a.example/**","auth":{}"#, nil, false),
            (#""url":"https://a.example/**","auth":7"#, nil, false),
            (#""auth":null"#, nil, false), (#""name":"a""#, nil, false),
        ] as [(String, String?, Bool)]
    )
    func knowsWhetherThereIsAnAuthentication(members: String, type: String?, isWithout: Bool) throws {
        let route = try route(#"{"id":"RouteUidAa1",\#(members)}"#)
        #expect(route.authenticationType == type)
        #expect(route.isWithoutAuthentication == isWithout)
    }

    @Test(
        arguments: [
            (#""sharing":{}"#, Route.Sharing()), (#""sharing":null"#, nil), (#""sharing":"r"# + #"""#, nil),
            (#""sharing":{"public":7,"users":[],"userGroups":{"b":1,"a":2}}"#, Route.Sharing(userGroups: ["a", "b"])),
        ] as [(String, Route.Sharing?)]
    )
    func takesOfSharingWhatItCanRead(member: String, sharing: Route.Sharing?) throws {
        #expect(try route(#"{"id":"RouteUidAa1",\#(member)}"#).sharing == sharing)
    }
}
