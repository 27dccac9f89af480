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
