public import Checks
public import FoundationEssentials

/// Which checks of a job take part in a run, how often and in which order, and which of them are skipped.
///
/// What is planned is settled before any request and needs no server: a selection takes checks, a shard takes a part of
/// them, and each further step gives a plan again. ``ShardVariables`` finds the shard of a CI job; ``EarlierFailures``
/// selects what an earlier report says has failed.
public struct RunPlan: Sendable {
    /// The job.
    public internal(set) var job: Job
    /// The checks that take part, in the job file's order, the repeats of one check beside each other.
    public internal(set) var entries: [Entry]
    /// Which part of the selected checks these are, if only a part.
    public internal(set) var shard: Shard?
    /// How often each check runs.
    public internal(set) var repeats = 1
    /// What the order was shuffled with, if it was.
    public internal(set) var seed: UInt64?
    /// What is known to matter to the run before it starts, and is warned of with what the server shows.
    public private(set) var notices: [Fault] = []
    /// Whether the job, all shards of it together, sends no request at all, so that a run would pass by checking
    /// nothing.
    public let isEmpty: Bool
    /// The entries' places in the order in which they start.
    var startOrder: [Int]
    /// What the checks were selected by, for the report.
    public var selection = SelectionRecord()
    private let fingerprint: String
    private let selectedCount: Int

    /// One check's part in the plan.
    public struct Entry: Sendable, Hashable {
        /// The check's place in ``Checks/Job/checks``.
        public let check: Int
        /// Why the check is reported as skipped; `nil` runs it.
        public let skipReason: String?
    }

    /// Plans the checks of a job that a selection takes; if any of them is marked `only`, the others are skipped.
    ///
    /// - Parameters:
    ///   - job: The job.
    ///   - isSelected: Whether a check is selected.
    ///   - isWanted: Whether a selected check takes part. A check that does not, and is marked `only`, still hides others.
    public init(
        _ job: Job,
        selecting isSelected: (Check) -> Bool = { _ in true },
        where isWanted: (Check) -> Bool = { _ in true }
    ) {
        self.job = job
        let selected = job.checks.indices.filter { isSelected(job.checks[$0]) }
        let onlyMarked = selected.contains { job.checks[$0].only }
        entries = selected.filter { isWanted(job.checks[$0]) }.map { index in
            // Field by field, as checks are costly to copy.
            if let skip = job.checks[index].skip {
                return Entry(check: index, skipReason: skip.reason ?? "the job file says skip")
            }
            if onlyMarked, !job.checks[index].only {
                return Entry(check: index, skipReason: Self.hiddenByOnly)
            }
            return Entry(check: index, skipReason: nil)
        }
        isEmpty = entries.allSatisfy { $0.skipReason != nil }
        startOrder = Array(entries.indices)
        fingerprint = Self.fingerprint(of: job, entries)
        selectedCount = entries.count
        selection.only = entries.contains { $0.skipReason == Self.hiddenByOnly }
    }

    /// What the report of the plan is to hold.
    public var summary: PlanSummary {
        PlanSummary(
            fingerprint: fingerprint,
            planned: entries.count,
            total: selectedCount * repeats,
            selection: selection.isEverything ? nil : selection
        )
    }

    /// Why a check is skipped that is not marked `only` while others are.
    package static let hiddenByOnly = "other checks are marked only"

    /// The report of the plan's suite without results.
    public func blankReport(startedAt date: Date) -> SuiteReport {
        var suite = SuiteReport(
            name: job.name,
            file: job.file,
            description: job.description,
            serverURL: job.server.url,
            startedAt: date,
            duration: .zero,
            results: [],
            plan: summary
        )
        suite.identity = job.suiteIdentity
        return suite
    }

    /// The result of an entry that has not run: skipped or not run.
    ///
    /// - Parameters:
    ///   - entry: One of ``entries``.
    ///   - reason: Why it has not run, unless it is skipped.
    public func blankResult(of entry: Entry, reason: String? = nil) -> CheckResult {
        let check = job.checks[entry.check]
        guard let skipReason = entry.skipReason else {
            return CheckResult(of: check, index: entry.check, outcome: .notRun, reason: reason)
        }
        return CheckResult(of: check, index: entry.check, outcome: .skipped, reason: skipReason)
    }

