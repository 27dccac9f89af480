public import Checks
public import Redaction

/// What changed between two runs of the same checks: last night's and tonight's.
///
/// A check is known from run to run by an identity that neither redaction nor a check put in before it changes
/// (`TwinPairing`), in reports of older versions by its name; a job file by its path, or by its suite's name where it has
/// moved. Repeats of one check are paired in their order.
///
/// Each pair is sorted by how the check stood before and stands now: whatever differs is in one of the lists, and what
/// was bad and still is has lists of its own. The durations of both go into `PairedTimings`, which tells a ``Slowdown``
/// from noise with a `SignedRankTest`. `ComparisonSection` puts the outcome into headings and lines, which each format
/// writes in its own way.
public struct RunComparison: Sendable {
    /// Checks that fail the run and did not before, the added ones included.
    public private(set) var newlyFailing: [Entry] = []
    /// Checks that the end of the run cut off, and that it had not cut off before.
    public private(set) var didNotRun: [Entry] = []
    /// Jobs whose server cannot be used, and could be before.
    public private(set) var unusable: [UnusableServer] = []
    /// Checks that are skipped and were not before.
    public private(set) var nowSkipped: [Entry] = []
    /// Checks that failed and are allowed to, and did not or were not before.
    public private(set) var newlyAllowed: [Entry] = []
    /// Checks that passed and failed before, allowed to or not.
    public private(set) var fixed: [Entry] = []
    /// Checks that passed and were cut off before.
    public private(set) var recovered: [Entry] = []
    /// Checks that passed and were skipped before.
    public private(set) var noLongerSkipped: [Entry] = []
    /// Checks that passed after an attempt that had not, and did not need that before.
    public private(set) var newlyFlaky: [Entry] = []
    /// Checks that passed at once, and did so only after a retry before.
    public private(set) var noLongerFlaky: [Entry] = []
    /// Checks that there were not before; those that merely had not been selected are not among them.
    public private(set) var added: [Entry] = []
    /// Checks that there are no more; those that merely were not selected are not among them.
    public private(set) var removed: [Entry] = []
    /// Checks that fail the run as they did before.
    public private(set) var stillFailing: [Entry] = []
    /// Checks that the end of the run cut off, as it did before.
    public private(set) var stillNotRun: [Entry] = []
    /// Jobs whose server cannot be used, as before.
    public private(set) var stillUnusable: [UnusableServer] = []
    /// Routes whose answers take longer than noise explains; ``Slowdown`` says by which test.
    public private(set) var slower: [Slowdown] = []

    /// Routes with too few checks for a test whose answers take very much longer; ``Slowdown`` says by which rule.
    public private(set) var perhapsSlower: [Slowdown] = []

    /// Why the checks of one or both of the runs are not known, if they are not: which run, and a sentence.
    private(set) var unknown: [(run: String, reason: String)] = []

    /// What the earlier run amounted to.
    public let verdictBefore: RunVerdict
    /// What the later run amounts to.
    public let verdict: RunVerdict
    /// How the later run ended.
    let ending: RunEnding
    /// Whether the later run says of no check how it is.
    let isLaterEmpty: Bool

    /// A check in one or both of the runs.
    public struct Entry: Sendable, Hashable {
        /// The suite's name.
        public var suite: String
        /// The job file's path.
        public var file: String
        /// How the check ended in the earlier run; `nil` if it was not in it.
        public var before: CheckResult?
        /// How the check ended in the later run; `nil` if it was not in it.
        public var after: CheckResult?
        /// Why the earlier run does not have the check, if it does not.
        var absence = Absence.notSelected
        /// Whether the earlier run would have had the check, if there had been one.
        var isNew: Bool { absence == .new }

        /// The check's name.
        public var name: String { (after ?? before)?.name ?? "" }
    }

    /// Why an earlier run does not have a check.
    enum Absence {
        /// The check was not selected, or is in another shard.
        case notSelected
        /// There was no such check.
        case new
        /// The earlier run's report says nothing of its checks.
        case unknown

        /// What is said instead of how the check ended.
        var clause: String {
            switch self {
            case .notSelected: "was not selected"
            case .new: "is new"
            case .unknown: "the baseline does not say how it was"
            }
        }
    }

    /// A job that ended before its checks, because of its server.
    public struct UnusableServer: Sendable, Hashable {
        /// The suite's name.
        public var suite: String
        /// Why the server cannot be used.
        public var fault: Fault
    }

