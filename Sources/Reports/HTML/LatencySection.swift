import Text

/// How long each route took: a histogram with its percentiles, all on one scale.
struct LatencySection {
    let routes: [RouteSummary]

    /// The most routes drawn.
    private static let limit = 100

    var markup: HTML {
        guard let scale = LatencyHistogram.Scale(routes) else { return "" }
        let drawn = routes.filter { !$0.durations.isEmpty }
        let rows = drawn.prefix(Self.limit).map { row(of: $0, on: scale) }
        let left = drawn.count - rows.count
        let rest: HTML = left > 0 ? "<p class=\"note\">and \(left.counting("more route"))</p>" : ""
        return """
            <section aria-labelledby="latency"><h2 id="latency">Latency by route</h2>
            <p class="note">Each check’s last attempt, from \(scale.lowest.phrase) on the left to \
            \(scale.highest.phrase) on the right; every step is the same factor. The lines are \
            <span class="line p50"></span> p50, <span class="line p95"></span> p95 and \
            <span class="line p99"></span> p99.</p>
            <div class="scroll" tabindex="0" role="region" aria-label="Table of latencies"><table class="latency">\
            <thead><tr><th scope="col">Route</th>\
            <th scope="col" class="number">Passed</th><th scope="col" class="plot">Distribution</th>\
            <th scope="col" class="number">p50</th><th scope="col" class="number">p95</th>\
            <th scope="col" class="number wide-only">p99</th><th scope="col" class="number wide-only">max</th></tr></thead><tbody>
            \(HTML(joining: rows))</tbody></table></div>\(rest)</section>

            """
    }

    private func row(of route: RouteSummary, on scale: LatencyHistogram.Scale) -> HTML {
        let times = [0.5, 0.95, 0.99, 1].map { route.percentile($0) ?? .zero }
        let passed: HTML =
            route.failing == 0
            ? "\(route.passed)/\(route.total)" : "<b class=\"failed-text\">\(route.passed)/\(route.total)</b>"
        return """
            <tr><th scope="row">\(route.route.bounded(to: 200))</th><td class="number">\(passed)</td>\
            <td class="plot">\(plot(of: route, times, on: scale))</td><td class="number">\(times[0].phrase)</td>\
            <td class="number">\(times[1].phrase)</td><td class="number wide-only">\(times[2].phrase)</td>\
            <td class="number wide-only">\(times[3].phrase)</td></tr>

            """
    }

    private func plot(of route: RouteSummary, _ times: [Duration], on scale: LatencyHistogram.Scale) -> HTML {
        let histogram = LatencyHistogram(route.durations, on: scale)
        let width = 320.0 / Double(histogram.counts.count)
        let tallest = Double(histogram.counts.max() ?? 1)
        let bars = histogram.counts.enumerated().compactMap { number, count -> HTML? in
            guard count > 0 else { return nil }
            // A single answer among thousands is still to be seen.
            let height = max(3, 40 * Double(count) / tallest)
            return """
                <rect x="\(length: Double(number) * width)" y="\(length: 42 - height)" width="\(length: width - 1)" \
                height="\(length: height)"/>
                """
        }
        let lines = zip(["p50", "p95", "p99"] as [HTML], times).map { name, time -> HTML in
            let place = 320 * scale.position(of: time)
            return "<line class=\"\(name)\" x1=\"\(length: place)\" x2=\"\(length: place)\" y1=\"0\" y2=\"44\"/>"
        }
        return """
            <svg viewBox="0 0 320 44" preserveAspectRatio="none" role="img" \
            aria-label="\(route.durations.count.counting("answer")), half within \(times[0].phrase), \
            95 % within \(times[1].phrase)"><g class="hist">\(HTML(joining: bars))</g>\(HTML(joining: lines))</svg>
            """
    }
}

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
