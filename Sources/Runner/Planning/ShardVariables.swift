public import Checks

/// The environment variables by which CI systems tell parallel jobs apart.
public enum ShardVariables {
    private struct Convention {
        var index: String
        var count: String?
        /// What the system calls its first job.
        var first = 1
        /// A variable that must be there too, where several systems use the same names.
        var marker: String?
    }

    /// The most specific first: GitLab's names are used by others too, and Azure sets its own in every job.
    private static let conventions = [
        Convention(index: "CIRCLE_NODE_INDEX", count: "CIRCLE_NODE_TOTAL", first: 0),
        Convention(index: "BUILDKITE_PARALLEL_JOB", count: "BUILDKITE_PARALLEL_JOB_COUNT", first: 0),
        Convention(index: "SEMAPHORE_JOB_INDEX", count: "SEMAPHORE_JOB_COUNT"),
        Convention(index: "BITBUCKET_PARALLEL_STEP", count: "BITBUCKET_PARALLEL_STEP_COUNT", first: 0),
        Convention(index: "CLOUD_RUN_TASK_INDEX", count: "CLOUD_RUN_TASK_COUNT", first: 0),
        Convention(index: "CI_NODE_INDEX", count: "CI_NODE_TOTAL", first: 0, marker: "HEROKU_TEST_RUN_ID"),
        Convention(index: "CI_NODE_INDEX", count: "CI_NODE_TOTAL", first: 0, marker: "CIRRUS_CI"),
        Convention(index: "CI_NODE_INDEX", count: "CI_NODE_TOTAL"),
        Convention(index: "SYSTEM_JOBPOSITIONINPHASE", count: "SYSTEM_TOTALJOBSINPHASE"),
        // A Kubernetes Indexed Job and an AWS Batch array tell the index alone.
        Convention(index: "JOB_COMPLETION_INDEX", first: 0),
        Convention(index: "AWS_BATCH_JOB_ARRAY_INDEX", first: 0),
    ]

    /// The shard that an environment names.
    ///
    /// - Parameters:
    ///   - environment: The process's environment.
    ///   - count: How many shards there are, where the environment does not say.
    /// - Throws: ``ShardVariablesError`` when the environment names none, or none that there can be, or says otherwise
    ///   how many there are.
    public static func shard(in environment: [String: String], count: Int? = nil) throws(ShardVariablesError) -> Shard {
        func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        for convention in conventions {
            guard let index = value(convention.index) else { continue }
            if let marker = convention.marker, value(marker) == nil { continue }
            let told = convention.count.flatMap(value)
            if let count, let variable = convention.count, let told, Int(told) != count {
                throw ShardVariablesError(
                    "--shard-count is \(count), but \(variable) is \"\(told)\": leave one of them out."
                )
            }
            guard let total = count.map(String.init) ?? told else {
                if convention.count != nil { continue }
                throw ShardVariablesError("\(convention.index) is set, but not of how many shards; add --shard-count.")
            }
            let name = count == nil ? convention.count ?? "--shard-count" : "--shard-count"
            guard let number = Int(index), let total = Int(total), (1...Shard.largestCount).contains(total),
                (convention.first..<convention.first + total).contains(number)
            else {
                throw ShardVariablesError(
                    "\(convention.index) is \"\(index)\" and \(name) is \"\(total)\": that names no shard."
                )
            }
            return Shard(index: number - convention.first + 1, count: total)
        }
        throw ShardVariablesError(
            """
            No variable of a CI system names the shard (such as CI_NODE_INDEX with CI_NODE_TOTAL, or \
            JOB_COMPLETION_INDEX with --shard-count); give it as --shard i/n.
            """
        )
    }
}

/// Says why an environment names no shard.
public struct ShardVariablesError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A sentence that a person can act on.
    public let message: String

    init(_ message: String) {
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
