import Checks
import FoundationEssentials
import Reports
import SourceDiagnostics
import Testing

/// Every report of a run says the same of it, whatever happened: none looks like a good run's where the verdict is
/// another, and none looks like a failed one's where it is `passed`.
struct VerdictTests {
    /// How a check ends, and what that makes of a run that is complete.
    private static let checks: [(outcome: Outcome, attempts: Int, isAllowed: Bool, standing: Standing)] = [
        (.passed, 1, false, .passed), (.passed, 1, true, .passed),
        (.passed, 2, false, .flaky), (.passed, 2, true, .flaky),
        (.failed, 1, false, .failed), (.failed, 1, true, .allowedFailure),
        (.failed, 2, false, .failed), (.failed, 2, true, .allowedFailure),
        (.error, 1, false, .error), (.error, 1, true, .allowedFailure),
        (.error, 2, false, .error), (.error, 2, true, .allowedFailure),
        (.skipped, 0, false, .skipped), (.skipped, 0, true, .skipped),
        (.notRun, 0, false, .notRun), (.notRun, 0, true, .notRun),
        (.notRun, 1, false, .notRun), (.notRun, 1, true, .notRun),
    ]

    /// How a run ends: by itself, by a signal, killed, and early for each other reason.
    private static let endings: [RunEnding] = [
        .completed, .interrupted(signal: 2), .interrupted(signal: 15), .interrupted(signal: 9),
        .interrupted(signal: 0), .deadline, .maximumFailures, .serverUnusable, .unfinished, .invalidInput,
    ]

    private struct Case {
        var report: RunReport
        var verdict: RunVerdict
    }

    /// Every check alone, beside one that passed, and in a suite beside one that passed; and no check at all: with every
    /// ending, and where the run was complete, was killed or goes on also with a server that cannot be used and with flaky
    /// checks that are not allowed.
    private static let cases: [Case] = {
        var cases: [Case] = []
        let passed = result(0, checks[0])
        var suites: [([SuiteReport], Standing?)] = [([suite([])], nil), ([suite([]), suite([])], nil)]
        for check in checks {
            let result = result(1, check)
            suites.append(([suite([result])], check.standing))
            suites.append(([suite([passed, result])], check.standing))
            suites.append(([suite([passed]), suite([result])], check.standing))
        }
        for (suites, standing) in suites {
            for ending in endings {
                let others = [(false, true), (true, false), (true, true)]
                let isLikeOthers = ![.completed, .interrupted(signal: 9), .unfinished].contains(ending)
                for (hasFault, failsOnFlaky) in [(false, false)] + (isLikeOthers ? [] : others) {
                    var report = RunReport(
                        toolVersion: "1",
                        startedAt: moment,
                        duration: .seconds(1),
                        ending: ending,
                        suites: suites
                    )
                    report.failsOnFlaky = failsOnFlaky
                    if hasFault { report.suites[suites.count - 1].serverFault = fault }
                    let verdict = expected(standing, ending, hasFault: hasFault, failsOnFlaky: failsOnFlaky)
                    cases.append(Case(report: report, verdict: verdict))
                    guard !hasFault, !failsOnFlaky else { continue }
                    for failure in RunFailure.allCases {
                        report.failure = failure
                        cases.append(Case(report: report, verdict: .failed))
                    }
                }
            }
        }
        // Only what had failed was to run, and nothing had; or so it was said of another suite, or of one with checks.
        var spared = suite([])
        spared.plan = PlanSummary(
            fingerprint: "0000000000000001",
            planned: 0,
            total: 0,
            selection: SelectionRecord(lastFailed: "old.json", nothingFailed: true)
        )
        var contradicting = suite([result(1, checks[4])])
        contradicting.plan = spared.plan
        for ending in endings {
            for (suites, isFine) in [
                ([spared], true), ([spared, spared], true), ([spared, suite([passed])], true),
                ([spared, suite([])], false), ([contradicting], false), ([spared, contradicting], false),
            ] {
                var report = RunReport(toolVersion: "1", startedAt: moment, duration: .zero, ending: ending, suites: [])
                report.suites = suites
                let standing: Standing? = suites.last?.results.isEmpty == false ? .failed : nil
                let verdict = expected(isFine ? .passed : standing, ending, hasFault: false, failsOnFlaky: false)
                cases.append(Case(report: report, verdict: verdict))
                guard suites.count == 1 else { continue }
                var faulty = report
                faulty.suites[0].serverFault = fault
                cases.append(Case(report: faulty, verdict: .failed))
            }
        }
        for ending in endings {
            let report = RunReport(toolVersion: "1", startedAt: moment, duration: .zero, ending: ending, suites: [])
            // Metrics are of suites: without any they tell nothing.
            guard ending != .completed else { continue }
            cases.append(
                Case(report: report, verdict: expected(nil, ending, hasFault: false, failsOnFlaky: false))
            )
        }
        return cases
    }()

