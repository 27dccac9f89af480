import DHIS2Behaviour

// Redirects: DHIS2 passes none of a target on, so that where one leads tells whose it is.
extension OriginDecision {
    var redirect: ResponseOrigin {
        switch Redirect(status: status, facts, from: context.server) {
        case .nowhere where passage == .aroundDHIS2:
            let sentence = "\(context.inFront) redirects the request (\(status)) without saying where to."
            return decide(.proxy, .proxyRedirect, .likely, sentence, or: replaced)
        case .nowhere: return redirectOfTarget
        case .sessionEnd: return sessionLimit
        case .login: return loginRedirect
        // Once the server has answered under this path, it is the right one.
        case .loginElsewhere where context.preflight.credentialsAccepted == true: return loginRedirect
        case .loginElsewhere(let base):
            let sentence = Redirect.loginElsewhereSentence(context.server, base: base)
            return decide(.dhis2, .wrongContextPath, .likely, sentence)
        case .unknownPath where context.preflight.credentialsAccepted == true:
            let sentence =
                "\(context.dhis2Name) does not know this path (\(status)), though it has answered under it before."
            return decide(.dhis2, .unexpectedAnswer, .likely, sentence)
        case .unknownPath(let base):
            let sentence = Redirect.unknownPathSentence(context.server, base: base)
            return decide(.dhis2, .wrongContextPath, .certain, sentence)
        case .toHTTPS:
            let sentence = Redirect.toHTTPSSentence(context.server, status: status)
            return decide(.proxy, .proxyRedirect, .certain, sentence)
        case .elsewhere(let location):
            return decide(
                .proxy,
                .proxyRedirect,
                .likely,
                """
                \(context.inFront) sends the request elsewhere (\(status)), to \(ServerText.excerpt(location, limit: 100)): \
                DHIS2 never passes on where a target redirects to.
                """
            )
        }
    }

    private var loginRedirect: ResponseOrigin {
        let sentence = Redirect.loginSentence(context.dhis2Name)
        return decide(.dhis2, .loginRedirect, facts.isMarked ? .certain : .likely, sentence)
    }

    private var redirectOfTarget: ResponseOrigin {
        let path = context.subPath
        let slash = path.isEmpty ? "" : path.hasSuffix("/") ? "the path without its trailing slash" : "a trailing slash"
        let isSecure = context.route?.url?.hasPrefix("https:") == true
        let wanted = [slash, isSecure ? "" : "https in the route's URL"].filter { !$0.isEmpty }
        let usually = wanted.isEmpty ? "" : " Usually the target wants \(wanted.joined(separator: " or "))."
        let sentence = """
            \(context.targetName) answered with a redirect (\(status)), which DHIS2 does not follow; it drops the \
            Location header.\(usually) Let the route's URL name the final address.
            """
        // Before 2.42 DHIS2 follows the redirects of a GET.
        let certain = !context.behaviour.does(\.followsRedirects)
        return decide(.upstream, .redirected, certain ? .certain : .possible, sentence)
    }

    /// DHIS2 has ended the session in which the request came, as it does when a user has more than it keeps.
    ///
    /// It may say so only when the request is done with, so the target may have been called.
    var sessionLimit: ResponseOrigin {
        decide(.dhis2, .sessionLimit, facts.isMarked ? .certain : .likely, sessionLimitSentence)
    }

    private var sessionLimitSentence: String {
        let server = context.dhis2Name
        guard context.isInSession else {
            return """
                \(server) ended the session of this request (302), because it keeps only a few sessions for a user and \
                every request makes one here; \(context.targetName) may have been called. Keep one session for all \
                requests, give this program a user of its own, or raise max.sessions.per_user in dhis.conf.
                """
        }
        guard context.wasRepeated else {
            return """
                \(server) ended the session while this request was waiting (302), because there were too many newer \
                sessions of the same user; \(context.targetName) may have been called. Give this program a user of its \
                own, or raise max.sessions.per_user in dhis.conf.
                """
        }
        return """
            \(server) ended the session twice (302), because there were too many newer sessions of the same user: \
            another program uses the same user. Give this one a user of its own, or raise max.sessions.per_user in \
            dhis.conf.
            """
    }
}
