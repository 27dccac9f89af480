/// What one job file asks for, decoded and expanded: the server and every check in the file's order.
///
/// A job is a plain value, whoever makes it: the job file's reader or a program. Its ``Check``s say what is asked and,
/// in an ``Expectation``, what the answer must be like; ``ServerSettings`` say where and as whom.
public struct Job: Sendable {
    /// The suite's name.
    public var name: String
    /// What the job is for, in the author's words.
    public var description: String?
    /// The job file's path as it was given.
    public var file: String
    /// Stands for the job file's bytes: the same for the same file, whatever the machine and the environment.
    public var fingerprint: UInt64 = 0
    /// Where DHIS2 is and how to speak to it.
    public var server: ServerSettings
    /// How many checks may be in flight at once, within ``concurrencyLimits``.
    public var concurrency: Int
    /// How many checks may be in flight to one route at once, within ``concurrencyLimits``; `nil` means no bound of its
    /// own.
    public var routeConcurrency: Int?
    /// How many request starts are allowed in a span of time, all attempts counted.
    public var rate: RequestRate?
    /// The bound on the whole run.
    public var deadline: Duration?
    /// After how many checks that count as failures no further check starts.
    public var maximumFailures: Int?
    /// Whether what would be a warning about the server keeps the run from starting.
    public var isStrict = false
    /// The checks, in the job file's order.
    public var checks: [Check]
    /// What came into the job from outside its file as a secret: the values of variables that are named after
    /// credentials (`CredentialName`), and the lines of its private key.
    package var outsideSecrets: Set<String> = []
    /// Which job file it is and which server it asks, from run to run, once somebody needs to know.
    package var suiteIdentity: SuiteIdentity?

    /// How many checks may be asked to be in flight at once.
    public static let concurrencyLimits = 1...512

    /// Creates a job; what is left out has the job language's default.
    ///
    /// Reports call the file that has the job `file`: that of the source code, where a program makes it.
    public init(
        name: String,
        description: String? = nil,
        file: String = #fileID,
        server: ServerSettings,
        concurrency: Int = 8,
        routeConcurrency: Int? = nil,
        rate: RequestRate? = nil,
        deadline: Duration? = nil,
        maximumFailures: Int? = nil,
        checks: [Check]
    ) {
        self.name = name
        self.description = description
        self.file = file
        self.server = server
        self.concurrency = concurrency
        self.routeConcurrency = routeConcurrency
        self.rate = rate
        self.deadline = deadline
        self.maximumFailures = maximumFailures
        self.checks = checks
    }
}

/// A bound on request starts, such as `50/s` or `600/min`.
public struct RequestRate: Sendable, Hashable {
    /// How many requests may start in one ``interval``, at least 1.
    public var count: Int
    /// The span of time the count is for.
    public var interval: Duration

    /// Creates a rate.
    public init(count: Int, per interval: Duration) {
        self.count = count
        self.interval = interval
    }
}

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
