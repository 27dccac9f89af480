import Checks
import Testing

/// Which names are those of credentials.
struct CredentialNameTests {
    /// Names that services, gateways and libraries have for credentials, in the spellings that they use.
    private static let names = [
        "token", "Token", "TOKEN", "tokens", "access_token", "accessToken", "AccessToken", "id_token", "refreshToken",
        "auth-token", "authtoken", "X-Auth-Token", "csrf_token", "csrfmiddlewaretoken", "X-CSRF-Token", "X-XSRF-TOKEN",
        "secret", "client-secret", "client_secret", "clientSecret", "CF-Access-Client-Secret", "secretKey",
        "shared.secret",
        "password", "passwd", "pwd", "user_pwd", "userPassword", "new-password", "passphrase", "db.password",
        "sig", "signature", "X-Amz-Signature", "X-Hub-Signature-256", "x-signature", "hmac",
        "jwt", "X-JWT-Assertion", "authJwt", "JWTToken", "session", "sessionid", "session_id", "JSESSIONID",
        "PHPSESSID",
        "cookie", "Set-Cookie", "credential", "credentials", "X-Amz-Credential", "creds",
        "X-Auth-Key", "X-Functions-Key", "Ocp-Apim-Subscription-Key", "X-API-Key", "apiKey", "APIKey", "apikey",
        "ApiKEY",
        "api_key", "private-key", "privateKey", "account_key", "auth", "oauth", "x-oauth-basic", "Authorization",
        "Proxy-Authorization", "bearer", "user[password]", "auth[token]", "api%5Fkey", "X.Auth.Key", "aPiKeY",
        "sasToken",
        "otp", "psk", "apikeys", "api_keys", "userpwd", "passkey", "motdepasse", "mot_de_passe", "senha",
        "PIN_CODE", "pincode", "AWSACCESSKEYID", "kennwort", "client_assertion", "SAMLResponse", "SLACK_WEBHOOK",
        "SENTRY_DSN", "DB_CONNECTIONSTRING", "DBPW",
    ]

    @Test(arguments: names, [CredentialName.Place.field, .parameter, .variable, .member])
    func isOneEverywhere(name: String, place: CredentialName.Place) {
        #expect(CredentialName.matches(name, in: place))
    }

    @Test(arguments: ["key", "Key", "KEY", "key2"])
    func aKeyAloneIsNoneInJSON(name: String) {
        for place in [CredentialName.Place.field, .parameter, .variable] {
            #expect(CredentialName.matches(name, in: place))
        }
        #expect(!CredentialName.matches(name, in: .member))
    }

    @Test(arguments: [
        ("DHIS2_PAT", true), ("GITHUB_PAT", true), ("DB_PW", true), ("AUTH_TYPE", true), ("PATH", false),
        ("DHIS2_PAT_PROD", true), ("SSHPASS", true), ("DBPASS", true), ("KEY_FILE", true), ("BYPASS", false),
    ])
    func isOneOfTheEnvironment(name: String, isOne: Bool) {
        #expect(CredentialName.matches(name, in: .variable) == isOne)
    }

    /// Settings of DHIS2 begin with the word.
    @Test(arguments: ["keyUiLocale", "keyFlag", "keyAnalysisDigitGroupSeparator"])
    func isASettingOfDHIS2(name: String) {
        #expect(!CredentialName.matches(name, in: .member))
    }

    @Test(
        arguments: [
            "", "-", "id", "name", "code", "status", "X-Request-Id", "Content-Type", "Accept", "Location", "Server",
            "Date",
            "ETag", "author", "authority", "design", "signal", "assign", "monkey", "keyboard", "keyword", "turkey",
            "path",
            "pattern", "orgUnit", "dataElement", "period", "secretary", "secretariat", "compass", "bypass", "passenger",
            "x", "%", "%4", "grün",
            "InvalidTokenException", "AuthenticationException", "tokenError", "errorKey", "sort_key", "i18nKey",
            "public-key", "pinned", "zipcode", "webhouse",
        ],
        [CredentialName.Place.field, .parameter, .variable, .member]
    )
    func isNone(name: String, place: CredentialName.Place) {
        #expect(!CredentialName.matches(name, in: place))
    }
}
