import DHIS2Behaviour
import HTTPVocabulary

// Who refused: the credentials, the user, the method.
extension OriginDecision {
    var tokenRefused: ResponseOrigin {
        let fault = AuthenticationFault(tokenMessage: message?.message, server: context.dhis2Name)
        return decide(.dhis2, fault.reason, .certain, fault.sentence)
    }

    var unauthorized: ResponseOrigin {
        if facts.otherChallenge != nil {
            // DHIS2 has no other challenge of its own and drops its targets'.
            return decide(
                .proxy,
                .proxyAuthentication,
                .certain,
                "\(context.inFront) wants credentials of its own before it lets requests through (401)."
            )
        }
        guard let message, passage != .aroundDHIS2 else {
            var origin = passedOn
            if origin.layer == .upstream {
                (origin.reason, origin.sentence) = (.credentialsRefusedByTarget, Self.capitalized(refusedByTarget))
            }
            return origin
        }
        // DHIS2 gives a session to those whose credentials it has accepted, and only to those.
        if facts.wasAuthenticated {
            return decide(.upstream, .credentialsRefusedByTarget, .certain, refusedByTarget)
        }
        let isAboutToken = AuthenticationFault.isAboutToken(message.message)
        let fault =
            isAboutToken
            ? AuthenticationFault(tokenMessage: message.message, server: context.dhis2Name)
            : AuthenticationFault(passwordMessage: message.message, server: context.dhis2Name)
        if isCookieDue { return decide(.dhis2, fault.reason, .certain, fault.sentence) }
        let byCredentials = Alternative(layer: .dhis2, reason: fault.reason, sentence: fault.sentence)
        // A proxy that strips DHIS2's marks may well strip the challenge that comes with such a message.
        if isAboutToken, passage == .stripped { return decide(.dhis2, fault.reason, .likely, fault.sentence) }
        if context.preflight.credentialsAccepted == true {
            return decide(.upstream, .credentialsRefusedByTarget, .likely, refusedByTarget, or: byCredentials)
        }
        if isAboutToken { return decide(.dhis2, fault.reason, .likely, fault.sentence) }
        if context.preflight.credentialsAccepted == nil, context.usesToken {
            return decide(.upstream, .credentialsRefusedByTarget, .possible, refusedByTarget, or: byCredentials)
        }
        return decide(.dhis2, fault.reason, .likely, fault.sentence, or: byTarget)
    }

    /// Whether the answer would hand out a cookie if DHIS2 had accepted the credentials.
    var isCookieDue: Bool {
        guard let due = context.preflight.marks else { return false }
        return due.contains(.sessionExpiry) || due.contains(.sessionCookie) && !context.isInSession
    }

    private var refusedByTarget: String {
        guard context.route?.isWithoutAuthentication == true else {
            return "\(context.targetName) refused the credentials that the route sends it (401).\(forgottenSecrets)"
        }
        let headers = context.route?.headerNames ?? []
        guard headers.isEmpty else {
            let names = ServerText.excerpt(headers.joined(separator: ", "), limit: 80)
            return """
                \(context.targetName) wants other credentials (401): the route has no authentication, only header fields of \
                its own (\(names)).
                """
        }
        return """
            \(context.targetName) wants credentials (401), and the route sends none: give the route an authentication.
            """
    }

    /// DHIS2 forgets the secrets of a route when it is edited in some ways (seen on 2.41.9.1 and 2.43.1).
    private var forgottenSecrets: String {
        guard let route = context.route, route.authenticationType != nil else { return "" }
        let edited = route.lastUpdated.flatMap { $0 == route.created ? nil : $0 }
        let date = edited.map { " (the last time on \(ServerText.excerpt(String($0.prefix(10)))))" } ?? ""
        return """
             DHIS2 forgets a route's secrets whenever the route is changed by PATCH, or by a PUT of what GET returned: \
            if it was edited lately\(date), enter them again.
            """
    }

    var proxyAuthentication: ResponseOrigin {
        guard passage != .throughDHIS2 else { return passedOn }
        return decide(
            .proxy,
            .proxyAuthentication,
            .likely,
            NetworkFault.proxyAuthentication(exchange, on: context.server)
        )
    }

    var forbidden: ResponseOrigin {
        var origin = ownWords
        if origin.layer == .upstream, message == nil, !forgottenSecrets.isEmpty {
            origin.reason = .credentialsRefusedByTarget
            origin.sentence += forgottenSecrets
        }
        return origin
    }

    var methodNotAllowed: ResponseOrigin {
        let allowed = allowedMethods
        let sentence =
            "\(context.dhis2Name) does not run routes with \(context.method.rawValue)"
            + (allowed.map { "; it knows only \($0)." } ?? ".")
        if allowed != nil, passage != .aroundDHIS2 {
            return decide(.dhis2, .methodNotAllowed, .likely, sentence)
        }
        return ownWords
    }

    /// The methods that an old server knows, if the run's is not among them; HEAD goes where GET goes.
    private var allowedMethods: String? {
        guard let version = context.version, let methods = RouteBehaviour(version).onlyMethods,
            context.method != .head, !methods.contains(context.method)
        else { return nil }
        return methods.map(\.rawValue).joined(separator: " and ")
    }
}