    /// The codes of the routes that the plan calls, each once, in order of first use.
    var routeCodes: [String] {
        var seen: Set<String> = []
        return entries.compactMap { entry in
            let code = job.checks[entry.check].route
            return entry.skipReason == nil && seen.insert(code).inserted ? code : nil
        }
    }

    /// Stands for the job file, and for the checks that were taken from it: with other variables there may be others.
    ///
    /// A check is told by its identity, which is made of no secret, wherever it has one: as soon as a report needs it.
    private static func fingerprint(of job: Job, _ entries: [Entry]) -> String {
        var hash = FNV1a()
        hash.add(job.fingerprint)
        for entry in entries {
            hash.add(UInt64(entry.check))
            if let identity = job.checks[entry.check].identity {
                hash.add(identity.name)
            } else {
                hash.add(job.checks[entry.check].name)
            }
        }
        return hash.digits
    }
}

extension RunPlan {
    /// The part of the plan that belongs to a shard.
    ///
    /// The names of the checks decide, nothing else: a check stays in its shard whatever the machine, the order in the
    /// job file and the other checks are. So shards are about, not exactly, of equal size.
    public func taking(_ shard: Shard) -> RunPlan {
        var plan = self
        plan.shard = shard
        plan.entries = entries.filter { Self.shard(of: job.checks[$0.check].name, among: shard.count) == shard.index }
        plan.startOrder = Array(plan.entries.indices)
        return plan
    }

    /// The plan with each check so many times in it, round by round.
    public func repeated(_ count: Int) -> RunPlan {
        precondition(count >= 1, "a run that repeats its checks less than once would be none")
        var plan = self
        plan.repeats = count
        plan.entries = entries.flatMap { repeatElement($0, count: count) }
        plan.startOrder = (0..<count).flatMap { round in startOrder.map { $0 * count + round } }
        return plan
    }

    /// The plan with its checks starting in an order that the seed decides; reports keep the job file's order.
    public func shuffled(seed: UInt64) -> RunPlan {
        var plan = self
        plan.seed = seed
        var generator = SplitMix64(seed: seed)
        // Fisher and Yates, spelled out: the standard library may come to shuffle otherwise.
        for last in plan.startOrder.indices.dropFirst().reversed() {
            let other = Int(generator.next().multipliedFullWidth(by: UInt64(last + 1)).high)
            plan.startOrder.swapAt(last, other)
        }
        return plan
    }

    /// The plan with its job changed in how it is run: concurrency, rate, bounds.
    public func running(_ change: (inout Job) -> Void) -> RunPlan {
        var plan = self
        let count = job.checks.count
        change(&plan.job)
        precondition(plan.job.checks.count == count, "the plan's entries are places among the job's checks")
        return plan
    }

    /// The plan with a warning, which keeps a strict job from running.
    public func noting(_ notice: Fault) -> RunPlan {
        var plan = self
        plan.notices.append(notice)
        return plan
    }

    /// How many results one run may have: the report of more takes more memory than most machines have.
    public static let largestCount = 1_000_000

    /// The number of the shard that a check of this name belongs to, from 1.
    static func shard(of name: String, among count: Int) -> Int {
        var hash = FNV1a()
        hash.add(name.utf8)
        // The low bits of FNV-1a follow single bits of the text; names that differ in a digit would share a shard.
        return Int(SplitMix64.mix(hash.value) % UInt64(count)) + 1
    }
}

/// Sebastiano Vigna's SplitMix64: numbers that a seed decides, the same on every machine and in every release.
struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Self.mix(state)
    }

    /// Spreads every bit of a number over all bits of the result; no two numbers give the same.
    static func mix(_ number: UInt64) -> UInt64 {
        var mixed = (number ^ (number >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
