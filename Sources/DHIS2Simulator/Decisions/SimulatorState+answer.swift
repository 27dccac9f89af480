extension SimulatorState.Decision {
    /// What is answered, once its time has come.
    struct Answer: Sendable {
        private enum Content: Sendable {
            case reply(SimulatedReply, SimulatedReply.Manner)
            /// What a fault sends, whether or not the session expires.
            case steps([WireStep])
        }

        /// How long after the request's arrival it is sent, without the decision's own delay.
        let delay: Duration
        /// Whether the answer changes if the session expires in the meantime.
        let heedsExpiry: Bool
        private let content: Content
        private let instance: SimulatedInstance

        fileprivate init(_ steps: [WireStep], after delay: Duration, of instance: SimulatedInstance) {
            self.delay = delay
            self.instance = instance
            heedsExpiry = false
            content = .steps(steps)
        }

        fileprivate init(
            _ reply: SimulatedReply,
            _ manner: SimulatedReply.Manner,
            heedsExpiry: Bool,
            of instance: SimulatedInstance
        ) {
            delay = reply.delay
            self.instance = instance
            self.heedsExpiry = heedsExpiry
            content = .reply(reply, manner)
        }

        /// What the connection does.
        ///
        /// - Parameter hasExpired: Whether the session has expired since the request arrived.
        func steps(hasExpired: Bool) -> [WireStep] {
            switch content {
            case .steps(let steps):
                return steps
            case .reply(let reply, let manner):
                guard hasExpired else { return reply.steps(manner) }
                if instance.era == .e || reply.body.isEmpty || reply.hasNoContent {
                    return instance.sessionExpired.steps(manner)
                }
                // The answer is on its way when DHIS2 wants to redirect; what fails then takes the connection with it.
                return reply.steps(manner) + (reply.closes(manner) ? [] : [.resetUnderNextRequest])
            }
        }
    }

    /// What is answered by the server as it is at some moment.
    func answer(
        of instance: SimulatedInstance,
        to request: SimulatedRequest,
        _ manner: SimulatedReply.Manner
    ) -> Answer {
        let reply = reply(of: instance, to: request)
        if let fault, let steps = fault.steps(instead: reply, of: instance, for: request, manner) {
            return Answer(steps, after: fault.isAsLateAsTheAnswer ? reply.delay : .zero, of: instance)
        }
        let heedsExpiry = instance.era != .b && session.active?.isImmune == false
        return Answer(reply, manner, heedsExpiry: heedsExpiry, of: instance)
    }

    private func reply(of instance: SimulatedInstance, to request: SimulatedRequest) -> SimulatedReply {
        if session == .expired { return instance.behindProxy(instance.sessionExpired) }
        var (reply, isAdmitted) = instance.answer(to: request, cookieUser: session.active?.cookieUser)
        for cookie in instance.cookies(of: session, isAdmitted: isAdmitted, now: HTTPDate.now) {
            reply.headers.add("Set-Cookie", cookie)
        }
        return instance.behindProxy(reply)
    }
}