    /// The table: what the worst check makes of the run, and what else can.
    private static func expected(
        _ standing: Standing?,
        _ ending: RunEnding,
        hasFault: Bool,
        failsOnFlaky: Bool
    ) -> RunVerdict {
        if hasFault || ending == .invalidInput { return .failed }
        let ofChecks: RunVerdict =
            switch standing {
            case nil: .nothingChecked
            case .passed, .allowedFailure, .skipped: .passed
            case .flaky: failsOnFlaky ? .failed : .passed
            case .failed, .error: .failed
            case .notRun: .incomplete
            }
        return ofChecks == .failed || ending == .completed ? ofChecks : .incomplete
    }

    @Test func aCheckStandsAsItsOutcomeAttemptsAndWaiverSay() {
        for check in Self.checks { #expect(Self.result(0, check).standing == check.standing, "\(check)") }
    }

    @Test func aRunAmountsToTheGravestOfWhatHappened() {
        #expect(Self.cases.count > 1_500)
        for known in Self.cases {
            #expect(known.report.verdict == known.verdict, "\(known.report.summary)")
            if known.report.suites.count == 1 {
                #expect(known.report.verdict(of: known.report.suites[0]) == known.verdict, "\(known.report.summary)")
            }
        }
    }

    /// Each format has every fourth case, each another one, unless `ROUTECHECK_HOSTILE` is `all`.
    @Test(arguments: RenderedFormat.all)
    func everyFormatLooksAsTheVerdict(format: RenderedFormat) async throws {
        let isAll = ProcessInfo.processInfo.environment["ROUTECHECK_HOSTILE"] == "all"
        let first = format.name.utf8.reduce(0) { $0 + Int($1) }
        for (number, known) in Self.cases.enumerated() where isAll || (first + number) % 4 == 0 {
            // Other tests wait for answers meanwhile.
            await Task.yield()
            let text = String(decoding: format.renderer.bytes(for: known.report), as: UTF8.self)
            let look = try ReportLook(format.name, text)
            switch known.verdict {
            case .passed: #expect(look != .bad, "\(known.report.summary)\n\(text)")
            case .failed, .incomplete: #expect(look == .bad, "\(known.report.summary)\n\(text)")
            case .nothingChecked: #expect(look != .good, "\(known.report.summary)\n\(text)")
            }
            if let word = ReportLook.verdict(format.name, text) {
                #expect(word == known.verdict.rawValue, "\(known.report.summary)")
            }
        }
    }

    private static func result(
        _ index: Int,
        _ end: (outcome: Outcome, attempts: Int, isAllowed: Bool, standing: Standing)
    ) -> CheckResult {
        var check = Check(name: "check \(index)", route: "r", position: SourcePosition(line: 1, column: 1))
        check.allowFailure = end.isAllowed ? Waiver() : nil
        var result = CheckResult(of: check, index: index, outcome: end.outcome)
        for number in 1..<end.attempts + 1 {
            let isLast = number == end.attempts
            var attempt = Attempt(
                number: number,
                start: .seconds(number),
                duration: .seconds(1),
                outcome: isLast ? end.outcome : .failed
            )
            if attempt.outcome != .passed { attempt.fault = fault }
            result.attempts.append(attempt)
        }
        result.duration = .seconds(end.attempts)
        return result
    }

    private static func suite(_ results: [CheckResult]) -> SuiteReport {
        SuiteReport(
            name: "s",
            file: "s.yaml",
            serverURL: "https://x",
            startedAt: moment,
            duration: .seconds(1),
            results: results
        )
    }

    private static let moment = Date(timeIntervalSince1970: 1_787_393_472)
    private static let fault = Fault(layer: .network, code: "connection-refused", message: "It refused.")
}

extension RunReport {
    /// The run in one line, for a test that fails.
    fileprivate var summary: String {
        let checks = suites.map { suite in "\(suite.results.map(\.standing)) fault \(suite.serverFault != nil)" }
        return "\(ending), fails on flaky \(failsOnFlaky), \(checks)"
    }
}
