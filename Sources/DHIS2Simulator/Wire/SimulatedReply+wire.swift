extension SimulatedReply {
    /// What a client's request asks of the framing of its answer.
    package struct Manner: Sendable, Equatable {
        /// The method was HEAD: everything but the body.
        package var omitsBody: Bool
        /// The connection ends after this answer.
        package var closes: Bool

        package init(omitsBody: Bool = false, closes: Bool = false) {
            self.omitsBody = omitsBody
            self.closes = closes
        }
    }

    /// Status line and header section, the empty line included.
    package func head(_ manner: Manner) -> [UInt8] {
        var text = "HTTP/1.1 \(status) \(reason)\r\n"
        for field in headers.fields {
            text += field.name
            text += ": "
            text += field.value
            text += "\r\n"
        }
        if !hasNoContent && !headers.contains("Content-Length") {
            switch framing {
            case .length, .stalled: text += "Content-Length: \(body.count)\r\n"
            case .chunked: text += "Transfer-Encoding: chunked\r\n"
            }
        }
        if manner.closes { text += "Connection: close\r\n" }
        text += "\r\n"
        return Array(text.utf8)
    }

    /// The body in its framing.
    package func framedBody(_ manner: Manner) -> [UInt8] {
        guard !manner.omitsBody, !hasNoContent else { return [] }
        switch framing {
        case .length: return body
        case .stalled: return Array(body.prefix(body.count / 2))
        case .chunked: return Self.chunk(body) + Array("0\r\n\r\n".utf8)
        }
    }

    /// The steps that send this answer.
    package func steps(_ manner: Manner = Manner()) -> [WireStep] {
        var steps: [WireStep] = delay > .zero ? [.wait(delay)] : []
        steps.append(.send(head(manner) + framedBody(manner)))
        if case .stalled(let pause) = framing, !manner.omitsBody {
            steps += [.wait(pause), .close]
        } else if manner.closes {
            steps.append(.close)
        }
        return steps
    }

    static func chunk(_ bytes: [UInt8]) -> [UInt8] {
        guard !bytes.isEmpty else { return [] }
        return Array((String(bytes.count, radix: 16) + "\r\n").utf8) + bytes + Array("\r\n".utf8)
    }
}
