/// Recognises where redirects lead.
enum LoginRedirect {
    /// Whether a redirect leads to a login page of DHIS2, or of something else.
    static func isLogin(_ location: String) -> Bool {
        path(of: location).contains("login")
    }

    /// Whether a redirect leads to where a DHIS2 under a context path has its login page: 2.40
    /// `/dhis-web-commons/security/login.action`, 2.41 `/dhis-web-login`, 2.42 `/dhis-web-login/`, 2.43 `/login/`.
    static func isDHIS2Login(_ location: String, contextPath: String) -> Bool {
        let path = path(of: location)
        guard path.hasPrefix(contextPath) else { return false }
        switch path.dropFirst(contextPath.count) {
        case "/dhis-web-commons/security/login.action", "/dhis-web-login", "/dhis-web-login/", "/login", "/login/":
            return true
        default: return false
        }
    }

    /// Whether a redirect of a request to an `http` server leads to the same host with `https`.
    static func isToHTTPS(_ location: String, from server: BaseURL) -> Bool {
        guard server.scheme == .http, location.hasPrefix("https://") else { return false }
        let host = location.dropFirst("https://".count).prefix { $0 != "/" && $0 != ":" && $0 != "?" && $0 != "#" }
        return host.lowercased() == server.host
    }

    private static func path(of location: String) -> String {
        var rest = location[...]
        if let schemeEnd = rest.firstRange(of: "://") {
            rest = rest[schemeEnd.upperBound...]
            rest = rest[(rest.firstIndex(of: "/") ?? rest.endIndex)...]
        }
        return String(rest.prefix { $0 != "?" && $0 != "#" })
    }
}
