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
        guard before.standing.isPass, after.standing.isPass, let first = before.attempts.last,
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

    /// The routes that have too few pairs for a test, and take so much longer that it is worth telling all the same.
    var suspicions: [Slowdown] {
        order.compactMap { route in
            guard let pairs = groups[route], pairs.count < Slowdown.fewestPairs else { return nil }
            let growth = Self.growth(of: pairs, route: route)
            let isLarge =
                growth.ratio >= Slowdown.suspiciousRatio
                && growth.after - growth.before >= Slowdown.suspiciousDifference
            return isLarge ? growth : nil
        }
    }

    private static func slowdown(of pairs: [Pair], route: String?) -> Slowdown? {
        guard pairs.count >= Slowdown.fewestPairs else { return nil }
        var slowdown = growth(of: pairs, route: route)
        slowdown.probability = SignedRankTest.probabilityOfGrowth(pairs)
        return slowdown
    }

    private static func growth(of pairs: [Pair], route: String?) -> Slowdown {
        let ratios = pairs.map { $0.after.reportedSeconds / $0.before.reportedSeconds }
        return Slowdown(
            route: route,
            pairs: pairs.count,
            before: median(pairs.map(\.before)),
            after: median(pairs.map(\.after)),
            ratio: median(ratios),
            probability: 1
        )
    }

    /// The upper one of the two in the middle if there are two.
    private static func median<Value: Comparable>(_ values: [Value]) -> Value {
        values.sorted()[values.count / 2]
    }
}
