public import Checks

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
        let checks = job.checks
        change(&plan.job)
        precondition(plan.job.checks.count == checks.count, "the plan's entries are places among the job's checks")
        return plan
    }

    /// The number of the shard that a check of this name belongs to, from 1.
    static func shard(of name: String, among count: Int) -> Int {
        var hash = FNV1a()
        hash.add(name.utf8)
        // The low bits of FNV-1a follow single bits of the text; names that differ in a digit would share a shard.
        return Int(SplitMix64.mix(hash.value) % UInt64(count)) + 1
    }
}
