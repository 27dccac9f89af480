import Testing

@testable import DHIS2Simulator

/// What stands before the routes: Tomcat, the context path, the marker, the preflight.
@Suite struct LayerTests {
    @Test(arguments: [
        "/api//me", "/api/me;a=b", "/api/routes/a%2Fb/run", "/api/routes/a%25b/run", "/api/../api/me", "/api/./me",
        "/api/%2e%2e/me", "/api/routes/echo/run/a%5Cb", "/api/routes/echo/run/a{b}", "/api/routes/echo/run/é",
        "/api/routes?filter=a\"b", "/api/routes?filter=a<b", "/api/me%zz", "api/me",
    ])
    func refusesTargetsAsTomcatDoes(target: String) {
        let reply = SimulatedInstance(.standard).get(target)
        #expect(reply.status == 400)
        #expect(reply.headers["Content-Type"] == "text/html;charset=utf-8")
        #expect(!reply.headers.contains("X-Content-Type-Options"))
    }

    @Test(arguments: ["/api/routes/echo/run?q=[a]{b}|\\", "/api/routes/echo/run/a.b/..c", "/api/routes/echo/run/a%20b"])
    func takesTargetsAsTomcatDoes(target: String) {
        #expect(SimulatedInstance(.standard(.b)).get(target).headers["X-Content-Type-Options"] == "nosniff")
    }

    @Test func hangsEverythingBelowTheContextPath() {
        var configuration = SimulatorConfiguration.standard
        configuration.contextPath = "/dhis"
        let instance = SimulatedInstance(configuration)
        #expect(instance.get("/dhis/api/ping", token: nil).status == 200)
        #expect(instance.get("/dhis/api/routes/health/run").bodyText == #"{"status":"UP"}"#)
        #expect(instance.get("/dhis/api/system/info").bodyText.hasPrefix(#"{"contextPath":"http://dhis2.test/dhis","#))
        for target in ["/api/ping", "/dhis2/api/ping", "/"] {
            let reply = instance.get(target)
            #expect(reply.status == 404)
            #expect(reply.headers["Content-Type"] == "text/html;charset=utf-8")
            #expect(!reply.headers.contains("X-Content-Type-Options"))
        }
    }

    @Test(arguments: ["/dhis/api/system/info", "/dhis/api/ping", "/", "/dhis-web-dashboard", "/apis/me"])
    func leavesToTomcatWhatIsNotItsOwnUpTo241(target: String) {
        for token in [SimulatorConfiguration.standardToken, nil] {
            let reply = SimulatedInstance(.standard(.b)).get(target, token: token)
            #expect(reply.status == 404)
            #expect(reply.headers["Content-Type"] == "text/html;charset=utf-8")
            #expect(reply.bodyText.contains("<title>HTTP Status 404 – Not Found</title>"))
            let shown = target.replacing("/", with: "&#47;")
            #expect(reply.bodyText.contains("</b> The requested resource [\(shown)] is not available</p>"))
            #expect(!reply.headers.contains("X-Content-Type-Options"))
        }
    }

    @Test func losesItsMarkerToAProxyThatHidesIt() {
        var configuration = SimulatorConfiguration.standard
        configuration.hidesMarker = true
        let reply = SimulatedInstance(configuration).get("/api/me")
        #expect(reply.status == 200)
        #expect(!reply.headers.contains("Content-Security-Policy"))
        #expect(!reply.headers.contains("X-Content-Type-Options"))
    }

    @Test func answersPingWithoutCredentialsAndWithoutItsMarker() {
        let instance = SimulatedInstance(.standard)
        let ping = instance.get("/api/ping", token: nil)
        #expect(ping.status == 200)
        #expect(ping.body.isEmpty)
        #expect(ping.headers.fields.map(\.name) == ["Vary", "Vary", "Vary"])
        #expect(SimulatedInstance(.standard(.b)).get("/api/ping", token: nil).status == 302)
        #expect(instance.get("/api/system/ping", token: nil).status == 302)
        #expect(instance.get("/api/system/ping").bodyText == "pong")
    }

    @Test func marksItsAnswersByOneHeaderOrTheOther() {
        var configuration = SimulatorConfiguration.standard
        #expect(
            SimulatedInstance(configuration).get("/api/me").headers["Content-Security-Policy"]
                == "frame-ancestors 'self';"
        )
        configuration.sendsContentSecurityPolicy = false
        let reply = SimulatedInstance(configuration).get("/api/me")
        #expect(reply.headers["X-Frame-Options"] == "SAMEORIGIN")
        #expect(!reply.headers.contains("Content-Security-Policy"))
    }

    @Test func tellsSuperusersMoreOfTheSystem() {
        let instance = SimulatedInstance(.standard(.d, version: "2.43.1"))
        let info = instance.get("/api/system/info").bodyText
        #expect(info.contains(#""version":"2.43.1""#))
        #expect(!info.contains("javaVersion"))
        let more = instance.get("/api/system/info", token: SimulatorConfiguration.administratorToken).bodyText
        #expect(more.contains("javaVersion"))
    }

    @Test func narrowsTheUserToTheFieldsAskedFor() {
        let instance = SimulatedInstance(.standard)
        #expect(instance.get("/api/me?fields=username").bodyText == #"{"username":"checker"}"#)
        #expect(instance.get("/api/me").bodyText.contains(#""authorities":["RUN_PRIVATE_ROUTE"]"#))
    }

    @Test(arguments: ["/api/routes/nope/run", "/api/routes/chap/run/a.csv"])
    func cannotWriteErrorsThatTheClientWillNotHave(target: String) {
        let isSuffix = target.hasSuffix(".csv")
        var configuration = SimulatorConfiguration.standard
        configuration.changeRoute("chap") { $0.url = "https://chap.example.org/" }
        let reply = SimulatedInstance(configuration).get(
            target,
            headers: ["Accept": isSuffix ? "*/*" : "text/plain, text/csv;q=0.5"]
        )
        #expect(reply.status == 500)
        #expect(reply.headers["Content-Type"] == "text/html;charset=utf-8")
        #expect(reply.headers["X-Content-Type-Options"] == "nosniff")
    }

    @Test(arguments: ["application/json, */*;q=0.5", "*/*", "application/*", "application/problem+json"])
    func writesErrorsInJSONWhereTheClientTakesIt(accept: String) {
        let reply = SimulatedInstance(.standard).get("/api/routes/nope/run", headers: ["Accept": accept])
        #expect(reply.status == 404)
    }

    @Test func knowsNothingElse() {
        let instance = SimulatedInstance(.standard)
        for target in ["/api/organisationUnits", "/", "/api/routes/health/walk", "/api/system/info/x"] {
            #expect(instance.get(target).status == 404, "\(target)")
        }
        #expect(instance.get("/api/me", method: "POST").status == 405)
    }
}
