/// One try of a check: one request and its judgement.
public struct Attempt: Sendable, Hashable {
    /// The attempt's number, counted from 1.
    public var number: Int
    /// When it began, counted from the start of the run.
    public var start: Duration
    /// How long it took.
    public var duration: Duration
    /// How it ended: `passed`, `failed`, `error`, or `notRun` when the run ended while it was in flight.
    public var outcome: Outcome
    /// The status of the answer, if one came.
    public var status: Int?
    /// When each phase ended, if the engine told.
    public var phases: Phases?
    /// The size of the whole body in bytes.
    public var bodySize: Int?
    /// Who is at fault, unless it passed.
    public var fault: Fault?
    /// Every expectation that did not hold.
    public var mismatches: [Mismatch] = []
    /// What was sent and what came, kept unless it passed.
    public var evidence: Evidence?

    /// Creates an attempt.
    public init(number: Int, start: Duration, duration: Duration, outcome: Outcome) {
        self.number = number
        self.start = start
        self.duration = duration
        self.outcome = outcome
    }
}

/// When each phase of an attempt ended, counted from the attempt's start; zero for a phase that did not happen.
public struct Phases: Sendable, Hashable {
    /// The host name was resolved.
    public var nameLookup: Duration = .zero
    /// The TCP connection stood.
    public var connect: Duration = .zero
    /// The TLS handshake was done.
    public var tlsHandshake: Duration = .zero
    /// The first byte of the answer came.
    public var firstByte: Duration = .zero
    /// The last byte of the answer came.
    public var total: Duration = .zero

    /// Creates phases that did not happen.
    public init() {}
}

/// What was sent and what came, for the person who looks into a failure.
///
/// The values are as they were; whoever shows them passes them through the redactor.
public struct Evidence: Sendable, Hashable {
    /// The request line, such as `GET https://dhis2.example/api/routes/RouteUidAa1/run/health`.
    public var request: String
    /// The header fields of the answer, as received.
    public var headers: [String]
    /// The beginning of the body as text; `nil` when there is none or it is binary.
    public var bodyExcerpt: String?
    /// Whether the excerpt is less than the whole body.
    public var isExcerptCut: Bool
    /// Whether the answer is left out because so many checks failed that the report could not hold all of them.
    public var isAnswerOmitted: Bool

    /// Creates evidence.
    public init(
        request: String,
        headers: [String] = [],
        bodyExcerpt: String? = nil,
        isExcerptCut: Bool = false,
        isAnswerOmitted: Bool = false
    ) {
        self.request = request
        self.headers = headers
        self.bodyExcerpt = bodyExcerpt
        self.isExcerptCut = isExcerptCut
        self.isAnswerOmitted = isAnswerOmitted
    }

    /// The size of the answer's texts in bytes.
    public var answerSize: Int {
        headers.reduce(bodyExcerpt?.utf8.count ?? 0) { $0 + $1.utf8.count }
    }

    /// Leaves the answer out.
    public mutating func omitAnswer() {
        self = Self(request: request, isAnswerOmitted: true)
    }
}

/// Who is at fault for a check that did not pass, and what a person can do about it.
public struct Fault: Sendable, Hashable {
    /// The layer that is at fault.
    public var layer: Layer
    /// What is wrong, in kebab-case, such as `route-disabled`; stable between releases.
    public var code: String
    /// One sentence that a person on call can act on.
    public var message: String
    /// How sure the attribution is.
    public var certainty: Certainty
    /// What was seen that led to it.
    public var evidence: [String]

    /// Creates a fault.
    public init(
        layer: Layer,
        code: String,
        message: String,
        certainty: Certainty = .certain,
        evidence: [String] = []
    ) {
        self.layer = layer
        self.code = code
        self.message = message
        self.certainty = certainty
        self.evidence = evidence
    }
}

/// The layers from the job file to a route's target, in the order a request passes them.
public enum Layer: String, Sendable, Hashable, CaseIterable {
    /// The job file: the request cannot be sent as it is written there.
    case job
    /// The request never reached DHIS2.
    case network
    /// Something in front of DHIS2 answered.
    case proxy
    /// DHIS2 itself: authentication, servlet container, version.
    case dhis2
    /// The route: missing, disabled, forbidden, misconfigured, or its target is unreachable for DHIS2.
    case route
    /// The route's target.
    case upstream
}

/// How sure an attribution is.
public enum Certainty: String, Sendable, Hashable, CaseIterable {
    /// Nothing else can look like this.
    case certain
    /// Something else could look like this, but hardly does.
    case likely
    /// Something else may well look like this.
    case possible
}
