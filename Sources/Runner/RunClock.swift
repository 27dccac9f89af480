public import FoundationEssentials

/// The time a run sees, so that tests can hold it still.
public struct RunClock: Sendable {
    /// The time since the clock was made; never goes back.
    public var elapsed: @Sendable () -> Duration
    /// The wall-clock time, for reports and for `Retry-After` dates.
    public var date: @Sendable () -> Date
    /// Suspends the task; throws when it is cancelled meanwhile.
    public var sleep: @Sendable (Duration) async throws -> Void

    /// Creates a clock from its parts.
    public init(
        elapsed: @escaping @Sendable () -> Duration,
        date: @escaping @Sendable () -> Date,
        sleep: @escaping @Sendable (Duration) async throws -> Void
    ) {
        self.elapsed = elapsed
        self.date = date
        self.sleep = sleep
    }

    /// The machine's own time, counted from now.
    public static func system() -> Self {
        let start = ContinuousClock.now
        return Self(
            elapsed: { ContinuousClock.now - start },
            date: { Date() },
            sleep: { try await Task.sleep(for: $0, clock: .continuous) }
        )
    }
}
