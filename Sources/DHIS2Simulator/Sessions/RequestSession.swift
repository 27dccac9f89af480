/// The session of a request, as decided when the request arrives.
enum RequestSession: Sendable, Equatable {
    /// No session: the credentials are missing or wrong, or the answer does not depend on sessions.
    case none
    /// A request without credentials gets a session that belongs to no user and has no effect (2.41 and earlier).
    case anonymous(SessionID)
    /// The session in the request's cookie has expired. The request is redirected to the logout page.
    case expired
    case active(Active)

    /// A session that a request uses.
    struct Active: Sendable, Equatable {
        let id: SessionID
        /// The user of the session in the request's cookie; `nil` if the request made a new session.
        let cookieUser: String?
        /// Whether the answer stays the same if the session expires in the meantime.
        ///
        /// Observed with passwords only.
        let isImmune: Bool
    }

    var active: Active? { if case .active(let active) = self { active } else { nil } }
}

extension SessionStore {
    /// Finds, makes or ends the session of a request that has arrived.
    mutating func enter(_ request: SimulatedRequest, _ instance: SimulatedInstance) -> RequestSession {
        let request = instance.forwarded(request)
        let finding = finding(among: request.sessionIDs)
        switch instance.reach(of: request) {
        case .noSession:
            return .none
        case .container:
            return finding == nil ? instance.anonymousSession : .none
        case .logout:
            switch finding {
            case .live(let id, _), .expired(let id): forget(id)
            case nil: break
            }
            return .none
        case .resource:
            return enter(request, instance, finding)
        }
    }

    private mutating func enter(
        _ request: SimulatedRequest,
        _ instance: SimulatedInstance,
        _ finding: Finding?
    ) -> RequestSession {
        var cookieUser: String?
        if case .live(_, let user) = finding { cookieUser = user }
        let authentication = instance.authenticate(request, cookieUser: cookieUser)
        // DHIS2 checks a token before the session.
        if case .refused(_, .token) = authentication { return .none }
        if case .expired(let id) = finding {
            forget(id)
            return .expired
        }
        switch authentication {
        case .refused(_, .noCredentials):
            return finding == nil ? instance.anonymousSession : .none
        case .refused:
            return .none
        case .accepted(let user, let means):
            if case .live(let id, let cookieUser) = finding {
                use(id)
                return .active(RequestSession.Active(id: id, cookieUser: cookieUser, isImmune: false))
            }
            let id = make(for: user.username)
            return .active(RequestSession.Active(id: id, cookieUser: nil, isImmune: means == .password))
        }
    }
}

// What of the server a session concerns.
extension SimulatedInstance {
    /// Which part of the server answers a request, as far as sessions depend on it.
    fileprivate enum Reach {
        /// A part without sessions: Tomcat's refusals, the ping, the login page, the CORS filter.
        case noSession
        /// Tomcat's page for paths outside of DHIS2.
        case container
        case logout
        /// A resource that requires credentials.
        case resource
    }

    fileprivate func reach(of request: SimulatedRequest) -> Reach {
        if refusedByProxy(request) != nil || refusedTarget(request) != nil { return .noSession }
        guard let path = pathInContext(request.path), isServed(path) else { return .container }
        if isOpen(path) || isStoppedByOrigin(request) { return .noSession }
        return path == Self.logoutPath ? .logout : .resource
    }

    /// The session of a request without credentials; none since 2.42.
    fileprivate var anonymousSession: RequestSession { minorVersion <= 41 ? .anonymous(.random()) : .none }

    /// The answer to a request whose session has expired.
    var sessionExpired: SimulatedReply {
        marked(leaving(to: configuration.contextPath + Self.logoutPath))
    }
}
