import DHIS2Behaviour

// Redirects: DHIS2 passes none of a target on, so that where one leads tells whose it is.
extension OriginDecision {
    var redirect: ResponseOrigin {
        guard let location = facts.location else {
            let sentence = """
                \(context.targetName) answered with a redirect (\(status)), which DHIS2 does not follow; it drops the \
                Location header. Let the route's URL name the final address.
                """
            // Before 2.42 DHIS2 follows the redirects of a GET.
            let certain = !context.behaviour.does(\.followsRedirects)
            return decide(.upstream, .redirected, certain ? .certain : .possible, sentence)
        }
        if status == 302, LoginRedirect.isSessionEnd(facts, of: context.server) { return sessionLimit }
        if LoginRedirect.isDHIS2Login(location, of: context.server)
            || facts.isMarked && LoginRedirect.isLogin(location)
        {
            return decide(
                .dhis2,
                .loginRedirect,
                facts.isMarked ? .certain : .likely,
                LoginRedirect.sentence(context.dhis2Name)
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
            .likely,
            """
            \(inFront) sends the request elsewhere (\(status)), to \(ServerText.excerpt(location, limit: 100)): DHIS2 \
            never passes on where a target redirects to.
            """
        )
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
