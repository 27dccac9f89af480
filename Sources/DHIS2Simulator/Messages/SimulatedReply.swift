/// An answer of the simulated server, before it becomes bytes.
///
/// Answers say what is sent and how; when it is sent, how it is written and where it breaks off follows from that in
/// ``steps(_:)``, so that a fault can take the same answer and do something else with its bytes.
package struct SimulatedReply: Sendable, Equatable {
    /// How the body travels.
    package enum Framing: Sendable, Equatable {
        /// With the `Content-Length` of the body.
        case length
        /// In one chunk, without `Content-Length`.
        case chunked
        /// The `Content-Length` of the body, but only half of it arrives; then nothing for the given time, then the
        /// end.
        case stalled(Duration)
        /// A greater `Content-Length` than that of the body; nothing more comes, and only a client that asked for it
        /// sees the connection end.
        case short(announced: Int)
        /// To HEAD, without a word of the body's length.
        case unannounced
    }

    package var status: Int
    /// Tomcat sends no reason phrase; a proxy in front of it does.
    package var reason: String
    package var headers: HeaderList
    package var body: [UInt8]
    package var framing: Framing
    /// How long the answer takes from the end of the request; no step of it waits for that.
    package var delay: Duration

    package init(
        status: Int,
        reason: String = "",
        headers: HeaderList = [:],
        body: [UInt8] = [],
        framing: Framing = .length,
        delay: Duration = .zero
    ) {
        self.status = status
        self.reason = reason
        self.headers = headers
        self.body = body
        self.framing = framing
        self.delay = delay
    }

    package init(
        status: Int,
        reason: String = "",
        headers: HeaderList = [:],
        text: String,
        delay: Duration = .zero
    ) {
        self.init(status: status, reason: reason, headers: headers, body: Array(text.utf8), delay: delay)
    }

    /// The body as text, with replacement characters where it is not UTF-8.
    package var bodyText: String { String(decoding: body, as: UTF8.self) }

    /// RFC 9110, section 6.4.1: these statuses have no content, whatever the method.
    var hasNoContent: Bool { status == 204 || status == 304 || (100..<200).contains(status) }
}

extension SimulatedReply {
    /// How a request asks for its answer to be sent.
    package struct Manner: Sendable, Equatable {
        /// The method was HEAD: everything but the body.
        package var omitsBody: Bool
        /// The connection ends after this answer.
        package var closes: Bool
        /// The client knows chunks; one of HTTP/1.0 does not (RFC 9112, section 6.1).
        package var takesChunks: Bool

        package init(omitsBody: Bool = false, closes: Bool = false, takesChunks: Bool = true) {
            self.omitsBody = omitsBody
            self.closes = closes
            self.takesChunks = takesChunks
        }
    }

    /// Whether the connection ends after this answer: because the request asks for it, or because nothing else can mark
    /// the end of the body.
    package func closes(_ manner: Manner) -> Bool {
        manner.closes || framing == .chunked && !manner.takesChunks && !hasNoContent
    }

    /// Status line and header section, the empty line included.
    package func head(_ manner: Manner) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(512)
        bytes += "HTTP/1.1 \(status) \(reason)\r\n".utf8
        for field in headers.fields { Self.append(field.name, field.value, to: &bytes) }
        if !hasNoContent && !headers.contains("Content-Length") {
            switch framing {
            case .length, .stalled: Self.append("Content-Length", String(body.count), to: &bytes)
            case .short(let announced): Self.append("Content-Length", String(announced), to: &bytes)
            case .chunked where manner.takesChunks: Self.append("Transfer-Encoding", "chunked", to: &bytes)
            case .chunked, .unannounced: break
            }
        }
        if closes(manner) { Self.append("Connection", "close", to: &bytes) }
        bytes += "\r\n".utf8
        return bytes
    }

    private static func append(_ name: String, _ value: String, to bytes: inout [UInt8]) {
        bytes += name.utf8
        bytes += ": ".utf8
        bytes += value.utf8
        bytes += "\r\n".utf8
    }

    /// The body in its framing.
    package func framedBody(_ manner: Manner) -> [UInt8] {
        guard !manner.omitsBody, !hasNoContent else { return [] }
        switch framing {
        case .length, .short, .unannounced: return body
        case .stalled: return Array(body.prefix(body.count / 2))
        case .chunked where manner.takesChunks: return Self.chunk(body) + Array("0\r\n\r\n".utf8)
        case .chunked: return body
        }
    }

    /// The steps that send this answer, once its delay is over.
    package func steps(_ manner: Manner = Manner()) -> [WireStep] {
        var steps: [WireStep] = [.send(head(manner) + framedBody(manner))]
        if case .stalled(let pause) = framing, !manner.omitsBody {
            steps += [.wait(pause), .close]
        } else if closes(manner) {
            steps.append(.close)
        } else if case .short = framing, !manner.omitsBody {
            steps.append(.hang)
        }
        return steps
    }

    static func chunk(_ bytes: [UInt8]) -> [UInt8] {
        guard !bytes.isEmpty else { return [] }
        return Array((String(bytes.count, radix: 16) + "\r\n").utf8) + bytes + Array("\r\n".utf8)
    }
}

/// One thing that a connection does to answer a request; after the last step the next request is served.
package enum WireStep: Sendable, Equatable {
    case send([UInt8])
    case wait(Duration)
    /// Sends the same bytes again and again until the client goes away.
    case sendForever([UInt8])
    /// Ends the connection in order (FIN).
    case close
    /// Breaks the connection off (RST).
    case reset
    /// Breaks the connection off (RST) when the next request comes on it, which is not answered.
    case resetUnderNextRequest
    /// Leaves the connection open and never says anything again.
    case hang
}
