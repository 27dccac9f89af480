extension SimulatedInstance {
    /// Calls the upstream and makes DHIS2's answer of what it says.
    func call(
        _ route: SimulatedRoute,
        _ upstreamRequest: UpstreamRequest,
        for request: SimulatedRequest
    ) -> SimulatedReply {
        let limit = Duration.seconds(route.responseTimeoutSeconds)
        switch route.upstream.answer(upstreamRequest) {
        case .failure(.timeout(let after)):
            return timedOut(upstreamRequest, after: after ?? limit, request)
        case .failure(.brokeOff(let broken)):
            guard broken.part.delay <= limit else { return timedOut(upstreamRequest, after: limit, request) }
            return brokeOff(broken, limit: limit, upstreamRequest, request)
        case .failure(let failure):
            return unreachable(failure, upstreamRequest, request)
        case .reply(let reply) where reply.sendsEarlyHints && era != .b:
            // The interim answer is passed on as the final one, and what follows it is not read.
            return SimulatedReply(status: 103)
        case .reply(let reply):
            guard reply.delay <= limit else { return timedOut(upstreamRequest, after: limit, request) }
            return passOn(reply, limit: limit, upstreamRequest, request)
        case .redirect(let redirect, let followed):
            // Eras A and B inherit Apache's habit of following GET; later ones pass the status and drop `Location`.
            let isFollowed = era == .b && ["GET", "HEAD"].contains(request.method)
            return passOn(isFollowed ? followed : redirect, limit: limit, upstreamRequest, request)
        }
    }

    private func passOn(
        _ upstream: UpstreamReply,
        limit: Duration,
        _ upstreamRequest: UpstreamRequest,
        _ request: SimulatedRequest
    ) -> SimulatedReply {
        // Era B reads the whole answer before it sends a byte; later ones have sent 200 by the time it stalls.
        if upstream.stallsInBody && era == .b {
            return timedOut(upstreamRequest, after: limit, request)
        }
        var reply = SimulatedReply(
            status: upstream.status,
            headers: returnedHeaders(of: upstream.headers),
            body: upstream.body,
            delay: upstream.delay
        )
        if upstream.isCompressed && era == .b {
            reply.headers.add("Content-Encoding", "gzip")
            reply.body = Gzip.stored(upstream.body)
        } else if upstream.isCompressed {
            // The client inside DHIS2 unpacks it, after which the length is unknown.
            reply.headers.remove("Content-Encoding")
            reply.headers.remove("Content-Length")
            reply.framing = .chunked
        }
        if upstream.stallsInBody { reply.framing = .stalled(limit) }
        return reply
    }

    /// The fields of an upstream's answer that are passed on.
    private func returnedHeaders(of headers: HeaderList) -> HeaderList {
        var returned: HeaderList = [:]
        for field in headers.fields where ForwardedHeaders.isReturned(field.name) {
            let isType = field.name.isSameFieldName(as: "Content-Type")
            returned.add(field.name, isType ? Self.contentType(field.value) : field.value)
        }
        return returned
    }

    private func timedOut(
        _ upstreamRequest: UpstreamRequest,
        after delay: Duration,
        _ request: SimulatedRequest
    ) -> SimulatedReply {
        var reply =
            era == .b
            ? error(ioError(upstreamRequest, "Read timed out"), to: request)
            : SimulatedReply(status: 504)
        reply.delay = delay
        return reply
    }

    /// Never a 502, in any release; the wording of eras D and E is inferred from Netty.
    private func unreachable(
        _ failure: UpstreamFailure,
        _ upstreamRequest: UpstreamRequest,
        _ request: SimulatedRequest
    ) -> SimulatedReply {
        let (host, port) = UpstreamAddress.hostAndPort(of: upstreamRequest.url)
        let address = "\(host)/203.0.113.10:\(port)"
        let causes: (old: String, new: String)
        switch failure {
        case .refused:
            causes = (
                "Connect to \(host):\(port) [\(host)/203.0.113.10] failed: Connection refused",
                "Connection refused: \(address)"
            )
        case .unresolvable:
            causes = ("\(host): Name or service not known", "Failed to resolve '\(host)' [A(1), AAAA(28)]")
        case .tls:
            let cause = "PKIX path building failed: unable to find valid certification path to requested target"
            causes = (cause, cause)
        case .reset:
            causes = ("Connection reset", "Connection reset by peer")
        case .poolExhausted:
            causes = (
                "Timeout waiting for connection from pool",
                "Pool#acquire(Duration) has been pending for more than the configured timeout of 45000ms"
            )
        case .connectTimeout, .timeout, .brokeOff:
            causes = (
                "Connect to \(host):\(port) [\(host)/203.0.113.10] failed: connect timed out",
                "connection timed out after 30000 ms: \(address)"
            )
        }
        var reply = error(
            era == .b ? ioError(upstreamRequest, causes.old) : Envelope(500, causes.new),
            to: request
        )
        if case .connectTimeout(let after) = failure { reply.delay = after }
        return reply
    }

    private func ioError(_ upstreamRequest: UpstreamRequest, _ cause: String) -> Envelope {
        // Spring leaves the query out of this message.
        let address = upstreamRequest.url.prefix { $0 != "?" }
        return Envelope(503, "I/O error on \(upstreamRequest.method) request for \"\(address)\": \(cause)")
    }
}

