import Checks
import FoundationEssentials
public import Redaction

/// Metrics in the Prometheus text format, for the node exporter's textfile collector.
///
/// Base units, no timestamps, one `HELP` and `TYPE` for each metric; every series carries the job's name as `suite`,
/// because a label `job` would be the scrape's own. Two jobs of one name are told apart by a number.
public struct PrometheusRenderer: ReportRenderer {
    /// The values are quoted as in JSON.
    public var syntax: ReportSyntax { .json }

    /// Creates a renderer.
    public init() {}

    /// Writes every metric with its series, one metric after the other.
    public func render<Sink: ReportSink>(_ report: RedactedReport, into sink: inout Sink) throws(Sink.Failure) {
        let report = report.value
        var output = MetricWriter()
        let suites = LabelledSuite.suites(of: report)
        output.begin("routecheck_build_info", "The version of routecheck that ran.")
        output.sample([("version", report.toolVersion)], 1)
        writeSuites(suites, of: report, to: &output)
        try output.drain(into: &sink)
        writeRoutes(suites, to: &output)
        try output.finish(into: &sink)
    }

    private func writeSuites(_ suites: [LabelledSuite], of report: RunReport, to output: inout MetricWriter) {
        output.begin("routecheck_server_info", "The DHIS2 that was checked.")
        for suite in suites {
            let version = suite.report.serverVersion ?? ""
            output.sample([("suite", suite.label), ("url", suite.report.serverURL), ("version", version)], 1)
        }
        output.begin("routecheck_success", "Whether nothing failed and the run was complete, 1 or 0.")
        for suite in suites {
            output.sample([("suite", suite.label)], report.verdict(of: suite.report) == .passed ? 1 : 0)
        }
        output.begin("routecheck_checks", "How many checks ended how; allowed failures are in failed and error.")
        for suite in suites {
            let counts = suite.counts
            for (outcome, count) in [
                (Outcome.passed, counts.passed), (.failed, counts.failed), (.error, counts.errors),
                (.skipped, counts.skipped), (.notRun, counts.notRun),
            ] {
                output.sample([("suite", suite.label), ("outcome", outcome.rawValue)], count)
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
                output.sample([("suite", suite.label), ("layer", layer.rawValue)], count)
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
            for route in suite.routes {
                output.sample([("suite", suite.label), ("route", route.route)], route.total)
            }
        }
        output.begin("routecheck_route_passed", "How many checks of a route passed.")
        for suite in suites {
            for route in suite.routes {
                output.sample([("suite", suite.label), ("route", route.route)], route.passed)
            }
        }
        output.begin("routecheck_route_latency_seconds", "How long a route's last attempts took, by quantile.")
        for suite in suites {
            for route in suite.routes {
                for (label, share) in [("0.5", 0.5), ("0.95", 0.95), ("1", 1)] {
                    guard let duration = route.percentile(share) else { continue }
                    output.sample([("suite", suite.label), ("route", route.route), ("quantile", label)], duration)
                }
            }
        }
    }
}

/// A suite with a label of its own.
private struct LabelledSuite {
    let report: SuiteReport
    let label: String
    let counts: OutcomeCounts
    let routes: [RouteSummary]

    static func suites(of report: RunReport) -> [Self] {
        var names = JUnitNames()
        return report.suites.map {
            Self(
                report: $0,
                label: names.unique($0.name),
                counts: $0.counts,
                routes: RouteSummary.summaries(of: [$0])
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
    ) { _ in PrometheusRenderer() }
}

/// Writes metrics and their series in the Prometheus text format, version 0.0.4.
struct MetricWriter {
    private var buffer = ReportBuffer()
    private var name: StaticString = ""

    /// Starts a gauge; the samples that follow are its series.
    mutating func begin(_ name: StaticString, _ help: StaticString) {
        self.name = name
        buffer.append("# HELP ")
        buffer.append(name)
        buffer.append(" ")
        buffer.append(help)
        buffer.append("\n# TYPE ")
        buffer.append(name)
        buffer.append(" gauge\n")
    }

    mutating func sample(_ labels: [(StaticString, String)], _ value: Int) {
        writeSeries(labels)
        buffer.append(value)
        buffer.append("\n")
    }

    /// Writes a duration in seconds.
    mutating func sample(_ labels: [(StaticString, String)], _ value: Duration) {
        writeSeries(labels)
        buffer.appendMicroseconds(value)
        buffer.append("\n")
    }

    mutating func drain<Sink: ReportSink>(into sink: inout Sink) throws(Sink.Failure) {
        try buffer.drain(into: &sink)
    }

    mutating func finish<Sink: ReportSink>(into sink: inout Sink) throws(Sink.Failure) {
        try buffer.flush(into: &sink)
    }

    private mutating func writeSeries(_ labels: [(StaticString, String)]) {
        buffer.append(name)
        for (position, label) in labels.enumerated() {
            buffer.append(position == 0 ? "{" : ",")
            buffer.append(label.0)
            buffer.append("=\"")
            buffer.append(label.1.bounded(to: 1_000), as: .label)
            buffer.append("\"")
        }
        buffer.append("} ")
    }
}
