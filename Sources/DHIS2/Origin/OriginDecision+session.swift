extension OriginDecision {
    /// DHIS2 has ended the session in which the request came, as it does when a user has more than it keeps.
    ///
    /// It may say so only when the request is done with, so the target may have been called.
    var sessionLimit: ResponseOrigin {
        decide(.dhis2, .sessionLimit, facts.isMarked ? .certain : .good, sessionLimitSentence)
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
