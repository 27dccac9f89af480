public import DHIS2Behaviour

/// Which layer gave an answer, or is to blame that there is none; with the reason and what speaks for it.
///
/// Decided from what the answer carries and never from its status alone: DHIS2 marks its answers in ways that neither
/// a route's target nor, without effort, a proxy can copy.
public struct ResponseOrigin: Sendable, Hashable {
    /// The layer.
    public var layer: Layer
    /// The reason.
    public var reason: Reason
    /// How sure it is.
    public var certainty: Certainty
    /// A sentence that a person on call can act on.
    public var sentence: String
    /// What was seen, one fact each; empty for an answer that came through as it should.
    public var evidence: [String]
    /// What else it may have been, the likeliest first.
    public var alternatives: [Alternative]
    /// The status with which the target answered, where DHIS2 could not pass it on and gave another one.
    public var targetStatus: Int?

    /// The status that an answer of this origin counts with: the target's where DHIS2 names it, or else its own.
    package func status(of exchange: HTTPExchange) -> Int { targetStatus ?? exchange.statusCode }

    /// Creates an origin.
    public init(
        layer: Layer,
        reason: Reason,
        certainty: Certainty,
        sentence: String,
        evidence: [String] = [],
        alternatives: [Alternative] = []
    ) {
        self.layer = layer
        self.reason = reason
        self.certainty = certainty
        self.sentence = sentence
        self.evidence = evidence
        self.alternatives = alternatives
    }

    /// Decides who answered a run.
    ///
    /// - Parameters:
    ///   - exchange: The answer.
    ///   - context: The run, and what is known about its route and server.
    public init(of exchange: HTTPExchange, in context: OriginContext) {
        let facts = HeaderFacts(exchange)
        self =
            Self(passedOn: exchange, facts: facts, due: context.preflight.marks)
            ?? OriginDecision(exchange: exchange, facts: facts, context: context).origin
    }

    /// The origin of a 2xx with DHIS2's marks, which needs no more of the context: of its own DHIS2 answers a run only with
    /// errors, and with its login page where something follows the redirect to it.
    init?(passedOn exchange: HTTPExchange, facts: HeaderFacts, due: DHIS2Marks?) {
        guard (200...299).contains(exchange.statusCode), facts.isMarked, facts.cacheField == nil,
            Passage(facts, status: exchange.statusCode, due: due) == .throughDHIS2,
            !LoginPages.isPage(exchange, facts), AppendedError(in: exchange) == nil
        else { return nil }
        self = .passedOn
    }

    /// Decides who is to blame that a run has no answer.
    ///
    /// - Parameters:
    ///   - error: Why no complete answer came.
    ///   - context: The run, and what is known about its route and server.
    public init(of error: TransportError, in context: OriginContext) {
        // What the network seems to have cut off may be all that there was to come.
        if let answer = error.begunAnswer {
            let facts = HeaderFacts(answer)
            let decision = OriginDecision(exchange: answer, facts: facts, context: context)
            if decision.appendedError != nil {
                self = decision.origin
                return
            }
        }
        self = NetworkDecision(error: error, context: context).origin
    }

    /// Whether there is nothing to hold an expectation against: what came is no answer, though it looks like one.
    public var isNoAnswer: Bool { reason == .targetBrokeOff || reason == .interimAnswer }

    /// Whether an answer of the same target to another run would tell more.
    package var mayBecomeClear: Bool { reason == .targetNotAllowed && certainty == .possible }

    static let passedOn = ResponseOrigin(
        layer: .upstream,
        reason: .answered,
        certainty: .certain,
        sentence: "The route's target answered."
    )
}

extension ResponseOrigin {
    /// The layers from a client to the target of a route.
    public typealias Layer = OriginLayer
    /// Why a layer is named.
    public typealias Reason = OriginReason

    /// How sure an origin is.
    public enum Certainty: String, Sendable, Hashable, Comparable, CaseIterable {
        /// A text match, or one of several explanations.
        case possible
        /// What no usual installation contradicts.
        case likely
        /// What nobody else can have sent.
        case certain

        /// Whether one is less sure than another.
        public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

        private var rank: Int {
            switch self {
            case .possible: 0
            case .likely: 1
            case .certain: 2
            }
        }
    }

    /// Another explanation of the same answer.
    public struct Alternative: Sendable, Hashable {
        /// The layer.
        public var layer: Layer
        /// The reason.
        public var reason: Reason
        /// A sentence that says when this would be it.
        public var sentence: String

        /// Creates an alternative.
        public init(layer: Layer, reason: Reason, sentence: String) {
            self.layer = layer
            self.reason = reason
            self.sentence = sentence
        }
    }
}
