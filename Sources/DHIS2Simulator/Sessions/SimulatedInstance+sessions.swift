/// How sessions change answers (section 4).
extension SimulatedInstance {
    /// Which part of the server answers a request, as far as sessions depend on it.
    enum Reach {
        /// A part without sessions: Tomcat's refusals, the ping, the login page, the CORS filter.
        case noSession
        /// Tomcat's page for paths outside of DHIS2.
        case container
        case logout
        /// A resource that requires credentials.
        case resource
    }

    func reach(of request: SimulatedRequest) -> Reach {
        if TargetSyntax.isRefused(request) { return .noSession }
        guard let path = pathInContext(request.path), isServed(path) else { return .container }
        if isOpen(path) || isStoppedByOrigin(request) { return .noSession }
        return path == Self.logoutPath ? .logout : .resource
    }

    static let logoutPath = "/dhis-web-commons-security/logout.action"

    /// The session of a request without credentials; none since 2.42.
    var anonymousSession: RequestSession { minorVersion <= 41 ? .anonymous(.random()) : .none }

    /// The answer to a request whose session has expired.
    var sessionExpired: SimulatedReply {
        marked(leaving(to: configuration.contextPath + Self.logoutPath))
    }

    /// The answer to a logout: a redirect to the root, whether or not there was a session.
    var loggedOut: SimulatedReply { marked(leaving(to: configuration.contextPath + "/")) }

    /// A redirect that clears the cookies.
    ///
    /// Unlike one to the login page it has no host.
    private func leaving(to location: String) -> SimulatedReply {
        var reply = SimulatedReply(status: 302)
        for name in hasExpiryCookie ? ["JSESSIONID", "SESSION_EXPIRE"] : ["JSESSIONID"] {
            reply.headers.add("Set-Cookie", "\(name)=; Expires=Thu, 01 Jan 1970 00:00:10 GMT; Path=\(cookiePath)")
        }
        reply.headers.add("Location", location)
        return reply
    }

    /// What a request's session adds to its answer.
    ///
    /// - Parameters:
    ///   - isAdmitted: Whether the answer is to a user's request, rather than a refusal.
    ///   - now: Seconds since 1970.
    func cookies(of session: RequestSession, isAdmitted: Bool, now: Int) -> [String] {
        switch session {
        case .active(let active) where isAdmitted:
            let expiry = hasExpiryCookie ? [expiryCookie(now: now)] : []
            return active.cookieUser == nil ? [sessionCookie(active.id)] + expiry : expiry
        case .anonymous(let id) where !isAdmitted:
            return [sessionCookie(id)]
        default:
            return []
        }
    }

    private func sessionCookie(_ id: SessionID) -> String {
        "JSESSIONID=\(id.text); Path=\(cookiePath); HttpOnly" + (minorVersion >= 42 ? "; SameSite=Lax" : "")
    }

    /// Whether a cookie tells the browser's scripts when an unused session ends (since 2.43).
    private var hasExpiryCookie: Bool { minorVersion >= 43 }

    private func expiryCookie(now: Int) -> String {
        let lifetime = 3600
        let end = now + lifetime
        return "SESSION_EXPIRE=server_time=\(now)&expiry_time=\(end); Path=\(cookiePath); Max-Age=\(lifetime); "
            + "Expires=\(HTTPDate.text(end)); SameSite=Lax"
    }

    private var cookiePath: String { configuration.contextPath.isEmpty ? "/" : configuration.contextPath }
}
