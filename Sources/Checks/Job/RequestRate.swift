/// A bound on request starts, such as `50/s` or `600/min`.
public struct RequestRate: Sendable, Hashable {
    /// How many requests may start in one ``interval``, at least 1.
    public var count: Int
    /// The span of time the count is for.
    public var interval: Duration

    /// Creates a rate.
    public init(count: Int, per interval: Duration) {
        self.count = count
        self.interval = interval
    }
}
