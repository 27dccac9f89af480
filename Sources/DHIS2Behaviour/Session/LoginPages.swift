/// Where DHIS2 has its login page, and how the page is known.
package enum LoginPages {
    /// The paths under DHIS2's context path: 2.40, 2.41, 2.42, and 2.43 on with and without the slash.
    private static let paths = [
        "/dhis-web-commons/security/login.action", "/dhis-web-login", "/dhis-web-login/", "/login/", "/login",
    ]

    /// Whether a path under DHIS2's context path is that of a login page of some version.
    package static func isPath(_ path: some StringProtocol) -> Bool { paths.contains { $0 == path } }

    /// Whether a path names a login page of whatever program.
    package static func isPathOfAny(_ path: some StringProtocol) -> Bool { path.contains("login") }

    /// Whether a page is DHIS2's login page.
    ///
    /// Judged by its title, `Login app | DHIS2` from 2.41 on, or by where 2.40 keeps the page: a target's own page may
    /// well speak of logging in to DHIS2.
    ///
    /// - Parameters:
    ///   - title: The page's title.
    ///   - start: The beginning of the page, asked for only where the title does not tell.
    package static func isPage(titled title: String?, start: @autoclosure () -> String) -> Bool {
        if let title, isAboutLogin(title) { return true }
        let start = start()
        return start.contains("dhis-web-commons") && start.contains("login.action")
    }

    /// Whether a text is about logging in to DHIS2.
    package static func isAboutLogin(_ text: String) -> Bool {
        let text = text.lowercased()
        return text.contains("login") && text.contains("dhis")
    }
}
