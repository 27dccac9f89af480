/// How a check ended; every check of a plan ends in exactly one.
public enum Outcome: String, Sendable, Hashable, CaseIterable {
    /// Every expectation held.
    case passed
    /// An answer came and an expectation did not hold.
    case failed
    /// There was no answer to judge.
    case error
    /// The job file says so, or `only` excludes it.
    case skipped
    /// The run ended before the check did.
    case notRun = "not-run"
}