    /// Compares two runs; what a comparison says is as free of secrets as they are.
    ///
    /// - Parameters:
    ///   - baseline: The earlier run.
    ///   - current: The later run.
    ///   - jobs: The job files of the later run, which tell checks that are gone from checks that were not selected.
    ///     Without them, what the later run's report says of its selection does.
    public init(baseline: RedactedReport, current: RedactedReport, jobs: [Job]? = nil) {
        let (baseline, current) = (baseline.value, current.value)
        verdictBefore = baseline.verdict
        verdict = current.verdict
        ending = current.ending
        if let reason = baseline.emptiness {
            unknown.append(("the earlier run", "There is nothing to compare with. \(reason)"))
        }
        isLaterEmpty = current.emptiness != nil
        if let reason = current.emptiness {
            unknown.append(("the later run", "There is nothing to compare. \(reason)"))
        }
        let matching = SuiteMatching(earlier: baseline.suites.map(\.key), later: current.suites.map(\.key))
        let earlier = baseline.suites.map { RepeatedResults.all(of: $0.results) }
        let isSameShard = current.shard == baseline.shard
        var timings = PairedTimings()
        var unpaired = earlier.map { Set($0.indices) }
        var selections: [Int: SelectionRecord] = [:]
        for (suite, place) in zip(current.suites, matching.places) {
            let later = RepeatedResults.all(of: suite.results)
            let pairing = TwinPairing(place.map { earlier[$0].map(\.key) } ?? [], with: later.map(\.key))
            if let place { selections[place] = suite.plan?.selection }
            let selectionBefore = place.flatMap { baseline.suites[$0].plan?.selection }
            for (results, partner) in zip(later, pairing.earlier) {
                if let place, let partner { unpaired[place].remove(partner) }
                for (round, number) in results.places.enumerated() {
                    let after = suite.results[number]
                    var entry = Entry(suite: suite.name, file: suite.file, before: nil, after: after)
                    if let place, let partner {
                        let places = earlier[place][partner].places
                        // A check may run more often now; its further results follow the last one of before.
                        let before = baseline.suites[place].results[places.lowerBound + min(round, places.count - 1)]
                        entry.before = before
                        if round < places.count { timings.add(before, after) }
                    } else {
                        if baseline.ending.leavesChecksUnknown {
                            entry.absence = .unknown
                        } else if baseline.shard == nil ? verdictBefore != .nothingChecked : isSameShard,
                            selectionBefore.map({ $0.covers(after) }) ?? true
                        {
                            entry.absence = .new
                        }
                        if entry.isNew, round == 0 { added.append(entry) }
                    }
                    sort(entry)
                }
            }
        }
        // What a run that has not come to its end, or had nothing to run, does not hold is not gone.
        if isLaterEmpty { unpaired = [] }
        let gone = unpaired.indices.flatMap { suite in unpaired[suite].sorted().map { (suite, earlier[suite][$0]) } }
        let isKept = Self.keptChecks(of: jobs, earlier, in: baseline)
        for (place, results) in gone {
            let suite = baseline.suites[place]
            let before = suite.results[results.places.lowerBound]
            if let isKept {
                guard isKept(place, results.places.lowerBound) == false else { continue }
            } else {
                guard current.shard == nil || isSameShard, selections[place]?.covers(before) ?? true else { continue }
            }
            removed.append(Entry(suite: suite.name, file: suite.file, before: before, after: nil))
        }
        slower = timings.slowdowns
        perhapsSlower = timings.suspicions
        compareServers(of: current, with: baseline, matching)
    }

    /// Tells of each earlier result, by its suite's place and its own, whether job files still have its check; `nil` for
    /// one of another job file.
    private static func keptChecks(
        of jobs: [Job]?,
        _ earlier: [[RepeatedResults]],
        in baseline: RunReport
    ) -> ((Int, Int) -> Bool?)? {
        guard let jobs else { return nil }
        let matching = SuiteMatching(earlier: baseline.suites.map(\.key), later: jobs.map(\.key))
        var gone: [Int: Set<Int>] = [:]
        for (job, place) in zip(jobs, matching.places) {
            guard let place else { continue }
            let pairing = TwinPairing(earlier[place].map(\.key), with: job.checkKeys)
            gone[place] = Set(pairing.rest.map { earlier[place][$0].places.lowerBound })
        }
        return { place, result in gone[place].map { !$0.contains(result) } }
    }

    /// Whether nothing changed: what is as bad as it was is in ``stillFailing``, ``stillNotRun`` and ``stillUnusable``.
    public var isEmpty: Bool {
        [
            newlyFailing, didNotRun, nowSkipped, newlyAllowed, fixed, recovered, noLongerSkipped, newlyFlaky,
            noLongerFlaky, added, removed,
        ].allSatisfy(\.isEmpty)
            && slower.isEmpty && perhapsSlower.isEmpty && unusable.isEmpty && !runGotWorse && unknown.isEmpty
    }

    private mutating func compareServers(of current: RunReport, with baseline: RunReport, _ matching: SuiteMatching) {
        for (suite, place) in zip(current.suites, matching.places) {
            guard let fault = suite.serverFault else { continue }
            let server = UnusableServer(suite: suite.name, fault: fault)
            let before = place.flatMap { baseline.suites[$0].serverFault }
            if before == nil { unusable.append(server) } else { stillUnusable.append(server) }
        }
    }

    private mutating func sort(_ entry: Entry) {
        guard let after = entry.after?.standing else { return }
        let before = entry.before?.standing
        switch after {
        case .failed, .error:
            if before?.failsRun == true { stillFailing.append(entry) } else { newlyFailing.append(entry) }
        case .notRun:
            if before == .notRun {
                stillNotRun.append(entry)
            } else if !entry.isNew {
                didNotRun.append(entry)
            }
        case .skipped:
            if let before, before != .skipped { nowSkipped.append(entry) }
        case .allowedFailure:
            if let before, before != .allowedFailure { newlyAllowed.append(entry) }
        case .passed, .flaky:
            switch before {
            case .failed, .error, .allowedFailure: fixed.append(entry)
            case .notRun: recovered.append(entry)
            case .skipped: noLongerSkipped.append(entry)
            case .passed: if after == .flaky { newlyFlaky.append(entry) }
            case .flaky: if after == .passed { noLongerFlaky.append(entry) }
            case nil: break
            }
        }
    }
}

extension SelectionRecord {
    /// Whether the selection takes a check for certain, by what a report tells of it.
    fileprivate func covers(_ result: CheckResult) -> Bool {
        leavesOut(result, hiding: Redactor.replacement) == false
    }
}
