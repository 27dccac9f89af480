import DHIS2Behaviour
import HTTPVocabulary

extension DHIS2Client {
    /// The marks of DHIS2's that arrive here; `nil` where no answer has shown it yet.
    package var arrivingMarks: DHIS2Marks? { connection.preflightKnowledge.marks }

    /// Which layer gave the answer to a run.
    ///
    /// - Parameters:
    ///   - response: What ``RoutesAccessor/run(code:path:params:headers:useCache:method:body:timeout:keptBody:)`` returned.
    ///   - timeout: The run's own bound, where it had one.
    public func origin(of response: RouteResponse, timeout: Duration? = nil) -> ResponseOrigin {
        connection.origin(of: response, timeout: timeout)
    }

    /// The origin of an answer that needs no explanation: a 2xx that the route's target gave, as far as its header
    /// fields and the server's other answers tell.
    ///
    /// It names the layer and reason that ``origin(of:timeout:)`` names, at a fraction of the cost, and no details.
    ///
    /// - Returns: `nil` for every other answer.
    package func plainOrigin(of response: RouteResponse) -> ResponseOrigin? {
        let exchange = response.exchange
        guard (200...299).contains(exchange.statusCode) else { return nil }
        let facts = HeaderFacts(exchange)
        guard facts.cacheField == nil, isPassedOn(exchange, facts), !HTMLPage.isPage(exchange, facts),
            AppendedError(in: exchange) == nil
        else {
            return nil
        }
        connection.noteAnswer(of: response.target)
        return .passedOn
    }

    private func isPassedOn(_ exchange: HTTPExchange, _ facts: HeaderFacts) -> Bool {
        switch Passage(facts, status: exchange.statusCode, due: connection.preflightKnowledge.marks) {
        case .throughDHIS2, .stripped: true
        case .container, .aroundDHIS2, .unknown: false
        }
    }

    /// Which layer is to blame that a run gave no answer.
    ///
    /// - Parameters:
    ///   - error: What ``RoutesAccessor/run(code:path:params:headers:useCache:method:body:timeout:keptBody:)`` threw.
    ///   - timeout: The run's own bound, where it had one.
    public func origin(of error: RouteError, timeout: Duration? = nil) -> ResponseOrigin {
        if let transportError = error.transportError {
            let route = routes.cache.target(for: error.routeCode)?.route
            let context = connection.originContext(code: error.routeCode, route: route, timeout: timeout)
            return ResponseOrigin(of: transportError, in: context)
        }
        if let underlying = error.underlying {
            let problem = underlying.problem
            return ResponseOrigin(
                layer: problem?.layer ?? .dhis2,
                reason: problem?.reason ?? .unexpectedAnswer,
                certainty: problem?.certainty ?? .likely,
                sentence: error.message,
                evidence: problem?.evidence ?? underlying.statusCode.map { ["status \($0)"] } ?? []
            )
        }
        let (layer, reason): (ResponseOrigin.Layer, ResponseOrigin.Reason) =
            switch error.code {
            case .noSuchRoute: (.route, .routeNotFound)
            case .unsendable: (.job, .invalidRequest)
            case .queryRefused: (.route, .queryNotAllowed)
            default: (.network, .cancelled)
            }
        let evidence = error.response.map { Evidence.of($0.exchange, HeaderFacts($0.exchange)) }
        return ResponseOrigin(
            layer: layer,
            reason: reason,
            certainty: .certain,
            sentence: error.message,
            evidence: evidence ?? []
        )
    }
}

extension DHIS2Connection {
    func origin(of response: RouteResponse, timeout: Duration?) -> ResponseOrigin {
        let facts = HeaderFacts(response.exchange)
        if let origin = ResponseOrigin(passedOn: response.exchange, facts: facts, due: preflightKnowledge.marks) {
            noteAnswer(of: response.target)
            return origin
        }
        var context = originContext(code: response.code, route: response.route, timeout: timeout)
        context.reference = response.reference
        context.acceptsErrors = response.requestFields[.accept].map(ErrorFormat.isAccepted) ?? true
        context.subPath = response.path
        context.method = response.method
        context.hasQuery = response.url.utf8.contains(UInt8(ascii: "?"))
        context.isInSession = response.isInSession
        context.wasRepeated = response.wasRepeated
        context.hasTargetAnswered = hasAnswered(response.target)
        let origin = OriginDecision(exchange: response.exchange, facts: facts, context: context).origin
        if origin.layer == .upstream, origin.certainty == .certain { noteAnswer(of: response.target) }
        return origin
    }

    func originContext(code: String, route: Route?, timeout: Duration?) -> OriginContext {
        OriginContext(
            code: code,
            route: route,
            server: baseURL,
            usesToken: usesToken,
            version: knownVersion,
            timeout: timeout ?? patience(for: route),
            preflight: preflightKnowledge
        )
    }
}
