extension SimulatedInstance {
    /// Calls the upstream and makes DHIS2's answer of what it says.
    func call(
        _ route: SimulatedRoute,
        _ upstreamRequest: UpstreamRequest,
        for request: SimulatedRequest
    ) -> SimulatedReply {
        let limit = Duration.seconds(route.responseTimeoutSeconds)
        let outcome = route.upstream.answer(upstreamRequest)
        return answer(outcome, redirect: nil, limit: limit, upstreamRequest, request)
    }

    /// - Parameter redirect: Where a redirect led that was followed.
    private func answer(
        _ outcome: UpstreamOutcome,
        redirect: String?,
        limit: Duration,
        _ upstreamRequest: UpstreamRequest,
        _ request: SimulatedRequest
    ) -> SimulatedReply {
        switch outcome {
        case .failure(.timeout(let after)):
            return timedOut(upstreamRequest, after: after ?? limit, request)
        case .failure(.brokeOff(let broken)):
            guard broken.part.delay <= limit else { return timedOut(upstreamRequest, after: limit, request) }
            return brokeOff(broken, limit: limit, upstreamRequest, request)
        case .failure(let failure):
            return failed(failure, upstreamRequest, redirect: redirect, limit: limit, request)
        case .reply(let reply) where reply.sendsEarlyHints && era != .b:
            // The interim answer is passed on as the final one, and what follows it is not read.
            return SimulatedReply(status: 103)
        case .reply(let reply):
            guard reply.delay <= limit else { return timedOut(upstreamRequest, after: limit, request) }
            return passOn(reply, limit: limit, upstreamRequest, request)
        case .redirect(let reply, let followed):
            // Eras A and B inherit Apache's habit of following GET; later ones pass the status and drop `Location`.
            guard era == .b, ["GET", "HEAD"].contains(request.method) else {
                return passOn(reply, limit: limit, upstreamRequest, request)
            }
            return answer(followed, redirect: reply.headers["Location"], limit: limit, upstreamRequest, request)
        }
    }

    /// Passes a target's answer on.
    func passOn(
        _ upstream: UpstreamReply,
        limit: Duration,
        _ upstreamRequest: UpstreamRequest,
        _ request: SimulatedRequest
    ) -> SimulatedReply {
        // Era B reads the whole answer before it sends a byte; later ones have sent 200 by the time it stalls.
        if upstream.stallsInBody && era == .b {
            return timedOut(upstreamRequest, after: limit, request)
        }
        if era == .b, !SpringStatus.isKnown(upstream.status) {
            return error(Envelope(400, "No matching constant for [\(upstream.status)]"), to: request)
        }
        var reply = SimulatedReply(
            status: upstream.status,
            headers: returnedHeaders(of: upstream.headers),
            body: upstream.body,
            framing: framing(of: upstream, request),
            delay: upstream.delay
        )
        if upstream.isCompressed {
            // The client inside DHIS2 unpacks it.
            reply.headers.remove("Content-Encoding")
            reply.headers.remove("Content-Length")
        }
        if era == .b { addFieldsOfABuffer(to: &reply, request) }
        if upstream.stallsInBody { reply.framing = .stalled(limit) }
        return reply
    }

    /// Era B tells the length of all that it has read, D the target's, where there is one, and E its own, unless the
    /// body is more than it holds back.
    private func framing(of upstream: UpstreamReply, _ request: SimulatedRequest) -> SimulatedReply.Framing {
        switch era {
        case .b: .length
        case .d: upstream.isCompressed || upstream.isChunked ? .chunked : .length
        case .e where request.method == "HEAD": .unannounced
        // Where exactly the limit is was not seen: 7 kB have a length, 1 MB has none.
        case .e: upstream.body.count > 8 << 10 ? .chunked : .length
        }
    }

    /// Era B hands the bytes it has read to the part of Spring that writes DHIS2's own answers.
    private func addFieldsOfABuffer(to reply: inout SimulatedReply, _ request: SimulatedRequest) {
        let negotiation = Negotiation(request)
        // Of a success without a body it has none, of an error it has an empty one.
        let hasBody = !reply.body.isEmpty || reply.status >= 400
        guard hasBody, !reply.hasNoContent else { return }
        if !reply.headers.contains("Content-Type"), let type = negotiation.type {
            reply.headers.add("Content-Type", Self.contentType(type))
        }
        if negotiation.isDownload && !(300..<400).contains(reply.status) {
            reply.headers.add("Content-Disposition", Self.download)
        }
    }

    /// The fields of an upstream's answer that are passed on.
    func returnedHeaders(of headers: HeaderList) -> HeaderList {
        var returned: HeaderList = [:]
        for field in headers.fields where ForwardedHeaders.isReturned(field.name) {
            let isType = field.name.isSameFieldName(as: "Content-Type")
            returned.add(field.name, isType ? Self.contentType(field.value) : field.value)
        }
        return returned
    }

    /// No answer within the route's time.
    func timedOut(
        _ upstreamRequest: UpstreamRequest,
        after delay: Duration,
        _ request: SimulatedRequest
    ) -> SimulatedReply {
        var reply =
            era == .b
            ? failed(.timeout(after: delay), upstreamRequest, limit: delay, request) : SimulatedReply(status: 504)
        reply.delay = delay
        return reply
    }
}

/// The statuses that Spring 5 has names for; up to 2.41 DHIS2 can pass on no other.
enum SpringStatus {
    static func isKnown(_ status: Int) -> Bool {
        switch status {
        case 100...103, 200...208, 226, 300...305, 307, 308, 400...426, 428, 429, 431, 451, 500...511: true
        default: false
        }
    }
}
