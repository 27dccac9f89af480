import Testing

@testable import DHIS2Simulator

@Suite struct AuthenticationTests {
    private static let checksumBroken = String(SimulatorConfiguration.unknownToken.dropLast()) + "-"

    struct Case: Sendable, CustomTestStringConvertible {
        let credentials: String
        let status: Int
        let message: String
        var hasChallenge = true

        var testDescription: String { message }
    }

    @Test(arguments: [
        Case(credentials: "ApiToken ", status: 400, message: "Api token is malformed"),
        Case(credentials: "ApiToken d2p_short", status: 400, message: "Checksum validation failed"),
        Case(
            credentials: "ApiToken zzz_\(SimulatorConfiguration.standardToken)",
            status: 400,
            message: "Checksum validation failed"
        ),
        Case(
            credentials: "apitoken \(SimulatorConfiguration.unknownToken)",
            status: 401,
            message: "The API token does not exists"
        ),
        Case(credentials: "ApiToken \(checksumBroken)", status: 400, message: "Checksum validation failed"),
        Case(
            credentials: "ApiToken \(SimulatorConfiguration.unknownToken)",
            status: 401,
            message: "The API token does not exists"
        ),
        Case(
            credentials: "ApiToken \(SimulatorConfiguration.expiredToken)",
            status: 401,
            message: "Failed to authenticate API token, token has expired."
        ),
        Case(
            credentials: "ApiToken \(SimulatorConfiguration.postOnlyToken)",
            status: 401,
            message: "Failed to authenticate API token, request http method is not allowed."
        ),
        Case(
            credentials: "ApiToken \(SimulatorConfiguration.ownerBarredToken)",
            status: 401,
            message: "The API token is disabled, locked or 2FA is enabled."
        ),
        // checker:wrong, retired:Retired-1, locked:Locked-1, careful:Careful-1
        Case(credentials: "Basic Y2hlY2tlcjp3cm9uZw==", status: 401, message: "Unauthorized", hasChallenge: false),
        Case(
            credentials: "Basic cmV0aXJlZDpSZXRpcmVkLTE=",
            status: 401,
            message: "Account disabled",
            hasChallenge: false
        ),
        Case(credentials: "Basic bG9ja2VkOkxvY2tlZC0x", status: 401, message: "Account locked", hasChallenge: false),
        Case(credentials: "Basic Y2FyZWZ1bDpDYXJlZnVsLTE=", status: 401, message: "Unauthorized", hasChallenge: false),
        Case(credentials: "Basic ???", status: 401, message: "Unauthorized", hasChallenge: false),
    ])
    func refusesCredentialsInItsOwnWords(_ expected: Case) {
        let reply = SimulatedInstance(.standard).get(
            "/api/me",
            headers: ["Authorization": expected.credentials],
            token: nil
        )
        let phrase = expected.status == 400 ? "Bad Request" : "Unauthorized"
        #expect(reply.status == expected.status)
        #expect(reply.bodyText == RunDecisionTests.envelope(phrase, expected.status, expected.message))
        #expect(reply.headers["WWW-Authenticate"] == (expected.hasChallenge ? "ApiToken" : nil))
        #expect(reply.headers["Content-Type"] == "application/json;charset=UTF-8")
        #expect(reply.headers["Cache-Control"] == (expected.hasChallenge ? "no-cache, private" : nil))
        #expect(reply.framing == (expected.hasChallenge ? .chunked : .length))
        #expect(reply.headers["X-Content-Type-Options"] == "nosniff")
    }

    @Test(arguments: [
        ("2.40.12", "/dhis-web-commons/security/login.action"), ("2.41.9", "/dhis-web-login"),
        ("2.42.4", "/dhis-web-login/"), ("2.43.1", "/login/"),
    ])
    func redirectsToTheVersionsLoginPage(version: String, page: String) {
        var configuration = SimulatorConfiguration.standard
        configuration.version = version
        configuration.contextPath = "/dhis"
        let instance = SimulatedInstance(configuration)
        let credentials: [HeaderList] = [
            [:], ["Authorization": "Digest x"], ["Accept": "application/json"],
        ]
        for headers in credentials {
            let reply = instance.get("/dhis/api/me", headers: headers, token: nil)
            #expect(reply.status == 302)
            #expect(reply.headers["Location"] == "http://dhis2.test/dhis" + page)
            #expect(reply.headers["X-Content-Type-Options"] == "nosniff")
            #expect(reply.body.isEmpty)
        }
        let loginPage = instance.get("/dhis" + page, token: nil)
        #expect(loginPage.status == 200)
        #expect(loginPage.headers["Content-Type"] == "text/html;charset=UTF-8")
    }

    @Test func answersScriptsWithoutCredentialsByStatus() {
        let reply = SimulatedInstance(.standard).get(
            "/api/me",
            headers: ["X-Requested-With": "XMLHttpRequest"],
            token: nil
        )
        #expect(reply.status == 401)
    }

    @Test func takesTokensForNothingWhereTheyAreSwitchedOff() {
        var configuration = SimulatorConfiguration.standard
        configuration.acceptsTokens = false
        #expect(SimulatedInstance(configuration).get("/api/me").status == 302)
    }

    @Test func restrictsTokensToAddressesAndReferrers() {
        let token = SimulatorConfiguration.unknownToken
        var configuration = SimulatorConfiguration.standard
        configuration.tokens = [SimulatedToken(token, username: "admin", state: .addresses(["192.0.2.1"]))]
        let byAddress = SimulatedInstance(configuration)
        #expect(byAddress.get("/api/me", token: token).bodyText.contains("request ip address is not allowed."))
        #expect(byAddress.get("/api/me", headers: ["X-Forwarded-For": "192.0.2.1"], token: token).status == 200)
        configuration.tokens = [SimulatedToken(token, username: "admin", state: .referrers(["https://a.test"]))]
        let byReferrer = SimulatedInstance(configuration)
        #expect(
            byReferrer.get("/api/me", token: token).bodyText
                .contains("request http referrer is missing or not allowed.")
        )
        #expect(byReferrer.get("/api/me", headers: ["Referer": "https://a.test"], token: token).status == 200)
    }

    @Test func checksTheShapeOfTokensOfBothKinds() {
        let code = "abcdefghijklmnopqrstuvwxyz012345"
        #expect(TokenFormat.problem(in: "d2pat_\(code)1163719786") == .wrongChecksum)
        #expect(TokenFormat.problem(in: "d2pat_\(code)" + String(CRC32.checksum(of: code.utf8))) == nil)
        #expect(TokenFormat.problem(in: TokenFormat.wellFormed(seed: 99)) == nil)
        #expect(TokenFormat.wellFormed(seed: 99).utf8.count == 54)
    }
}
