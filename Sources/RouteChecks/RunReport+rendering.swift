public import Checks
import Redaction
public import Reports

extension RunReport {
    /// The run in a format, without the secrets of its jobs: from the report to bytes in one call.
    ///
    /// ```swift
    /// let junit = report.rendered(as: .junit, hidingSecretsOf: [job])
    /// ```
    ///
    /// The whole document is in memory. To write a large one piece by piece, or one run in several formats, make a
    /// `Redactor` of the jobs once and render through it.
    ///
    /// - Parameters:
    ///   - format: What to write, such as `.junit` or one of `ReportFormat.all`.
    ///   - jobs: All jobs of the run; what only a job that is missing here keeps secret is not hidden.
    ///   - options: What a reader may want otherwise.
    public func rendered(
        as format: ReportFormat,
        hidingSecretsOf jobs: [Job],
        options: ReportFormat.Options = ReportFormat.Options()
    ) -> [UInt8] {
        let redactor = Redactor(secretsOf: jobs)
        var sink = MemorySink()
        redactor.render(redactor.redact(self), with: format.renderer(options), into: &sink)
        return sink.bytes
    }
}
