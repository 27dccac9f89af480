import Checks
import Text

extension RunVerdict {
    /// The verdict in one word or two, such as `PASSED`.
    var words: String {
        switch self {
        case .passed: "PASSED"
        case .failed: "FAILED"
        case .incomplete: "INCOMPLETE"
        case .nothingChecked: "NOTHING CHECKED"
        }
    }

    /// The verdict as a heading has it, such as `Nothing checked`.
    var title: String { String(words.prefix(1) + words.dropFirst().lowercased()) }
}

extension RunReport {
    /// What explains the verdict where the counts do not, each a sentence.
    var remarks: [String] {
        var remarks = [ending.sentence, flakyRemark, failure?.sentence, nothingToRepeat].compactMap(\.self)
        guard let shard, counts.total == 0, nothingToRepeat == nil else { return remarks }
        remarks.append("No check belongs to shard \(shard).")
        return remarks
    }

    /// Why there is no check, and rightly so, if only what had failed before was to run.
    var nothingToRepeat: String? {
        guard hasNothingToRepeat, verdict == .passed else { return nil }
        let file = suites.lazy.compactMap { $0.plan?.selection?.lastFailed }.first
        return "Nothing to run again: nothing failed in \(file?.bounded(to: 1_000) ?? "the earlier report")."
    }

    /// Why flaky checks fail the run, if they do.
    var flakyRemark: String? {
        guard failsOnFlaky else { return nil }
        let flaky = counts.flaky
        guard flaky > 0 else { return nil }
        return "\(flaky.counting("check")) passed only after a retry, which --fail-on-flaky does not allow."
    }

    /// Why the run as a whole has not passed, apart from checks that fail it.
    ///
    /// A format that has no verdict of its own needs it: where no check is shown as failed, the whole document would look
    /// like that of a good run.
    var shortcoming: Shortcoming? {
        switch verdict {
        case .passed, .nothingChecked: return nil
        case .failed, .incomplete: break
        }
        if let sentence = ending.sentence { return Shortcoming(code: ending.name, sentence: sentence) }
        if let fault = suites.lazy.compactMap(\.serverFault).first {
            return Shortcoming(code: fault.code, sentence: fault.message)
        }
        if let flakyRemark { return Shortcoming(code: "flaky", sentence: flakyRemark) }
        if let failure { return Shortcoming(code: failure.code, sentence: failure.sentence) }
        let notRun = counts.notRun
        guard notRun > 0 else { return nil }
        let checks = notRun.counting("check")
        return Shortcoming(code: "not-run", sentence: "\(checks) did not run.")
    }

    /// The shortcoming where no check is listed as one that did not pass, so that the run itself must be listed.
    func shortcoming(besides counts: OutcomeCounts) -> Shortcoming? {
        counts.failing + counts.notRun == 0 ? shortcoming : nil
    }

    /// What keeps a run from having passed that no check of it is to blame for.
    struct Shortcoming: Hashable {
        /// What it is, in kebab-case.
        var code: String
        /// A sentence that a person can act on.
        var sentence: String

        /// What the formats that list tests alone call the run where they list it among them.
        static let testName = "run"
        /// The suite of that test.
        static let suiteName = "routecheck"
    }
}

extension RunFailure {
    /// What it is, in kebab-case.
    fileprivate var code: String {
        switch self {
        case .regression: "regression"
        case .reported: "failed-before"
        }
    }

    /// Why a regression fails the run, as a clause.
    package static let regressionClause =
        "something is worse than in the baseline, which --fail-on-regression does not allow"

    /// Why the run fails.
    var sentence: String {
        switch self {
        case .regression: Self.regressionClause.prefix(1).uppercased() + Self.regressionClause.dropFirst() + "."
        case .reported: "A report that this run was read from says that it did not pass."
        }
    }
}

extension RunEnding {
    /// The ending in kebab-case, as the machine formats have it.
    var name: String {
        switch self {
        case .completed: "completed"
        case .interrupted: "interrupted"
        case .deadline: "deadline"
        case .maximumFailures: "max-failures"
        case .serverUnusable: "server-unusable"
        case .unfinished: "unfinished"
        case .invalidInput: "invalid-input"
        }
    }

