/// What the end of a check means for the run: its outcome, its attempts and its waiver taken together.
///
/// Whoever shows a result or counts it asks this, so that no two reports take one check for different things.
public enum Standing: String, Sendable, Hashable, CaseIterable {
    /// It passed at once.
    case passed
    /// It passed after an attempt that had not.
    case flaky
    /// It failed or had an error, and may.
    case allowedFailure = "allowed-failure"
    /// An answer was not as expected, which fails the run.
    case failed
    /// There was no answer to judge, which fails the run.
    case error
    /// The job file says so, or `only` excludes it.
    case skipped
    /// The run ended before the check did; nobody has seen it pass.
    case notRun = "not-run"

    /// Decides what an outcome means.
    ///
    /// - Parameters:
    ///   - outcome: How the check ended.
    ///   - attempts: How many attempts it took.
    ///   - isAllowed: Whether a failure does not fail the run.
    @inlinable
    init(_ outcome: Outcome, attempts: Int, isAllowed: Bool) {
        self =
            switch outcome {
            case .passed: attempts > 1 ? .flaky : .passed
            case .failed: isAllowed ? .allowedFailure : .failed
            case .error: isAllowed ? .allowedFailure : .error
            case .skipped: .skipped
            case .notRun: .notRun
            }
    }

    /// Whether the check passed, at once or not.
    @inlinable public var isPass: Bool { self == .passed || self == .flaky }

    /// Whether the check came to its own end, whatever that was.
    @inlinable public var hasRun: Bool { self != .skipped && self != .notRun }

    /// Whether the check failed or had an error, allowed or not.
    @inlinable public var isFailure: Bool { self == .allowedFailure || failsRun }

    /// Whether the check fails the run.
    @inlinable public var failsRun: Bool { self == .failed || self == .error }
}
