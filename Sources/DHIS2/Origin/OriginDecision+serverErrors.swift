import DHIS2Behaviour

// What DHIS2 says of itself and of targets that it cannot reach, and what a proxy says of DHIS2.
extension OriginDecision {
    var serverError: ResponseOrigin {
        guard let message, passage != .aroundDHIS2 else {
            return passage == .throughDHIS2 ? markedServerError : unmarkedServerError
        }
        if context.behaviour.may(\.reportsTargetFaultsAs500), let text = message.message,
            let fault = DHIS2Message.recognise(text, about: .target, status: status)?.message.meaning
        {
            let ownFailure = "A failure of \(context.dhis2Name) itself can look the same; its log knows more."
            return unreachable(
                fault,
                .possible,
                or: [Alternative(layer: .dhis2, reason: .internalError, sentence: ownFailure)]
            )
        }
        if context.mayRefuseQuery, message.message == nil, context.behaviour.does(\.refusesQueryWithoutMessage) {
            return queryNotAllowed
        }
        // In these releases every error of the target comes in DHIS2's message format.
        if context.behaviour.does(\.wrapsTargetErrors) { return passedOn }
        let detail = message.message.map { ": " + ServerText.excerpt($0) } ?? "."
        let sentence = "\(context.dhis2Name) may have failed by itself (500); its log knows more\(detail)"
        return decide(.dhis2, .internalError, .possible, sentence, or: byTarget)
    }

    private var unmarkedServerError: ResponseOrigin {
        guard isHTML, passage != .stripped else { return passedOn }
        return decide(.dhis2, .internalError, .possible, containerFailed, or: byProxy)
    }

    /// A target may run in a Tomcat too, but a path with one of the endings makes DHIS2's the likelier.
    private var markedServerError: ResponseOrigin {
        guard isHTML, let title = HTMLPage.title(of: exchange),
            DHIS2Message.recognise(title, about: .container, status: status) != nil
        else { return passedOn }
        let byTarget = Alternative(layer: .upstream, reason: .answered, sentence: answered)
        let byContainer = Alternative(layer: .dhis2, reason: .internalError, sentence: containerFailed)
        return ErrorFormat.brokenEnding(of: context.subPath) != nil
            ? decide(.dhis2, .internalError, .possible, containerFailed, or: byTarget)
            : decide(.upstream, .answered, .possible, answered, or: byContainer)
    }

    private var containerFailed: String {
        """
        The servlet container of \(context.dhis2Name) failed (500); it also does so when the Accept header or an \
        ending such as .xml or .csv keeps DHIS2 from writing an error of its own.
        """
    }

    func unreachable(
        _ fault: DHIS2Message.Meaning,
        _ certainty: ResponseOrigin.Certainty,
        or alternatives: [Alternative] = []
    ) -> ResponseOrigin {
        let sentence = "\(context.dhis2Name) could not reach \(context.targetName): \(fault.phrase)."
        return decide(fault, certainty, sentence, or: alternatives)
    }

    var badGateway: ResponseOrigin {
        guard let known else { return gatewayError }
        switch known.message {
        case .targetAuthenticationFailed where context.mayRefuseQuery: return queryNotAllowed
        case .targetAuthenticationFailed:
            return decide(
                known.message.meaning,
                .likely,
                """
                \(context.dhis2Name) could not get the credentials that \(context.routeName) sends to its target; \
                check the route's authentication, such as its OAuth 2 token address and secret.
                """
            )
        case .subPathRefused: return subPathNotAllowed
        case .placeholderMissing:
            let name = ServerText.excerpt(known.gap, limit: 60)
            return decide(
                known.message.meaning,
                .likely,
                """
                The URL of \(context.routeName) has the placeholder {\(name)}, which got no value; give it as the \
                parameter _\(name).
                """
            )
        case .unexpectedError: return decide(known.message.meaning, .possible, notAllowed, or: [byTarget])
        default: return gatewayError
        }
    }

