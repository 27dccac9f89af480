import Checks

/// The durations of the checks that passed in both of two runs, by route.
struct PairedTimings {
    private var groups: [String: [Pair]] = [:]
    private var order: [String] = []

    struct Pair {
        var before: Duration
        var after: Duration
    }

    mutating func add(_ before: CheckResult, _ after: CheckResult) {
        guard before.outcome == .passed, after.outcome == .passed, let first = before.attempts.last,
            let second = after.attempts.last, first.duration >= .microseconds(1), second.duration >= .microseconds(1)
        else { return }
        if groups[after.route] == nil { order.append(after.route) }
        groups[after.route, default: []].append(Pair(before: first.duration, after: second.duration))
    }

    /// The groups that are slower beyond noise, in the order in which their routes appear.
    var slowdowns: [Slowdown] {
        var tested = order.compactMap { route in groups[route].flatMap { Self.slowdown(of: $0, route: route) } }
        if order.count > 1 {
            let all = order.flatMap { groups[$0] ?? [] }
            if let pooled = Self.slowdown(of: all, route: nil) { tested.append(pooled) }
        }
        let corrected = HolmCorrection.correct(tested.map(\.probability))
        let found = zip(tested, corrected).compactMap { slowdown, probability -> Slowdown? in
            guard probability < Slowdown.significance, slowdown.ratio >= Slowdown.smallestRatio,
                slowdown.after - slowdown.before >= Slowdown.smallestDifference
            else { return nil }
            var slowdown = slowdown
            slowdown.probability = probability
            return slowdown
        }
        let single = found.filter { $0.route != nil }
        return single.isEmpty ? found : single
    }

    private static func slowdown(of pairs: [Pair], route: String?) -> Slowdown? {
        guard pairs.count >= Slowdown.fewestPairs else { return nil }
        let ratios = pairs.map { $0.after.reportedSeconds / $0.before.reportedSeconds }
        return Slowdown(
            route: route,
            pairs: pairs.count,
            before: median(pairs.map(\.before)),
            after: median(pairs.map(\.after)),
            ratio: median(ratios),
            probability: SignedRankTest.probabilityOfGrowth(pairs)
        )
    }

    /// The upper one of the two in the middle if there are two.
    private static func median<Value: Comparable>(_ values: [Value]) -> Value {
        values.sorted()[values.count / 2]
    }
}
