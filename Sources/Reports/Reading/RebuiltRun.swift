import Checks
import FoundationEssentials
import Text

/// A run as far as its events have told.
struct RebuiltRun {
    /// What is known of one suite beyond its results.
    private struct Suite {
        /// The plan's checks, as they are unless they run.
        var planned: [CheckResult] = []
        /// The attempts of checks that have not ended, by the checks' places.
        var attempts: [Int: [Attempt]] = [:]
    }

    private var report: RunReport
    private var suites: [Suite] = []
    /// How many suites the run has, as it said when it began.
    private let announced: Int
    /// What the run said at its end that it amounted to.
    private var reportedVerdict: String?

    init(_ event: EventDocument, subject: String) throws(ReportReadingError) {
        guard event.event == "run-started", event.format == "routecheck-events" else {
            throw ReportReadingError(.notAReport, "\(subject) is not the start of a run of routecheck.")
        }
        try RunReport.check(event.version, known: EventStream.version, subject: subject)
        guard let tool = event.tool, let startedAt = event.startedAt else {
            throw ReportReadingError(.malformed, "\(subject) does not say which routecheck ran, and when.")
        }
        report = RunReport(
            toolVersion: tool.version,
            startedAt: startedAt.date,
            duration: .zero,
            ending: .interrupted(signal: 9),
            suites: []
        )
        report.shard = event.shard?.value
        report.seed = event.seed.flatMap(UInt64.init)
        report.repeats = event.repeats ?? 1
        announced = event.suites ?? 1
    }

    mutating func add(_ event: EventDocument, subject: String) throws(ReportReadingError) {
        switch event.event {
        case "suite-planned", "suite-started":
            try begin(event, subject: subject)
        case "check-planned":
            guard let suite = suite(of: event), let result = event.result else {
                throw ReportReadingError(.malformed, "\(subject) does not say which check is planned.")
            }
            suites[suite].planned.append(result.value)
        case "attempt-finished":
            guard let suite = suite(of: event), let check = event.check, let attempt = event.attempt else {
                throw ReportReadingError(.malformed, "\(subject) does not say which attempt ended.")
            }
            suites[suite].attempts[check, default: []].append(attempt.value)
        case "check-finished":
            guard let suite = suite(of: event), let result = event.result else {
                throw ReportReadingError(.malformed, "\(subject) does not say which check ended.")
            }
            suites[suite].attempts[result.index] = nil
            add(result.value, suite: suite)
        case "suite-finished":
            guard let suite = suite(of: event), let duration = event.duration else {
                throw ReportReadingError(.malformed, "\(subject) does not say which suite ended.")
            }
            report.suites[suite].duration = duration.duration
        case "run-finished":
            guard let duration = event.duration, let ending = event.ending else {
                throw ReportReadingError(.malformed, "\(subject) does not say how the run ended.")
            }
            report.duration = duration.duration
            report.ending = ending.value
            report.isReadWhole = true
            reportedVerdict = event.verdict
        default:
            // Checks that start say nothing that their end does not; newer events are for newer readers.
            break
        }
    }

    /// The run with each suite's results in the job file's order, the repeats of one check in that of their starts, and
    /// with a result for each check of the plan.
    ///
    /// - Throws: ``ReportReadingError`` when the run was killed before its plan was written, so that nobody knows what
    ///   is missing.
    func whole() throws(ReportReadingError) -> RunReport {
        guard !report.suites.isEmpty, report.suites.count >= announced else {
            throw ReportReadingError(.cutOff, "The run was killed before it had written its plan.")
        }
        var report = report
        for suite in report.suites.indices {
            report.suites[suite].results += unfinished(suite)
            report.suites[suite].results.sort { ($0.index, $0.start) < ($1.index, $1.start) }
            let count = report.suites[suite].results.count
            if let planned = report.suites[suite].plan?.planned, count < planned {
                throw ReportReadingError(
                    .cutOff,
                    """
                    The run was killed before it had written its plan: \(count) of the \(planned.counting("check")) of \
                    \(report.suites[suite].file) are there.
                    """
                )
            }
        }
        report.take(reportedVerdict: reportedVerdict)
        return report
    }

    /// The checks of the plan that have no result, with the attempts that they had.
    private func unfinished(_ suite: Int) -> [CheckResult] {
        var finished: [Int: Int] = [:]
        for result in report.suites[suite].results { finished[result.index, default: 0] += 1 }
        var attempts = suites[suite].attempts
        return suites[suite].planned.compactMap { planned in
            if let count = finished[planned.index], count > 0 {
                finished[planned.index] = count - 1
                return nil
            }
            guard planned.outcome == .notRun else { return planned }
            var result = planned
            result.reason = "The run was killed before the check ended."
            result.attempts = attempts.removeValue(forKey: planned.index) ?? []
            result.timeByAttempts()
            return result
        }
    }

    private func suite(of event: EventDocument) -> Int? {
        event.suite.flatMap { report.suites.indices.contains($0) ? $0 : nil }
    }

    /// Takes note of a suite that is planned, or that starts, planned or not.
    private mutating func begin(_ event: EventDocument, subject: String) throws(ReportReadingError) {
        guard let number = event.suite, let name = event.name, let file = event.file, let server = event.server,
            let startedAt = event.startedAt, number >= 0, number <= report.suites.count
        else { throw ReportReadingError(.malformed, "\(subject) does not say which suite starts.") }
        let document = SuiteDocument(
            name: name,
            file: file,
            description: event.description,
            server: server,
            warnings: event.warnings,
            plan: event.plan,
            identity: event.identity,
            startedAt: startedAt
        )
        if number == report.suites.count {
            report.suites.append(document.report)
            suites.append(Suite())
        } else {
            report.suites[number] = document.report
        }
    }

    private mutating func add(_ result: CheckResult, suite: Int) {
        report.suites[suite].results.append(result)
        let end = result.start + result.duration
        report.duration = max(report.duration, end)
        let offset = report.suites[suite].startedAt.timeIntervalSince(report.startedAt)
        let sinceSuite = end - .milliseconds(Int64((min(max(offset, 0), 1e9) * 1_000).rounded()))
        report.suites[suite].duration = max(report.suites[suite].duration, sinceSuite)
    }
}

/// One line of the stream of events; which fields there are depends on the event.
struct EventDocument: Decodable {
    var event: String
    var format: String?
    var version: Int?
    var tool: ReportDocument.Tool?
    var startedAt: Moment?
    var shard: ReportDocument.ShardDocument?
    var seed: String?
    var repeats: Int?
    var suites: Int?
    var suite: Int?
    var name: String?
    var file: String?
    var description: String?
    var server: SuiteDocument.Server?
    var warnings: [String]?
    var plan: SuiteDocument.PlanDocument?
    var identity: IdentityDocument?
    var check: Int?
    var attempt: AttemptDocument?
    var result: ResultDocument?
    var duration: Seconds?
    var ending: ReportDocument.Ending?
    var verdict: String?
}
