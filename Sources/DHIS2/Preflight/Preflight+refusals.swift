import DHIS2Behaviour

extension Preflight {
    /// Reads a bad status of a path that every DHIS2 has.
    ///
    /// Who answered is decided as in a run (``OriginDecision``); here is said what it means for whoever wants to use the
    /// server, and whether waiting helps. What is not DHIS2's own may pass, since what stands in front of a DHIS2 that
    /// starts can answer anything; not so what it asks of the client.
    static func problem(
        ofStatus exchange: HTTPExchange,
        facts: HeaderFacts,
        from server: BaseURL,
        at path: String,
        usesToken: Bool,
        knowing knowledge: PreflightKnowledge = PreflightKnowledge()
    ) -> PreflightProblem {
        problem(
            of: OriginDecision(
                ofOwnPath: exchange,
                facts: facts,
                from: server,
                usesToken: usesToken,
                knowing: knowledge
            ),
            at: path
        )
    }

    /// What a decision about a path of DHIS2's own means.
    static func problem(of decision: OriginDecision, at path: String) -> PreflightProblem {
        let origin = decision.originOfOwnPath
        let (message, mayPass) = decision.meaning(of: origin, at: path)
        return PreflightProblem(
            layer: origin.layer,
            reason: origin.reason,
            message: message,
            evidence: origin.evidence,
            mayPass: mayPass,
            statusCode: decision.status,
            certainty: origin.certainty,
            retryAfter: decision.exchange.header("retry-after")
        )
    }

    /// Whether a page is one of something in front: DHIS2 has none with these statuses, though its marks can be on it.
    static func isFromFront(_ exchange: HTTPExchange, _ facts: HeaderFacts) -> Bool {
        !facts.isMarked || Passage(ofOwnPath: exchange, facts, due: nil) == .aroundDHIS2
    }
}

extension OriginDecision {
    private var host: String { context.server.hostAndPort }

    /// What the origin of an answer to a path of DHIS2's own means for whoever wants to use the server.
    fileprivate func meaning(of origin: ResponseOrigin, at path: String) -> (message: String, mayPass: Bool) {
        if origin.reason == .cached { return (Preflight.cachedSentence(facts, from: context.server, at: path), true) }
        if (300...399).contains(status), status != 304 { return redirection(origin, at: path) }
        switch origin.layer {
        case .proxy: return frontMeaning(origin, at: path)
        case .dhis2 where isAboutPath: return ownMeaning(origin, at: path)
        case .dhis2 where status == 404: return missing(origin, at: path)
        case .dhis2 where origin.reason == .internalError:
            return ("\(host) failed to answer \(path) (\(status)).", true)
        case .dhis2 where origin.reason == .unexpectedAnswer:
            return ("The servlet container of \(host) answered \(status) to \(path) in place of DHIS2.", true)
        // Credentials.
        case .dhis2: return (origin.sentence, false)
        case .job:
            return (
                """
                The servlet container of \(host) refused the URL of \(path) (\(status)): check the context path in the \
                server URL.
                """, true
            )
        case .network, .route, .upstream: return (origin.sentence, true)
        }
    }

    private func frontMeaning(_ origin: ResponseOrigin, at path: String) -> (message: String, mayPass: Bool) {
        switch origin.reason {
        case .proxyAuthentication where status == 401:
            let message =
                "Something in front of \(host) wants credentials of its own before it lets requests through (401)."
            return (message, false)
        case .proxyAuthentication: return (origin.sentence, false)
        // Only the server URL of this job can be put right here.
        case .httpsRequired: return (origin.sentence, context.server.scheme != .http)
        case .gatewayError:
            let message =
                "A proxy in front of \(host) answered \(status): DHIS2 is down, still starting, or too slow for it."
            return (message, true)
        default: break
        }
        switch status {
        case 403: return ("Something in front of \(host) refused \(path) (403).", true)
        case 404: return missing(origin, at: path)
        case 429: return ("\(host) answers that it gets too many requests (429).", true)
        default:
            return (
                """
                Something in front of \(host) answered \(status) to \(path), not DHIS2: DHIS2 may be down or still starting, or \
                another server is there.
                """, true
            )
        }
    }

    /// A 404 that is not DHIS2's.
    private func missing(_ origin: ResponseOrigin, at path: String) -> (message: String, mayPass: Bool) {
        if context.preflight.credentialsAccepted == true {
            let who = origin.layer == .proxy ? "Something in front" : "The servlet container"
            return (
                """
                \(who) of \(host) answered 404 to \(path) in place of DHIS2, which has answered before: it may be \
                restarting.
                """, true
            )
        }
        let context = context.server.contextPath
        let place = context.isEmpty ? "at the root of \(host)" : "under \(context) of \(host)"
        let advice =
            if context.isEmpty {
                "Add its context path to the server URL, such as /dhis."
            } else {
                self.context.server.adviceOnOwnPath ?? "Check the context path in the server URL, or leave it out."
            }
        return ("No DHIS2 answers \(place) (404). \(advice)", true)
    }

    /// What DHIS2 itself says of a path that it ought to have.
    private func ownMeaning(_ origin: ResponseOrigin, at path: String) -> (message: String, mayPass: Bool) {
        let detail = message?.message.map { ": " + ServerText.excerpt($0) } ?? "."
        switch status {
        case 404 where origin.reason == .wrongContextPath:
            let base = context.server.contextPath
            let advice = context.server.adviceOnOwnPath ?? "Check the context path in the server URL."
            return ("A DHIS2 answers on \(host), but it has no API under \(base) (404). \(advice)", false)
        case 429: return ("\(host) answers that it gets too many requests (429).", true)
        case 502...504: return ("\(host) answers that it is not ready (\(status)).", true)
        case 500 where origin.reason == .database:
            return (
                """
                \(host) got no connection to its database (500): the database is down, or other requests hold all \
                connections.
                """, true
            )
        case 500...599: return ("\(host) failed to answer \(path) (\(status))\(detail)", true)
        default:
            return ("\(host) answered \(status) to \(path), which no DHIS2 with routes does\(detail)", !hasOwnWords)
        }
    }

    private func redirection(_ origin: ResponseOrigin, at path: String) -> (message: String, mayPass: Bool) {
        switch Redirect(status: status, facts, from: context.server) {
        case .nowhere:
            return ("\(host) answered with a redirect that leads nowhere (\(status)), which no DHIS2 does.", true)
        case .sessionEnd:
            return (
                """
                \(host) ended the session of the request (302), because there were too many newer sessions of the same \
                user: another program uses the same user. Give this one a user of its own, or raise \
                max.sessions.per_user in dhis.conf.
                """, true
            )
        case .login: return (Redirect.loginSentence(host), false)
        case .loginElsewhere(let base): return (Redirect.loginElsewhereSentence(context.server, base: base), false)
        case .unknownPath(let base): return (Redirect.unknownPathSentence(context.server, base: base), false)
        case .toHTTPS: return (Redirect.toHTTPSSentence(context.server, status: status), false)
        case .elsewhere(let location):
            return (
                """
                \(host) sends requests elsewhere (\(status)), to \(ServerText.excerpt(location, limit: 100)): a \
                sign-on page or another site is in the way, or the server URL is not the final one.
                """, true
            )
        }
    }
}
