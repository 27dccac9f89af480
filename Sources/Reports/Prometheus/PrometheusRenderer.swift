import Checks
import FoundationEssentials
public import Redaction

/// Metrics in the Prometheus text format, for the node exporter's textfile collector.
///
/// Base units, no timestamps, one `HELP` and `TYPE` for each metric. The series of a job or a route carry the job's name
/// as `suite`, those of a check carry it as `job`. Two jobs of one name, and two checks, are told apart by a number. Where
/// nothing ran since a job file is invalid, its name is not known: every suite of the metrics before counts as failed.
public struct PrometheusRenderer: ReportRenderer {
    private let earlier: EarlierSuccesses

    /// The values are quoted as in JSON.
    public var syntax: ReportSyntax { .json }

    /// Creates a renderer.
    ///
    /// - Parameter earlier: When checks that do not pass in this run last passed.
    public init(earlier: EarlierSuccesses = EarlierSuccesses()) {
        self.earlier = earlier
    }

    /// Writes every metric with its series, one metric after the other.
    public func render<Sink: ReportSink>(_ report: RedactedReport, into sink: inout Sink) throws(Sink.Failure) {
        let report = report.value
        var output = MetricWriter()
        let suites = LabelledSuite.suites(of: report)
        output.begin("routecheck_build_info", "The version of routecheck that ran.")
        output.sample([("version", LabelValue(report.toolVersion))], 1)
        writeSuites(suites, of: report, to: &output)
        try output.drain(into: &sink)
        writeRoutes(suites, to: &output)
        try output.drain(into: &sink)
        let checks = CheckSeries.all(of: report, labels: suites.map(\.label), earlier: earlier)
        try writeChecks(checks, to: &output, into: &sink)
        try writeLastSuccesses(of: checks, in: report, to: &output, into: &sink)
        try output.finish(into: &sink)
    }

    private func writeSuites(_ suites: [LabelledSuite], of report: RunReport, to output: inout MetricWriter) {
        output.begin("routecheck_server_info", "The DHIS2 that was checked.")
        for suite in suites {
            let version = LabelValue(suite.report.serverVersion ?? "")
            output.sample(
                [("suite", suite.label), ("url", LabelValue(suite.report.serverURL)), ("version", version)],
                1
            )
        }
        output.begin("routecheck_success", "Whether nothing failed and the run was complete, 1 or 0.")
        for suite in suites {
            output.sample([("suite", suite.label)], report.verdict(of: suite.report) == .passed ? 1 : 0)
        }
        if suites.isEmpty, report.verdict != .nothingChecked {
            let unnamed = [MetricWriter.text([("suite", LabelValue(""))])]
            for labels in earlier.suites.isEmpty ? unnamed : earlier.suites { output.sample(labels, 0) }
        }
        output.begin("routecheck_checks", "How many checks ended how; allowed failures are in failed and error.")
        for suite in suites {
            let counts = suite.counts
            for (outcome, count) in [
                (Outcome.passed, counts.passed), (.failed, counts.failed), (.error, counts.errors),
                (.skipped, counts.skipped), (.notRun, counts.notRun),
            ] {
                output.sample([("suite", suite.label), ("outcome", LabelValue(outcome.rawValue))], count)
            }
        }
        output.begin("routecheck_flaky_checks", "How many checks passed after an attempt that had not.")
        for suite in suites { output.sample([("suite", suite.label)], suite.counts.flaky) }
        output.begin("routecheck_allowed_failures", "How many checks failed or had an error, and may.")
        for suite in suites { output.sample([("suite", suite.label)], suite.counts.allowed) }
        output.begin("routecheck_failures", "How many checks each layer made fail or kept from running.")
        for suite in suites {
            let entries = LayerCounts([suite.report]).entries
            for layer in Layer.allCases {
                let count = entries.first { $0.layer == layer }?.count ?? 0
                output.sample([("suite", suite.label), ("layer", LabelValue(layer.rawValue))], count)
            }
        }
        output.begin("routecheck_duration_seconds", "How long the job took.")
        for suite in suites { output.sample([("suite", suite.label)], suite.report.duration) }
        output.begin("routecheck_completion_timestamp_seconds", "When the job was done, in seconds since 1970.")
        for suite in suites {
            let end = suite.report.startedAt.addingTimeInterval(suite.report.duration.reportedSeconds)
            output.sample([("suite", suite.label)], .milliseconds(max(0, end.reportedMilliseconds)))
        }
    }

