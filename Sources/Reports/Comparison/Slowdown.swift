import Checks

/// A route whose answers take longer than before, beyond what noise explains.
///
/// The durations of the checks that passed in both runs are paired by check, so that cheap and costly checks of a route
/// do not blur each other. The test is Wilcoxon's signed-rank test on the ratio of each pair, one-sided: exact up to 60
/// pairs, by the normal approximation with the correction for ties beyond. The probabilities of all routes are
/// corrected for each other by Holm's method, and must then be below ``significance``. A change that is certain but
/// small is not reported: the median ratio must be at least ``smallestRatio``, and the medians must differ by at least
/// ``smallestDifference``.
///
/// A route with fewer than ``fewestPairs`` cannot be tested. It is told as perhaps slower, which is no regression, if
/// its median ratio is at least ``suspiciousRatio`` and its medians differ by at least ``suspiciousDifference``.
public struct Slowdown: Sendable, Hashable {
    /// The route's code; `nil` for all routes together, tested as one more group and reported if no single route is.
    public var route: String?
    /// How many pairs of durations there are.
    public var pairs: Int
    /// The median duration before.
    public var before: Duration
    /// The median duration now.
    public var after: Duration
    /// The median of the ratios of each pair.
    public var ratio: Double
    /// How probable it is that noise alone looks like this or worse, corrected for the number of routes; 1 if there are
    /// too few pairs to tell.
    public var probability: Double

    /// Below which probability a change is no noise.
    public static let significance = 0.01
    /// How many pairs a group needs so that the test can tell at all.
    public static let fewestPairs = 8
    /// From which median ratio on a change is worth telling.
    public static let smallestRatio = 1.2
    /// From which difference of the medians on a change is worth telling.
    public static let smallestDifference = Duration.milliseconds(5)
    /// From which median ratio on a change without a test is worth telling.
    public static let suspiciousRatio = 3.0
    /// From which difference of the medians on a change without a test is worth telling.
    public static let suspiciousDifference = Duration.milliseconds(500)
}

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
