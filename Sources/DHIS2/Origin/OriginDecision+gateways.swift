import DHIS2Behaviour

// Answers without a body, which DHIS2 gives for its targets, and what a proxy says of DHIS2.
extension OriginDecision {
    /// A 502, 503 or 504 that DHIS2 has no words for.
    var gatewayError: ResponseOrigin {
        guard isHTML || passage == .aroundDHIS2, passage != .throughDHIS2 else { return passedOn }
        let sentence = """
            A proxy in front of DHIS2 on \(context.server.hostAndPort) answered \(status): it could not reach DHIS2, \
            or not in time.
            """
        guard passage == .stripped else { return decide(.proxy, .gatewayError, .likely, sentence, or: replaced) }
        let byTarget = Alternative(layer: .upstream, reason: .answered, sentence: answered)
        return decide(.proxy, .gatewayError, .possible, sentence, or: byTarget)
    }

    /// A 503, which up to 2.43 stands for a target that is not allowed if it has no body.
    var unavailable: ResponseOrigin {
        guard isWithoutBody, context.behaviour.may(\.refusesTargetsWithEmpty503) else { return gatewayError }
        // What DHIS2 may not call never answers.
        if context.hasTargetAnswered { return decide(.upstream, .answered, .likely, answered) }
        let byTarget = Alternative(
            layer: .upstream,
            reason: .answered,
            sentence: "\(context.targetName) may have answered 503 without a body itself."
        )
        return decide(.route, .targetNotAllowed, .possible, notAllowed, or: byTarget)
    }

    /// A 504, which from 2.42 on stands for a target that is too slow if it has no body.
    var gatewayTimeout: ResponseOrigin {
        guard isWithoutBody, context.behaviour.may(\.reportsSlowTargetsAs504) else { return gatewayError }
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

    private var isWithoutBody: Bool {
        switch passage {
        case .throughDHIS2, .stripped: exchange.bodySize == 0
        case .aroundDHIS2, .container, .unknown: false
        }
    }
}
