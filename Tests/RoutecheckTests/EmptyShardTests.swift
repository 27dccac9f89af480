import Testing

/// Shards that have nothing to run, by themselves and merged.
@Suite(.timeLimit(.minutes(5)))
struct EmptyShardTests {
    /// Shards of a good night are as good together as alone, and none makes another good that had nothing to check.
    @Test(arguments: [
        ("checks: [{route: health, name: a}]", "--name", "*", Int32(0)),
        ("checks: [{route: health, name: a}, {route: health, name: b}]", "--name", "*", 0),
        ("checks: [{route: health, name: a}, {route: health, name: b}]", "--tags", "nope", 4),
    ])
    func mergeAsTheyEnd(job: String, option: String, value: String, status: Int32) async throws {
        try await ServedJob.with(job) { served in
            let night = try await served.binary.run("run", "job.yaml", "--report-json", "old.json")
            #expect(night.status == 0)
            let again = ["run", "job.yaml", "--last-failed", "old.json"]
            let one = try await served.binary.run(again + ["--shard", "1/2", "--report-json", "1.json"])
            #expect(one.status == 0, "\(one.errors)")
            let two = try await served.binary.run(
                again + ["--shard", "2/2", "--report-json", "2.json", option, value]
            )
            #expect(two.status == status, "\(two.errors)")
            for order in [["1.json", "2.json"], ["2.json", "1.json"]] {
                let merged = try await served.binary.run(["merge"] + order)
                #expect(merged.status == status, "\(merged.output)\(merged.errors)")
            }
        }
    }
}
