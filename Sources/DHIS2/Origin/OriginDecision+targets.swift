import DHIS2Behaviour

// What DHIS2 says of its calls of targets.
extension OriginDecision {
    /// A failure of DHIS2's HTTP engine, known by its words: a 500 from 2.42 on.
    func targetFault(_ text: String) -> ResponseOrigin? {
        guard status == 500, passage != .aroundDHIS2, page != nil || context.behaviour.may(\.reportsTargetFaultsAs500),
            let known = DHIS2Message.recognise(text, about: .target, status: status)
        else { return nil }
        let fault = known.message.meaning
        if page != nil { return unreachable(fault, .likely) }
        guard author == .dhis2 else { return unreachable(fault, .possible, or: [byOwnFailure]) }
        return unreachable(fault, known.message.wasAnsweredWith500 ? .certain : .likely)
    }

    private func unreachable(
        _ fault: DHIS2Message.Meaning,
        _ certainty: Certainty,
        or alternatives: [Alternative] = []
    ) -> ResponseOrigin {
        let verb = [.targetNotHTTP, .targetReset].contains(fault.reason) ? "got no answer from" : "could not reach"
        let sentence = "\(context.dhis2Name) \(verb) \(context.targetName): \(fault.phrase)."
        return decide(fault, certainty, sentence, or: alternatives)
    }

    private var byOwnFailure: Alternative {
        Alternative(
            layer: .dhis2,
            reason: .internalError,
            sentence: "An internal DHIS2 error can look identical; check the DHIS2 log."
        )
    }

    /// What 2.40 and 2.41 say of a target, `I/O error on GET request for "<url>": …`.
    ///
    /// Only what follows the URL is read: the URL may hold secrets.
    func faultBefore242(_ text: String) -> ResponseOrigin {
        let urlEnd = text.firstRange(of: "\": ")
        let cause = urlEnd.map { String(text[$0.upperBound...]) } ?? ""
        let fault = (DHIS2Message.recognise(cause, about: .target, status: nil)?.message ?? .targetFault).meaning
        // These versions follow redirects, and name the host that was called last.
        guard let urlEnd, let called = CalledHost(in: cause), let asked = CalledHost(ofURL: text[..<urlEnd.lowerBound]),
            called != asked
        else { return unreachable(fault, sure) }
        // The target did answer, but what came is DHIS2's own.
        return decide(
            .route,
            .redirected,
            sure,
            """
            \(context.targetName) redirected \(context.dhis2Name) to \(ServerText.excerpt(called.description, limit: 80)), \
            which gave no answer: \(fault.phrase).
            """
        )
    }

    /// 2.40 and 2.41 read the whole body before they pass it on.
    func cutBefore242(_ text: String) -> ResponseOrigin {
        let cause = text.firstRange(of: "; nested exception is ").map { ": \(text[$0.upperBound...])" } ?? "."
        let sentence = "\(context.targetName) broke off in the middle of its answer\(ServerText.excerpt(cause))"
        return decide(DHIS2Message.bodyCut.meaning, sure, sentence)
    }

    /// The target's status is one for which 2.40 and 2.41 have no name, so that DHIS2 answers with a 400 of its own.
    func unknownStatus(_ number: String) -> ResponseOrigin? {
        guard let status = Int(number), (100...999).contains(status), page == nil,
            context.behaviour.does(\.refusesUnknownStatuses), !RouteBehaviour.namedStatuses.contains(status)
        else { return nil }
        var origin = decide(
            DHIS2Message.unknownStatus.meaning,
            sure,
            "\(context.targetName) answered \(status), a status that \(context.dhis2Name) cannot pass on.",
            or: orTarget
        )
        // What may be the target's own answer keeps the status that it has.
        if author == .dhis2 { origin.targetStatus = status }
        return origin
    }

    /// Words of DHIS2's own that are not known, or an envelope of which nobody can say whose it is.
    var ownWords: ResponseOrigin {
        guard let message, passage != .aroundDHIS2 else { return passedOn }
        // In these releases every error of the target comes in DHIS2's message format.
        if author != .dhis2, context.behaviour.does(\.wrapsTargetErrors) { return passedOn }
        if status == 500 { return failure(message) }
        guard author == .dhis2 else { return decide(.upstream, .answered, .possible, answered, or: byDHIS2) }
        let detail = message.message.map { ": " + ServerText.excerpt($0) } ?? "."
        return decide(.dhis2, .unexpectedAnswer, .certain, "\(context.dhis2Name) itself answered \(status)\(detail)")
    }

    private func failure(_ message: WebMessage) -> ResponseOrigin {
        guard let text = message.message else {
            if context.mayRefuseQuery, context.behaviour.does(\.refusesQueryWithoutMessage) { return queryNotAllowed }
            let sentence = "\(context.dhis2Name) failed (500) without a message; check the DHIS2 log."
            return author == .dhis2
                ? decide(.dhis2, .internalError, .certain, sentence)
                : decide(.dhis2, .internalError, .possible, sentence, or: byTarget)
        }
        guard context.behaviour.may(\.reportsTargetFaultsAs500) else { return ownFailure(text) }
        let sentence = "\(context.dhis2Name) failed to call \(context.targetName): \(ServerText.excerpt(text))"
        return decide(
            DHIS2Message.Meaning(.route, .targetFailed),
            .possible,
            sentence,
            or: [byOwnFailure] + orTarget
        )
    }
}

extension OriginDecision {
    /// A failure of DHIS2 that has nothing to do with a target.
    func ownFailure(_ text: String) -> ResponseOrigin {
        let failed = author == .dhis2 ? "failed" : "may have failed itself"
        let sentence = "\(context.dhis2Name) \(failed) (500); check the DHIS2 log: \(ServerText.excerpt(text))"
        let meaning = DHIS2Message.Meaning(.dhis2, .internalError)
        return decide(meaning, author == .dhis2 ? .certain : .possible, sentence, or: orTarget)
    }
}

/// The host that DHIS2 called, with its port.
private struct CalledHost: Equatable, CustomStringConvertible {
    let description: String

    /// From the words of 2.40 and 2.41: `Connect to host:1 [host/10.0.0.1] failed: …`, `host:1 failed to respond`.
    init?(in cause: String) {
        let opening = "Connect to "
        let rest = cause.hasPrefix(opening) ? cause.dropFirst(opening.count) : cause[...]
        let host = rest.prefix { $0 != " " }
        guard cause.hasPrefix(opening) || rest[host.endIndex...].hasPrefix(" failed to respond"),
            let colon = host.lastIndex(of: ":"), Int(host[host.index(after: colon)...]) != nil
        else { return nil }
        description = host.lowercased()
    }

    /// From a text that ends with an open quotation mark and a URL.
    init?(ofURL text: Substring) {
        guard let quote = text.firstIndex(of: "\"") else { return nil }
        let url = text[text.index(after: quote)...]
        guard let host = URLParts.address(in: url, endedBy: "/?#\"")?.host, !host.isEmpty else { return nil }
        let hasPort =
            host.last == "]" ? false : host.lastIndex(of: ":").map { host[$0...].dropFirst().allSatisfy(\.isNumber) }
        let port = url.hasPrefix("https:") ? ":443" : ":80"
        description = host.lowercased() + (hasPort == true ? "" : port)
    }
}
