public import Checks

/// What changed between two runs of the same checks: last night's and tonight's.
///
/// Checks are the same if their suite and their name are; repeats of one check are paired in their order.
public struct RunComparison: Sendable {
    /// Checks that fail the run and did not before, the added ones included.
    public private(set) var newlyFailing: [Entry] = []
    /// Checks that the end of the run cut off, and that had been run before.
    public private(set) var didNotRun: [Entry] = []
    /// Jobs whose server cannot be used, and could be before.
    public private(set) var unusable: [UnusableServer] = []
    /// Checks that are skipped, and had been run before.
    public private(set) var nowSkipped: [Entry] = []
    /// Checks that passed and failed the run before.
    public private(set) var fixed: [Entry] = []
    /// Checks that passed after an attempt that had not, and did not need that before.
    public private(set) var newlyFlaky: [Entry] = []
    /// Checks that there were not before.
    public private(set) var added: [Entry] = []
    /// Checks that there are no more.
    public private(set) var removed: [Entry] = []
    /// Checks that fail the run as they did before.
    public private(set) var stillFailing: [Entry] = []
    /// Routes whose answers take longer than noise explains; ``Slowdown`` says by which test.
    public private(set) var slower: [Slowdown] = []

    /// Routes with too few checks for a test whose answers take very much longer; ``Slowdown`` says by which rule.
    public private(set) var perhapsSlower: [Slowdown] = []

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

        /// The check's name.
        public var name: String { (after ?? before)?.name ?? "" }
    }

    /// A job that ended before its checks, because of its server.
    public struct UnusableServer: Sendable, Hashable {
        /// The suite's name.
        public var suite: String
        /// Why the server cannot be used.
        public var fault: Fault
    }

    /// Compares two runs.
    public init(baseline: RunReport, current: RunReport) {
        var earlier = ResultIndex(baseline)
        var timings = PairedTimings()
        for suite in current.suites {
            for after in suite.results {
                let before = earlier.take(after.name, suite: suite.name)
                sort(Entry(suite: suite.name, file: suite.file, before: before, after: after))
                if let before { timings.add(before, after) }
            }
        }
        removed = earlier.rest.map { Entry(suite: $0.suite.name, file: $0.suite.file, before: $0.result, after: nil) }
        slower = timings.slowdowns
        perhapsSlower = timings.suspicions
        unusable = Self.newlyUnusable(in: current, since: baseline)
    }

    /// Whether something is worse: a check fails that did not, or did not run although it had passed, a server cannot
    /// be used any more, or a route has become slower.
    public var hasRegression: Bool {
        !newlyFailing.isEmpty || !slower.isEmpty || !unusable.isEmpty
            || didNotRun.contains { $0.before?.outcome == .passed }
    }

    /// Whether nothing changed that is worth telling.
    public var isEmpty: Bool {
        [newlyFailing, didNotRun, nowSkipped, fixed, newlyFlaky, added, removed].allSatisfy(\.isEmpty)
            && slower.isEmpty && perhapsSlower.isEmpty && unusable.isEmpty
    }

    private static func newlyUnusable(in current: RunReport, since baseline: RunReport) -> [UnusableServer] {
        let before = Set(baseline.suites.lazy.filter { $0.serverFault != nil }.map { [$0.file, $0.name] })
        return current.suites.compactMap { suite in
            guard let fault = suite.serverFault, !before.contains([suite.file, suite.name]) else { return nil }
            return UnusableServer(suite: suite.name, fault: fault)
        }
    }

    private mutating func sort(_ entry: Entry) {
        guard let after = entry.after else { return }
        let failedBefore = entry.before?.failsRun ?? false
        if entry.before == nil { added.append(entry) }
        if after.failsRun {
            if failedBefore { stillFailing.append(entry) } else { newlyFailing.append(entry) }
        } else if after.outcome == .notRun || after.outcome == .skipped {
            guard let before = entry.before?.outcome, before != .notRun, before != .skipped else { return }
            if after.outcome == .notRun { didNotRun.append(entry) } else { nowSkipped.append(entry) }
        } else if failedBefore, after.outcome == .passed {
            fixed.append(entry)
        } else if after.isFlaky, let before = entry.before, !before.isFlaky {
            newlyFlaky.append(entry)
        }
    }
}
