import Testing

@testable import DHIS2Behaviour

@Suite struct SessionRulesTests {
    @Test(arguments: [
        ("/dhis-web-commons/security/login.action", true), ("/dhis-web-login", true), ("/dhis-web-login/", true),
        ("/login/", true), ("/login", true), ("/dhis-web-login/app", false), ("/sso/login", false), ("", false),
        ("/Login/", false),
    ])
    func knowsTheLoginPathsOfEveryVersion(path: String, isPath: Bool) {
        #expect(LoginPages.isPath(path) == isPath)
    }

    @Test(arguments: [
        ("Login app | DHIS2", "", true), ("LOGIN - DHIS 2", "", true), ("Log in to DHIS2", "", false),
        ("Login", "", false),
        (nil, #"<form action="/dhis/dhis-web-commons/security/login.action">"#, true), (nil, "login.action", false),
        (nil, "dhis-web-commons", false), ("Report", "DHIS2 login", false),
    ])
    func knowsTheLoginPage(title: String?, start: String, isPage: Bool) {
        #expect(LoginPages.isPage(titled: title, start: start) == isPage)
    }

    @Test func knowsWhatEndsASession() {
        #expect(SessionRules.isLogout(SessionRules.logoutPath))
        #expect(SessionRules.isLogout("/dhis" + SessionRules.logoutPath))
        #expect(!SessionRules.isLogout("/logout"))
    }

    @Test(arguments: [
        ("https://h/api/ping", true), ("https://h/api/system/ping", true), ("https://h/api/me", false),
        ("https://h/api/pings", false),
    ])
    func knowsWhatNeedsNoCredentials(url: String, isWithout: Bool) {
        #expect(SessionRules.isWithoutCredentials(url) == isWithout)
    }
}
