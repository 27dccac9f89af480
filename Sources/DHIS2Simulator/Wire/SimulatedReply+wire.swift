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
            case .chunked: break
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
        case .length, .short: return body
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
