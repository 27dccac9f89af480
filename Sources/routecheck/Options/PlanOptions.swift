import ArgumentParser
import Checks
import Reports
import Runner

/// Which part of the selected checks runs, how often and in which order.
struct PlanOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Run one of several parts: i of n, counted from 1, or auto for what the CI system's variables say.",
            valueName: "i/n"
        ),
        transform: ShardArgument.init(parsing:)
    )
    var shard: ShardArgument?

    @Option(
        help: ArgumentHelp(
            "How many parts there are, where the environment tells only which one, such as JOB_COMPLETION_INDEX.",
            valueName: "n"
        )
    )
    var shardCount: Int?

    @Option(name: .customLong("repeat"), help: ArgumentHelp("Run each check so many times.", valueName: "n"))
    var repeats = 1

    @Option(help: ArgumentHelp("Start the checks in an order that this number decides.", valueName: "seed"))
    var shuffle: UInt64?

    @Option(
        help: ArgumentHelp(
            "Only checks that did not pass in this JSON or NDJSON report; if all did, none runs and the status is 0.",
            valueName: "report"
        )
    )
    var lastFailed: String?

    mutating func validate() throws {
        if let shardCount, !(1...Shard.largestCount).contains(shardCount) {
            throw ValidationError("--shard-count takes a number from 1 to \(Shard.largestCount), not \(shardCount).")
        }
        if shardCount != nil, case .shard = shard {
            throw ValidationError("--shard-count goes with --shard auto; --shard i/n says already how many there are.")
        }
        if !(1...10_000).contains(repeats) {
            throw ValidationError("--repeat takes a number from 1 to 10000, not \(repeats).")
        }
    }

    /// Tells the checks that did not pass the last time, if only those are to run.
    func failures(of jobs: [Job]) throws(CommandFailure) -> EarlierFailures? {
        guard let lastFailed else { return nil }
        return EarlierFailures(in: try RunReport(readFrom: lastFailed), of: jobs)
    }

    /// The plan as these options divide, repeat and shuffle it.
    ///
    /// - Parameter environment: The process's environment, for `--shard auto`.
    func applied(to plan: RunPlan, environment: [String: String]) throws(CommandFailure) -> RunPlan {
        var plan = plan
        if let shard = try shard(in: environment) { plan = plan.taking(shard) }
        if repeats > 1 { plan = plan.repeated(repeats) }
        if let shuffle { plan = plan.shuffled(seed: shuffle) }
        return plan
    }

    private func shard(in environment: [String: String]) throws(CommandFailure) -> Shard? {
        switch shard {
        case .shard(let shard): return shard
        case nil where shardCount == nil: return nil
        case .auto, nil:
            do throws(ShardVariablesError) {
                return try ShardVariables.shard(in: environment, count: shardCount)
            } catch {
                throw CommandFailure(.usage, error.message)
            }
        }
    }
}
