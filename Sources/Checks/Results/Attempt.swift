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
