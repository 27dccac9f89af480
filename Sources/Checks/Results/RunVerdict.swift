/// What a run amounts to, or one suite of it.
///
/// It is decided here alone; the console, every report, the exit status and `merge` ask for it.
public enum RunVerdict: String, Sendable, Hashable, CaseIterable {
    /// The run is complete and nothing in it fails it; also one of what had failed before, where nothing had.
    case passed
    /// A check fails the run, a server could not be used, a job file is invalid, or a check was flaky and none may be.
    case failed
    /// Nothing is known to fail, but the run ended early, or checks did not run.
    case incomplete
    /// There was no check, so nothing has been shown.
    case nothingChecked = "nothing-checked"

    /// Decides what a run, or a part of it, amounts to; of several things the gravest.
    ///
    /// - Parameters:
    ///   - counts: How many of its checks ended how.
    ///   - ending: How the run ended.
    ///   - hasUnusableServer: Whether a server could not be used.
    ///   - failsOnFlaky: Whether a check that passed only after a retry fails the run.
    ///   - failure: What else fails the run.
    ///   - hasNothingToRepeat: Whether there is no check because only what had failed before was to run, and nothing had.
    init(
        _ counts: OutcomeCounts,
        ending: RunEnding,
        hasUnusableServer: Bool,
        failsOnFlaky: Bool,
        failure: RunFailure?,
        hasNothingToRepeat: Bool
    ) {
        let isFlaky = failsOnFlaky && counts.flaky > 0
        self =
            if counts.failing > 0 || hasUnusableServer || isFlaky || failure != nil || ending == .invalidInput {
                .failed
            } else if ending != .completed || counts.notRun > 0 {
                .incomplete
            } else if counts.total == 0, !hasNothingToRepeat {
                .nothingChecked
            } else {
                .passed
            }
    }
}

extension RunReport {
    /// What the run amounts to.
    public var verdict: RunVerdict {
        RunVerdict(
            counts,
            ending: ending,
            hasUnusableServer: hasUnusableServer,
            failsOnFlaky: failsOnFlaky,
            failure: failure,
            hasNothingToRepeat: hasNothingToRepeat
        )
    }

    /// What one of the run's suites amounts to; a run that ended early has not shown that any of them is complete.
    public func verdict(of suite: SuiteReport) -> RunVerdict {
        RunVerdict(
            suite.counts,
            ending: ending,
            hasUnusableServer: suite.serverFault != nil,
            failsOnFlaky: failsOnFlaky,
            failure: failure,
            hasNothingToRepeat: suite.hasNothingToRepeat
        )
    }

    /// Whether a server could not be used.
    public var hasUnusableServer: Bool { suites.contains { $0.serverFault != nil } }

    /// Whether there is no check because only what had failed before was to run, and nothing had.
    package var hasNothingToRepeat: Bool { !suites.isEmpty && suites.allSatisfy(\.hasNothingToRepeat) }
}

extension SuiteReport {
    /// Whether the suite has no check because only what had failed before was to run, and nothing had.
    fileprivate var hasNothingToRepeat: Bool { results.isEmpty && plan?.selection?.nothingFailed ?? false }
}

/// What fails a run that its checks and servers do not show.
public enum RunFailure: String, Sendable, Hashable, CaseIterable {
    /// Something is worse than in an earlier run, which `--fail-on-regression` does not allow.
    case regression
    /// The report that the run was read from says that it has not passed, and does not hold why.
    case reported
}

extension RunReport {
    /// Takes over what a report says of the run that it holds: a verdict other than `passed` stays, also where what was
    /// asked for then, such as `--fail-on-flaky`, is not known any more.
    package mutating func take(reportedVerdict: String?) {
        guard let reportedVerdict, reportedVerdict != RunVerdict.passed.rawValue,
            verdict == .passed || verdict == .nothingChecked, reportedVerdict != verdict.rawValue
        else { return }
        failure = .reported
    }
}

/// How many checks ended how.
public struct OutcomeCounts: Sendable, Hashable {
    /// Checks that passed, the flaky ones included.
    public private(set) var passed = 0
    /// Checks that passed after an attempt that had not.
    public private(set) var flaky = 0
    /// Checks whose answer was not as expected, the allowed ones included.
    public private(set) var failed = 0
    /// Checks without an answer to judge, the allowed ones included.
    public private(set) var errors = 0
    /// Checks that failed or had an error, and may.
    public private(set) var allowed = 0
    /// Checks without an answer to judge that may; part of ``allowed``.
    public private(set) var allowedErrors = 0
    /// Checks that were skipped.
    public private(set) var skipped = 0
    /// Checks that the end of the run cut off.
    public private(set) var notRun = 0

    /// Creates counts of nothing.
    public init() {}

    /// How many checks there are.
    public var total: Int { passed + failed + errors + skipped + notRun }

    /// How many checks fail the run.
    public var failing: Int { failed + errors - allowed }

    /// How many checks fail the run because an answer was not as expected.
    public var failingAnswers: Int { failed - (allowed - allowedErrors) }

    /// How many checks fail the run because there was no answer to judge.
    public var failingErrors: Int { errors - allowedErrors }

    /// Counts one more result.
    public mutating func count(_ result: CheckResult) {
        count(result.outcome, attempts: result.attempts.count, isAllowed: result.allowFailure != nil)
    }

    mutating func count(_ outcome: Outcome, attempts: Int, isAllowed: Bool) {
        switch outcome {
        case .passed: passed += 1
        case .failed: failed += 1
        case .error: errors += 1
        case .skipped: skipped += 1
        case .notRun: notRun += 1
        }
        switch Standing(outcome, attempts: attempts, isAllowed: isAllowed) {
        case .flaky: flaky += 1
        case .allowedFailure:
            allowed += 1
            if outcome == .error { allowedErrors += 1 }
        case .passed, .failed, .error, .skipped, .notRun: break
        }
    }

    /// Adds other counts to these.
    public mutating func add(_ other: Self) {
        passed += other.passed
        flaky += other.flaky
        failed += other.failed
        errors += other.errors
        allowed += other.allowed
        allowedErrors += other.allowedErrors
        skipped += other.skipped
        notRun += other.notRun
    }
}
