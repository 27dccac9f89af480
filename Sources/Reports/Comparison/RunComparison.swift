public import Checks
public import Redaction

/// What changed between two runs of the same checks: last night's and tonight's.
///
/// Checks are the same if their job file and their name are, or their suite's name where a job file has moved; repeats
/// of one check are paired in their order.
///
/// `ResultIndex` finds the earlier result of each check. The durations of both go into `PairedTimings`, which tells
/// a ``Slowdown`` from noise with a `SignedRankTest`. `ComparisonSection` puts the outcome into headings and lines,
/// which each format writes in its own way.
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
    /// Checks that there are no more; those that merely were not selected are not among them.
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

        fileprivate var identity: SuiteMatching.Identity { SuiteMatching.Identity(file: file, name: suite) }
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
    ///     Without them every check that the later run has not is gone, unless it is one of several shards.
    public init(baseline: RedactedReport, current: RedactedReport, jobs: [Job]? = nil) {
        let (baseline, current) = (baseline.value, current.value)
        var earlier = ResultIndex(baseline, for: current)
        var timings = PairedTimings()
        var newNames: Set<[String]> = []
        for suite in current.suites {
            for after in suite.results {
                var entry = Entry(suite: suite.name, file: suite.file, before: nil, after: after)
                switch earlier.take(after.name, in: suite) {
                case .result(let before):
                    entry.before = before
                    timings.add(before, after)
                case .takenResult(let before):
                    entry.before = before
                case nil:
                    if newNames.insert([suite.file, after.name]).inserted { added.append(entry) }
                }
                sort(entry)
            }
        }
        let gone = earlier.rest.map { Entry(suite: $0.suite.name, file: $0.suite.file, before: $0.result, after: nil) }
        if let jobs {
            let kept = Self.names(of: jobs, in: baseline)
            removed = gone.filter { entry in kept[entry.identity].map { !$0.contains(entry.name) } ?? false }
        } else if current.shard == nil || current.shard == baseline.shard {
            removed = gone
        }
        slower = timings.slowdowns
        perhapsSlower = timings.suspicions
        unusable = Self.newlyUnusable(in: current, since: baseline)
    }

    /// The names that job files have, by the suites of an earlier run that they go on from.
    private static func names(of jobs: [Job], in baseline: RunReport) -> [SuiteMatching.Identity: Set<String>] {
        let suites = baseline.suites.map(\.identity)
        let matching = SuiteMatching(earlier: suites, later: jobs.map(\.identity))
        var names: [SuiteMatching.Identity: Set<String>] = [:]
        for job in jobs {
            guard let place = matching.place(of: job.identity) else { continue }
            names[suites[place]] = Set(job.checks.map(\.name))
        }
        return names
    }

    /// Whether something is worse: a check fails that did not, or did not run although it had passed, a server cannot
    /// be used any more, or a route has become slower.
    public var hasRegression: Bool {
        !newlyFailing.isEmpty || !slower.isEmpty || !unusable.isEmpty
            || didNotRun.contains { $0.before?.standing.isPass == true }
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
        guard let after = entry.after?.standing else { return }
        let before = entry.before?.standing
        let failedBefore = before?.failsRun ?? false
        switch after {
        case .failed, .error:
            if failedBefore { stillFailing.append(entry) } else { newlyFailing.append(entry) }
        case .notRun:
            if before?.hasRun == true { didNotRun.append(entry) }
        case .skipped:
            if before?.hasRun == true { nowSkipped.append(entry) }
        case .passed, .flaky:
            if failedBefore {
                fixed.append(entry)
            } else if after == .flaky, let before, before != .flaky {
                newlyFlaky.append(entry)
            }
        case .allowedFailure: break
        }
    }
}
