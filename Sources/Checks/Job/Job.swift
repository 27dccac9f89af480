/// What one job file asks for, decoded and expanded: the server and every check in the file's order.
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
    /// The checks, in the job file's order.
    public var checks: [Check]

    /// How many checks may be asked to be in flight at once.
    public static let concurrencyLimits = 1...512

    /// Creates a job; what is left out has the job language's default.
    ///
    /// - Parameter file: What reports call the file that has the job: that of the source code, where a program makes it.
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