    /// What to tell a person about a run that ended early; `nil` for one that did not.
    var sentence: String? {
        switch self {
        case .completed: nil
        case .interrupted(signal: 0): "The report does not say in known words how the run ended."
        case .interrupted(let signal): "The run was interrupted by signal \(signal)."
        case .deadline: "The run reached its deadline."
        case .maximumFailures: "The run stopped because so many checks failed."
        case .serverUnusable: "A server could not be used."
        case .unfinished: "The run has not come to its end: it is still going on, or it broke off."
        case .invalidInput:
            """
            There is no run to report: a job file, or a report to read, is missing or invalid. The output of the command says \
            why.
            """
        }
    }
}

extension OutcomeCounts {
    /// The counts in one phrase, such as `12 checks: 9 passed (1 flaky), 2 failed, 1 skipped`.
    var phrase: String {
        var parts: [String] = []
        if passed > 0 { parts.append("\(passed) passed" + (flaky > 0 ? " (\(flaky) flaky)" : "")) }
        if failingAnswers > 0 { parts.append("\(failingAnswers) failed") }
        if failingErrors > 0 { parts.append(failingErrors.counting("error")) }
        if allowed > 0 { parts.append("\(allowed) allowed to fail") }
        if skipped > 0 { parts.append("\(skipped) skipped") }
        if notRun > 0 { parts.append("\(notRun) not run") }
        let checks = total.counting("check")
        return parts.isEmpty ? checks : "\(checks): \(parts.joined(separator: ", "))"
    }
}

extension Duration {
    /// The duration as a person reads it: `850 µs`, `1.2 ms`, `12 ms`, `1.24 s`, `2 min 3 s`.
    var phrase: String {
        let microseconds = reportedMicroseconds
        if microseconds == 0 { return "0 s" }
        if microseconds < 1_000 { return "\(microseconds) µs" }
        if microseconds < 9_950 {
            let tenths = (microseconds + 50) / 100
            return "\(tenths / 10).\(tenths % 10) ms"
        }
        if microseconds < 999_500 { return "\((microseconds + 500) / 1_000) ms" }
        if microseconds < 59_995_000 {
            let hundredths = (microseconds + 5_000) / 10_000
            let fraction = hundredths % 100
            return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction) s"
        }
        let seconds = (microseconds + 500_000) / 1_000_000
        if seconds < 3_600 { return "\(seconds / 60) min \(seconds % 60) s" }
        return "\(seconds / 3_600) h \(seconds / 60 % 60) min"
    }
}

/// How many checks each layer is to blame for, in the order a request passes the layers: those that fail the run, and
/// those that did not run because their server could not be used.
struct LayerCounts: Equatable {
    private(set) var entries: [Entry] = []
    /// Failing checks whose layer nobody could tell.
    private(set) var unknown = 0

    struct Entry: Equatable {
        var layer: Layer
        /// How many fail the run.
        var failing = 0
        /// How many did not run.
        var notRun = 0

        var count: Int { failing + notRun }

        /// The counts in words, such as `2 failed, 3 not run`.
        var phrase: String {
            [failing > 0 ? "\(failing) failed" : nil, notRun > 0 ? "\(notRun) not run" : nil]
                .compactMap(\.self).joined(separator: ", ")
        }
    }

    init(_ report: RunReport) {
        self.init(report.suites)
    }

    init(_ suites: [SuiteReport]) {
        var counts: [Layer: Entry] = [:]
        for suite in suites {
            if let layer = suite.serverFault?.layer {
                let notRun = suite.counts.notRun
                if notRun > 0 { counts[layer, default: Entry(layer: layer)].notRun += notRun }
            }
            // Most results pass, and are costly to copy.
            for place in suite.results.indices where suite.results[place].failsRun {
                if let layer = suite.results[place].fault?.layer {
                    counts[layer, default: Entry(layer: layer)].failing += 1
                } else {
                    unknown += 1
                }
            }
        }
        entries = Layer.allCases.compactMap { counts[$0] }
    }

    /// The layers in one phrase, such as `route 2, upstream 1`; empty if none is to blame.
    var phrase: String {
        var parts = entries.map { "\($0.layer.rawValue) \($0.count)" }
        if unknown > 0 { parts.append("unknown \(unknown)") }
        return parts.joined(separator: ", ")
    }
}