// What DHIS2 makes of an upstream that breaks off in the middle of its body.
extension SimulatedInstance {
    private func brokeOff(
        _ broken: BrokenUpstreamReply,
        limit: Duration,
        _ upstreamRequest: UpstreamRequest,
        _ request: SimulatedRequest
    ) -> SimulatedReply {
        guard request.method != "HEAD" else {
            var reply = passOn(broken.part, limit: limit, upstreamRequest, request)
            if let length = broken.announcedLength { reply.framing = .short(announced: length) }
            return reply
        }
        var reply: SimulatedReply
        switch era {
        case .b: reply = error(Envelope(503, extractionProblem(of: broken)), to: request)
        case .d: reply = halfAndEnvelope(of: broken)
        case .e: reply = wholeError(of: broken)
        }
        // A silence is noticed when the route's time is over.
        reply.delay = broken.part.delay + (broken.ending == .stalls ? limit : .zero)
        return reply
    }

    /// 2.41 reads all of the answer before it sends a byte.
    private func extractionProblem(of broken: BrokenUpstreamReply) -> String {
        // As Spring writes types: without blanks.
        let given = broken.part.headers["Content-Type"] ?? "application/octet-stream"
        let type = given.split(separator: " ").joined()
        let cause =
            switch (broken.ending, broken.announcedLength) {
            case (.closes, let length?):
                "org.apache.http.ConnectionClosedException: Premature end of Content-Length delimited message body "
                    + "(expected: \(length); received: \(broken.part.body.count))"
            case (.closes, nil):
                "org.apache.http.ConnectionClosedException: Premature end of chunk coded message body: "
                    + "closing chunk expected"
            case (.resets, _): "java.net.SocketException: Connection reset"
            case (.stalls, _): "java.net.SocketTimeoutException: Read timed out"
            }
        return "Error while extracting response for type [class [B] and content type [\(type)]; "
            + "nested exception is \(cause)"
    }

    /// 2.42 and 2.43 have begun the answer by then; the envelope comes after what is there, and no byte beyond the
    /// length that was announced.
    private func halfAndEnvelope(of broken: BrokenUpstreamReply) -> SimulatedReply {
        var reply = SimulatedReply(status: broken.part.status, headers: returnedHeaders(of: broken.part))
        let body = broken.part.body + envelope(of: broken)
        guard let length = broken.announcedLength else {
            reply.framing = .chunked
            reply.body = body
            return reply
        }
        reply.body = Array(body.prefix(length))
        // Nothing fills up what is missing.
        if body.count < length { reply.framing = .short(announced: length) }
        return reply
    }

    /// 2.44 has not begun it, but keeps what it has put by.
    private func wholeError(of broken: BrokenUpstreamReply) -> SimulatedReply {
        var headers = returnedHeaders(of: broken.part)
        for name in ["Content-Type", "Cache-Control"] { headers.remove(name) }
        headers.add("Cache-Control", Self.cacheControl)
        headers.add("Content-Type", "application/json")
        return SimulatedReply(status: 500, headers: headers, body: broken.part.body + envelope(of: broken))
    }

    private func envelope(of broken: BrokenUpstreamReply) -> [UInt8] {
        let cause: String?
        switch broken.ending {
        case .closes: cause = "Connection prematurely closed DURING response"
        case .resets:
            let call = minorVersion <= 42 ? "recvAddress(..)" : "io_uring read(..)"
            cause = "\(call) failed with error(-104): Connection reset by peer"
        // Netty's time-out of a read has no message.
        case .stalls: cause = nil
        }
        return Array(Envelope(500, cause).json.text.utf8)
    }

    /// The fields of an upstream's answer that are passed on, all but its length.
    private func returnedHeaders(of upstream: UpstreamReply) -> HeaderList {
        var headers = returnedHeaders(of: upstream.headers)
        headers.remove("Content-Length")
        return headers
    }
}
