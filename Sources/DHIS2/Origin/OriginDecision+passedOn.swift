import DHIS2Behaviour
import HTTPVocabulary

// Answers of the target that came through, or look like it.
extension OriginDecision {
    var success: ResponseOrigin {
        switch passage {
        case .aroundDHIS2, .container:
            let isSure = Passage.isSurelyAround(facts, due: context.preflight.marks)
            return decide(
                .proxy,
                .foreignPage,
                isSure ? .certain : .likely,
                "\(context.inFront) answered \(status) in its place: a cache, a portal or a maintenance page."
            )
        case _ where isLoginPage:
            return loginPage
        case .unknown where isHTML, .stripped where isHTML:
            return decide(
                .upstream,
                .answered,
                .possible,
                answered,
                or: Alternative(
                    layer: .proxy,
                    reason: .foreignPage,
                    sentence: "\(context.inFront) may have answered with a page of its own."
                )
            )
        case .unknown:
            return passedOn
        case .stripped, .throughDHIS2:
            return decide(.upstream, .answered, .likely, answered)
        }
    }

    /// A cache answered with what it had, so that nobody knows whether the target would have.
    var cached: ResponseOrigin {
        let field = facts.cacheField.map { ServerText.excerpt($0, limit: 80) } ?? ""
        return decide(
            .proxy,
            .cached,
            .certain,
            """
            \(context.inFront) answered \(status) out of its cache (\(field)), and the target was not called. Exempt \
            /api/routes from caching there.
            """
        )
    }

    private var isLoginPage: Bool { LoginPages.isPage(exchange, facts) }

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
            .possible,
            """
            \(context.dhis2Name) seems to have answered with its login page: the credentials did not reach it, and \
            something in front of it follows its redirects.
            """,
            or: byTarget
        )
    }

    /// Whether what DHIS2 would say is missing only because the method has no body in its answers; the rules for
    /// tokens and for slow targets need none.
    var isBodilessByMethod: Bool {
        context.method == .head && exchange.bodySize == 0 && passage == .throughDHIS2 && !facts.challengesToken
            && status != 504
    }

    var answeredHead: ResponseOrigin {
        if status == 401, facts.otherChallenge == nil, !facts.wasAuthenticated, isCookieDue {
            let fault = AuthenticationFault(passwordMessage: nil, server: context.dhis2Name)
            return decide(.dhis2, fault.reason, .certain, fault.sentence)
        }
        switch author {
        case .dhis2:
            return decide(
                .dhis2,
                .unexpectedAnswer,
                .certain,
                """
                \(context.dhis2Name) itself answered \(status); the answer to a HEAD has no body that says why. Use GET \
                to find out.
                """
            )
        // Errors of DHIS2's authentication write their type as a target's answer does.
        case .target where status != 401: return decide(.upstream, .answered, .certain, answered)
        case .target, .unknown: break
        }
        let byDHIS2 = Alternative(
            layer: .dhis2,
            reason: .unexpectedAnswer,
            sentence: """
                \(context.dhis2Name) may have answered this itself; the answer to a HEAD has no body that would tell. \
                Use GET to find out.
                """
        )
        return decide(.upstream, .answered, .possible, answered, or: byDHIS2)
    }

    /// The target broke off while DHIS2 passed its body on.
    var brokenOff: ResponseOrigin {
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
    var interim: ResponseOrigin {
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
            return decide(.upstream, .answered, isSurelyPassedOn ? .certain : .likely, answered)
        case .stripped where !isHTML:
            return decide(.upstream, .answered, .likely, answered)
        case .aroundDHIS2:
            let sentence = "\(context.inFront) answered \(status): the page is not DHIS2's."
            return decide(.proxy, .proxyError, .likely, sentence, or: replaced)
        case .container:
            let sentence = "The servlet container of \(context.dhis2Name) answered \(status) before any route ran."
            return decide(.dhis2, .unexpectedAnswer, .likely, sentence)
        case .unknown, .stripped:
            return decide(.upstream, .answered, .possible, answered, or: byProxy)
        }
    }

    /// Whether DHIS2 itself has no answer of this form: it writes its errors in its message format, or lets the servlet
    /// container make a page of them, and has none without a body but those for targets.
    private var isSurelyPassedOn: Bool {
        if author == .target { return true }
        return facts.isMarked && author != .dhis2 && page == nil && message == nil
    }

    /// nginx, for one, can put its own page in the place of an error and keep the status.
    var replaced: Alternative {
        Alternative(
            layer: .upstream,
            reason: .answered,
            sentence: """
                \(context.targetName) or DHIS2 may have answered \(status), if something in front replaces the pages of errors \
                (nginx: proxy_intercept_errors).
                """
        )
    }

    var answered: String { "\(context.targetName) answered \(status)." }

    var byProxy: Alternative {
        Alternative(
            layer: .proxy,
            reason: .proxyError,
            sentence: "\(context.inFront) may have answered: the answer carries none of DHIS2's header marks."
        )
    }

    var byTarget: Alternative {
        Alternative(
            layer: .upstream,
            reason: .answered,
            sentence: "\(context.targetName) may have answered this itself, if it is a DHIS2 too."
        )
    }

    var byDHIS2: Alternative {
        let detail = message?.message.map { ": " + ServerText.excerpt($0) } ?? "."
        return Alternative(
            layer: .dhis2,
            reason: .unexpectedAnswer,
            sentence: "\(context.dhis2Name) may have answered this itself\(detail)"
        )
    }
}
