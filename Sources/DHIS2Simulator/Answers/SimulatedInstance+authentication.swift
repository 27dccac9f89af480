import FoundationEssentials

extension SimulatedInstance {
    enum Authentication {
        /// Basic opens a session, a token does not.
        case accepted(SimulatedUser, sendsSession: Bool)
        case refused(SimulatedReply)
    }

    /// Who sent a request, or what DHIS2 says instead (section 4).
    func authenticate(_ request: SimulatedRequest) -> Authentication {
        guard let value = request.headers["Authorization"] else { return .refused(loginRequired(request)) }
        let parts = value.utf8
        let end = parts.firstIndex(of: UInt8(ascii: " ")) ?? parts.endIndex
        let scheme = value[..<end]
        let credentials = Substring(parts[end...].drop { $0 == UInt8(ascii: " ") })
        if scheme.isSameBytes(as: "ApiToken") && configuration.acceptsTokens {
            return authenticate(token: String(credentials), request)
        }
        if scheme.lowercased() == "basic" {
            return authenticate(basic: credentials, asWritten: scheme, request)
        }
        return .refused(loginRequired(request))
    }

    private func authenticate(
        basic credentials: Substring,
        asWritten scheme: Substring,
        _ request: SimulatedRequest
    ) -> Authentication {
        let decoded = Data(base64Encoded: String(credentials)).map { String(decoding: $0, as: UTF8.self) } ?? ""
        let parts = decoded.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let known = parts.count == 2 ? user(named: String(parts[0])) : nil
        guard let user = known, user.password.isSameBytes(as: parts[1]) else {
            // The entry point looks for "Basic" to the letter; anything else counts as no credentials.
            return .refused(scheme.isSameBytes(as: "Basic") ? unauthorized("Unauthorized") : loginRequired(request))
        }
        switch user.obstacle {
        case nil: return .accepted(user, sendsSession: !request.headers.contains("Cookie"))
        case .disabled: return .refused(unauthorized("Account disabled"))
        case .locked: return .refused(unauthorized("Account locked"))
        case .twoFactor: return .refused(unauthorized("Unauthorized"))
        }
    }

    private func authenticate(token text: String, _ request: SimulatedRequest) -> Authentication {
        guard let token = token(text) else {
            switch TokenFormat.problem(in: text) {
            case .malformed:
                let isOld = minorVersion == 40
                return .refused(tokenRefused("Api token is malformed", status: isOld ? 401 : 400))
            case .wrongChecksum:
                return .refused(tokenRefused("Checksum validation failed", status: 400))
            case nil:
                return .refused(tokenRefused("The API token does not exists"))
            }
        }
        if let objection = objection(to: token, request) {
            return .refused(tokenRefused("Failed to authenticate API token, \(objection)"))
        }
        guard token.state != .ownerBarred, let user = user(named: token.username), user.obstacle == nil else {
            return .refused(tokenRefused("The API token is disabled, locked or 2FA is enabled."))
        }
        return .accepted(user, sendsSession: false)
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
    func loginRedirect(_ request: SimulatedRequest) -> SimulatedReply {
        SimulatedReply(status: 302, headers: ["Location": baseURL(request) + loginPath])
    }

    /// Written by the entry point itself: no `WWW-Authenticate`, no `Cache-Control`, no negotiation.
    private func unauthorized(_ message: String) -> SimulatedReply {
        json(Envelope(401, message).json, status: 401, cached: true)
    }

    private func tokenRefused(_ message: String, status: Int = 401) -> SimulatedReply {
        var reply = json(Envelope(status, message).json, status: status, cached: true)
        reply.headers.add("WWW-Authenticate", "ApiToken")
        return reply
    }

    var loginPath: String {
        switch minorVersion {
        case ...40: "/dhis-web-commons/security/login.action"
        case 41: "/dhis-web-login"
        case 42: "/dhis-web-login/"
        default: "/login/"
        }
    }

    var sessionCookie: String {
        let path = configuration.contextPath.isEmpty ? "/" : configuration.contextPath
        return "JSESSIONID=7F3A0C5E9B2D4816A7C1E0F29D5B8436; Path=\(path); HttpOnly; SameSite=Lax"
    }
}
