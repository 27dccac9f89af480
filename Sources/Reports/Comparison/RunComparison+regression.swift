import Checks

// What of a comparison a pipeline may want to fail for.

extension RunComparison {
    /// Whether something is worse: a check fails that did not, or did not run although it had passed, a server cannot
    /// be used any more, a route has become slower, or the run has not passed although the earlier one had.
    public var hasRegression: Bool {
        !newlyFailing.isEmpty || !slower.isEmpty || !unusable.isEmpty || runGotWorse
            || didNotRun.contains { $0.before?.standing.isPass == true }
    }

    /// Whether the earlier run passed and the later one failed or was cut off, and no check and no server says why.
    var runGotWorse: Bool {
        verdictBefore == .passed && (verdict == .failed || verdict == .incomplete)
            && newlyFailing.isEmpty && didNotRun.isEmpty && unusable.isEmpty
    }

    /// What `--fail-on-regression` does not allow of the later run, whatever the earlier one was; `nil` if it lets the run
    /// pass.
    ///
    /// A server that cannot be used does not count as an early end by itself: its own section tells whether it could
    /// before.
    public var objection: Objection? {
        switch ending {
        case .unfinished, .interrupted, .deadline, .maximumFailures: return .endedEarly
        case .invalidInput: return .nothingChecked
        case .completed, .serverUnusable: break
        }
        if isLaterEmpty { return .nothingChecked }
        return hasRegression ? .regression : nil
    }

    /// Why a later run is not good enough.
    public enum Objection: Sendable, Hashable, CaseIterable {
        /// It did not come to its end, so that nobody knows what the rest would have been.
        case endedEarly
        /// There is no run, or one without a check.
        case nothingChecked
        /// Something is worse than before.
        case regression

        /// Why the option does not let the run pass, as a clause.
        package var clause: String {
            switch self {
            case .endedEarly: "the later run did not come to its end, which --fail-on-regression does not allow"
            case .nothingChecked: "the later run checked nothing, which --fail-on-regression does not allow"
            case .regression: RunFailure.regressionClause
            }
        }
    }
}

extension RunReport {
    /// Why the report says of no check how it was, if it does not; a sentence.
    ///
    /// One part of a run may be empty.
    var emptiness: String? {
        if ending.leavesChecksUnknown { return ending.sentence }
        return verdict == .nothingChecked && shard == nil ? "The run had no check." : nil
    }
}
