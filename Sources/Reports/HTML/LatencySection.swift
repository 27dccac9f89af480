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
        let rest: HTML = left > 0 ? "<p class=\"note\">and \(left) more routes</p>" : ""
        return """
            <section aria-labelledby="latency"><h2 id="latency">Latency by route</h2>
            <p class="note">Each check’s last attempt, from \(scale.lowest.phrase) on the left to \
            \(scale.highest.phrase) on the right; every step is the same factor. The lines are \
            <span class="line p50"></span> p50, <span class="line p95"></span> p95 and \
            <span class="line p99"></span> p99.</p>
            <div class="scroll"><table class="latency"><thead><tr><th scope="col">Route</th>\
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
            aria-label="\(route.durations.count) answers, half within \(times[0].phrase), \
            95 % within \(times[1].phrase)"><g class="hist">\(HTML(joining: bars))</g>\(HTML(joining: lines))</svg>
            """
    }
}
