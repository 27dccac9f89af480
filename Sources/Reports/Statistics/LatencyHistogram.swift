/// How often durations fall into each of several spans, which grow by the same factor.
struct LatencyHistogram {
    /// The edges of the bins, shared by every histogram that is to be compared: each bin's upper bound.
    struct Scale {
        let lowest: Duration
        let highest: Duration
        let upperBounds: [Duration]

        /// A scale over all durations of some routes; `nil` if there are none.
        init?(_ routes: [RouteSummary], bins: Int = 32) {
            let shortest = routes.compactMap(\.durations.first).min()
            let longest = routes.compactMap(\.durations.last).max()
            guard let shortest, let longest, longest > .zero else { return nil }
            lowest = max(shortest, .microseconds(1))
            highest = max(longest, lowest)
            let factor = Self.root(of: highest.reportedSeconds / lowest.reportedSeconds, bins)
            var bound = lowest.reportedSeconds
            upperBounds = (0..<bins).map { _ in
                bound *= factor
                return .microseconds(Int64((bound * 1_000_000).rounded(.up)))
            }
        }

        /// Where a duration stands between the lowest and the highest, 0…1, on the scale of equal factors.
        func position(of duration: Duration) -> Double {
            let bin = bin(of: duration)
            let upper = upperBounds[bin].reportedSeconds
            let lower = bin == 0 ? lowest.reportedSeconds : upperBounds[bin - 1].reportedSeconds
            let inside = upper > lower ? (duration.reportedSeconds - lower) / (upper - lower) : 0
            return (Double(bin) + min(max(inside, 0), 1)) / Double(upperBounds.count)
        }

        /// The number of the bin that a duration falls into.
        func bin(of duration: Duration) -> Int {
            var low = 0
            var high = upperBounds.count - 1
            while low < high {
                let middle = (low + high) / 2
                if duration <= upperBounds[middle] { high = middle } else { low = middle + 1 }
            }
            return low
        }

        /// The root of a ratio that is one or more, by bisection.
        private static func root(of ratio: Double, _ degree: Int) -> Double {
            var low = 1.0
            var high = max(ratio, 1)
            for _ in 0..<80 {
                let middle = (low + high) / 2
                let power = (0..<degree).reduce(1.0) { value, _ in value * middle }
                if power < ratio { low = middle } else { high = middle }
            }
            return high
        }
    }

    /// How many durations are in each bin.
    let counts: [Int]

    init(_ durations: [Duration], on scale: Scale) {
        var counts = [Int](repeating: 0, count: scale.upperBounds.count)
        for duration in durations { counts[scale.bin(of: duration)] += 1 }
        self.counts = counts
    }
}
