public import Checks

/// A run whose values hold no secrets any more, so that it can be shown in any format.
public struct RedactedReport: Sendable {
    /// The run.
    public let report: RunReport

    /// Hides what a redactor knows from all values of a run.
    public init(_ report: consuming RunReport, by redactor: Redactor) {
        redactor.redact(&report)
        self.report = report
    }
}
