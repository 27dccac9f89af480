import Testing

@testable import DHIS2Simulator

/// Paths that lead to nothing of the API, and credentials that are not looked at as one might think, by version.
@Suite struct PrefixTests {
    @Test(arguments: OwnAnswerTests.versions.dropFirst())
    func anotherContextIsAnAppWithoutItsSlashFrom242On(version: String) throws {
        let instance = try OwnAnswerTests.instance(version)
        let moved = instance.get("/nope/api/system/info")
        #expect(moved.status == 301)
        #expect(moved.headers["Location"] == "/nope/api/system/info/")
        #expect(moved.headers["X-Content-Type-Options"] == "nosniff")
        let missing = instance.get("/nope/api/system/info/")
        #expect(missing.status == 404)
        #expect(missing.headers["Content-Type"] == "text/html;charset=utf-8")
        #expect(missing.headers["X-Content-Type-Options"] == "nosniff")
        #expect(missing.bodyText.contains("<b>Message</b> No static resource nope&#47;api&#47;system&#47;info.</p>"))
        #expect(instance.get("/nope/api/system/info", token: nil).status == 302)
        for reply in [moved, missing] {
            #expect(reply.headers.values(of: "Vary").count == (version.hasPrefix("2.44") ? 0 : 3))
        }
    }

    @Test(arguments: OwnAnswerTests.versions)
    func whatTheAPIDoesNotHaveIsAMarkedPage(version: String) throws {
        for target in ["/api/nonsense", "/api/27/me", "/api/99/me", "/api/routes/health/walk"] {
            let reply = try OwnAnswerTests.instance(version).get(target)
            #expect(reply.status == 404)
            #expect(reply.headers["Content-Type"] == "text/html;charset=utf-8")
            #expect(reply.headers["X-Content-Type-Options"] == "nosniff")
            #expect(reply.bodyText.contains("<b>Message</b> No static resource ") != version.hasPrefix("2.41"))
        }
    }

    @Test(arguments: [
        ("2.41.9.1", 42, true), ("2.41.9.1", 43, false), ("2.42.5.2", 42, true), ("2.42.5.2", 43, false),
        ("2.43.1", 43, true), ("2.43.1", 44, false), ("2.44.0-SNAPSHOT", 44, true), ("2.44.0-SNAPSHOT", 45, false),
    ])
    func takesVersionsOfTheAPI(version: String, number: Int, isTaken: Bool) throws {
        let reply = try OwnAnswerTests.instance(version).get("/api/\(number)/routes/health/run")
        #expect(reply.status == (isTaken ? 200 : 404))
    }

    @Test(arguments: [
        ("2.41.9.1", "http://dhis2.test/dhis-web-login"), ("2.42.5.2", "http://dhis2.test/dhis-web-login/"),
        ("2.43.1", "http://dhis2.test/login/"), ("2.44.0-SNAPSHOT", "/login/"),
    ])
    func sendsToTheLoginWithAHostUpTo243(version: String, location: String) throws {
        let instance = try OwnAnswerTests.instance(version)
        #expect(instance.get("/api/me", token: nil).headers["Location"] == location)
        // checker:wrong, the scheme not as the entry point spells it
        let reply = instance.get("/api/me", headers: ["Authorization": "basic Y2hlY2tlcjp3cm9uZw=="], token: nil)
        let isOther = version.hasPrefix("2.42")
        #expect(reply.headers["Location"] == (isOther ? "http://dhis2.test/dhis-web-login" : location))
    }

    @Test(arguments: OwnAnswerTests.versions)
    func aBearersTokenIsLookedAtOn241Only(version: String) throws {
        let reply = try OwnAnswerTests.instance(version).get(
            "/api/me",
            headers: ["Authorization": "Bearer \(SimulatorConfiguration.standardToken)"],
            token: nil
        )
        guard version.hasPrefix("2.41") else {
            #expect(reply.status == 302)
            return
        }
        #expect(reply.status == 401)
        #expect(
            reply.headers["WWW-Authenticate"]
                == #"Bearer realm="oauth", error="invalid_token", error_description="Invalid access token""#
        )
        #expect(reply.headers["Pragma"] == "no-cache")
        #expect(reply.bodyText == #"{"error":"invalid_token","error_description":"Invalid access token"}"#)
    }

    @Test(arguments: ["d2p_short", "zzz", ""])
    func misshapenTokensAreMalformedOn240AsReadFromItsSource(token: String) throws {
        let reply = try OwnAnswerTests.instance("2.40.12").get("/api/me", token: token)
        #expect(reply.status == 401)
        #expect(reply.bodyText == RunDecisionTests.envelope("Unauthorized", 401, "Api token is malformed"))
    }

    @Test(arguments: OwnAnswerTests.versions)
    func aSubPathOfGistIsAnotherQuestion(version: String) throws {
        let instance = try OwnAnswerTests.instance(version)
        let property = RunDecisionTests.envelope("Bad Request", 400, "No such property: run", code: "E1003")
        #expect(instance.get("/api/routes/EchoRoute03/run/gist").bodyText == property)
        #expect(instance.get("/api/routes/echo/run/gist/x").status == 200)
        let isOld = version.hasPrefix("2.41") || version.hasPrefix("2.42")
        let uid = RunDecisionTests.envelope(
            "Bad Request",
            400,
            "Value 'echo' is not valid for path parameter uid. UID must be an alphanumeric string of 11 characters "
                + "starting with a letter, but was: echo"
        )
        #expect(instance.get("/api/routes/echo/run/gist").bodyText == (isOld ? property : uid))
    }
}
