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
