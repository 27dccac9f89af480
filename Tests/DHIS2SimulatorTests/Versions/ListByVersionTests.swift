import Testing

@testable import DHIS2Simulator

/// Lists of routes where the versions differ.
@Suite struct ListByVersionTests {
    private static let routes = ["t-any", "t,comma", "t:colon:", "[t]", "@t", "té"].enumerated().map { index, code in
        SimulatedRoute(uid: "Route00000\(index)", code: code, url: "https://up.example.org/", upstream: .text("{}"))
    }

    private static func reply(_ version: String, _ query: String, headers: HeaderList = [:]) throws -> SimulatedReply {
        try OwnAnswerTests.instance(version) { $0.routes = routes }.get("/api/routes" + query, headers: headers)
    }

    @Test(arguments: [
        ("t-any", [true, true, true, true]), ("t%2Ccomma", [true, false, false, false]),
        ("t:colon:", [true, false, false, true]), ("%5Bt%5D", [true, true, true, false]),
        ("%40t", [true, true, true, false]), ("t%C3%A9", [true, true, true, true]),
        ("T-ANY", [false, false, false, false]), ("t-any%20", [false, false, false, false]),
    ])
    func codesThatAreFound(code: String, isFound: [Bool]) throws {
        for (version, isFound) in zip(OwnAnswerTests.versions, isFound) {
            let reply = try Self.reply(version, "?fields=id,code&filter=code:eq:" + code)
            #expect(reply.status == 200)
            #expect(reply.bodyText.contains(#""code":""#) == isFound, "\(version)")
            #expect(reply.bodyText.contains(isFound ? #""total":1"# : #""total":0"#), "\(version)")
        }
    }

    @Test(arguments: OwnAnswerTests.versions)
    func aComparisonWithNothingFails(version: String) throws {
        let reply = try Self.reply(version, "?filter=code:eq:")
        let message = "Filter `code:eq:[]` uses a binary operator that does need an argument."
        let expected =
            version.hasPrefix("2.44")
            ? RunDecisionTests.envelope("Bad Request", 400, message)
            : #"{"httpStatus":"Internal Server Error","httpStatusCode":500,"status":"ERROR"}"#
        #expect(reply.bodyText == expected)
    }

    @Test(arguments: OwnAnswerTests.versions)
    func sizesThatAreNoSizes(version: String) throws {
        let isNew = version.hasPrefix("2.44")
        let none = try Self.reply(version, "?pageSize=0&fields=code").bodyText
        let pager = #"{"pager":{"page":1,"total":6,"pageSize":1,"nextPage":"http://dhis2.test/api/routes?page=2&"#
        #expect(
            none
                == (isNew
                    ? RunDecisionTests.envelope("Internal Server Error", 500, "/ by zero")
                    : pager + #"pageSize=1&fields=code","pageCount":6},"routes":[]}"#)
        )
        let negative = try Self.reply(version, "?pageSize=-1&fields=code")
        #expect(negative.status == (isNew ? 200 : 400))
        #expect(negative.bodyText.contains(isNew ? #""pageSize":1,"# : "max-results cannot be negative"))
    }

    @Test func the244sOtherListIsTheGistAPIs() throws {
        let reply = try Self.reply("2.44.0-SNAPSHOT", "?page=2&pageSize=2&fields=code,id")
        #expect(
            reply.bodyText
                == #"{"pager":{"page":2,"pageSize":2,"total":6,"pageCount":3,"#
                + #""prevPage":"http://dhis2.test/api/routes?pageSize=2&fields=code,id&page=1","#
                + #""nextPage":"http://dhis2.test/api/routes?pageSize=2&fields=code,id&page=3"},"gist":true,"#
                + #""routes":[{"code":"t:colon:","id":"Route000002"},{"code":"[t]","id":"Route000003"}]}"#
        )
        #expect(reply.headers["Cache-Control"] == "no-cache, no-store, max-age=0, must-revalidate")
        #expect(!reply.headers.contains("ETag"))
        let past = try Self.reply("2.44.0-SNAPSHOT", "?page=9&pageSize=10&fields=code").bodyText
        #expect(past.hasPrefix(#"{"pager":{"page":9,"pageSize":10,"total":6,"pageCount":1,"#))
        #expect(past.contains("&page=8") && past.hasSuffix(#""routes":[]}"#))
        let huge = try Self.reply("2.44.0-SNAPSHOT", "?pageSize=5000&page=2147483647").bodyText
        #expect(huge.contains(#""pageSize":1000"#) && huge.hasSuffix(#""routes":[]}"#))
    }

    @Test(arguments: [
        "?paging=false", "?fields=code,bogus", "?filter=code:eq:a,b", "?order=code:sideways", "?fields=:all",
        "?fields=sharing%5Bpublic%5D",
    ])
    func whatTheGistAPICannotDoIsAnsweredAsBefore(query: String) throws {
        let reply = try Self.reply("2.44.0-SNAPSHOT", query)
        #expect(reply.status == 200)
        #expect(!reply.bodyText.contains("gist"))
        #expect(reply.headers["Cache-Control"] == "no-cache, private")
    }

    @Test(arguments: OwnAnswerTests.versions)
    func linksHaveTheOtherParametersEncodedAndInTheOrderOfAHashMap(version: String) throws {
        let query = "?pageSize=1&fields=id,code&filter=code:like:t&order=code:sideways"
        let link = "routes?page=2&pageSize=1&filter=code%3Alike%3At&fields=id%2Ccode&order=code%3Asideways"
        #expect(try Self.reply(version, query).bodyText.contains("\"http://dhis2.test/api/\(link)\""))
    }

    @Test(arguments: OwnAnswerTests.versions)
    func believesAProxysWordForTheSchemeUpTo243(version: String) throws {
        let headers: HeaderList = ["X-Forwarded-Proto": "https", "X-Forwarded-Host": "h.example"]
        let text = try Self.reply(version, "?pageSize=1", headers: headers).bodyText
        #expect(text.contains("\"http\(version.hasPrefix("2.44") ? "" : "s")://dhis2.test/api/routes?"))
    }

    @Test(arguments: OwnAnswerTests.versions)
    func describesARouteAsTheVersionDoes(version: String) throws {
        let text = try Self.reply(version, "/Route000000").bodyText
        #expect(text.contains(#""favorites":[]"#) != version.hasPrefix("2.44"))
        #expect(text.contains(#""externalize":"#) == version.hasPrefix("2.42"))
        #expect(text.contains(#""createdBy":{"id":"#))
        #expect(text.contains(#""public":"r-------""#))
    }
}
