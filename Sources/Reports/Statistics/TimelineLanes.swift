import Checks

/// The checks of a run laid side by side, as many above each other as were in flight at once.
struct TimelineLanes {
    struct Bar {
        var entry: CheckResult
        var lane: Int
    }

    private(set) var bars: [Bar] = []
    private(set) var laneCount = 0

    /// Each check goes into the first lane that is free when it starts.
    init(_ results: some Sequence<CheckResult>) {
        var ends: [Duration] = []
        for result in results.filter({ !$0.attempts.isEmpty }).sorted(by: { $0.start < $1.start }) {
            let end = result.start + result.duration
            if let lane = ends.firstIndex(where: { $0 <= result.start }) {
                ends[lane] = end
                bars.append(Bar(entry: result, lane: lane))
            } else {
                bars.append(Bar(entry: result, lane: ends.count))
                ends.append(end)
            }
        }
        laneCount = ends.count
    }
}
