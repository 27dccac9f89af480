import DHIS2Behaviour

/// Where a redirect leads, which tells whose it is: DHIS2 passes none of a target's on.
enum Redirect: Sendable, Hashable {
    /// There is no `Location`.
    case nowhere
    /// DHIS2 has ended the session in which the request came.
    case sessionEnd
    /// This DHIS2's login page: it saw no credentials that it could use.
    case login
    /// A login page of DHIS2's that is not under the server's context path: there may be no DHIS2 under that path.
    ///
    /// - Parameter base: The server's address as the redirect has it.
    case loginElsewhere(base: String)
    /// The same path with a slash at its end: DHIS2 from 2.42 on answers so where it does not know a path (seen on 2.42.5.2,
    /// 2.43.1 and a snapshot of 2.44).
    ///
    /// - Parameter base: The server's address without what of its context path is DHIS2's own, or else without the last
    ///   segment.
    case unknownPath(base: String)
    /// The same host with `https`.
    case toHTTPS
    /// Somewhere else: a sign-on page, another site.
    case elsewhere(String)

    /// Reads a redirect.
    ///
    /// - Parameters:
    ///   - status: Its status.
    ///   - facts: What it shows.
    ///   - server: Who was asked.
    init(status: Int, _ facts: HeaderFacts, from server: BaseURL) {
        guard let location = facts.location else {
            self = .nowhere
            return
        }
        let target = Address(location)
        if status == 302, Self.isSessionEnd(target, facts, of: server) {
            self = .sessionEnd
        } else if let base = Self.unknownPath(status: status, target, facts, of: server) {
            self = .unknownPath(base: base)
        } else if Self.isLogin(target, facts, of: server) {
            let base = facts.isMarked ? Self.baseOfLogin(target, of: server) : nil
            self = base.map { .loginElsewhere(base: $0) } ?? .login
        } else if server.scheme == .http, location.hasPrefix("https://"), target.host == server.host {
            self = .toHTTPS
        } else {
            self = .elsewhere(location)
        }
    }

    /// Whether an answer says that DHIS2 has ended the session in which the request came.
    static func isSessionEnd(_ exchange: HTTPExchange, of server: BaseURL) -> Bool {
        guard exchange.statusCode == 302 else { return false }
        let facts = HeaderFacts(exchange)
        return facts.location.map { isSessionEnd(Address($0), facts, of: server) } ?? false
    }

    /// To `…/logout.action`, with DHIS2's marks or to where this DHIS2 has that page.
    private static func isSessionEnd(_ target: Address, _ facts: HeaderFacts, of server: BaseURL) -> Bool {
        // A servlet container may write the session's id behind the path (Servlet 6.0, section 7.1.3).
        let path = target.path.prefix { $0 != ";" }
        if facts.isMarked { return SessionRules.isLogout(path) }
        return path == server.contextPath + SessionRules.logoutPath && target.host ?? server.host == server.host
    }

    /// The path of a login page on another host is a sign-on page's, unless DHIS2 itself sends there.
    private static func isLogin(_ target: Address, _ facts: HeaderFacts, of server: BaseURL) -> Bool {
        if facts.isMarked, LoginPages.isPathOfAny(target.path) { return true }
        if let host = target.host, host != server.host { return false }
        guard target.path.hasPrefix(server.contextPath) else { return false }
        return LoginPages.isPath(target.path.dropFirst(server.contextPath.count))
    }

    private static func baseOfLogin(_ target: Address, of server: BaseURL) -> String? {
        guard target.host ?? server.host == server.host else { return nil }
        // What a relative redirect leaves out may show in the server's own path.
        let context =
            LoginPages.contextPath(ofLogin: target.path) ?? OwnPaths.contextPath(inFrontIn: server.contextPath)?.path
        return context.flatMap { $0 == server.contextPath ? nil : server.address(under: $0) }
    }

    private static func unknownPath(
        status: Int,
        _ target: Address,
        _ facts: HeaderFacts,
        of server: BaseURL
    ) -> String? {
        guard status == 301, facts.isMarked, target.host == nil, target.path.hasSuffix("/"),
            target.path.hasPrefix(server.contextPath + "/api/"), !server.contextPath.isEmpty
        else { return nil }
        let context = server.contextPath
        if let inFront = OwnPaths.contextPath(inFrontIn: context)?.path { return server.address(under: inFront) }
        return server.address(under: context.lastIndex(of: "/").map { context[..<$0] } ?? "")
    }

    /// The host, where a `Location` names one, and the path.
    private struct Address {
        /// In lower case.
        let host: String?
        let path: String

        init(_ location: String) {
            var rest = location[...]
            var host: String?
            if let schemeEnd = rest.firstRange(of: "://") {
                rest = rest[schemeEnd.upperBound...]
                let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
                let isAddress = authority.hasPrefix("[")
                host = (isAddress ? authority.prefix { $0 != "]" } + "]" : authority.prefix { $0 != ":" }).lowercased()
                rest = rest[authority.endIndex...]
            }
            self.host = host
            path = String(rest.prefix { $0 != "?" && $0 != "#" })
        }
    }
}

extension Redirect {
    /// What a redirect to a server's login page means.
    static func loginSentence(_ server: String) -> String {
        """
        \(server) sent the request to its login page, as if it had no credentials: personal access tokens may be \
        switched off there, or something in front removes the Authorization header.
        """
    }

    /// The same where the login page is not under the context path.
    static func loginElsewhereSentence(_ server: BaseURL, base: String) -> String {
        """
        A DHIS2 answers on \(server.hostAndPort), but its login page is not under \
        \(server.contextPath.isEmpty ? "the root" : server.contextPath): the path before /api in the server URL is \
        wrong (use \(base)), or the credentials did not reach DHIS2.
        """
    }

    /// What it means that DHIS2 does not know a path.
    static func unknownPathSentence(_ server: BaseURL, base: String) -> String {
        """
        A DHIS2 answers on \(server.hostAndPort), but it has no API under \(server.contextPath) (301): the path \
        before /api in the server URL is wrong. Use \(base) as the server URL.
        """
    }

    /// What it means that the server wants https.
    static func toHTTPSSentence(_ server: BaseURL, status: Int) -> String {
        "\(server.hostAndPort) redirects to HTTPS (\(status)). Write the server URL with https://."
    }
}

extension LoginPages {
    /// Whether a page is DHIS2's own login page, which comes with a good status from whatever follows the redirect to it.
    static func isPage(_ exchange: HTTPExchange, _ facts: HeaderFacts) -> Bool {
        guard facts.contentType == .html else { return false }
        return isPage(
            titled: HTMLPage.title(of: exchange),
            start: String(decoding: exchange.body.prefix(16 * 1024), as: UTF8.self)
        )
    }
}
