/// How DHIS2 keeps sessions: one for each request with credentials that has no cookie of a session.
package enum SessionRules {
    /// The cookie by which DHIS2 knows a session.
    package static let cookieName = "JSESSIONID"

    /// The cookie that comes with every answer from 2.43 on and tells browsers when the session ends; of no use to DHIS2.
    package static let expiryCookieName = "SESSION_EXPIRE"

    /// How many sessions DHIS2 keeps for a user unless `max.sessions.per_user` says otherwise; it ends the least recent.
    package static let mostOfAUser = 10

    /// What ends a session, under DHIS2's context path; where DHIS2 redirects to that has ended one.
    package static let logoutPath = "/dhis-web-commons-security/logout.action"

    /// Whether a path names the page that ends a session, wherever DHIS2 is installed.
    package static func isLogout(_ path: some StringProtocol) -> Bool { path.hasSuffix("/logout.action") }

    /// Whether DHIS2 answers a path without a look at the credentials: `/api/ping`, and from 2.44 on
    /// `/api/system/ping`.
    package static func isWithoutCredentials(_ path: some StringProtocol) -> Bool { path.hasSuffix("/ping") }
}

/// Where DHIS2 has its login page, and how the page is known.
package enum LoginPages {
    /// The paths under DHIS2's context path: 2.40, 2.41, 2.42, and 2.43 on with and without the slash.
    private static let paths = [
        "/dhis-web-commons/security/login.action", "/dhis-web-login", "/dhis-web-login/", "/login/", "/login",
    ]

    /// Whether a path under DHIS2's context path is that of a login page of some version.
    package static func isPath(_ path: some StringProtocol) -> Bool { paths.contains { $0 == path } }

    /// The context path of the DHIS2 that has its login page at a path.
    ///
    /// - Returns: `nil` where DHIS2 has no login page at such a path.
    package static func contextPath(ofLogin path: String) -> String? {
        let page = paths.filter { path.hasSuffix($0) }.max { $0.utf8.count < $1.utf8.count }
        return page.map { String(path.dropLast($0.count)) }
    }

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
