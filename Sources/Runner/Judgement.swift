import Checks
import DHIS2

/// What an answer amounts to once its check's expectation has been held against it.
struct Judgement {
    /// `passed`, `failed`, or `error` when there is nothing to judge.
    var outcome: Outcome
    /// Every expectation that did not hold.
    var mismatches: [Mismatch] = []
    /// Who is at fault, unless the check passed.
    var fault: Fault?

    /// Judges an answer.
    ///
    /// - Parameters:
    ///   - exchange: The answer.
    ///   - origin: Which layer it came from.
    ///   - expectation: What was expected.
    ///   - duration: How long the attempt took.
    init(
        of exchange: HTTPExchange,
        from origin: ResponseOrigin,
        against expectation: Expectation,
        duration: Duration
    ) {
        mismatches = AnswerEvaluation(exchange: exchange, origin: origin, duration: duration).mismatches(expectation)
        guard !mismatches.isEmpty else {
            outcome = .passed
            return
        }
        // A route that does not exist gave no answer that could be right or wrong.
        outcome = origin.reason == .routeNotFound && expectation.from == .upstream ? .error : .failed
        fault = Self.fault(for: mismatches, origin: origin)
    }

    /// Judges an attempt to which no answer came.
    init(of error: TransportError, origin: ResponseOrigin) {
        outcome = error.code == .cancelled ? .notRun : .error
        fault = error.code == .cancelled ? nil : Fault(origin)
    }

    /// The layer that answered is at fault; when it is the target, the sentence says what was wrong with its answer.
    private static func fault(for mismatches: [Mismatch], origin: ResponseOrigin) -> Fault {
        var fault = Fault(origin)
        if origin.layer == .upstream, let first = mismatches.first {
            fault.code = "\(first.kind.rawValue)-mismatch"
        }
        return fault
    }
}
