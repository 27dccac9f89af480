/// A service behind a route, evaluated in the process: no connection is made.
package struct SimulatedUpstream: Sendable {
    let answer: @Sendable (UpstreamRequest) -> UpstreamOutcome

    /// An upstream that decides by itself, on the connection's thread; while it blocks, the server cannot be stopped.
    ///
    /// Where its reply has a delay, it is asked twice about one request: first how long it takes, then, when that is over,
    /// what it answers.
    package init(_ answer: @escaping @Sendable (UpstreamRequest) -> UpstreamOutcome) {
        self.answer = answer
    }

    /// Always the same answer.
    package static func always(_ reply: UpstreamReply) -> SimulatedUpstream {
        SimulatedUpstream { _ in .reply(reply) }
    }

    /// Always the same text.
    package static func text(
        _ text: String,
        status: Int = 200,
        type: String = "application/json",
        headers: HeaderList = [:],
        delay: Duration = .zero
    ) -> SimulatedUpstream {
        var fields = headers
        if !fields.contains("Content-Type") { fields.add("Content-Type", type) }
        return always(UpstreamReply(status: status, headers: fields, body: Array(text.utf8), delay: delay))
    }

    /// Always a status without a body.
    package static func empty(status: Int = 204, headers: HeaderList = [:]) -> SimulatedUpstream {
        always(UpstreamReply(status: status, headers: headers))
    }

    /// Never an answer.
    package static func failing(_ failure: UpstreamFailure) -> SimulatedUpstream {
        SimulatedUpstream { _ in .failure(failure) }
    }

    /// A redirect, which era D passes on without its `Location` and era B follows to an answer for GET.
    package static func redirecting(
        to location: String,
        status: Int = 302,
        followed: UpstreamReply = UpstreamReply()
    ) -> SimulatedUpstream {
        let redirect = UpstreamReply(status: status, headers: ["Location": location])
        return SimulatedUpstream { _ in .redirect(redirect, followed: followed) }
    }

    /// One answer a sub-path; 404 with FastAPI's JSON for the others.
    package static func paths(_ replies: [String: UpstreamReply]) -> SimulatedUpstream {
        SimulatedUpstream { request in
            .reply(
                replies[request.subPath]
                    ?? UpstreamReply(
                        status: 404,
                        headers: ["Content-Type": "application/json"],
                        body: Array(#"{"detail":"Not Found"}"#.utf8)
                    )
            )
        }
    }
}
