import Testing

@testable import DHIS2

struct DHIS2CredentialsTests {
    @Test func writesTheAuthorizationHeader() {
        #expect(DHIS2Credentials.personalAccessToken("d2p_x").authorization == "ApiToken d2p_x")
        #expect(
            DHIS2Credentials.basic(username: "admin", password: "dïstrict").authorization
                == "Basic YWRtaW46ZMOvc3RyaWN0"
        )
    }

    @Test(arguments: [
        DHIS2Credentials.personalAccessToken("d2p_secret"), .basic(username: "admin", password: "d2p_secret"),
    ])
    func neverShowsASecret(credentials: DHIS2Credentials) {
        var dumped = ""
        dump(credentials, to: &dumped)
        for text in ["\(credentials)", String(reflecting: credentials), dumped, "\([credentials])"] {
            #expect(!text.contains("secret"))
        }
        #expect(["personal access token", "password of admin"].contains("\(credentials)"))
    }

    @Test(arguments: [
        (DHIS2Credentials.personalAccessToken(""), "The personal access token is empty."),
        (
            .personalAccessToken("d2p_x\n"),
            "The personal access token holds a line break: keep the token alone, on one line."
        ),
        (.basic(username: "", password: "x"), "The username is empty."),
        (
            .basic(username: "a:b", password: "x"),
            "The username holds a colon, which Basic authentication cannot carry."
        ),
        (
            .basic(username: "a", password: "x\r\n"),
            "The username or the password holds a control character, such as a line break."
        ),
    ])
    func refusesWhatNoHeaderCanCarry(credentials: DHIS2Credentials, message: String) throws {
        let error = try #require(throws: DHIS2Error.self) {
            try DHIS2Client(baseURL: "https://h", credentials: credentials, transport: FakeDHIS2())
        }
        #expect(error.code == .invalidCredentials)
        #expect(error.message == message)
    }
}
