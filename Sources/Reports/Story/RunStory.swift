import Checks

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
        var remarks = [ending.sentence, flakyRemark].compactMap(\.self)
        if let shard, counts.total == 0 { remarks.append("No check belongs to shard \(shard).") }
        return remarks
    }

    /// Why flaky checks fail the run, if they do.
    var flakyRemark: String? {
        let flaky = counts.flaky
        guard failsOnFlaky, flaky > 0 else { return nil }
        let checks = flaky == 1 ? "1 check" : "\(flaky) checks"
        return "\(checks) passed only after a retry, which --fail-on-flaky does not allow."
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
        let notRun = counts.notRun
        guard notRun > 0 else { return nil }
        let checks = notRun == 1 ? "1 check" : "\(notRun) checks"
        return Shortcoming(code: "not-run", sentence: "\(checks) did not run.")
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
