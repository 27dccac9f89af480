import Testing

@testable import DHIS2Behaviour

@Suite struct OwnPathsTests {
    private static let pages = [
        "/dhis-web-dashboard/index.html", "/dhis-web-dashboard", "/dhis-web-login", "/apps/dashboard", "/apps",
        "/dhis-web-commons/security/login.action", "/api", "/api/42", "/api/system/info", "/login",
        "/api/apps/somebodys/index.html", "/dhis-web-apps/apps/api",
    ]

    @Test(arguments: ["", "/dhis", "/a/b", "/dhis-2.42", "/api-of-dhis"], pages)
    func knowsWhatIsInFrontOfAPage(context: String, page: String) {
        #expect(OwnPaths.contextPath(inFrontIn: context + page)?.path == context)
    }

    @Test(arguments: ["", "/dhis", "/dhis/web", "/applications", "/apis/x", "/my-dhis-web-x", "/API", "/hmis/loginx"])
    func knowsNothingOfOtherPaths(path: String) {
        #expect(OwnPaths.contextPath(inFrontIn: path) == nil)
    }

    /// A DHIS2 may be installed under such a name.
    @Test(arguments: [("/apps/dhis/dhis-web-login", "/apps/dhis"), ("/apps/dhis/api", "/apps/dhis")])
    func takesTheSurestName(path: String, context: String) {
        #expect(OwnPaths.contextPath(inFrontIn: path)?.path == context)
    }
}