    /// The route authenticates by query parameters, which up to 2.43 cannot be called with parameters of the request.
    private var queryNotAllowed: ResponseOrigin {
        let sentence = RouteError.queryRefusal(of: context.routeName, by: context.dhis2Name)
        guard context.route == nil else { return decide(.route, .queryNotAllowed, .likely, sentence) }
        let byCredentials = Alternative(
            layer: .route,
            reason: .targetAuthentication,
            sentence: """
                If \(context.routeName) authenticates in another way, DHIS2 could not get the credentials that it sends \
                to its target.
                """
        )
        return decide(.route, .queryNotAllowed, .possible, sentence, or: byCredentials)
    }

    private var notAllowed: String {
        """
        \(context.dhis2Name) may not call \(context.targetName): its route.remote_servers_allowed does not name the \
        host, or the target is plain http.
        """
    }

    var unavailable: ResponseOrigin {
        switch known?.message {
        case DHIS2Message.targetFault?: return unreachable(faultBefore242, .likely)
        case DHIS2Message.bodyCut?: return cutBefore242
        default: break
        }
        if exchange.bodySize == 0, passage != .aroundDHIS2, passage != .unknown,
            context.behaviour.may(\.refusesTargetsWithEmpty503)
        {
            let byTarget = Alternative(
                layer: .upstream,
                reason: .answered,
                sentence: "\(context.targetName) may have answered 503 without a body itself."
            )
            return decide(.route, .targetNotAllowed, .possible, notAllowed, or: byTarget)
        }
        return gatewayError
    }

    /// What 2.40 and 2.41 say of a target, `I/O error on GET request for "<url>": …`.
    ///
    /// Only what follows the URL is read: the URL may hold secrets.
    private var faultBefore242: DHIS2Message.Meaning {
        let text = message?.message ?? ""
        let cause = text.firstRange(of: "\": ").map { String(text[$0.upperBound...]) } ?? ""
        return (DHIS2Message.recognise(cause, about: .target, status: nil)?.message ?? .targetFault).meaning
    }

    /// 2.40 and 2.41 read the whole body before they pass it on.
    private var cutBefore242: ResponseOrigin {
        let text = message?.message ?? ""
        let cause = text.firstRange(of: "; nested exception is ").map { ": \(text[$0.upperBound...])" } ?? "."
        let sentence = "\(context.targetName) broke off in the middle of its answer\(ServerText.excerpt(cause))"
        return decide(DHIS2Message.bodyCut.meaning, .likely, sentence)
    }

    var gatewayTimeout: ResponseOrigin {
        guard exchange.bodySize == 0, passage != .aroundDHIS2, passage != .unknown,
            context.behaviour.may(\.reportsSlowTargetsAs504)
        else { return gatewayError }
        let limit = context.route?.responseTimeoutSeconds
        let isDue = exchange.timings.total >= .seconds(limit ?? RouteBehaviour.usualResponseTimeoutSeconds) * 9 / 10
        if let limit, !isDue {
            let bySlowness = Alternative(
                layer: .route,
                reason: .targetTimeout,
                sentence: """
                    \(context.targetName) may not have answered \(context.dhis2Name) in time, if the route allows less \
                    than the \(limit) s that it did when it was looked up.
                    """
            )
            return decide(.upstream, .answered, .likely, answered, or: bySlowness)
        }
        let wait = limit.map { "within the \($0) s that the route allows" } ?? "within the time that the route allows"
        let sentence = "\(context.targetName) did not answer \(context.dhis2Name) \(wait)."
        if isDue, passage == .throughDHIS2 { return decide(.route, .targetTimeout, .likely, sentence) }
        let byTarget = Alternative(
            layer: .upstream,
            reason: .answered,
            sentence: "\(context.targetName) may have answered 504 without a body itself."
        )
        return decide(.route, .targetTimeout, .possible, sentence, or: byTarget)
    }

    /// A 502, 503 or 504 that DHIS2 has no words for.
    private var gatewayError: ResponseOrigin {
        guard isHTML || passage == .aroundDHIS2, passage != .throughDHIS2 else { return passedOn }
        let sentence = """
            A proxy in front of DHIS2 on \(context.server.hostAndPort) answered \(status): it could not reach DHIS2, \
            or not in time.
            """
        guard passage == .stripped else { return decide(.proxy, .gatewayError, .likely, sentence) }
        let byTarget = Alternative(layer: .upstream, reason: .answered, sentence: answered)
        return decide(.proxy, .gatewayError, .possible, sentence, or: byTarget)
    }
}
