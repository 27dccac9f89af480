public import Checks

/// A value that holds no secrets any more: a ``Redactor`` makes it, and nothing else can.
///
/// What shows values of a job or a run takes them in this form alone, so that the compiler knows that they were
/// redacted. A part that is taken out of ``value`` is an ordinary value again; it is for whoever shows it at once.
public struct Redacted<Value: Sendable>: Sendable {
    /// The value without secrets.
    public let value: Value

    /// Vouches for a value; only for those who have just hidden the secrets in it.
    init(_ value: consuming Value) {
        self.value = value
    }
}

extension Redacted: Equatable where Value: Equatable {}

extension Redacted: Hashable where Value: Hashable {}

/// A run whose values hold no secrets, so that it can be shown in any format.
public typealias RedactedReport = Redacted<RunReport>

/// What happens during a run, without secrets.
public typealias RedactedEvent = Redacted<RunEvent>

/// A text without secrets.
public typealias RedactedText = Redacted<String>

extension RedactedReport {
    /// Takes a run that was read from a report of ours, or joined from such.
    ///
    /// Its secrets were hidden when the report was written, and nobody knows them any more. What carries credentials by
    /// its name or its shape is hidden once more, as the file may come from elsewhere; in a report of ours this changes
    /// nothing. A run of one's own goes through the redactor of its jobs instead.
    package init(readBack report: consuming RunReport) {
        self = Redactor(secrets: []).redact(report)
    }

    /// The run, failed for a reason that its checks do not show.
    public func failing(with failure: RunFailure) -> Self {
        var report = value
        report.failure = failure
        return Self(report)
    }
}
