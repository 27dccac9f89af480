import DHIS2Behaviour
import FoundationEssentials
import Text

// Preflight sends nothing: the connection asks, and hands the answer in. What comes out is ready, or a
// `PreflightProblem` with a sentence that a person can act on.

/// Reads what a server's first answers say about whether it can be used.
public enum Preflight {
    /// How much of `/api/system/info` is kept: some hundred times what DHIS2 sends.
    static let largestInfo = 1 << 20

    /// Reads the answer to `/api/system/info`.
    ///
    /// - Parameters:
    ///   - exchange: The answer.
    ///   - server: Where it was asked for.
    ///   - usesToken: Whether the credentials were a personal access token.
    ///   - knowledge: What earlier answers of the server have proved, if some have.
    public static func outcome(
        ofServerInfo exchange: HTTPExchange,
        from server: BaseURL,
        usesToken: Bool,
        knowing knowledge: PreflightKnowledge = PreflightKnowledge()
    ) -> PreflightOutcome {
        let facts = HeaderFacts(exchange)
        let path = "/api/system/info"
        guard (200...299).contains(exchange.statusCode) else {
            return .failed(
                problem(
                    ofStatus: exchange,
                    facts: facts,
                    from: server,
                    at: path,
                    usesToken: usesToken,
                    knowing: knowledge
                )
            )
        }
        if facts.cacheField != nil {
            let sentence = cachedSentence(facts, from: server, at: path)
            return .failed(problem(.proxy, .cached, sentence, exchange, mayPass: true))
        }
        if HTMLPage.isPage(exchange, facts) {
            return .failed(page(exchange, facts: facts, from: server, at: "/api/system/info"))
        }
        guard !exchange.isBodyTruncated else {
            return .failed(
                problem(
                    .dhis2,
                    .notDHIS2,
                    """
                    \(server.hostAndPort) answered /api/system/info with \(exchange.bodySize.counting("byte")), far more than a \
                    DHIS2 does: another site or service may be there.
                    """,
                    exchange,
                    mayPass: !facts.isMarked
                )
            )
        }
        guard let info = try? JSONDecoder().decode(ServerInfo.self, from: Data(exchange.body)) else {
            return .failed(
                problem(
                    .dhis2,
                    .notDHIS2,
                    "\(server.hostAndPort) answered /api/system/info, but not as a DHIS2 does: it gave no version.",
                    exchange,
                    mayPass: !facts.isMarked
                )
            )
        }
        guard RouteBehaviour(info.version).hasRoutes else {
            return .failed(
                problem(
                    .dhis2,
                    .tooOld,
                    "\(server.hostAndPort) runs DHIS2 \(info.version), which has no routes: they came with 2.40.",
                    exchange
                )
            )
        }
        return .ready(info, PreflightKnowledge(marks: facts.marks, credentialsAccepted: true))
    }

    /// Reads the answer to `/api/ping`, which DHIS2 gives to anyone: 200 without a body.
    ///
    /// - Returns: `nil` when DHIS2 is up, or what speaks against it.
    public static func problem(ofPing exchange: HTTPExchange, from server: BaseURL) -> PreflightProblem? {
        let facts = HeaderFacts(exchange)
        if (200...299).contains(exchange.statusCode) {
            return HTMLPage.isPage(exchange, facts)
                ? page(exchange, facts: facts, from: server, at: "/api/ping") : nil
        }
        return problem(ofStatus: exchange, facts: facts, from: server, at: "/api/ping", usesToken: false)
    }

    /// Reads why no answer came.
    ///
    /// - Parameters:
    ///   - error: What the transport threw.
    ///   - server: Who was asked.
    ///   - knowledge: What earlier answers of the server have proved, if some have.
    public static func problem(
        of error: TransportError,
        from server: BaseURL,
        knowing knowledge: PreflightKnowledge = PreflightKnowledge()
    ) -> PreflightProblem {
        let fault = NetworkFault(error, server: server, timeout: nil, hasAnswered: knowledge.marks != nil)
        let isSilent = error.code == .timeout && error.timings.firstByte == .zero
        let message =
            isSilent
            ? """
            \(NetworkFault.clause(error.message)), though it accepts connections: DHIS2 may still be starting, which \
            takes about a minute, or it is overloaded.
            """ : fault.sentence
        return PreflightProblem(
            layer: isSilent ? .dhis2 : fault.layer,
            reason: isSilent ? .starting : fault.reason,
            message: message,
            evidence: [ServerText.excerpt(error.message)]
                + (error.proxy.map { ["on the way: the proxy \(ServerText.excerpt($0, limit: 80))"] } ?? []),
            mayPass: fault.mayPass,
            transportError: error
        )
    }

    static func problem(
        _ layer: ResponseOrigin.Layer,
        _ reason: ResponseOrigin.Reason,
        _ message: String,
        _ exchange: HTTPExchange,
        mayPass: Bool = false
    ) -> PreflightProblem {
        let facts = HeaderFacts(exchange)
        return PreflightProblem(
            layer: layer,
            reason: reason,
            message: message,
            evidence: Evidence.of(exchange, facts),
            mayPass: mayPass,
            statusCode: exchange.statusCode,
            certainty: facts.isMarked || facts.cacheField != nil ? .certain : .likely,
            retryAfter: exchange.header("retry-after")
        )
    }

    /// What it means that a cache answered.
    static func cachedSentence(_ facts: HeaderFacts, from server: BaseURL, at path: String) -> String {
        let field = facts.cacheField.map { ServerText.excerpt($0, limit: 80) } ?? ""
        return """
            Something in front of \(server.hostAndPort) answered \(path) out of its cache (\(field)), so nobody knows whether \
            DHIS2 would have. Exempt /api from caching there.
            """
    }

    /// A page for people with a good status where DHIS2's answer was due.
    static func page(
        _ exchange: HTTPExchange,
        facts: HeaderFacts,
        from server: BaseURL,
        at path: String
    ) -> PreflightProblem {
        let title = HTMLPage.title(of: exchange).map { " titled \(ServerText.quoted($0))" } ?? ""
        if facts.isMarked && facts.foreignPhrase == nil || LoginPages.isAboutLogin(exchange.bodyText) {
            return problem(
                .dhis2,
                .loginPage,
                """
                \(server.hostAndPort) answered \(path) with the login page of DHIS2\(title): the credentials did not \
                reach it.
                """,
                exchange
            )
        }
        return problem(
            .proxy,
            .foreignPage,
            """
            \(server.hostAndPort) answered \(path) with a web page\(title) instead of DHIS2's answer: a captive \
            portal, a sign-on page or another site is in the way.\(server.adviceOnOwnPath.map { " Or: \($0)" } ?? "")
            """,
            exchange,
            mayPass: true
        )
    }
}
