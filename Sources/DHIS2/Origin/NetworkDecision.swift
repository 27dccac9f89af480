import DHIS2Behaviour

/// Decides who is to blame that no answer came.
struct NetworkDecision {
    let error: TransportError
    let context: OriginContext

    var origin: ResponseOrigin {
        if let packing = packing { return packing }
        if isCut { return cutOff }
        let fault = NetworkFault(
            error,
            server: context.server,
            timeout: context.timeout,
            hasAnswered: context.preflight.marks != nil
        )
        return origin(fault.layer, fault.reason, fault.sentence, or: ofThisFault + byOwnProxy)
    }

    private func origin(
        _ layer: ResponseOrigin.Layer,
        _ reason: ResponseOrigin.Reason,
        _ sentence: String,
        or alternatives: [ResponseOrigin.Alternative]
    ) -> ResponseOrigin {
        ResponseOrigin(
            layer: layer,
            reason: reason,
            certainty: alternatives.isEmpty ? .certain : .possible,
            sentence: sentence,
            evidence: [ServerText.excerpt(error.message)],
            alternatives: alternatives
        )
    }

    /// What else it may have been once a proxy of the client's own stands in between.
    private var byOwnProxy: [ResponseOrigin.Alternative] {
        let codes: [TransportError.Code] = [
            .connectTimeout, .timeout, .reset, .protocolViolation, .tls, .tooLarge, .undecodable, .truncatedBody,
        ]
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
        case .localLimit where error.begunAnswer != nil:
            return [
                ResponseOrigin.Alternative(
                    layer: .upstream,
                    reason: .targetBrokeOff,
                    sentence: "\(OriginDecision.capitalized(context.targetName)) may have broken off of its own accord."
                )
            ]
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
        default: return []
        }
    }
}

// What broke off: who sends a body does not begin one that it cannot finish.
extension NetworkDecision {
    private var isCut: Bool {
        error.begunAnswer != nil && (error.code == .reset || error.code == .protocolViolation)
    }

    private var cutOff: ResponseOrigin {
        let sentence = "\(detail). \(inFront) may have cut or damaged it, e.g. at a limit of its own."
        let target = OriginDecision.capitalized(context.targetName)
        // Up to 2.41 DHIS2 reads a target's body whole before it answers.
        let byTarget = ResponseOrigin.Alternative(
            layer: .upstream,
            reason: .connectionReset,
            sentence: "\(target) may have broken off: DHIS2 passes bodies on as they come."
        )
        let readsWhole = context.behaviour.does(\.sendsTargetsWholeAndItselfInChunks)
        let byNetwork = ResponseOrigin.Alternative(
            layer: .network,
            reason: .connectionReset,
            sentence: "DHIS2 may have been stopped, or the connection to it may have failed."
        )
        return origin(
            .proxy,
            .gatewayError,
            sentence,
            or: byOwnProxy + (readsWhole ? [byNetwork] : [byTarget, byNetwork])
        )
    }
}

// Who packed a body that cannot be unpacked, or not to its end.
extension NetworkDecision {
    private var packing: ResponseOrigin? {
        guard error.code == .undecodable || error.code == .truncatedBody, let answer = error.begunAnswer,
            let value = answer.combinedHeader("content-encoding")
        else { return nil }
        let passage = Passage(HeaderFacts(answer), status: answer.statusCode, due: context.preflight.marks)
        let codings = HTTPExchange.codings(ofContentEncoding: value)
        if passage == .aroundDHIS2 { return origin(.proxy, reason, "\(detail). \(inFront) packed it.", or: []) }
        if codings.contains(where: { !HeaderRules.contentCodings.contains($0) }) { return namedWrongly(value) }
        // DHIS2 unpacks what its targets pack so.
        if codings.contains(where: HeaderRules.unpackedCodings.contains) {
            let byContainer = ResponseOrigin.Alternative(
                layer: .dhis2,
                reason: reason,
                sentence: "The servlet container of DHIS2 may have, if compression is switched on there."
            )
            let sentence = "\(detail). \(inFront) packed it: DHIS2 unpacks what targets send."
            return origin(.proxy, reason, sentence, or: [byContainer])
        }
        let byProxy = ResponseOrigin.Alternative(
            layer: .proxy,
            reason: reason,
            sentence: "\(inFront) may have packed it."
        )
        return origin(
            .upstream,
            reason,
            "\(detail). DHIS2 passes on what \(context.targetName) packs with \(ServerText.excerpt(value, limit: 40)).",
            or: [byProxy]
        )
    }

    private var reason: ResponseOrigin.Reason {
        error.code == .truncatedBody ? .truncatedBody : .undecodableBody
    }

    private var detail: String { NetworkFault.clause(error.message) }

    private var inFront: String { OriginDecision.capitalized(context.inFront) }

    /// A coding that nobody packs with: DHIS2 passes on what a target names, and a proxy names what it does.
    private func namedWrongly(_ value: String) -> ResponseOrigin {
        origin(
            .upstream,
            reason,
            """
            \(OriginDecision.capitalized(context.targetName)) sent the header Content-Encoding: \
            \(ServerText.excerpt(value, limit: 40)), which is not a coding, and DHIS2 passed it on. Remove it at the \
            target: a charset belongs in Content-Type.
            """,
            or: []
        )
    }
}
