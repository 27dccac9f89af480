// Who refused the credentials, or wants some of its own.
extension OriginDecision {
    var unauthorized: ResponseOrigin {
        let server = context.dhis2Name
        if facts.challengesToken {
            let fault = AuthenticationFault(tokenMessage: message?.message, server: server)
            return decide(.dhis2, fault.reason, .certain, fault.sentence)
        }
        if facts.otherChallenge != nil {
            // DHIS2 has no other challenge of its own and drops its targets'.
            return decide(
                .proxy,
                .proxyAuthentication,
                .certain,
                "\(inFront) wants credentials of its own before it lets requests through (401)."
            )
        }
        guard let message, passage != .aroundDHIS2 else {
            var origin = passedOn
            if origin.layer == .upstream {
                (origin.reason, origin.sentence) = (.credentialsRefusedByTarget, Self.capitalized(refusedByTarget))
            }
            return origin
        }
        if AuthenticationFault.isAboutToken(message.message) {
            let fault = AuthenticationFault(tokenMessage: message.message, server: server)
            return decide(.dhis2, fault.reason, .likely, fault.sentence)
        }
        let fault = AuthenticationFault(passwordMessage: message.message, server: server)
        let byCredentials = Alternative(layer: .dhis2, reason: fault.reason, sentence: fault.sentence)
        switch context.preflight.credentialsAccepted {
        case true:
            return decide(.upstream, .credentialsRefusedByTarget, .likely, refusedByTarget, or: byCredentials)
        case nil where context.usesToken:
            return decide(.upstream, .credentialsRefusedByTarget, .possible, refusedByTarget, or: byCredentials)
        case nil, false:
            return decide(.dhis2, fault.reason, .likely, fault.sentence, or: byTarget)
        }
    }

    private var refusedByTarget: String {
        "\(context.targetName) refused the credentials that the route sends it (401)."
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
}
