import DHIS2Behaviour
import HTTPVocabulary

/// Decides who gave an answer.
///
/// What is known beforehand comes as an ``OriginContext``, what the answer shows as ``HeaderFacts``, and the outcome is
/// a ``ResponseOrigin``. Three things decide: the marks, which way it took (``Passage``); how its type is written, which
/// DHIS2 it is from (``Author``); and what it says. Where no answer came at all, ``NetworkDecision`` takes its place.
struct OriginDecision {
    typealias Layer = ResponseOrigin.Layer
    typealias Reason = ResponseOrigin.Reason
    typealias Alternative = ResponseOrigin.Alternative
    typealias Certainty = ResponseOrigin.Certainty

    let exchange: HTTPExchange
    let facts: HeaderFacts
    let context: OriginContext
    let passage: Passage
    /// Who wrote an answer in DHIS2's message format.
    let author: Author
    /// DHIS2's message format, where it is not surely a target's.
    let message: WebMessage?
    /// The page of a servlet container.
    let page: ContainerPage?
    /// DHIS2's error in an answer that a target broke off.
    let appendedError: AppendedError?

    init(exchange: HTTPExchange, facts: HeaderFacts, context: OriginContext) {
        self.exchange = exchange
        self.facts = facts
        self.context = context
        let due = context.preflight.marks
        passage =
            context.asksDHIS2Itself
            ? Passage(ofOwnPath: exchange, facts, due: due) : Passage(facts, status: exchange.statusCode, due: due)
        author = context.asksDHIS2Itself ? .dhis2 : Author(facts, behaviour: context.behaviour, due: due)
        // What never passed through DHIS2 has nothing of it appended.
        let appended = AppendedError(in: exchange)
        // Before 2.42 DHIS2 reads bodies whole.
        let canAppend = passage != .aroundDHIS2 && !context.behaviour.does(\.sendsTargetsWholeAndItselfInChunks)
        appendedError = canAppend ? appended : nil
        let isError = exchange.statusCode >= 400 && appended == nil
        // Errors of DHIS2's authentication write their type as a target's answer does.
        let isTargets = author == .target && exchange.statusCode != 401 && !facts.challengesToken
        message = isError && !isTargets ? WebMessage(exchange) : nil
        page = isError && message == nil ? ContainerPage(exchange, facts) : nil
    }

    var status: Int { exchange.statusCode }

    var origin: ResponseOrigin {
        switch status {
        case _ where facts.cacheField != nil: cached
        case _ where appendedError != nil: brokenOff
        case 100...199: interim
        case 400 where demand != nil, 403 where demand != nil, 495...497 where demand != nil: demanded
        case 400 where facts.challengesToken, 401 where facts.challengesToken: tokenRefused
        case 400... where isBodilessByMethod: answeredHead
        case 401: unauthorized
        case 407: proxyAuthentication
        case 200...299: success
        case 300...399 where status != 304: redirect
        default: said ?? bySituation
        }
    }

    /// Whom the status points at, where no message is known.
    private var bySituation: ResponseOrigin {
        switch status {
        case _ where message != nil && author == .dhis2: ownWords
        case 403: forbidden
        case 404: notFound
        case 405: methodNotAllowed
        case 400, 500: page == nil && !isHTML ? ownWords : containerFailed
        case 502: gatewayError
        case 503: unavailable
        case 504: gatewayTimeout
        default: ownWords
        }
    }

    /// What the page of a TLS port asks for.
    var demand: TLSDemand? { TLSDemand(exchange, facts) }

    var isHTML: Bool { HTMLPage.isPage(exchange, facts) }

    func decide(
        _ layer: Layer,
        _ reason: Reason,
        _ certainty: Certainty,
        _ sentence: String,
        or alternatives: Alternative...
    ) -> ResponseOrigin {
        decide(DHIS2Message.Meaning(layer, reason), certainty, sentence, or: alternatives)
    }

    /// Decides by what a message means.
    func decide(
        _ meaning: DHIS2Message.Meaning,
        _ certainty: Certainty,
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

    static func capitalized(_ sentence: String) -> String {
        guard let first = sentence.first, first.isLowercase, sentence.hasPrefix("the ") || sentence.hasPrefix("some")
        else { return sentence }
        return first.uppercased() + sentence.dropFirst()
    }
}
