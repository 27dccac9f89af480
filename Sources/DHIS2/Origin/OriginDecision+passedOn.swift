import DHIS2Behaviour
import HTTPVocabulary

// Answers of the target that came through, or look like it.
extension OriginDecision {
    var success: ResponseOrigin {
        switch passage {
        case .aroundDHIS2:
            return decide(
                .proxy,
                .foreignPage,
                .likely,
                "\(inFront) answered \(status) in its place: a cache, a portal or a maintenance page."
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
                    sentence: "\(inFront) may have answered with a page of its own."
                )
            )
        case .unknown:
            return passedOn
        case .stripped, .throughDHIS2:
            return decide(.upstream, .answered, .likely, answered)
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
            .possible,
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
    var isBodilessByMethod: Bool {
        context.method == .head && exchange.bodySize == 0 && passage == .throughDHIS2 && !facts.challengesToken
            && status != 504
    }

    var answeredHead: ResponseOrigin {
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
}
