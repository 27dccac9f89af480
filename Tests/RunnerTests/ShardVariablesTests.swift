import Checks
import Runner
import Testing

struct ShardVariablesTests {
    @Test(arguments: [
        (["CI_NODE_INDEX": "2", "CI_NODE_TOTAL": "4"], "2/4"),
        (["GITLAB_CI": "true", "CI_NODE_INDEX": "4", "CI_NODE_TOTAL": "4"], "4/4"),
        (["HEROKU_TEST_RUN_ID": "x", "CI_NODE_INDEX": "0", "CI_NODE_TOTAL": "4"], "1/4"),
        (["CIRCLE_NODE_INDEX": "0", "CIRCLE_NODE_TOTAL": "3"], "1/3"),
        (["BUILDKITE_PARALLEL_JOB": "2", "BUILDKITE_PARALLEL_JOB_COUNT": "3"], "3/3"),
        (["SEMAPHORE_JOB_INDEX": "3", "SEMAPHORE_JOB_COUNT": "3"], "3/3"),
        (["BITBUCKET_PARALLEL_STEP": "1", "BITBUCKET_PARALLEL_STEP_COUNT": "3"], "2/3"),
        (["SYSTEM_JOBPOSITIONINPHASE": "1", "SYSTEM_TOTALJOBSINPHASE": "1"], "1/1"),
        (["CLOUD_RUN_TASK_INDEX": "9", "CLOUD_RUN_TASK_COUNT": "10"], "10/10"),
    ])
    func readsWhatTheSystemSays(environment: [String: String], shard: String) throws {
        #expect(try ShardVariables.shard(in: environment).description == shard)
    }

    @Test(arguments: [
        (["JOB_COMPLETION_INDEX": "0"], "1/5"), (["JOB_COMPLETION_INDEX": "4"], "5/5"),
        (["AWS_BATCH_JOB_ARRAY_INDEX": "1"], "2/5"), (["CI_NODE_INDEX": "5"], "5/5"),
    ])
    func takesTheCountFromTheCommandLine(environment: [String: String], shard: String) throws {
        #expect(try ShardVariables.shard(in: environment, count: 5).description == shard)
    }

    @Test func refusesTwoCountsThatDiffer() throws {
        let environment = ["CI_NODE_INDEX": "2", "CI_NODE_TOTAL": "2"]
        #expect(try ShardVariables.shard(in: environment, count: 2).description == "2/2")
        let error = #expect(throws: ShardVariablesError.self) { try ShardVariables.shard(in: environment, count: 4) }
        #expect(error?.message == "--shard-count is 4, but CI_NODE_TOTAL is \"2\": leave one of them out.")
    }

    @Test(arguments: [
        (
            [:],
            """
            No variable of a CI system names the shard (such as CI_NODE_INDEX with CI_NODE_TOTAL, or \
            JOB_COMPLETION_INDEX with --shard-count); give it as --shard i/n.
            """
        ),
        (["JOB_COMPLETION_INDEX": "1"], "JOB_COMPLETION_INDEX is set, but not of how many shards; add --shard-count."),
        (
            ["CI_NODE_INDEX": "0", "CI_NODE_TOTAL": "4"],
            #"CI_NODE_INDEX is "0" and CI_NODE_TOTAL is "4": that names no shard."#
        ),
        (
            ["CIRCLE_NODE_INDEX": "4", "CIRCLE_NODE_TOTAL": "4"],
            #"CIRCLE_NODE_INDEX is "4" and CIRCLE_NODE_TOTAL is "4": that names no shard."#
        ),
        (
            ["CI_NODE_INDEX": "1", "CI_NODE_TOTAL": "9223372036854775807"],
            #"CI_NODE_INDEX is "1" and CI_NODE_TOTAL is "9223372036854775807": that names no shard."#
        ),
        (
            ["CI_NODE_INDEX": "one", "CI_NODE_TOTAL": "4"],
            #"CI_NODE_INDEX is "one" and CI_NODE_TOTAL is "4": that names no shard."#
        ),
    ])
    func saysWhyThereIsNoShard(environment: [String: String], message: String) {
        let error = #expect(throws: ShardVariablesError.self) { try ShardVariables.shard(in: environment) }
        #expect(error?.message == message)
    }
}
