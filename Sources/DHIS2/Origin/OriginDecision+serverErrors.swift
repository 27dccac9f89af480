extension OriginDecision {
    var serverError: ResponseOrigin {
        guard let message, passage != .aroundDHIS2 else {
            return passage == .throughDHIS2 ? markedServerError : unmarkedServerError
        }
        let reportsFaultsHere = context.era.map { !$0.reportsTargetFaultsAs503 } ?? true
        if reportsFaultsHere, let text = message.message, let fault = TargetFault(text) {
            let ownFailure = "A failure of \(context.dhis2Name) itself can look the same; its log knows more."
            return unreachable(
                fault,
                .fair,
                or: Alternative(layer: .dhis2, reason: .internalError, sentence: ownFailure)
            )
        }
        if context.mayRefuseQuery, message.message == nil, context.era?.reportsTargetFaultsAs503 == true {
            return queryNotAllowed
        }
        // In these releases every error of the target comes in DHIS2's message format.
        if context.era == .a { return passedOn }
        let detail = message.message.map { ": " + ServerText.excerpt($0) } ?? "."
        let sentence = "\(context.dhis2Name) may have failed by itself (500); its log knows more\(detail)"
        return decide(.dhis2, .internalError, .fair, sentence, or: byTarget)
    }

    private var unmarkedServerError: ResponseOrigin {
        guard isHTML, passage != .stripped else { return passedOn }
        return decide(.dhis2, .internalError, .fair, containerFailed, or: byProxy)
    }

    /// A target may run in a Tomcat too, but a path with one of the endings makes DHIS2's the likelier.
    private var markedServerError: ResponseOrigin {
        guard isHTML, HTMLTitle.of(exchange)?.hasPrefix("HTTP Status 500") == true else { return passedOn }
        let byTarget = Alternative(layer: .upstream, reason: .answered, sentence: answered)
        let byContainer = Alternative(layer: .dhis2, reason: .internalError, sentence: containerFailed)
        let endings = [".xml", ".csv", ".png", ".pdf"]
        return endings.contains(where: context.subPath.hasSuffix)
            ? decide(.dhis2, .internalError, .fair, containerFailed, or: byTarget)
            : decide(.upstream, .answered, .fair, answered, or: byContainer)
    }

    private var containerFailed: String {
        """
        The servlet container of \(context.dhis2Name) failed (500); it also does so when the Accept header or an \
        ending such as .xml or .csv keeps DHIS2 from writing an error of its own.
        """
    }

    func unreachable(
        _ fault: TargetFault,
        _ certainty: ResponseOrigin.Certainty,
        or alternative: Alternative? = nil
    ) -> ResponseOrigin {
        let sentence = "\(context.dhis2Name) could not reach \(context.targetName): \(fault.phrase)."
        guard let alternative else { return decide(fault.layer, fault.reason, certainty, sentence) }
        return decide(fault.layer, fault.reason, certainty, sentence, or: alternative)
    }

    var badGateway: ResponseOrigin {
        if let text = message?.message {
            if text == "An error occurred during authentication" {
                if context.mayRefuseQuery { return queryNotAllowed }
                return decide(
                    .route,
                    .targetAuthentication,
                    .good,
                    """
                    \(context.dhis2Name) could not get the credentials that \(context.routeName) sends to its target; \
                    check the route's authentication, such as its OAuth 2 token address and secret.
                    """
                )
            }
            if Self.isSubPathRefusal(text) { return subPathNotAllowed }
            if let name = placeholder(in: text) {
                return decide(
                    .route,
                    .placeholderMissing,
                    .good,
                    """
                    The URL of \(context.routeName) has the placeholder {\(name)}, which got no value; give it as the \
                    parameter _\(name).
                    """
                )
            }
            if text == "An unexpected error occurred" {
                return decide(.route, .targetNotAllowed, .fair, notAllowed, or: byTarget)
            }
        }
        return gatewayError
    }

    /// The route authenticates by query parameters, which up to 2.43 cannot be called with parameters of the request.
    private var queryNotAllowed: ResponseOrigin {
        let sentence = RouteError.queryRefusal(of: context.routeName, by: context.dhis2Name)
        guard context.route == nil else { return decide(.route, .queryNotAllowed, .good, sentence) }
        let byCredentials = Alternative(
            layer: .route,
            reason: .targetAuthentication,
            sentence: """
                If \(context.routeName) authenticates in another way, DHIS2 could not get the credentials that it sends \
                to its target.
                """
        )
        return decide(.route, .queryNotAllowed, .fair, sentence, or: byCredentials)
    }

    private func placeholder(in text: String) -> String? {
        let prefix = "Missing or blank value for placeholder: "
        return text.hasPrefix(prefix) ? ServerText.excerpt(String(text.dropFirst(prefix.count)), limit: 60) : nil
    }

    private var notAllowed: String {
        """
        \(context.dhis2Name) may not call \(context.targetName): its route.remote_servers_allowed does not name the \
        host, or the target is plain http.
        """
    }

    var unavailable: ResponseOrigin {
        if let text = message?.message, text.hasPrefix("I/O error on ") {
            return unreachable(TargetFault(ioError: text), .good)
        }
        if let text = message?.message, text.hasPrefix("Error while extracting response for type ") {
            // 2.40 and 2.41 read the whole body before they pass it on.
            let cause = text.firstRange(of: "; nested exception is ").map { ": \(text[$0.upperBound...])" } ?? "."
            let sentence = "\(context.targetName) broke off in the middle of its answer\(ServerText.excerpt(cause))"
            return decide(.upstream, .targetBrokeOff, .good, sentence)
        }
        let era = context.era
        if exchange.bodySize == 0, passage != .aroundDHIS2, passage != .unknown, era == nil || era == .c || era == .d {
            let byTarget = Alternative(
                layer: .upstream,
                reason: .answered,
                sentence: "\(context.targetName) may have answered 503 without a body itself."
            )
            return decide(.route, .targetNotAllowed, .fair, notAllowed, or: byTarget)
        }
        return gatewayError
    }

    var gatewayTimeout: ResponseOrigin {
        let era = context.era
        guard exchange.bodySize == 0, passage != .aroundDHIS2, passage != .unknown,
            era.map({ !$0.reportsTargetFaultsAs503 }) ?? true
        else { return gatewayError }
        let limit = context.route?.responseTimeoutSeconds
        let isDue = exchange.timings.total >= .seconds(limit ?? 5) * 9 / 10
        if let limit, !isDue {
            let bySlowness = Alternative(
                layer: .route,
                reason: .targetTimeout,
                sentence: """
                    \(context.targetName) may not have answered \(context.dhis2Name) in time, if the route allows less \
                    than the \(limit) s that it did when it was looked up.
                    """
            )
            return decide(.upstream, .answered, .good, answered, or: bySlowness)
        }
        let wait = limit.map { "within the \($0) s that the route allows" } ?? "within the time that the route allows"
        let sentence = "\(context.targetName) did not answer \(context.dhis2Name) \(wait)."
        if isDue, passage == .throughDHIS2 { return decide(.route, .targetTimeout, .good, sentence) }
        let byTarget = Alternative(
            layer: .upstream,
            reason: .answered,
            sentence: "\(context.targetName) may have answered 504 without a body itself."
        )
        return decide(.route, .targetTimeout, .fair, sentence, or: byTarget)
    }

    /// A 502, 503 or 504 that DHIS2 has no words for.
    private var gatewayError: ResponseOrigin {
        guard isHTML || passage == .aroundDHIS2, passage != .throughDHIS2 else { return passedOn }
        let sentence = """
            A proxy in front of DHIS2 on \(context.server.hostAndPort) answered \(status): it could not reach DHIS2, \
            or not in time.
            """
        guard passage == .stripped else { return decide(.proxy, .gatewayError, .good, sentence) }
        let byTarget = Alternative(layer: .upstream, reason: .answered, sentence: answered)
        return decide(.proxy, .gatewayError, .fair, sentence, or: byTarget)
    }
}
