/// How long a run waits for its server to be up, and who is told what it waits for.
public struct ReadinessGate: Sendable {
    /// How long the wait may take.
    public var patience: Duration
    /// When patience ends, counted on the run's clock: one patience for all servers of a run.
    public var end: Duration
    /// Told a sentence when the wait begins, when its reason changes, and when it is over.
    public var tell: @Sendable (String) -> Void

    /// Creates a gate whose patience begins with the run.
    public init(patience: Duration, tell: @escaping @Sendable (String) -> Void) {
        self.patience = patience
        end = patience
        self.tell = tell
    }
}
