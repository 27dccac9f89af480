public import HTTPVocabulary
public import SourceDiagnostics

/// How one check ended, with every attempt.
public struct CheckResult: Sendable, Hashable {
    /// The check's place in its job file, counted from 0.
    public var index: Int
    /// The check's name.
    public var name: String
    /// The route's code.
    public var route: String
    /// The sub-path.
    public var path: String
    /// The HTTP method.
    public var method: HTTPMethod
    /// Where the job file has the check.
    public var position: SourcePosition
    /// The author's labels.
    public var tags: [String]
    /// Why a failure does not fail the run; `nil` lets it.
    public var allowFailure: Waiver?
    /// How it ended.
    public var outcome: Outcome
    /// Why it was skipped or not run.
    public var reason: String?
    /// Every attempt, in order; none for a check that was skipped or never started.
    public var attempts: [Attempt]
    /// When it began, counted from the start of the run.
    public var start: Duration
    /// How long it took, from the start of the first attempt to the end of the last.
    public var duration: Duration
    /// Who the check is from run to run; `nil` where nobody needed to know, or in a report that does not say.
    package var identity: CheckIdentity?

    /// Takes start and duration from the attempts, if there are some.
    package mutating func timeByAttempts() {
        guard let first = attempts.first, let last = attempts.last else { return }
        start = first.start
        duration = last.start + last.duration - first.start
    }

    /// Creates the result of a check; attempts and times are added by whoever ran it.
    public init(of check: borrowing Check, index: Int, outcome: Outcome, reason: String? = nil) {
        self.index = index
        name = check.name
        route = check.route
        path = check.path
        method = check.method
        position = check.position
        tags = check.tags
        allowFailure = check.allowFailure
        self.outcome = outcome
        self.reason = reason
        attempts = []
        start = .zero
        duration = .zero
        identity = check.identity
    }

    /// What the check's end means for the run.
    ///
    /// Inlined, as it is asked of every result, and to hand whole results around is costly.
    @inlinable
    public var standing: Standing { Standing(outcome, attempts: attempts.count, isAllowed: allowFailure != nil) }

    /// Whether the check passed after an earlier attempt had not.
    @inlinable public var isFlaky: Bool { standing == .flaky }

    /// Whether the check ended `failed` or `error`, allowed or not.
    @inlinable public var isFailure: Bool { standing.isFailure }

    /// Whether the check fails the run.
    @inlinable public var failsRun: Bool { standing.failsRun }

    /// Who is at fault, as the last attempt shows.
    public var fault: Fault? { attempts.last?.fault }
}

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
