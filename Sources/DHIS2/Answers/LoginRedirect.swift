import DHIS2Behaviour

/// Recognises where redirects lead, and the login page that they lead to.
enum LoginRedirect {
    /// Whether a redirect says that DHIS2 has ended the session in which the request came: to `…/logout.action`, with
    /// DHIS2's marks or to where this DHIS2 has that page.
    static func isSessionEnd(_ facts: HeaderFacts, of server: BaseURL) -> Bool {
        guard let location = facts.location else { return false }
        // A servlet container may write the session's id behind the path (Servlet 6.0, section 7.1.3).
        let path = path(of: location).prefix { $0 != ";" }
        if facts.isMarked { return SessionRules.isLogout(path) }
        return path == server.contextPath + SessionRules.logoutPath && host(of: location) ?? server.host == server.host
    }

    /// Whether a redirect leads to a login page of DHIS2, or of something else.
    static func isLogin(_ location: String) -> Bool {
        LoginPages.isPathOfAny(path(of: location))
    }

    /// Whether a redirect leads to where this DHIS2 has its login page.
    ///
    /// The same path on another host is a sign-on page's.
    static func isDHIS2Login(_ location: String, of server: BaseURL) -> Bool {
        if let host = host(of: location), host != server.host { return false }
        let path = path(of: location)
        guard path.hasPrefix(server.contextPath) else { return false }
        return LoginPages.isPath(path.dropFirst(server.contextPath.count))
    }

    /// Whether a redirect of a request to an `http` server leads to the same host with `https`.
    static func isToHTTPS(_ location: String, from server: BaseURL) -> Bool {
        server.scheme == .http && location.hasPrefix("https://") && host(of: location) == server.host
    }

    /// The host that an absolute redirect names, in lower case.
    private static func host(of location: String) -> String? {
        guard let schemeEnd = location.firstRange(of: "://") else { return nil }
        let authority = location[schemeEnd.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let isAddress = authority.hasPrefix("[")
        let host = isAddress ? authority.prefix { $0 != "]" } + "]" : authority.prefix { $0 != ":" }
        return host.lowercased()
    }

    /// Whether a page is DHIS2's own login page, which comes with a good status from whatever follows the redirect to it.
    static func isLoginPage(_ exchange: HTTPExchange, _ facts: HeaderFacts) -> Bool {
        guard facts.contentType == .html else { return false }
        return LoginPages.isPage(
            titled: HTMLPage.title(of: exchange),
            start: String(decoding: exchange.body.prefix(16 * 1024), as: UTF8.self)
        )
    }

    private static func path(of location: String) -> String {
        var rest = location[...]
        if let schemeEnd = rest.firstRange(of: "://") {
            rest = rest[schemeEnd.upperBound...]
            rest = rest[(rest.firstIndex(of: "/") ?? rest.endIndex)...]
        }
        return String(rest.prefix { $0 != "?" && $0 != "#" })
    }

    /// What a redirect to a server's login page means.
    static func sentence(_ server: String) -> String {
        """
        \(server) sent the request to its login page, as if it had no credentials: personal access tokens may be \
        switched off there, or something in front removes the Authorization header.
        """
    }
}

/// What DHIS2 says about credentials that it refuses.
struct AuthenticationFault {
    let reason: OriginReason
    let sentence: String

    /// Reads a token's refusal, which DHIS2 marks with `WWW-Authenticate: ApiToken`.
    init(tokenMessage message: String?, server: String) {
        let known = message.flatMap(Self.ofToken)
        reason = known?.reason ?? .tokenRefused
        if let known {
            sentence = "\(server) refused the personal access token: \(known.phrase)."
        } else if let message {
            sentence = "\(server) refused the personal access token: \(ServerText.excerpt(message))"
        } else {
            sentence = "\(server) refused the personal access token without saying why."
        }
    }

    /// Reads the refusal of a username and password.
    init(passwordMessage message: String?, server: String) {
        let known = message.flatMap { DHIS2Message.recognise($0, about: .password, status: 401)?.message.meaning }
        reason = known?.reason ?? .credentialsRefused
        if let known {
            sentence = "\(server) refused \(known.phrase)."
        } else {
            sentence =
                message.map { "\(server) refused the credentials: \(ServerText.excerpt($0))" }
                ?? "\(server) refused the credentials without saying why."
        }
    }

    /// Whether a message is one that DHIS2 has for tokens only.
    static func isAboutToken(_ message: String?) -> Bool {
        message.flatMap(ofToken) != nil
    }

    /// What a message about a token means, with a 400 or a 401.
    private static func ofToken(_ message: String) -> DHIS2Message.Meaning? {
        DHIS2Message.recognise(message, about: .token, status: 401)?.message.meaning
    }
}
