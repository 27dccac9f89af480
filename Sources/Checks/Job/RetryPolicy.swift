/// When and how often a failed attempt is repeated.
public struct RetryPolicy: Sendable, Hashable {
    /// How many attempts there are in total, at least 1.
    public var attempts = 1
    /// The delay before the second attempt.
    public var delay: Duration = .milliseconds(500)
    /// By how much each further delay grows, at least 1.
    public var factor = 2.0
    /// The longest delay, also for a `Retry-After`.
    public var maximumDelay: Duration = .seconds(30)
    /// By which share of itself a delay varies at random, 0…1.
    public var jitter = 0.1
    /// What is worth another attempt.
    public var triggers: Set<Trigger> = Self.defaultTriggers
    /// Whether POST and PATCH are repeated too.
    public var includesNonIdempotent = false

    /// What is worth another attempt unless the job file says otherwise.
    public static let defaultTriggers: Set<Trigger> = [
        .connect, .timeout, .status(429), .status(502), .status(503), .status(504),
    ]

    /// Creates the policy of a check that says nothing: one attempt.
    public init() {}
}

extension RetryPolicy {
    /// Something that is worth another attempt.
    public enum Trigger: Sendable, Hashable {
        /// No connection stood: name resolution, refused, TLS.
        case connect
        /// The attempt took longer than its bound.
        case timeout
        /// The answer had this status.
        case status(Int)
    }
}
