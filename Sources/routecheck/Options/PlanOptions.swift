import Arguments
import Checks
import Reports
import Runner
import Text

/// Which part of the selected checks runs, how often and in which order.
struct PlanOptions {
    /// How often one check may run.
    private static let repeats = 1...10_000

    var shard: ShardArgument?
    var shardCount: Int?
    var repeats = 1
    var seed: UInt64?
    var lastFailed: String?

    static var group: OptionGroup<Self> {
        OptionGroup(
            "Division and order",
            [
                .value("shard", .shard, "Run one shard, e.g. 2/4, or auto to read it from the CI system's variables.") {
                    $0.shard = $1
                },
                .value(
                    "shard-count",
                    .number(1...Shard.largestCount),
                    "The number of shards, where the environment gives only the index, e.g. JOB_COMPLETION_INDEX."
                ) { $0.shardCount = $1 },
                .value("repeat", .number(repeats), default: "1", "Run each check this many times.") {
                    $0.repeats = $1
                },
                .value("shuffle", .number(0...UInt64.max, "seed"), "Run the checks in random order, using this seed.") {
                    $0.seed = $1
                },
                .value(
                    "last-failed",
                    .file("report"),
                    """
                    Run only checks that have not passed in this JSON or NDJSON report, as they are now and on the same \
                    server. If all passed, none runs and the exit status is 0.
                    """
                ) { $0.lastFailed = $1 },
            ]
        )
    }

    /// Refuses what contradicts itself.
    func check() throws(UsageProblem) {
        if shardCount != nil, case .shard = shard {
            throw UsageProblem("--shard-count goes with --shard auto; --shard i/n already gives the number of shards")
        }
    }

    /// Tells the checks that did not pass the last time, if only those are to run.
    ///
    /// - Parameter refusesFlaky: Whether a check that passed only after a retry has not passed.
    func failures(of jobs: [Job], refusesFlaky: Bool) throws(CommandFailure) -> EarlierFailures? {
        guard let lastFailed else { return nil }
        return EarlierFailures(in: try RunReport(readFrom: lastFailed), of: jobs, refusesFlaky: refusesFlaky)
    }

    /// The plans as these options divide, repeat and shuffle them.
    ///
    /// - Parameter environment: The process's environment, for `--shard auto`.
    /// - Throws: `CommandFailure` for plans that are too large, before they take the memory.
    func applied(to plans: [RunPlan], environment: [String: String]) throws -> [RunPlan] {
        let parts = try divided(plans, environment: environment)
        let checks = parts.reduce(0) { $0 + $1.entries.count }
        guard checks <= RunPlan.largestCount / repeats else {
            let repeated = repeats > 1 ? ", each \(repeats.counting("time"))" : ""
            throw CommandFailure(
                .invalidJob,
                """
                the plan has \(own: checks.counting("check"))\(own: repeated), more than one run can hold (\(RunPlan.largestCount) results): \
                repeat them less often, select fewer, or divide the run with --shard
                """
            )
        }
        return parts.map { part in
            var plan = part
            if repeats > 1 { plan = plan.repeated(repeats) }
            if let seed { plan = plan.shuffled(seed: seed) }
            return plan
        }
    }

    /// The part of the plans that belongs to the shard, if there is one.
    func divided(_ plans: [RunPlan], environment: [String: String]) throws(UsageProblem) -> [RunPlan] {
        let shard = try shard(in: environment)
        return plans.map { plan in shard.map(plan.taking) ?? plan }
    }

    private func shard(in environment: [String: String]) throws(UsageProblem) -> Shard? {
        switch shard {
        case .shard(let shard): return shard
        case nil where shardCount == nil: return nil
        case .auto, nil:
            do throws(ShardVariablesError) {
                return try ShardVariables.shard(in: environment, count: shardCount)
            } catch {
                throw UsageProblem(error.message)
            }
        }
    }
}
