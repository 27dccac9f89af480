// What DHIS2 makes of an upstream that breaks off in the middle of its body.
extension SimulatedInstance {
    func brokeOff(
        _ broken: BrokenUpstreamReply,
        limit: Duration,
        _ upstreamRequest: UpstreamRequest,
        _ request: SimulatedRequest
    ) -> SimulatedReply {
        guard request.method != "HEAD" else {
            var reply = passOn(broken.part, limit: limit, upstreamRequest, request)
            if let length = broken.announcedLength, era != .e { reply.framing = .short(announced: length) }
            return reply
        }
        var reply: SimulatedReply
        switch era {
        case .b:
            let envelope = Envelope(
                503,
                extractionProblem(of: broken),
                exception: "org.springframework.web.client.RestClientException"
            )
            reply = error(envelope, to: request)
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
        var reply = SimulatedReply(status: broken.part.status, headers: fields(of: broken.part))
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
        var headers = fields(of: broken.part)
        for name in ["Content-Type", "Cache-Control"] { headers.remove(name) }
        headers.add("Cache-Control", Self.cacheControl)
        headers.add("Content-Type", "application/json")
        return SimulatedReply(status: 500, headers: headers, body: broken.part.body + envelope(of: broken))
    }

    private func envelope(of broken: BrokenUpstreamReply) -> [UInt8] {
        let cause: String? =
            switch broken.ending {
            case .closes: "Connection prematurely closed DURING response"
            case .resets: UpstreamFailure.nettyReset(transport)
            // Netty's time-out of a read has no message.
            case .stalls: nil
            }
        return Array(Envelope(500, cause).json.text.utf8)
    }

    /// The fields of an upstream's answer that are passed on, all but its length.
    private func fields(of upstream: UpstreamReply) -> HeaderList {
        var headers = returnedHeaders(of: upstream.headers)
        headers.remove("Content-Length")
        return headers
    }
}
