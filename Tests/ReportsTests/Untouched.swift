import Checks
import Reports

@testable import Redaction

// Tests of what a format shows are about values as they are, so that these go in without a redactor.

extension RunReport {
    /// The run as it is, for what takes redacted ones alone.
    var untouched: RedactedReport { Redacted(self) }
}

extension ReportRenderer {
    func bytes(for report: RunReport) -> [UInt8] { bytes(for: report.untouched) }
}

extension RunComparison {
    init(baseline: RunReport, current: RunReport, jobs: [Job]? = nil) {
        self.init(baseline: baseline.untouched, current: current.untouched, jobs: jobs)
    }
}

extension ConsoleRenderer {
    func summary(of report: RunReport) -> String { summary(of: report.untouched) }

    func text(for result: CheckResult, in suite: SuiteReport) -> String {
        text(for: Redacted(result), in: Redacted(suite))
    }
}

extension EventStream {
    func line(planning suite: SuiteReport, number: Int) -> [UInt8] { line(planning: Redacted(suite), number: number) }

    func line(planning result: CheckResult, suite: Int) -> [UInt8] { line(planning: Redacted(result), suite: suite) }

    mutating func lines(for event: RunEvent) -> [UInt8] { lines(for: Redacted(event)) }
}

extension ExplanationRenderer {
    func text(_ explanation: Explanation, file: String) -> String { text(Redacted(explanation), file: Redacted(file)) }
}

extension ProgressLine.InFlight {
    init(name: String, elapsed: Duration) { self.init(name: Redacted(name), elapsed: elapsed) }
}
