import Checks
import DHIS2
import Matching
import Text

extension Attempt {
    /// Says what an answer amounts to once its check's expectation has been held against it: the outcome, what did not
    /// hold, and who is at fault.
    ///
    /// The outcome is `passed`, `failed`, or `error` when there is nothing to judge.
    ///
    /// - Parameters:
    ///   - response: The answer, and the route that it belongs to.
    ///   - origin: Which layer it came from.
    ///   - expected: Which layer was to answer.
    ///   - evaluation: What came of the expectation.
    mutating func judge(
        _ response: RouteResponse,
        from origin: ResponseOrigin,
        expecting expected: ExpectedOrigin,
        _ evaluation: Evaluation
    ) {
        guard !origin.isNoAnswer else {
            outcome = .error
            mismatches = []
            fault = Fault(origin)
            return
        }
        mismatches =
            evaluation.hasFailed ? evaluation.results.compactMap { $0.withoutTargetSecrets(in: origin).mismatch } : []
        guard let first = mismatches.first else {
            outcome = .passed
            return
        }
        // A route that does not exist gave no answer that could be right or wrong.
        outcome = origin.reason == .routeNotFound && expected == .upstream ? .error : .failed
        if origin.layer != .upstream {
            // A layer that was to answer says of itself only half of what is wrong.
            let isDue = expected.includes(origin.layer)
            fault = isDue ? Fault(origin, saying: "\(origin.sentence) \(Self.remark(on: mismatches))") : Fault(origin)
        } else if origin.reason != .answered, mismatches.contains(where: { $0.kind == .status }) {
            // The target answered in a way that says what to do about it.
            fault = Fault(origin, saying: "\(origin.sentence) \(Self.remark(on: mismatches))")
        } else {
            let isUndecided = evaluation.isUndecided
            fault = Fault(origin, saying: Self.sentence(of: response, mismatches, origin, isUndecided: isUndecided))
            fault?.code = first.kind.rawValue + (isUndecided ? "-undecided" : "-mismatch")
        }
    }

    /// What is wrong with the answer of a route's target.
    private static func sentence(
        of response: RouteResponse,
        _ mismatches: [Mismatch],
        _ origin: ResponseOrigin,
        isUndecided: Bool
    ) -> String {
        guard let first = mismatches.first else { return origin.sentence }
        let status = origin.status(of: response.exchange)
        let due = "where \(first.expected) was expected"
        let clause =
            switch first.kind {
            case _ where isUndecided: "answered \(status), but routecheck could not judge it: \(first.message)"
            case .status: "answered \(first.actual) \(due)"
            case .from where origin.certainty == .possible:
                "probably answered \(status), but the response may come from another layer"
            case .from: "answered \(status), but DHIS2 itself was expected to answer"
            case .maximumDuration: "answered \(status) after \(first.actual) \(due)"
            case .contentType, .maximumSize: "answered \(status) with \(first.actual) \(due)"
            case .header, .body, .json: "answered \(status), but not as expected: \(first.message)"
            }
        return "The \(targetName(of: response)) \(clause)\(others(mismatches))."
    }

    /// What is wrong with an answer whose origin says the rest.
    private static func remark(on mismatches: [Mismatch]) -> String {
        guard let first = mismatches.first else { return "" }
        return "The answer is not as expected: \(first.message)\(others(mismatches))."
    }

    private static func others(_ mismatches: [Mismatch]) -> String {
        mismatches.count > 1 ? "; \((mismatches.count - 1).counting("more expectation")) did not hold" : ""
    }

    private static func targetName(of response: RouteResponse) -> String {
        let target = "target of the route \"\(Excerpt.cut(response.code))\""
        guard let host = response.route?.targetHost else { return target }
        return "\(target) (\(Excerpt.cut(host)))"
    }
}
