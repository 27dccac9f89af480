import Checks
import DHIS2

/// What an answer amounts to once its check's expectation has been held against it.
struct Judgement {
    /// `passed`, `failed`, or `error` when there is nothing to judge.
    var outcome: Outcome
    /// Every expectation that did not hold.
    var mismatches: [Mismatch]
    /// Who is at fault, unless the check passed.
    var fault: Fault?

    /// Judges an answer.
    ///
    /// - Parameters:
    ///   - exchange: The answer.
    ///   - origin: Which layer it came from.
    ///   - expectation: What was expected.
    ///   - duration: How long the attempt took.
    init(of exchange: HTTPExchange, from origin: ResponseOrigin, against expectation: Expectation, duration: Duration) {
        mismatches = expectation.mismatches(with: exchange, from: origin, after: duration)
        guard let first = mismatches.first else {
            outcome = .passed
            return
        }
        // A route that does not exist gave no answer that could be right or wrong.
        outcome = origin.reason == .routeNotFound && expectation.from == .upstream ? .error : .failed
        var fault = Fault(origin)
        if origin.layer == .upstream {
            fault.code = "\(first.kind.rawValue)-mismatch"
            fault.message = "The route's target answered, but not as expected: \(first.message)."
        }
        self.fault = fault
    }
}
