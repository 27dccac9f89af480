import DHIS2Behaviour
import HTTPVocabulary

/// Decides who gave an answer; what is not decided here by status is in the extensions.
///
/// What is known beforehand comes as an ``OriginContext``, what the answer shows as ``HeaderFacts``, and the outcome is
/// a ``ResponseOrigin``. Where no answer came at all, ``NetworkDecision`` takes its place.
struct OriginDecision {
    typealias Layer = ResponseOrigin.Layer
    typealias Reason = ResponseOrigin.Reason
    typealias Alternative = ResponseOrigin.Alternative

    /// What the marks say about the way of an answer.
    enum Passage {
        /// It carries DHIS2's marks, so DHIS2 wrote it or passed it on.
        case throughDHIS2
        /// It carries none, although the server's answers do: DHIS2's filters never saw it.
        case aroundDHIS2
        /// It carries none, and nobody knows whether it should.
        case unknown
        /// It carries none, and neither do the server's other answers: a proxy strips them.
        case stripped
    }

    let exchange: HTTPExchange
    let facts: HeaderFacts
    let context: OriginContext
    let message: WebMessage?
    let passage: Passage
    /// DHIS2's error in an answer that a target broke off.
    let appendedError: AppendedError?

    init(exchange: HTTPExchange, facts: HeaderFacts, context: OriginContext) {
        self.exchange = exchange
        self.facts = facts
        self.context = context
        let appendedError = AppendedError(in: exchange)
        message = exchange.statusCode >= 400 && appendedError == nil ? WebMessage(exchange) : nil
        passage =
            switch context.preflight.marksArrive {
            case _ where facts.isMarked: .throughDHIS2
            case true: .aroundDHIS2
            case false: .stripped
            case nil: .unknown
            }
        // What never passed through DHIS2 has nothing of it appended.
        self.appendedError = passage == .aroundDHIS2 ? nil : appendedError
    }

    var status: Int { exchange.statusCode }

    var origin: ResponseOrigin {
        switch status {
        case _ where appendedError != nil: brokenOff
        case 100...199: interim
        case 400... where isBodilessByMethod: answeredHead
        case 200...299: success
        case 300...399 where status != 304: redirect
        case 400: badRequest
        case 401: unauthorized
        case 403: forbidden
        case 404: notFound
        case 405: methodNotAllowed
        case 407: proxyAuthentication
        case 500: serverError
        case 502: badGateway
        case 503: unavailable
        case 504: gatewayTimeout
        default: other
        }
    }

    /// What DHIS2 is known to say of a route with this status.
    var known: DHIS2Message.Recognised? {
        message?.message.flatMap { DHIS2Message.recognise($0, about: .route, status: status) }
    }

    var isHTML: Bool { HTMLPage.isPage(exchange, facts) }

    func decide(
        _ layer: Layer,
        _ reason: Reason,
        _ certainty: ResponseOrigin.Certainty,
        _ sentence: String,
        or alternatives: Alternative...
    ) -> ResponseOrigin {
        decide(DHIS2Message.Meaning(layer, reason), certainty, sentence, or: alternatives)
    }

    /// Decides by what a message means.
    func decide(
        _ meaning: DHIS2Message.Meaning,
        _ certainty: ResponseOrigin.Certainty,
        _ sentence: String,
        or alternatives: [Alternative] = []
    ) -> ResponseOrigin {
        ResponseOrigin(
            layer: meaning.layer,
            reason: meaning.reason,
            certainty: certainty,
            sentence: Self.capitalized(sentence),
            evidence: Evidence.of(exchange, facts),
            alternatives: alternatives.map {
                Alternative(layer: $0.layer, reason: $0.reason, sentence: Self.capitalized($0.sentence))
            }
        )
    }

    /// The target answered, as far as the marks tell.
    var passedOn: ResponseOrigin {
        switch passage {
        case .throughDHIS2:
            decide(.upstream, .answered, .likely, answered)
        case .stripped where !isHTML:
            decide(.upstream, .answered, .likely, answered)
        case .aroundDHIS2:
            decide(.proxy, .proxyError, .likely, "\(inFront) answered \(status); DHIS2 did not see the answer.")
        case .unknown, .stripped:
            decide(.upstream, .answered, .possible, answered, or: byProxy)
        }
    }

    var answered: String { "\(context.targetName) answered \(status)." }

    var inFront: String { "something in front of DHIS2 on \(context.server.hostAndPort)" }

    var byProxy: Alternative {
        Alternative(
            layer: .proxy,
            reason: .proxyError,
            sentence: "\(inFront) may have answered: the answer carries none of DHIS2's header marks."
        )
    }

    var byTarget: Alternative {
        Alternative(
            layer: .upstream,
            reason: .answered,
            sentence: "\(context.targetName) may have answered this itself, if it is a DHIS2 too."
        )
    }

    private var other: ResponseOrigin {
        guard message != nil, passage != .aroundDHIS2 else { return passedOn }
        if context.behaviour.does(\.wrapsTargetErrors) { return passedOn }
        return decide(.upstream, .answered, .possible, answered, or: byDHIS2)
    }

    var byDHIS2: Alternative {
        let detail = message?.message.map { ": " + ServerText.excerpt($0) } ?? "."
        return Alternative(
            layer: .dhis2,
            reason: .unexpectedAnswer,
            sentence: "\(context.dhis2Name) may have answered this itself\(detail)"
        )
    }

    static func capitalized(_ sentence: String) -> String {
        guard let first = sentence.first, first.isLowercase, sentence.hasPrefix("the ") || sentence.hasPrefix("some")
        else { return sentence }
        return first.uppercased() + sentence.dropFirst()
    }
}
