import HTTPVocabulary

/// Decides who gave an answer; what is not decided here by status is in the extensions.
struct OriginDecision {
    typealias Layer = ResponseOrigin.Layer
    typealias Reason = ResponseOrigin.Reason
    typealias Alternative = ResponseOrigin.Alternative

    /// What the marks say about the way of an answer.
    enum Passage {
        /// It carries DHIS2's marks, so DHIS2 wrote it or passed it on.
        case throughDHIS2
        /// It carries none, although the server's answers do: DHIS2's filters never saw it.
        case aroundDHIS2
        /// It carries none, and nobody knows whether it should.
        case unknown
        /// It carries none, and neither do the server's other answers: a proxy strips them.
        case stripped
    }

    let exchange: HTTPExchange
    let facts: HeaderFacts
    let context: OriginContext
    let message: WebMessage?
    let passage: Passage
    /// DHIS2's error in an answer that a target broke off.
    let appendedError: AppendedError?

    init(exchange: HTTPExchange, facts: HeaderFacts, context: OriginContext) {
        self.exchange = exchange
        self.facts = facts
        self.context = context
        let appendedError = AppendedError(in: exchange)
        message = exchange.statusCode >= 400 && appendedError == nil ? WebMessage(exchange) : nil
        passage =
            switch context.preflight.marksArrive {
            case _ where facts.isMarked: .throughDHIS2
            case true: .aroundDHIS2
            case false: .stripped
            case nil: .unknown
            }
        // What never passed through DHIS2 has nothing of it appended.
        self.appendedError = passage == .aroundDHIS2 ? nil : appendedError
    }

    var status: Int { exchange.statusCode }

    var origin: ResponseOrigin {
        switch status {
        case _ where appendedError != nil: brokenOff
        case 100...199: interim
        case 400... where isBodilessByMethod: answeredHead
        case 200...299: success
        case 300...399 where status != 304: redirect
        case 400: badRequest
        case 401: unauthorized
        case 403: forbidden
        case 404: notFound
        case 405: methodNotAllowed
        case 407: proxyAuthentication
        case 500: serverError
        case 502: badGateway
        case 503: unavailable
        case 504: gatewayTimeout
        default: other
        }
    }

    var isHTML: Bool { JSONAnswer.looksLikeHTML(exchange, facts) }

    func decide(
        _ layer: Layer,
        _ reason: Reason,
        _ certainty: ResponseOrigin.Certainty,
        _ sentence: String,
        or alternatives: Alternative...
    ) -> ResponseOrigin {
        ResponseOrigin(
            layer: layer,
            reason: reason,
            certainty: certainty,
            sentence: Self.capitalized(sentence),
            evidence: Evidence.of(exchange, facts),
            alternatives: alternatives.map {
                Alternative(layer: $0.layer, reason: $0.reason, sentence: Self.capitalized($0.sentence))
            }
        )
    }

    /// The target broke off while DHIS2 passed its body on.
    private var brokenOff: ResponseOrigin {
        let cause = appendedError?.message.map { ": " + ServerText.excerpt($0) } ?? "."
        return decide(
            .upstream,
            .targetBrokeOff,
            .certain,
            """
            \(context.targetName) broke off in the middle of its answer (\(status)); \(context.dhis2Name) passed on what \
            it had and appended an error of its own\(cause)
            """
        )
    }

    /// An interim answer that DHIS2 has taken for the answer.
    private var interim: ResponseOrigin {
        let name = status == 103 ? "103 Early Hints" : "the interim status \(status)"
        return decide(
            .upstream,
            .interimAnswer,
            .certain,
            """
            \(context.dhis2Name) passes on \(name) of \(context.targetName) as if it were the answer; switch \
            \(status == 103 ? "them" : "it") off at the target.
            """
        )
    }

    /// The target answered, as far as the marks tell.
    var passedOn: ResponseOrigin {
        switch passage {
        case .throughDHIS2:
            decide(.upstream, .answered, .good, answered)
        case .stripped where !isHTML:
            decide(.upstream, .answered, .good, answered)
        case .aroundDHIS2:
            decide(.proxy, .proxyError, .good, "\(inFront) answered \(status); DHIS2 did not see the answer.")
        case .unknown, .stripped:
            decide(.upstream, .answered, .fair, answered, or: byProxy)
        }
    }

    var answered: String { "\(context.targetName) answered \(status)." }

    var inFront: String { "something in front of DHIS2 on \(context.server.hostAndPort)" }

    var byProxy: Alternative {
        Alternative(
            layer: .proxy,
            reason: .proxyError,
            sentence: "\(inFront) may have answered: the answer carries none of DHIS2's header marks."
        )
    }