    private func writeRoutes(_ suites: [LabelledSuite], to output: inout MetricWriter) {
        output.begin("routecheck_route_checks", "How many checks a route has.")
        for suite in suites {
            for (label, route) in suite.routes {
                output.sample([("suite", suite.label), ("route", label)], route.total)
            }
        }
        output.begin("routecheck_route_passed", "How many checks of a route passed.")
        for suite in suites {
            for (label, route) in suite.routes {
                output.sample([("suite", suite.label), ("route", label)], route.passed)
            }
        }
        // A label "quantile" is for summaries alone.
        output.begin("routecheck_route_latency_seconds", "How long a route's last attempts took, by percentile.")
        for suite in suites {
            for (label, route) in suite.routes {
                for (percentile, share) in [("50", 0.5), ("95", 0.95), ("100", 1)] {
                    guard let duration = route.percentile(share) else { continue }
                    output.sample(
                        [("suite", suite.label), ("route", label), ("percentile", LabelValue(percentile))],
                        duration
                    )
                }
            }
        }
    }

    private func writeChecks<Sink: ReportSink>(
        _ checks: [CheckSeries],
        to output: inout MetricWriter,
        into sink: inout Sink
    ) throws(Sink.Failure) {
        output.begin(
            "routecheck_check_success",
            "Whether a check passed, 1 or 0; 0 if it did not run, no series if it was skipped."
        )
        for check in checks {
            guard let isSuccess = check.isSuccess else { continue }
            output.sample(check.labels, isSuccess ? 1 : 0)
            try output.drain(into: &sink)
        }
        output.begin("routecheck_check_allowed_failure", "1 for a check that failed or had an error, and may.")
        for check in checks where check.isAllowedFailure {
            output.sample(check.labels, 1)
            try output.drain(into: &sink)
        }
        output.begin("routecheck_check_duration_seconds", "How long a check took; if repeated, the longest time.")
        for check in checks {
            guard let duration = check.duration else { continue }
            output.sample(check.labels, duration)
            try output.drain(into: &sink)
        }
    }

    private func writeLastSuccesses<Sink: ReportSink>(
        of checks: [CheckSeries],
        in report: RunReport,
        to output: inout MetricWriter,
        into sink: inout Sink
    ) throws(Sink.Failure) {
        output.begin(
            "routecheck_check_last_success_timestamp_seconds",
            "When a check last passed, in this run or an earlier one, in seconds since 1970."
        )
        if checks.isEmpty {
            let end = report.startedAt.reportedMilliseconds + report.duration.reportedMilliseconds
            for (labels, moment) in earlier.all(until: end) {
                output.sample(labels, .milliseconds(moment))
                try output.drain(into: &sink)
            }
        }
        for check in checks {
            guard let moment = check.lastSuccess else { continue }
            output.sample(check.labels, .milliseconds(moment))
            try output.drain(into: &sink)
        }
    }
}

/// A suite with a label of its own, and its routes with theirs.
private struct LabelledSuite {
    let report: SuiteReport
    let label: LabelValue
    let counts: OutcomeCounts
    let routes: [(label: LabelValue, summary: RouteSummary)]

    static func suites(of report: RunReport) -> [Self] {
        var names = UniqueLabels()
        return report.suites.map { suite in
            var codes = UniqueLabels()
            return Self(
                report: suite,
                label: names.unique(suite.name),
                counts: suite.counts,
                routes: RouteSummary.summaries(of: [suite]).map { (codes.unique($0.route), $0) }
            )
        }
    }
}

extension ReportFormat {
    /// What ``PrometheusRenderer`` writes.
    public static let prometheus = Self(
        "prometheus",
        fileExtension: "prom",
        "metrics for Prometheus's textfile collector"
    ) { PrometheusRenderer(earlier: $0.earlierSuccesses) }
}
