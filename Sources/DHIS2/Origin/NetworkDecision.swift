import DHIS2Behaviour

/// Decides who is to blame that no answer came.
struct NetworkDecision {
    let error: TransportError
    let context: OriginContext

    var origin: ResponseOrigin {
        let fault = NetworkFault(error, server: context.server, timeout: context.timeout)
        let alternatives = alternatives
        return ResponseOrigin(
            layer: fault.layer,
            reason: fault.reason,
            certainty: alternatives.isEmpty ? .certain : .possible,
            sentence: fault.sentence,
            evidence: [ServerText.excerpt(error.message)],
            alternatives: alternatives
        )
    }

    private var alternatives: [ResponseOrigin.Alternative] {
        ofThisFault + byOwnProxy
    }

    /// What else it may have been once a proxy of the client's own stands in between.
    private var byOwnProxy: [ResponseOrigin.Alternative] {
        let codes: [TransportError.Code] = [.timeout, .reset, .protocolViolation, .tls, .tooLarge, .undecodable]
        guard let proxy = error.proxy, codes.contains(error.code) else { return [] }
        return [
            ResponseOrigin.Alternative(
                layer: .proxy,
                reason: .proxyError,
                sentence: "The proxy \(ServerText.excerpt(proxy, limit: 80)) on the way may be to blame."
            )
        ]
    }

    private var ofThisFault: [ResponseOrigin.Alternative] {
        switch error.code {
        case .timeout:
            let wait = context.route?.responseTimeoutSeconds.map { "up to \($0) s" } ?? "some time"
            return [
                ResponseOrigin.Alternative(
                    layer: .route,
                    reason: .targetTimeout,
                    sentence: """
                        The connection stood; DHIS2 waits \(wait) for \(context.targetName), which may be what is slow.
                        """
                )
            ]
        case .reset where error.hadBegunBody, .protocolViolation where error.hadBegunBody:
            return [
                ResponseOrigin.Alternative(
                    layer: .upstream,
                    reason: .connectionReset,
                    sentence: """
                        The answer had begun; DHIS2 passes bodies on as they come, so \(context.targetName) may have \
                        broken off.
                        """
                )
            ]
        case .undecodable: return [packedWrongly]
        default: return []
        }
    }

    /// Whoever packs bodies: from 2.42 on DHIS2 unpacks what its targets send.
    private var packedWrongly: ResponseOrigin.Alternative {
        let passesOn = !context.behaviour.does(\.unpacksBodies)
        return ResponseOrigin.Alternative(
            layer: passesOn ? .upstream : .proxy,
            reason: .undecodableBody,
            sentence: passesOn
                ? "DHIS2 may have passed on what \(context.targetName) packed wrongly."
                : "Something in front of DHIS2 on \(context.server.hostAndPort) may have packed the answer wrongly."
        )
    }
}

/// What a transport's failure means for someone who wants to reach a server.
struct NetworkFault {
    let layer: ResponseOrigin.Layer
    let reason: ResponseOrigin.Reason
    let sentence: String
    /// Whether it may pass by itself while a server starts.
    let mayPass: Bool

    init(_ error: TransportError, server: BaseURL, timeout: Duration?) {
        let host = server.hostAndPort
        let detail = Self.clause(error.message)
        // The transport's own sentence names the host, and says more than the kind of failure does.
        let own = "\(detail)."
        var layer = ResponseOrigin.Layer.network
        var mayPass = true
        switch error.code {
        case .nameResolution:
            reason = .nameResolution
            sentence = own
        case .refused:
            reason = .connectionRefused
            sentence = "\(host) refused the connection: DHIS2 is not running there, or the port is wrong."
        case .connect:
            reason = .connectionFailed
            sentence = own
        case .connectTimeout:
            reason = .connectionTimeout
            sentence = "\(host) did not take the connection in time: it is down, or a firewall drops the packets."
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
            sentence = "\(host) broke the connection before the answer was complete."
        case .protocolViolation:
            (reason, mayPass) = (.notHTTP, false)
            sentence = own
        case .tooLarge:
            (reason, mayPass) = (.tooLarge, false)
            sentence = own
        case .undecodable:
            (reason, mayPass) = (.undecodableBody, false)
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

    /// What a 407 means, which tells that a proxy answered in place of a server.
    static func proxyAuthentication(_ exchange: HTTPExchange, on server: BaseURL) -> String {
        let proxy = exchange.proxy.map { "The " + ServerText.excerpt($0) } ?? "A proxy"
        return """
            \(proxy) on the way to \(server.hostAndPort) wants credentials of its own (407): write them into the \
            proxy's URL.
            """
    }

    /// A message as the end of a sentence.
    private static func clause(_ message: String) -> String {
        let text = ServerText.excerpt(message, limit: 300)
        return text.hasSuffix(".") ? String(text.dropLast()) : text
    }
}
