/// What a run amounts to, or one suite of it.
///
/// It is decided here alone; the console, every report, the exit status and `merge` ask for it.
public enum RunVerdict: String, Sendable, Hashable, CaseIterable {
    /// The run is complete and nothing in it fails it.
    case passed
    /// A check fails the run, a server could not be used, or a check was flaky and none may be.
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
    init(_ counts: OutcomeCounts, ending: RunEnding, hasUnusableServer: Bool, failsOnFlaky: Bool) {
        self =
            if counts.failing > 0 || hasUnusableServer || (failsOnFlaky && counts.flaky > 0) {
                .failed
            } else if ending != .completed || counts.notRun > 0 {
                .incomplete
            } else if counts.total == 0 {
                .nothingChecked
            } else {
                .passed
            }
    }
}

extension RunReport {
    /// What the run amounts to.
    public var verdict: RunVerdict {
        RunVerdict(counts, ending: ending, hasUnusableServer: hasUnusableServer, failsOnFlaky: failsOnFlaky)
    }

    /// What one of the run's suites amounts to; a run that ended early has not shown that any of them is complete.
    public func verdict(of suite: SuiteReport) -> RunVerdict {
        RunVerdict(
            suite.counts,
            ending: ending,
            hasUnusableServer: suite.serverFault != nil,
            failsOnFlaky: failsOnFlaky
        )
    }

    /// Whether a server was unreachable or refused the credentials.
    public var hasUnusableServer: Bool { suites.contains { $0.serverFault != nil } }
}
