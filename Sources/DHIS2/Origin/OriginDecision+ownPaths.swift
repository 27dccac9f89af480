import DHIS2Behaviour

// Paths of DHIS2's own, such as `/api/system/info` or the list of routes: a run without a target. Whatever DHIS2 did not
// say itself is decided as in a run, so that preflight and a check name the same layer for the same answer.
extension OriginDecision {
    /// Decides who answered a path of DHIS2's own with a status that is not good.
    ///
    /// - Parameters:
    ///   - exchange: The answer.
    ///   - facts: What it shows.
    ///   - server: Where it was asked for.
    ///   - usesToken: Whether the credentials were a personal access token.
    ///   - knowledge: What earlier answers have proved.
    init(
        ofOwnPath exchange: HTTPExchange,
        facts: HeaderFacts,
        from server: BaseURL,
        usesToken: Bool,
        knowing knowledge: PreflightKnowledge
    ) {
        var context = OriginContext(code: "", server: server, usesToken: usesToken, preflight: knowledge)
        context.asksDHIS2Itself = true
        self.init(exchange: exchange, facts: facts, context: context)
    }

    /// Decides the same for an answer that a connection got.
    init(ofOwnPath exchange: HTTPExchange, on connection: DHIS2Connection) {
        self.init(
            ofOwnPath: exchange,
            facts: HeaderFacts(exchange),
            from: connection.baseURL,
            usesToken: connection.usesToken,
            knowing: connection.preflightKnowledge
        )
    }

    /// Who answered.
    var originOfOwnPath: ResponseOrigin {
        if isAboutPath { return ownAnswer }
        switch status {
        case _ where facts.cacheField != nil: break
        case 400 where facts.challengesToken, 401 where facts.challengesToken: return refusedCredentials
        case 401 where facts.otherChallenge == nil:
            return passage == .aroundDHIS2 ? wantedCredentials : refusedCredentials
        case 407:
            let sentence = NetworkFault.proxyAuthentication(exchange, on: context.server)
            return decide(.proxy, .proxyAuthentication, .likely, sentence)
        default: break
        }
        let origin = origin
        // Where a run would blame its target, it is none of DHIS2's answers.
        guard origin.layer == .upstream || origin.layer == .route else { return origin }
        return decide(.proxy, .proxyError, .likely, "\(context.inFront) answered \(status).")
    }

    /// Whether DHIS2 itself answered, and what it says is about the path and not about the credentials or the session.
    var isAboutPath: Bool {
        guard passage == .throughDHIS2 || passage == .stripped, facts.cacheField == nil else { return false }
        switch status {
        case 300...399: return status == 304
        case 400: return !facts.challengesToken
        case 401, 407: return false
        // DHIS2 sets no limit on requests; what does may write the same security headers.
        case 429: return message != nil
        default: return true
        }
    }

    /// What stands in front may write the same security headers, but not DHIS2's words.
    private var ownCertainty: Certainty {
        facts.challengesToken || facts.isMarked && hasOwnWords ? .certain : .likely
    }

    /// Whether the answer is in one of the two forms that DHIS2's own errors have.
    var hasOwnWords: Bool { message != nil || page != nil }

    private var ownAnswer: ResponseOrigin {
        decide(.dhis2, ownReason, ownCertainty, "\(context.dhis2Name) itself answered \(status).")
    }

    private var ownReason: Reason {
        switch status {
        case 404 where !context.server.contextPath.isEmpty: .wrongContextPath
        case 500 where saysDatabaseIsDown: .database
        case 502...504: .notReady
        case 500...599: .internalError
        default: .unexpectedAnswer
        }
    }

    private var saysDatabaseIsDown: Bool {
        let text = message?.message ?? page?.message
        let known = text.flatMap { DHIS2Message.recognise($0, about: .route, status: status) }
        return known?.message == .databaseDown
    }

    private var refusedCredentials: ResponseOrigin {
        let text = message?.message
        let fault =
            facts.challengesToken || context.usesToken || AuthenticationFault.isAboutToken(text)
            ? AuthenticationFault(tokenMessage: text, server: context.server.hostAndPort)
            : AuthenticationFault(passwordMessage: text, server: context.server.hostAndPort)
        return decide(.dhis2, fault.reason, ownCertainty, fault.sentence)
    }

    private var wantedCredentials: ResponseOrigin {
        decide(
            .proxy,
            .proxyAuthentication,
            .likely,
            "\(context.inFront) wants credentials of its own before it lets requests through (401)."
        )
    }
}
