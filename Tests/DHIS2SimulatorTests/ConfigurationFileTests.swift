import Testing

@testable import DHIS2Simulator

@Suite struct ConfigurationFileTests {
    private static func read(_ json: String) throws -> SimulatorConfiguration {
        try SimulatorConfiguration(json: Array(json.utf8))
    }

    @Test func isTheStandardWhereItSaysNothing() throws {
        let configuration = try Self.read("{}")
        #expect(configuration.era == .d)
        #expect(configuration.version == "2.42.4")
        #expect(configuration.users == SimulatorConfiguration.standardUsers)
        #expect(configuration.routes.map(\.code) == SimulatorConfiguration.standard.routes.map(\.code))
    }

    @Test(arguments: [
        (#"{"version":"2.41.7"}"#, SimulatedEra.b, "2.41.7"), (#"{"version":"2.43.0"}"#, .d, "2.43.0"),
        (#"{"era":"e"}"#, .e, "2.44.0-SNAPSHOT"), (#"{"era":"b","version":"2.42.4"}"#, .b, "2.42.4"),
    ])
    func derivesTheEraFromTheVersionAndTheOtherWayRound(json: String, era: SimulatedEra, version: String) throws {
        let configuration = try Self.read(json)
        #expect(configuration.era == era)
        #expect(configuration.version == version)
    }

    @Test(arguments: [("{}", 10), (#"{"max-sessions-per-user":1}"#, 1), (#"{"max-sessions-per-user":-1}"#, -1)])
    func readsHowManySessionsAUserCanHave(json: String, limit: Int) throws {
        #expect(try Self.read(json).maxSessionsPerUser == limit)
    }

    @Test(arguments: [
        (
            #"{"fails":"broke-off","json":{"a":1},"announced-length":100,"ending":"resets","status":201}"#,
            BrokenUpstreamReply(
                UpstreamReply(
                    status: 201,
                    headers: ["Content-Type": "application/json"],
                    body: Array(#"{"a":1}"#.utf8)
                ),
                announcedLength: 100,
                ending: .resets
            )
        ),
        (#"{"fails":"broke-off"}"#, BrokenUpstreamReply(UpstreamReply(), announcedLength: nil)),
    ])
    func readsWhatBreaksOff(json: String, broken: BrokenUpstreamReply) throws {
        let configuration = try Self.read(#"{"routes":[{"code":"r","upstream":\#(json)}]}"#)
        let request = UpstreamRequest(method: "GET", url: "", path: "", subPath: "", headers: [:], body: [])
        guard case .failure(let failure) = try #require(configuration.route("r")).upstream.answer(request) else {
            Issue.record("no failure")
            return
        }
        #expect(failure == .brokeOff(broken))
    }

    @Test func readsEarlyHints() throws {
        let configuration = try Self.read(#"{"routes":[{"code":"r","upstream":{"early-hints":true}}]}"#)
        let reply = SimulatedInstance(configuration).get("/api/routes/r/run")
        #expect(reply.status == 103)
    }

    @Test func readsUsersTokensAndRoutes() throws {
        let configuration = try Self.read(
            #"""
            {"context-path": "/dhis", "content-security-policy": false, "hides-marker": true,
             "accepts-tokens": true, "log-limit": 5,
             "users": [{"username": "u", "password": "p", "authorities": ["A"], "obstacle": "two-factor"}],
             "tokens": [{"token": "t1", "username": "u"}, {"token": "t2", "username": "u", "state": "expired"},
                        {"token": "t3", "username": "u", "methods": ["GET"]}],
             "routes": [
                {"code": "plain"},
                {"code": "full", "uid": "Abcdefghij1", "name": "Full", "url": "https://x.test/", "disabled": true,
                 "public": false, "readers": ["u"], "authorities": ["A"], "allow-listed": false,
                 "response-timeout-seconds": 60, "headers": {"X-A": "b"},
                 "auth": {"type": "http-basic", "username": "a", "password": "b"}}
             ]}
            """#
        )
        #expect(configuration.contextPath == "/dhis")
        #expect(!configuration.sendsContentSecurityPolicy)
        #expect(configuration.hidesMarker)
        #expect(configuration.logLimit == 5)
        #expect(
            configuration.users
                == [SimulatedUser(username: "u", password: "p", authorities: ["A"], obstacle: .twoFactor)]
        )
        #expect(
            configuration.tokens == [
                SimulatedToken("t1", username: "u"), SimulatedToken("t2", username: "u", state: .expired),
                SimulatedToken("t3", username: "u", state: .methods(["GET"])),
            ]
        )
        let plain = try #require(configuration.route("plain"))
        #expect(plain.isWildcard)
        #expect(plain.uid.utf8.count == 11)
        let full = try #require(configuration.route("Abcdefghij1"))
        #expect(full.code == "full")
        #expect(full.disabled && !full.isPublic && !full.isAllowListed)
        #expect(full.responseTimeoutSeconds == 60)
        #expect(full.headers == ["X-A": "b"])
        #expect(full.auth == .basic(username: "a", password: "b"))
    }

    @Test(arguments: [
        (#"{"json":{"b":[1,2.5,true,null],"a":"x\"y"}}"#, 200, #"{"a":"x\"y","b":[1,2.5,true,null]}"#),
        (#"{"status":418,"body":"tea","type":"text/x-tea"}"#, 418, "tea"),
        (#"{"paths":{"a":{"body":"in a"}}}"#, 404, #"{"detail":"Not Found"}"#),
        (#"{"fails":"timeout","after-ms":0}"#, 504, ""),
        (#"{"redirect":"https://x.test/","status":301}"#, 301, ""),
        (#"{"status":204}"#, 204, ""),
        (#"{"base64":"aGk="}"#, 200, "hi"),
        (#"{"paths":{"*":{"fails":"timeout"}}}"#, 504, ""),
        (#"{"redirect":"https://x.test/","status":308,"then":{"fails":"refused"}}"#, 308, ""),
        (
            #"{"fails":"bad-chunk"}"#, 500,
            #"{"httpStatus":"Internal Server Error","httpStatusCode":500,"status":"ERROR","#
                + #""message":"Invalid character in chunk size"}"#
        ),
        (
            #"{"fails":"garbage","line":"SMTP ready"}"#, 500,
            #"{"httpStatus":"Internal Server Error","httpStatusCode":500,"status":"ERROR","#
                + #""message":"invalid version format: SMTP"}"#
        ),
    ])
    func readsUpstreams(upstream: String, status: Int, body: String) throws {
        let configuration = try Self.read(#"{"routes":[{"code":"up","upstream":\#(upstream)}]}"#)
        let reply = SimulatedInstance(configuration).get("/api/routes/up/run")
        #expect(reply.status == status)
        #expect(reply.bodyText == body)
    }

    @Test func aRuleMayNameWhatAnotherRenamesARouteTo() throws {
        let configuration = try Self.read(
            #"{"faults":[{"fault":"rename-route","route":"health","to":"new"},{"fault":"hang","route":"new"}]}"#
        )
        #expect(configuration.faults.count == 2)
    }

    @Test func readsEveryFault() throws {
        for kind in FaultKind.allCases {
            let configuration = try Self.read(
                #"{"faults":[{"fault":"\#(kind.rawValue)","route":"health"\#(kind == .renameRoute ? #","to":"x""# : "")}]}"#
            )
            #expect(configuration.faults.count == 1)
        }
        let configuration = try Self.read(
            #"""
            {"faults": [{"fault": "status", "method": "GET", "path": "/api/*", "after": 2, "times": 3, "status": 418,
                         "headers": {"A": "b"}, "body": "tea"},
                        {"fault": "drip", "bytes": 7, "every-ms": 9}, {"fault": "restart", "ms": 5}]}
            """#
        )
        #expect(
            configuration.faults == [
                FaultRule(
                    method: "GET",
                    path: "/api/*",
                    after: 2,
                    times: 3,
                    fault: .status(418, headers: ["A": "b"], body: "tea")
                ),
                FaultRule(fault: .drip(bytes: 7, every: .milliseconds(9))),
                FaultRule(fault: .restart(downFor: .milliseconds(5))),
            ]
        )
    }

    @Test func readsProxyAndTransport() throws {
        let configuration = try Self.read(
            #"{"transport":"nio","proxy":{"read-timeout-ms":5,"body-limit":0,"error-page":"down"}}"#
        )
        #expect(configuration.transport == .nio)
        let proxy = SimulatedProxy(readTimeout: .milliseconds(5), bodyLimit: 0, errorPage: "down")
        #expect(configuration.proxy == proxy)
        #expect(try Self.read(#"{"proxy":{}}"#).proxy == SimulatedProxy())
        #expect(try Self.read("{}").proxy == nil)
    }

    @Test(
        arguments: [
            (#"{"body":"x"}"#, "text/plain;charset=UTF-8"), (#"{"body":"x","type":null}"#, nil),
            (#"{"base64":"eA=="}"#, "application/octet-stream;charset=UTF-8"),
            (#"{"type":"text/html;charset=latin1"}"#, "text/html;charset=latin1"), ("{}", nil),
        ] as [(String, String?)]
    )
    func typesOfReplies(upstream: String, type: String?) throws {
        let configuration = try Self.read(#"{"routes":[{"code":"up","upstream":\#(upstream)}]}"#)
        #expect(SimulatedInstance(configuration).get("/api/routes/up/run").headers["Content-Type"] == type)
    }

    @Test(arguments: [
        ("{", "the configuration is not valid JSON"),
        ("[]", "expected a map, found a list"),
        (
            #"{"rotes":[]}"#,
            "unknown key \"rotes\"; known are accepts-tokens, content-security-policy, context-path, era, faults, "
                + "hides-marker, log-limit, max-sessions-per-user, proxy, routes, tokens, transport, users, "
                + "version"
        ),
        (
            #"{"routes":[{"code":"r","upstream":{"fails":"reset","line":"zz"}}]}"#,
            #"routes[0].upstream.line: only a target that fails with "bad-chunk" or "garbage" has it"#
        ),
        (
            #"{"routes":[{"code":"r","upstream":{"body":"x","then":{}}}]}"#,
            "routes[0].upstream.then: only a target that redirects has it"
        ),
        (
            #"{"routes":[{"code":"r","upstream":{"base64":"?"}}]}"#,
            "routes[0].upstream.base64: expected bytes in base64"
        ),
        (
            #"{"routes":[{"code":"r","upstream":{"base64":"","body":"x"}}]}"#,
            "routes[0].upstream: only one of body, base64 can be given"
        ),
        (
            #"{"routes":[{"code":"r","upstream":{"paths":{"a":{"then":{}}}}}]}"#,
            "routes[0].upstream.paths.a.then: only a target that redirects has it"
        ),
        (#"{"transport":"kqueue"}"#, #"transport: "kqueue" is not known; known are "io_uring", "epoll", "nio""#),
        (#"{"proxy":true}"#, "proxy: expected a map, found a boolean"),
        (#"{"proxy":{"body-limit":-1}}"#, "proxy.body-limit: expected a number at least 0, found -1"),
        (
            #"{"proxy":{"timeout":1}}"#,
            #"proxy: unknown key "timeout"; known are body-limit, error-page, read-timeout-ms"#
        ),
        (#"{"max-sessions-per-user":0}"#, "max-sessions-per-user: expected -1 or a number from 1 to 10000, found 0"),
        (#"{"max-sessions-per-user":-2}"#, "max-sessions-per-user: expected a number from -1 to 10000, found -2"),
        (#"{"max-sessions-per-user":10001}"#, "max-sessions-per-user: expected a number from -1 to 10000, found 10001"),
        (#"{"max-sessions-per-user":"10"}"#, "max-sessions-per-user: expected a whole number, found a string"),
        (
            #"{"routes":[{"code":"r","upstream":{"fails":"reset","ending":"stalls"}}]}"#,
            #"routes[0].upstream.ending: only a target that fails with "broke-off" has it"#
        ),
        (
            #"{"routes":[{"code":"r","upstream":{"body":"x","announced-length":9}}]}"#,
            #"routes[0].upstream.announced-length: only a target that fails with "broke-off" has it"#
        ),
        (
            #"{"routes":[{"code":"r","upstream":{"fails":"broke-off","ending":"sighs"}}]}"#,
            #"routes[0].upstream.ending: "sighs" is not known; known are "closes", "resets", "stalls""#
        ),
        (
            #"{"routes":[{"code":"r","upstream":{"fails":"broke-off","announced-length":-1}}]}"#,
            "routes[0].upstream.announced-length: expected a number at least 0, found -1"
        ),
        (#"{"era":"c"}"#, #"era: "c" is not known; known are "b", "d", "e""#),
        (#"{"version":"3.0"}"#, #"version: "3.0" is no version of DHIS2 from 2.40 on"#),
        (#"{"context-path":"dhis/"}"#, #"context-path: "dhis/" must be empty, or start with "/" and not end with it"#),
        (#"{"routes":{}}"#, "routes: expected a list, found a map"),
        (#"{"routes":[{}]}"#, #"routes[0]: the key "code" is missing"#),
        (#"{"routes":[{"code":1}]}"#, "routes[0].code: expected a string, found a number"),
        (#"{"routes":[{"code":"a","disabled":"yes"}]}"#, "routes[0].disabled: expected true or false, found a string"),
        (
            #"{"routes":[{"code":"a","uid":"1"}]}"#,
            #"routes[0].uid: "1" is not a letter followed by ten letters or digits"#
        ),
        (
            #"{"routes":[{"code":"a","url":"ftp://x"}]}"#,
            #"routes[0].url: "ftp://x" starts neither with "https://" nor with "http://""#
        ),
        (
            #"{"routes":[{"code":"a"},{"code":"a","uid":"Abcdefghij1"}]}"#,
            #"routes[1].code: another route has the code "a" already"#
        ),
        (
            #"{"routes":[{"code":"a","response-timeout-seconds":61}]}"#,
            "routes[0].response-timeout-seconds: expected a number from 1 to 60, found 61"
        ),
        (
            #"{"routes":[{"code":"a","upstream":{"echo":true,"fails":"tls"}}]}"#,
            "routes[0].upstream: only one of echo, fails can be given"
        ),
        (
            #"{"routes":[{"code":"a","upstream":{"paths":{"x":{"status":99}}}}]}"#,
            "routes[0].upstream.paths.x.status: expected a number from 200 to 599, found 99"
        ),
        (#"{"routes":[{"code":"a","headers":{"X":1}}]}"#, "routes[0].headers.X: expected a string, found a number"),
        (#"{"tokens":[{"token":"t","username":"nobody"}]}"#, #"tokens[0].username: there is no user "nobody""#),
        (#"{"faults":[{}]}"#, #"faults[0]: the key "fault" is missing"#),
        (#"{"faults":[{"fault":"delete-route"}]}"#, #"faults[0]: delete-route needs the key "route""#),
        (
            #"{"faults":[{"fault":"hang","bytes":1}]}"#,
            #"faults[0]: unknown key "bytes"; known are after, fault, method, path, route, times"#
        ),
        (
            #"{"faults":[{"fault":"hang","route":"helth"}]}"#,
            #"faults[0].route: no route has the code or uid "helth""#
        ),
        (
            #"{"faults":[{"fault":"rename-route","route":"health","to":"echo"}]}"#,
            #"faults[0].to: another route has the code "echo" already"#
        ),
        (
            #"{"faults":[{"fault":"hang","method":"get"}]}"#,
            #"faults[0].method: "get" is no method; methods are in capitals, such as GET"#
        ),
        (#"{"faults":[{"fault":"hang","after":-1}]}"#, "faults[0].after: expected a number at least 0, found -1"),
    ])
    func saysWhatIsWrongAndWhere(json: String, message: String) {
        do {
            _ = try Self.read(json)
            Issue.record("no error for \(json)")
        } catch {
            #expect("\(error)" == message)
        }
    }
}
