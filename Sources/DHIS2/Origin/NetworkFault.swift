import DHIS2Behaviour

/// What a transport's failure means for someone who wants to reach a server.
struct NetworkFault {
    let layer: ResponseOrigin.Layer
    let reason: ResponseOrigin.Reason
    let sentence: String
    /// Whether it may pass by itself while a server starts.
    let mayPass: Bool

    /// Reads a failure.
    ///
    /// - Parameters:
    ///   - error: The failure.
    ///   - server: Who was asked.
    ///   - timeout: The bound on the request, if it is known.
    ///   - hasAnswered: Whether the server has answered before, so that its URL is right.
    init(_ error: TransportError, server: BaseURL, timeout: Duration?, hasAnswered: Bool) {
        let host = server.hostAndPort
        let detail = Self.clause(error.message)
        // The transport's own sentence names the host, and says more than the kind of failure does.
        let own = "\(detail)."
        var layer = ResponseOrigin.Layer.network
        var mayPass = true
        // What to try where a plain connection brought no HTTP.
        let isScheme = server.scheme == .http && !hasAnswered
        let advice = isScheme ? " If the port speaks TLS, write the server URL with https://." : ""
        switch error.code {
        case .nameResolution:
            reason = .nameResolution
            sentence =
                "\(Self.naming(.nameLookup, in: detail)). Check the host name in the server URL, and this machine's DNS."
        case .refused:
            reason = .connectionRefused
            sentence = "\(host) refused the connection: DHIS2 is not running there, or the port is wrong."
        case .connect:
            reason = .connectionFailed
            sentence = "\(Self.naming(error.phase ?? .tcp, in: detail)). Check the network between this machine and it."
        case .connectTimeout:
            reason = .connectionTimeout
            sentence = Self.slowConnection(error.phase, to: host, detail)
        case .tls:
            (reason, mayPass) = (.tls, false)
            sentence = own
        case .timeout where error.timings.firstByte > .zero:
            reason = .timeout
            sentence = own
        case .timeout:
            reason = .timeout
            sentence = "\(host) did not answer \(timeout.map { "within \($0.inWords)" } ?? "in time")."
        case .reset:
            reason = .connectionReset
            sentence = Self.brokenConnection(error.phase, server, advice)
        case .protocolViolation:
            (reason, mayPass) = (.notHTTP, false)
            sentence = own + advice
        case .tooLarge:
            (reason, mayPass) = (.tooLarge, false)
            sentence = own
        case .undecodable:
            (reason, mayPass) = (.undecodableBody, false)
            sentence = own
        case .truncatedBody:
            reason = .truncatedBody
            sentence = own
        case .proxy:
            (layer, reason) = (.proxy, .proxyError)
            sentence = own
        case .proxyAuthentication:
            (layer, reason, mayPass) = (.proxy, .proxyAuthentication, false)
            sentence = own
        case .invalidRequest:
            (layer, reason, mayPass) = (.job, .invalidRequest, false)
            sentence = "The request cannot be sent: \(detail)."
        case .localLimit, .unavailable:
            (layer, reason) = (.job, .localLimit)
            sentence = own
        case .cancelled:
            (reason, mayPass) = (.cancelled, false)
            sentence = "The request was cancelled."
        default:
            reason = .connectionFailed
            sentence = "No answer from \(host): \(detail)."
        }
        self.layer = layer
        self.mayPass = mayPass
    }

    /// What took too long before a request could be sent, and whose it is.
    private static func slowConnection(
        _ phase: TransportError.Phase?,
        to host: String,
        _ detail: String
    ) -> String {
        guard let phase else {
            return """
                No connection to \(host) in time: \(detail). Whether the name lookup, TCP or TLS took too long is not known.
                """
        }
        let cause =
            switch phase {
            case .nameLookup: "DNS does not answer. Check this machine's DNS servers and the network to them."
            case .tcp: "it is down, or a firewall drops the packets."
            case .tls:
                "what terminates TLS there, often a reverse proxy, hangs or is overloaded, or the port does not speak TLS."
            default: "the connection was not ready in time."
            }
        return "\(naming(phase, in: detail)): \(cause)"
    }

    /// When a connection broke, and what that says.
    private static func brokenConnection(
        _ phase: TransportError.Phase?,
        _ server: BaseURL,
        _ advice: String
    ) -> String {
        let host = server.hostAndPort
        return switch phase {
        case .tls:
            """
            \(host) broke the connection during the TLS handshake: what terminates TLS there, often a reverse proxy, is \
            starting or overloaded or has no server behind it, or the port does not speak TLS.
            """
        case .waiting:
            """
            \(host) broke the connection after the request was sent, before any answer: it was stopped, or what stands in \
            front of DHIS2 has no server behind it.\(advice)
            """
        case .answer: "\(host) broke the connection in the middle of its answer."
        default: "\(host) broke the connection before the answer was complete."
        }
    }

    /// The beginning of a sentence with the name of a phase, unless it has the name already.
    private static func naming(_ phase: TransportError.Phase, in clause: String) -> String {
        clause.contains(phase.description) ? clause : "\(clause) (\(phase))"
    }

    /// What a 407 means, which tells that a proxy answered in place of a server.
    static func proxyAuthentication(_ exchange: HTTPExchange, on server: BaseURL) -> String {
        let proxy = exchange.proxy.map { "The " + ServerText.excerpt($0) } ?? "A proxy"
        let refusal = ProxyRefusal.clause(hasCredentials: exchange.hasProxyCredentials)
        return "\(proxy) on the way to \(server.hostAndPort) \(refusal)"
    }

    /// A message as the end of a sentence.
    static func clause(_ message: String) -> String {
        let text = ServerText.excerpt(message, limit: 300)
        return text.hasSuffix(".") ? String(text.dropLast()) : text
    }
}
