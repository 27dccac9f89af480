import FoundationEssentials

extension SimulatedInstance {
    enum Authentication {
        case accepted(SimulatedUser, Means)
        case refused(SimulatedReply, Means)

        /// What decided.
        enum Means {
            case token
            case password
            /// The session that the request's cookie names.
            case cookie
            case noCredentials
        }
    }

    /// Who sent a request, or what DHIS2 says instead.
    ///
    /// - Parameter cookieUser: Whose live session the request's cookie names. It stands in for credentials, and for a
    ///   password of that user's, which is not looked at again; a token is looked at always.
    func authenticate(_ request: SimulatedRequest, cookieUser: String? = nil) -> Authentication {
        let cookieUser = cookieUser.flatMap(user(named:))
        guard let value = request.headers["Authorization"] else { return withoutCredentials(request, cookieUser) }
        let parts = value.utf8
        let end = parts.firstIndex(of: UInt8(ascii: " ")) ?? parts.endIndex
        let scheme = value[..<end]
        let credentials = Substring(parts[end...].drop { $0 == UInt8(ascii: " ") })
        if scheme.lowercased() == "apitoken" && configuration.acceptsTokens {
            return authenticate(token: String(credentials), request)
        }
        if era == .b && scheme.lowercased() == "bearer" { return .refused(bearerRefused, .token) }
        if scheme.lowercased() == "basic" {
            return authenticate(basic: credentials, asWritten: scheme, request, cookieUser)
        }
        return withoutCredentials(request, cookieUser)
    }

    private func withoutCredentials(_ request: SimulatedRequest, _ cookieUser: SimulatedUser?) -> Authentication {
        cookieUser.map { .accepted($0, .cookie) } ?? .refused(loginRequired(request), .noCredentials)
    }

    private func authenticate(
        basic credentials: Substring,
        asWritten scheme: Substring,
        _ request: SimulatedRequest,
        _ cookieUser: SimulatedUser?
    ) -> Authentication {
        let decoded = Data(base64Encoded: String(credentials)).map { String(decoding: $0, as: UTF8.self) } ?? ""
        let parts = decoded.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        if let cookieUser, parts.count == 2, cookieUser.username.isSameBytes(as: parts[0]) {
            return .accepted(cookieUser, .cookie)
        }
        let known = parts.count == 2 ? user(named: String(parts[0])) : nil
        guard let user = known, user.password.isSameBytes(as: parts[1]) else {
            // The entry point looks for "Basic" to the letter; anything else counts as no credentials.
            let isBasic = scheme.isSameBytes(as: "Basic")
            return .refused(isBasic ? unauthorized("Unauthorized") : otherLogin(request), .password)
        }
        switch user.obstacle {
        case nil: return .accepted(user, .password)
        case .disabled: return .refused(unauthorized("Account disabled"), .password)
        case .locked: return .refused(unauthorized("Account locked"), .password)
        case .twoFactor: return .refused(unauthorized("Unauthorized"), .password)
        }
    }

    private func authenticate(token text: String, _ request: SimulatedRequest) -> Authentication {
        guard let token = token(text) else {
            switch TokenFormat.problem(in: text) {
            // As read from the source of 2.40, and as seen from 2.41 on, where the checksum is asked first.
            case .malformed where minorVersion == 40:
                return .refused(tokenRefused("Api token is malformed", request), .token)
            case .malformed where text.isEmpty:
                return .refused(tokenRefused("Api token is malformed", status: 400, request), .token)
            case .malformed, .wrongChecksum:
                return .refused(tokenRefused("Checksum validation failed", status: 400, request), .token)
            case nil:
                return .refused(tokenRefused("The API token does not exists", request), .token)
            }
        }
        if let objection = objection(to: token, request) {
            return .refused(tokenRefused("Failed to authenticate API token, \(objection)", request), .token)
        }
        guard token.state != .ownerBarred, let user = user(named: token.username), user.obstacle == nil else {
            return .refused(tokenRefused("The API token is disabled, locked or 2FA is enabled.", request), .token)
        }
        return .accepted(user, .token)
    }

    private func objection(to token: SimulatedToken, _ request: SimulatedRequest) -> String? {
        switch token.state {
        case .valid, .ownerBarred:
            nil
        case .expired:
            "token has expired."
        case .methods(let allowed):
            allowed.contains(request.method) ? nil : "request http method is not allowed."
        case .addresses(let allowed):
            allowed.contains(request.headers["X-Forwarded-For"] ?? "127.0.0.1")
                ? nil : "request ip address is not allowed."
        case .referrers(let allowed):
            request.headers["Referer"].map(allowed.contains) == true
                ? nil : "request http referrer is missing or not allowed."
        }
    }

