extension SimulatedFault {
    /// What is sent instead of an answer under this fault; `nil` for faults that leave the answer as it is.
    func steps(
        instead reply: SimulatedReply,
        of instance: SimulatedInstance,
        for request: SimulatedRequest,
        _ manner: SimulatedReply.Manner
    ) -> [WireStep]? {
        switch self {
        case .closeWithoutAnswer: [.close]
        case .resetBeforeHeaders: [.reset]
        case .hang: [.hang]
        case .resetInHeaders, .resetInBody, .hangInBody, .drip, .truncatedBody:
            Self.interrupted(reply, by: self, manner)
        case .badChunk, .garbageStatusLine, .hugeHeader, .endlessHeaders, .endlessBody, .gzipBomb, .badGzip:
            Self.malformed(reply, by: self, instance, manner)
        case .status, .statusInFront, .proxyPage, .containerPage, .loginRedirect, .loginPage, .captivePortal:
            replacement(reply, instance, request)?.steps(manner)
        case .delay, .deleteRoute, .renameRoute, .disableRoute, .expireTokens, .restart: nil
        }
    }

    /// Whether what is sent under this fault takes as long as the answer itself would.
    var isAsLateAsTheAnswer: Bool {
        if case .hugeHeader = self { true } else { false }
    }

    /// Whether DHIS2 sees the request under this fault, and makes a session for it.
    var reachesDHIS2: Bool {
        switch self {
        case .closeWithoutAnswer, .resetBeforeHeaders, .hang, .garbageStatusLine, .statusInFront, .proxyPage,
            .containerPage, .loginRedirect, .loginPage, .captivePortal, .restart:
            false
        case .resetInHeaders, .resetInBody, .hangInBody, .drip, .delay, .truncatedBody, .badChunk, .hugeHeader,
            .endlessHeaders, .endlessBody, .gzipBomb, .badGzip, .status, .deleteRoute, .renameRoute, .disableRoute,
            .expireTokens:
            true
        }
    }

    /// Long enough for the kernel to have delivered what came before a reset, which may otherwise overtake it.
    private static let beforeReset = WireStep.wait(.milliseconds(10))

    /// A sound answer that does not come to its end in the usual way.
    private static func interrupted(
        _ reply: SimulatedReply,
        by fault: SimulatedFault,
        _ manner: SimulatedReply.Manner
    ) -> [WireStep] {
        var reply = reply
        // Without chunks, only a length can show that bytes are missing.
        if reply.framing == .chunked && !manner.takesChunks { reply.framing = .length }
        // Half of an empty body would be all of it.
        if reply.body.count < 2 || reply.hasNoContent {
            reply.status = 200
            reply.framing = .length
            reply.body = Array(#"{"message":"this answer does not arrive whole"}"#.utf8)
        }
        let head = reply.head(manner)
        let body = reply.framedBody(manner)
        let half = Array(body.prefix(body.count / 2))
        switch fault {
        case .resetInHeaders: return [.send(Array(head.prefix(head.count / 2))), beforeReset, .reset]
        case .resetInBody: return [.send(head + half), beforeReset, .reset]
        case .hangInBody: return [.send(head + half), .hang]
        case .drip(let bytes, let pause):
            return drip(head + body, bytes: max(bytes, 1), pause: pause) + (reply.closes(manner) ? [.close] : [])
        default: return [.send(head + half), .close]
        }
    }

    private static func drip(_ bytes: [UInt8], bytes count: Int, pause: Duration) -> [WireStep] {
        stride(from: 0, to: bytes.count, by: count).flatMap { start -> [WireStep] in
            [.send(Array(bytes[start..<min(start + count, bytes.count)])), .wait(pause)]
        }
    }

    /// An answer that breaks HTTP, or a client's patience.
    private static func malformed(
        _ reply: SimulatedReply,
        by fault: SimulatedFault,
        _ instance: SimulatedInstance,
        _ manner: SimulatedReply.Manner
    ) -> [WireStep] {
        var answer = instance.marked(SimulatedReply(status: 200, headers: ["Content-Type": "application/json"]))
        answer.addCookies(of: reply)
        switch fault {
        case .badChunk:
            answer.framing = .chunked
            let chunks = manner.omitsBody ? [] : Array("5\r\nhello\r\nzz\r\n".utf8)
            return [.send(answer.head(manner) + chunks), .close]
        case .garbageStatusLine:
            return [.send(Array("SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n\r\n".utf8)), .close]
        case .hugeHeader(let bytes):
            var huge = reply
            huge.headers.add("X-Padding", String(repeating: "x", count: max(bytes, 0)))
            return huge.steps(manner)
        case .endlessHeaders:
            let lines = String(repeating: "X-Padding: \(String(repeating: "x", count: 100))\r\n", count: 100)
            return [.send(Array("HTTP/1.1 200 \r\n".utf8)), .sendForever(Array(lines.utf8))]
        case .gzipBomb(let bytes):
            answer.headers.add("Content-Encoding", "gzip")
            answer.body = Gzip.zeros(max(bytes, 1))
            return answer.steps(manner)
        case .badGzip:
            answer.headers.add("Content-Encoding", "gzip")
            answer.body = Array(#"{"message":"this answer was never packed"}"#.utf8)
            return answer.steps(manner)
        default:
            answer.framing = .chunked
            // The head is all that there is for HEAD.
            guard !manner.omitsBody else { return answer.steps(manner) }
            let part = Array(repeating: UInt8(ascii: "x"), count: 16 * 1024)
            return [
                .send(answer.head(manner)), .sendForever(manner.takesChunks ? SimulatedReply.chunk(part) : part),
            ]
        }
    }

    /// A whole answer in place of the real one.
    private func replacement(
        _ reply: SimulatedReply,
        _ instance: SimulatedInstance,
        _ request: SimulatedRequest
    ) -> SimulatedReply? {
        switch self {
        case .status(let status, let headers, let body):
            instance.behindProxy(
                instance.marked(SimulatedReply(status: status, headers: headers, text: body)).withCookies(of: reply)
            )
        case .statusInFront(let status, let headers, let body):
            SimulatedReply(status: status, reason: Envelope.phrase(for: status), headers: headers, text: body)
        case .proxyPage(let status): instance.pageOfProxy(status)
        case .containerPage(let status):
            instance.behindProxy(instance.page(TomcatPage(status: status, message: "The request was not answered")))
        case .loginRedirect: instance.behindProxy(instance.marked(instance.loginRedirect(request)))
        case .loginPage: instance.behindProxy(instance.loginPage)
        case .captivePortal: HTMLPages.captivePortal
        default: nil
        }
    }
}

extension SimulatedReply {
    /// Takes over the session's cookies from the answer that this one replaces.
    fileprivate mutating func addCookies(of other: SimulatedReply) {
        for value in other.headers.values(of: "Set-Cookie") { headers.add("Set-Cookie", value) }
    }

    fileprivate func withCookies(of other: SimulatedReply) -> SimulatedReply {
        var reply = self
        reply.addCookies(of: other)
        return reply
    }
}
