public import Checks

/// Which checks of a job take part in a run, and which of those are skipped.
public struct RunPlan: Sendable {
    /// The job.
    public let job: Job
    /// The checks that take part, in the order in which they start.
    public let entries: [Entry]

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
            let check = job.checks[index]
            if let skip = check.skip {
                return Entry(check: index, skipReason: skip.reason ?? "the job file says skip")
            }
            if onlyMarked, !check.only {
                return Entry(check: index, skipReason: "other checks are marked only")
            }
            return Entry(check: index, skipReason: nil)
        }
    }

    /// Whether the plan sends no request at all, so that a run would pass by checking nothing.
    public var isEmpty: Bool { entries.allSatisfy { $0.skipReason != nil } }

    /// The codes of the routes that the plan calls, each once, in order of first use.
    var routeCodes: [String] {
        var seen: Set<String> = []
        return entries.compactMap { entry in
            let code = job.checks[entry.check].route
            return entry.skipReason == nil && seen.insert(code).inserted ? code : nil
        }
    }
}