    /// `Accept` plays no part in it; only `X-Requested-With` turns the redirect into a 401.
    func loginRequired(_ request: SimulatedRequest) -> SimulatedReply {
        request.headers["X-Requested-With"] == "XMLHttpRequest"
            ? unauthorized("Unauthorized") : loginRedirect(request)
    }

    /// Where the server sends a browser to log in; which page it is depends on the version.
    ///
    /// From 2.44 on the address has no host.
    func loginRedirect(_ request: SimulatedRequest) -> SimulatedReply {
        let base = era == .e ? configuration.contextPath : baseURL(request)
        return SimulatedReply(status: 302, headers: ["Location": base + loginPath])
    }

    /// The redirect of the entry point for passwords, which on 2.42 has another one than that of the rest.
    private func otherLogin(_ request: SimulatedRequest) -> SimulatedReply {
        guard minorVersion == 42, request.headers["X-Requested-With"] != "XMLHttpRequest" else {
            return loginRequired(request)
        }
        return SimulatedReply(status: 302, headers: ["Location": baseURL(request) + "/dhis-web-login"])
    }

    /// Written by the entry point itself: no `WWW-Authenticate`, no `Cache-Control`, no negotiation.
    private func unauthorized(_ message: String) -> SimulatedReply {
        SimulatedReply(
            status: 401,
            headers: ["Content-Type": Self.contentType("application/json")],
            text: Envelope(401, message).json.text
        )
    }

    /// Unlike other errors it has a charset in every version; where the request admits no JSON it has no body.
    private func tokenRefused(_ message: String, status: Int = 401, _ request: SimulatedRequest) -> SimulatedReply {
        guard let type = Negotiation(request).type else {
            return SimulatedReply(status: status, headers: ["WWW-Authenticate": "ApiToken"])
        }
        return SimulatedReply(
            status: status,
            headers: [
                "WWW-Authenticate": "ApiToken", "Cache-Control": Self.cacheControl,
                "Content-Type": Self.contentType(type),
            ],
            body: Array(Envelope(status, message).json.text.utf8),
            framing: ownFraming
        )
    }

    /// 2.41 has an OAuth 2 server of its own, which knows no token.
    private var bearerRefused: SimulatedReply {
        let problem = "Invalid access token"
        return SimulatedReply(
            status: 401,
            headers: [
                "Cache-Control": "no-store", "Pragma": "no-cache",
                "WWW-Authenticate":
                    "Bearer realm=\"oauth\", error=\"invalid_token\", error_description=\"\(problem)\"",
                "Content-Type": Self.contentType("application/json"),
            ],
            body: Array(#"{"error":"invalid_token","error_description":"\#(problem)"}"#.utf8),
            framing: .chunked
        )
    }

    var loginPath: String {
        switch minorVersion {
        case ...40: "/dhis-web-commons/security/login.action"
        case 41: "/dhis-web-login"
        case 42: "/dhis-web-login/"
        default: "/login/"
        }
    }
}

// Logging out. Sessions end here and where they expire, and both times the cookies go.
extension SimulatedInstance {
    static let logoutPath = "/dhis-web-commons-security/logout.action"

    /// The answer to a logout: a redirect to the root, whether or not there was a session.
    var loggedOut: SimulatedReply { marked(leaving(to: configuration.contextPath + "/")) }

    /// A redirect that clears the cookies.
    ///
    /// Unlike one to the login page it has no host.
    func leaving(to location: String) -> SimulatedReply {
        var reply = SimulatedReply(status: 302)
        for name in hasExpiryCookie ? ["JSESSIONID", "SESSION_EXPIRE"] : ["JSESSIONID"] {
            reply.headers.add("Set-Cookie", "\(name)=; Expires=Thu, 01 Jan 1970 00:00:10 GMT; Path=\(cookiePath)")
        }
        reply.headers.add("Location", location)
        return reply
    }

    /// Whether a cookie tells the browser's scripts when an unused session ends (since 2.43).
    var hasExpiryCookie: Bool { minorVersion >= 43 }

    var cookiePath: String { configuration.contextPath.isEmpty ? "/" : configuration.contextPath }
}