    var byTarget: Alternative {
        Alternative(
            layer: .upstream,
            reason: .answered,
            sentence: "\(context.targetName) may have answered this itself, if it is a DHIS2 too."
        )
    }

    private var success: ResponseOrigin {
        switch passage {
        case .aroundDHIS2:
            return decide(
                .proxy,
                .foreignPage,
                .good,
                "\(inFront) answered \(status) in its place: a cache, a portal or a maintenance page."
            )
        case _ where isLoginPage:
            return loginPage
        case .unknown where isHTML, .stripped where isHTML:
            return decide(
                .upstream,
                .answered,
                .fair,
                answered,
                or: Alternative(
                    layer: .proxy,
                    reason: .foreignPage,
                    sentence: "\(inFront) may have answered with a page of its own."
                )
            )
        case .unknown:
            return passedOn
        case .stripped, .throughDHIS2:
            return decide(.upstream, .answered, .good, answered)
        }
    }

    private var isLoginPage: Bool { LoginRedirect.isLoginPage(exchange, facts) }

    private var loginPage: ResponseOrigin {
        let byTarget = Alternative(
            layer: .upstream,
            reason: .answered,
            sentence: """
                \(context.targetName) may itself be a DHIS2 that asks for a login: check the route's credentials.
                """
        )
        return decide(
            .dhis2,
            .loginPage,
            .fair,
            """
            \(context.dhis2Name) seems to have answered with its login page: the credentials did not reach it, and \
            something in front \
            of it follows its redirects.
            """,
            or: byTarget
        )
    }

    /// Whether what DHIS2 would say is missing only because the method has no body in its answers; the rules for
    /// tokens and for slow targets need none.
    private var isBodilessByMethod: Bool {
        context.method == .head && exchange.bodySize == 0 && passage == .throughDHIS2 && !facts.challengesToken
            && status != 504
    }

    private var answeredHead: ResponseOrigin {
        let byDHIS2 = Alternative(
            layer: .dhis2,
            reason: .unexpectedAnswer,
            sentence: """
                \(context.dhis2Name) may have answered this itself; the answer to a HEAD has no body that would tell. \
                Use GET to find out.
                """
        )
        return decide(.upstream, .answered, .fair, answered, or: byDHIS2)
    }

    private var redirect: ResponseOrigin {
        guard let location = facts.location else {
            let sentence = """
                \(context.targetName) answered with a redirect (\(status)), which DHIS2 does not follow; it drops the \
                Location header. Let the route's URL name the final address.
                """
            // Before 2.42 DHIS2 follows the redirects of a GET.
            let certain = context.era.map { !$0.reportsTargetFaultsAs503 } ?? true
            return decide(.upstream, .redirected, certain ? .certain : .fair, sentence)
        }
        if status == 302, LoginRedirect.isSessionEnd(facts, of: context.server) { return sessionLimit }
        if LoginRedirect.isDHIS2Login(location, of: context.server)
            || facts.isMarked && LoginRedirect.isLogin(location)
        {
            return decide(
                .dhis2,
                .loginRedirect,
                facts.isMarked ? .certain : .good,
                Preflight.loginSentence(context.dhis2Name)
            )
        }
        if LoginRedirect.isToHTTPS(location, from: context.server) {
            return decide(
                .proxy,
                .proxyRedirect,
                .certain,
                """
                \(context.server.hostAndPort) wants to be asked with https (\(status)). Write the server URL with \
                https://.
                """
            )
        }
        return decide(
            .proxy,
            .proxyRedirect,
            .good,
            """
            \(inFront) sends the request elsewhere (\(status)), to \(ServerText.excerpt(location, limit: 100)): DHIS2 \
            never passes on where a target redirects to.
            """
        )
    }

    private var other: ResponseOrigin {
        guard message != nil, passage != .aroundDHIS2 else { return passedOn }
        if context.era == .a { return passedOn }
        return decide(.upstream, .answered, .fair, answered, or: byDHIS2)
    }

    var byDHIS2: Alternative {
        let detail = message?.message.map { ": " + ServerText.excerpt($0) } ?? "."
        return Alternative(
            layer: .dhis2,
            reason: .unexpectedAnswer,
            sentence: "\(context.dhis2Name) may have answered this itself\(detail)"
        )
    }

    static func capitalized(_ sentence: String) -> String {
        guard let first = sentence.first, first.isLowercase, sentence.hasPrefix("the ") || sentence.hasPrefix("some")
        else { return sentence }
        return first.uppercased() + sentence.dropFirst()
    }
}
