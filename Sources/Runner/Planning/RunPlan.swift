public import Checks
public import FoundationEssentials

/// Which checks of a job take part in a run, how often and in which order, and which of them are skipped.
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
    /// Whether the job, all shards of it together, sends no request at all, so that a run would pass by checking
    /// nothing.
    public let isEmpty: Bool
    /// The entries' places in the order in which they start.
    var startOrder: [Int]
    private let fingerprint: String
    private let selectedCount: Int

    /// One check's part in the plan.
    public struct Entry: Sendable, Hashable {
        /// The check's place in ``Job/checks``.
        public let check: Int
        /// Why the check is reported as skipped; `nil` runs it.
        public let skipReason: String?
    }

    /// Plans the checks of a job that a selection takes; if any of them is marked `only`, the others are skipped.
    public init(_ job: Job, selecting isSelected: (Check) -> Bool = { _ in true }) {
        self.job = job
        let selected = job.checks.indices.filter { isSelected(job.checks[$0]) }
        let onlyMarked = selected.contains { job.checks[$0].only }
        entries = selected.map { index in
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
    }

    /// What the report of the plan is to hold.
    public var summary: PlanSummary {
        PlanSummary(fingerprint: fingerprint, planned: entries.count, total: selectedCount * repeats)
    }

    /// Why a check is skipped that is not marked `only` while others are.
    package static let hiddenByOnly = "other checks are marked only"

    /// The report of the plan's suite without results.
    public func blankReport(startedAt date: Date) -> SuiteReport {
        SuiteReport(
            name: job.name,
            file: job.file,
            description: job.description,
            serverURL: job.server.url,
            startedAt: date,
            duration: .zero,
            results: [],
            plan: summary
        )
    }

    /// The result of an entry that has not run: skipped or not run.
    ///
    /// - Parameter reason: Why it has not run, unless it is skipped.
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
    private static func fingerprint(of job: Job, _ entries: [Entry]) -> String {
        var hash = FNV1a()
        hash.add(job.fingerprint)
        for entry in entries {
            hash.add(UInt64(entry.check))
            hash.add(job.checks[entry.check].name)
        }
        return hash.digits
    }
}
