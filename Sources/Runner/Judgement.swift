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
    ///   - response: The answer, and the route that it belongs to.
    ///   - origin: Which layer it came from.
    ///   - expectation: What was expected.
    ///   - duration: How long the attempt took.
    init(
        of response: RouteResponse,
        from origin: ResponseOrigin,
        against expectation: Expectation,
        duration: Duration
    ) {
        mismatches = expectation.mismatches(with: response.exchange, from: origin, after: duration)
        guard let first = mismatches.first else {
            outcome = .passed
            return
        }
        // A route that does not exist gave no answer that could be right or wrong.
        outcome = origin.reason == .routeNotFound && expectation.from == .upstream ? .error : .failed
        var fault = Fault(origin)
        if origin.layer == .upstream {
            fault.code = "\(first.kind.rawValue)-mismatch"
            fault.message = Self.sentence(of: response, mismatches, origin)
        } else if expectation.from.includes(origin.layer) {
            // The layer was to answer, so what it says of itself is only half of what is wrong.
            fault.message += " \(Self.remark(on: mismatches))"
        }
        self.fault = fault
    }

    /// What is wrong with the answer of a route's target.
    private static func sentence(
        of response: RouteResponse,
        _ mismatches: [Mismatch],
        _ origin: ResponseOrigin
    ) -> String {
        guard let first = mismatches.first else { return origin.sentence }
        let status = response.exchange.statusCode
        let due = "where \(first.expected) was expected"
        let clause =
            switch first.kind {
            case .status: "answered \(first.actual) \(due)"
            case .from where origin.certainty == .fair: "seems to have answered \(status), but it may not have been it"
            case .from: "answered \(status), but DHIS2 itself was expected to answer"
            case .maximumDuration: "answered \(status) after \(first.actual) \(due)"
            case .contentType, .maximumSize: "answered \(status) with \(first.actual) \(due)"
            case .header, .body, .json: "answered \(status), but not as expected: \(first.message)"
            }
        return "The \(targetName(of: response)) \(clause)\(others(mismatches))."
    }

    /// What is wrong with an answer of DHIS2 or its route that was due.
    private static func remark(on mismatches: [Mismatch]) -> String {
        guard let first = mismatches.first else { return "" }
        return "The answer is not as expected: \(first.message)\(others(mismatches))."
    }

    private static func others(_ mismatches: [Mismatch]) -> String {
        switch mismatches.count {
        case ...1: ""
        case 2: "; 1 more expectation did not hold"
        default: "; \(mismatches.count - 1) more expectations did not hold"
        }
    }

    private static func targetName(of response: RouteResponse) -> String {
        let target = "target of the route \"\(Excerpt.cut(response.code))\""
        guard let host = response.route?.targetHost else { return target }
        return "\(target) (\(Excerpt.cut(host)))"
    }
}
