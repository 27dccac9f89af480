import Checks
import FoundationEssentials

/// What the series of one check say; the repeats of a check are taken together.
struct CheckSeries {
    /// The labels as they are written.
    let labels: String
    /// Whether each repeat passed; `nil` for a check that was skipped.
    private(set) var isSuccess: Bool?
    /// Whether it failed, and nothing of it fails the run.
    var isAllowedFailure: Bool { hasAllowedFailure && !failsRun }
    /// How long its longest repeat took; `nil` if none came to its end.
    private(set) var duration: Duration?
    /// When it last passed, in milliseconds since 1970, if that is known.
    private(set) var lastSuccess: Int?
    private var hasAllowedFailure = false
    private var failsRun = false

    /// The series of all checks, in the order of the job files.
    ///
    /// - Parameters:
    ///   - labels: The label of each suite.
    ///   - earlier: When checks passed before this run.
    static func all(of report: RunReport, labels: [LabelValue], earlier: EarlierSuccesses) -> [Self] {
        let start = report.startedAt.reportedMilliseconds
        let end = start + report.duration.reportedMilliseconds
        var all: [Self] = []
        for (suite, label) in zip(report.suites, labels) {
            var names = UniqueLabels()
            for repeats in RepeatedResults.all(of: suite.results) {
                // By place, as results are costly to copy.
                let first = repeats.places.lowerBound
                let name = names.unique(suite.results[first].name)
                let route = LabelValue(suite.results[first].route)
                var series = Self(labels: MetricWriter.text([("job", label), ("check", name), ("route", route)]))
                for place in repeats.places { series.add(suite.results[place], runStart: start) }
                // A later moment than the run's own end is no earlier one, whatever the file says.
                if series.lastSuccess == nil, let moment = earlier.moment(of: series.labels), moment <= end {
                    series.lastSuccess = moment
                }
                all.append(series)
            }
        }
        return all
    }

    private init(labels: String) {
        self.labels = labels
    }

    private mutating func add(_ result: borrowing CheckResult, runStart: Int) {
        let standing = result.standing
        guard standing != .skipped else { return }
        if standing == .allowedFailure { hasAllowedFailure = true }
        if standing.failsRun || standing == .notRun { failsRun = true }
        isSuccess = isSuccess != false && standing.isPass
        if standing.hasRun { duration = max(duration ?? .zero, result.duration) }
        guard standing.isPass else { return }
        let moment = max(0, runStart + (result.start + result.duration).reportedMilliseconds)
        lastSuccess = max(lastSuccess ?? 0, moment)
    }
}
