import DHIS2Simulator
import Testing

/// What reaches the upstream, as the echo route reports it (the table of section 3.3).
@Suite struct UpstreamExchangeTests {
    struct Query: Sendable, CustomTestStringConvertible {
        let era: SimulatedEra
        let sent: String
        let reached: String

        init(_ era: SimulatedEra, _ sent: String, _ reached: String) {
            self.era = era
            self.sent = sent
            self.reached = reached
        }

        var testDescription: String { "\(era) \(sent)" }
    }

    @Test(arguments: [
        Query(.d, "q=a%2520b", #"[["q","a b"]]"#), Query(.b, "q=a%20b", #"[["q","a b"]]"#),
        Query(.d, "q=a%2526b", #"[["q","a&b"]]"#), Query(.d, "q=a%26b", #"[["q","a"],["b",""]]"#),
        Query(.b, "q=a%26b", #"[["q","a"],["b",""]]"#),
        Query(.d, "q=a%2523b", #"[["q","a#b"]]"#), Query(.d, "q=a%23b&c=1", #"[["q","a"]]"#),
        Query(.b, "q=a%23b&c=1", #"[["q","a"]]"#),
        Query(.d, "q=a%252Bb", #"[["q","a+b"]]"#), Query(.b, "q=a%2Bb", #"[["q","a b"]]"#),
        Query(.d, "q=100%2525", #"[["q","100%"]]"#), Query(.b, "q=100%25", #"[["q","100%"]]"#),
        Query(.d, "q=%257C%2522%253C%253E%255E%2560%255C%257B%257D", #"[["q","|\"<>^`\\{}"]]"#),
        Query(.b, "q=%7C%22%3C%3E%5E%60%5C", #"[["q","|\"<>^`\\"]]"#),
        Query(.d, "q=%25C3%25A9", #"[["q","é"]]"#), Query(.b, "q=%C3%A9", #"[["q","é"]]"#),
        Query(.d, "q=[a,b]:c/d=e", #"[["q","[a,b]:c/d=e"]]"#), Query(.b, "q=[a,b]:c/d=e", #"[["q","[a,b]:c/d=e"]]"#),
        Query(.d, "a=1&b=2&a=3", #"[["a","1"],["a","3"],["b","2"]]"#),
        Query(.b, "a=1&b=2&a=3", #"[["a","1"],["a","3"],["b","2"]]"#),
        Query(.e, "mango=3&a=2&zebra=1", #"[["zebra","1"],["a","2"],["mango","3"]]"#),
        Query(.d, "flag&empty=", #"[["flag",""],["empty",""]]"#),
    ])
    func carriesQueryValues(_ query: Query) {
        let reply = SimulatedInstance(.route(query.era)).get("/api/routes/up/run?" + query.sent)
        #expect(reply.status == 200)
        #expect(reply.bodyText.contains(#""pairs":\#(query.reached),"#), "\(reply.bodyText)")
    }

    @Test func doesNotDecodeRepeatedlyBeforeSendingOn() {
        let reply = SimulatedInstance(.route(.d)).get("/api/routes/up/run/a?q=a%2520b&flag")
        #expect(reply.bodyText.contains(#""url":"https://up.example.org/a?q=a%20b&flag""#))
        #expect(reply.bodyText.contains(#""rawQuery":"q=a%20b&flag""#))
    }

    @Test(arguments: [
        Query(.d, "run?q=a%20b", "Illegal character in query at index 27: https://up.example.org/?q=a b"),
        Query(.d, "run?q=a+b", "Illegal character in query at index 27: https://up.example.org/?q=a b"),
        Query(.d, "run?q=%7Cx", "Illegal character in query at index 26: https://up.example.org/?q=|x"),
        Query(.d, "run?q=%C3%A9|", "Illegal character in query at index 27: https://up.example.org/?q=é|"),
        Query(.d, "run?q=100%25", "Malformed escape pair at index 29: https://up.example.org/?q=100%"),
        Query(.d, "run/a%20b", "Illegal character in path at index 24: https://up.example.org/a b"),
        Query(.d, "run/%5Ba%5D", "Illegal character in path at index 23: https://up.example.org/[a]"),
        Query(.d, "run?q=1%", "URLDecoder: Incomplete trailing escape (%) pattern"),
        Query(
            .b,
            "run?q=%zz",
            #"URLDecoder: Illegal hex characters in escape (%) pattern - Error at index 0 in: \"zz\""#
        ),
        Query(.b, "run?q={a}", "Not enough variable values available to expand 'a'"),
    ])
    func refusesAddressesThatJavaCannotMake(_ query: Query) {
        let reply = SimulatedInstance(.route(query.era)).get("/api/routes/up/" + query.sent)
        #expect(reply.status == 400)
        #expect(reply.bodyText == RunDecisionTests.envelope("Bad Request", 400, query.reached))
    }

    @Test func leaksSecretsOfTheRouteInTheComplaintAsDHIS2Does() {
        // Before 2.44 such a route takes no parameters of the client's.
        let configuration = SimulatorConfiguration.route(.e) { $0.auth = .queryParameters(["key": "s3cret"]) }
        let reply = SimulatedInstance(configuration).get("/api/routes/up/run?q=a%20b")
        #expect(reply.bodyText.contains("at index 27: https://up.example.org/?q=a b&key=s3cret"))
    }

    @Test func fillsPlaceholdersInTheLatestEra() {
        let instance = SimulatedInstance(.route(.e, url: "https://up.example.org/{id}/items"))
        let filled = instance.get("/api/routes/up/run?_id=42&_other=x&q=1")
        #expect(filled.bodyText.contains(#""path":"/42/items""#))
        #expect(filled.bodyText.contains(#""params":{"q":["1"],"_other":["x"]}"#))
        let message = "Missing or blank value for placeholder: id"
        for target in ["/api/routes/up/run", "/api/routes/up/run?_id=", "/api/routes/up/run?_id=%20"] {
            #expect(instance.get(target).bodyText == RunDecisionTests.envelope("Bad Gateway", 502, message))
        }
        let older = SimulatedInstance(.route(.d, url: "https://up.example.org/{id}/items"))
        #expect(older.get("/api/routes/up/run?_id=42").status == 400)
    }

    @Test func turnsAnEncodedQuestionMarkInThePathIntoAQuery() {
        let reply = SimulatedInstance(.route(.d)).get("/api/routes/up/run/a%3Fb=c")
        #expect(reply.bodyText.contains(#""path":"/a","#))
        #expect(reply.bodyText.contains(#""rawQuery":"b=c""#))
    }

    @Test func keepsTheQueryOfTheRouteItself() {
        let instance = SimulatedInstance(.route(.d, url: "https://up.example.org/x?fixed=1"))
        #expect(instance.get("/api/routes/up/run?q=2").bodyText.contains(#""rawQuery":"fixed=1&q=2""#))
    }

    @Test func letsThroughOnlyTheListedRequestHeaders() {
        let configuration = SimulatorConfiguration.route(.d) {
            $0.headers = ["Accept": "text/plain", "X-Route": "yes"]
            $0.auth = .token("t0ken")
        }
        let reply = SimulatedInstance(configuration).get(
            "/api/routes/up/run",
            method: "POST",
            headers: [
                "Accept": "application/json", "X-Custom": "dropped", "Cookie": "a=b", "Range": "bytes=0-1",
                "If-None-Match": "x", "Content-Type": "text/csv", "traceparent": "00",
            ],
            body: "a,b"
        )
        let headers =
            #""headers":{"accept":["application/json","text/plain"],"if-none-match":["x"],"#
            + #""content-type":["text/csv"],"x-route":["yes"],"x-forwarded-user":["checker"],"#
            + #""authorization":["ApiToken t0ken"]},"body":"a,b"}"#
        #expect(reply.bodyText.hasSuffix(headers), "\(reply.bodyText)")
    }

    @Test func letsThroughOnlyTheListedResponseHeaders() {
        let upstream = SimulatedUpstream.text(
            "x",
            type: "text/plain",
            headers: [
                "ETag": "v1", "Cache-Control": "max-age=9", "Retry-After": "1", "WWW-Authenticate": "Basic",
                "Set-Cookie": "a=b", "X-Other": "y", "Content-Security-Policy": "none",
            ]
        )
        let reply = SimulatedInstance(.route(.d, upstream: upstream)).get("/api/routes/up/run")
        #expect(
            reply.headers == [
                "ETag": "v1", "Cache-Control": "max-age=9", "Content-Type": "text/plain;charset=UTF-8",
                "Content-Security-Policy": "frame-ancestors 'self';", "X-Content-Type-Options": "nosniff",
                "X-XSS-Protection": "0",
            ]
        )
    }
}
