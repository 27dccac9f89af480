import Checks

/// The dotted type of a failure, such as `dhis2.StatusMismatch`.
///
/// It is dotted because GitLab casts single words such as `symbol` or `array` to something else.
enum FaultType {
    /// An attempt whose answer was not as expected is named after the first expectation that did not hold, any other
    /// one after its fault's code.
    static func name(of attempt: Attempt) -> String {
        if attempt.outcome == .failed, let mismatch = attempt.mismatches.first {
            return name(of: mismatch.kind)
        }
        guard let fault = attempt.fault else { return "dhis2.NoAnswer" }
        return "dhis2." + pascalCase(fault.code)
    }

    /// The type of what keeps a run from having passed, such as `run.Deadline`.
    static func name(ofRun code: String) -> String { "run." + pascalCase(code) }

    private static func name(of kind: Mismatch.Kind) -> String {
        switch kind {
        case .status: "dhis2.StatusMismatch"
        case .from: "dhis2.OriginMismatch"
        case .header: "dhis2.HeaderMismatch"
        case .contentType: "dhis2.ContentTypeMismatch"
        case .body: "dhis2.BodyMismatch"
        case .json: "dhis2.JSONMismatch"
        case .maximumDuration: "dhis2.TooSlow"
        case .maximumSize: "dhis2.TooLarge"
        }
    }

    /// `RouteDisabled` for `route-disabled`.
    private static func pascalCase(_ code: String) -> String {
        code.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }
}
