/// What a suite's report is to hold, so that the reports of a divided run can be told to belong together and to be
/// whole.
public struct PlanSummary: Sendable, Hashable {
    /// Sixteen hexadecimal digits that stand for the job file and the checks selected from it, whatever the shard.
    public var fingerprint: String
    /// How many results this run's report holds.
    public var planned: Int
    /// How many results the reports of all shards hold together.
    public var total: Int

    /// Creates a summary.
    public init(fingerprint: String, planned: Int, total: Int) {
        self.fingerprint = fingerprint
        self.planned = planned
        self.total = total
    }
}
