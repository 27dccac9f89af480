import Checks
import Text

/// The run as it went: a bar for each check, or how many ended when there are too many to draw.
struct TimelineSection {
    let report: RunReport

    /// From how many checks on they are counted instead of drawn.
    private static let drawingLimit = 1_500

    var markup: HTML {
        let results = report.suites.lazy.flatMap(\.results).filter { !$0.attempts.isEmpty }
        let end = results.map { $0.start + $0.duration }.max() ?? .zero
        guard end > .zero else { return "" }
        let isDrawn = !results.dropFirst(Self.drawingLimit).contains { _ in true }
        let lanes = isDrawn ? TimelineLanes(results) : nil
        let drawing = lanes.map { TimelineDrawing(end: end).bars($0) } ?? TimelineDrawing(end: end).columns(results)
        let note: HTML =
            isDrawn
            ? """
            Each bar is a check, from its start to its end; bars above each other were in flight at once. \
            Light is connecting, full is waiting for the first byte, medium is reading; a thin line is waiting in the \
            queue or between two attempts.
            """
            : "How many checks ended in each span of time, by outcome."
        return """
            <section aria-labelledby="timeline"><h2 id="timeline">Timeline</h2>
            <p class="note">\(note)</p>
            <div class="timeline">\(drawing)<div class="axis" aria-hidden="true">\(axis(to: end))</div></div>
            \(legend(of: results, showsAttempts: isDrawn))</section>

            """
    }

    private func axis(to end: Duration) -> HTML {
        HTML(joining: (0...4).map { "<span>\((end * $0 / 4).phrase)</span>" })
    }

    private func legend(of results: some Sequence<CheckResult>, showsAttempts: Bool) -> HTML {
        // By style: an attempt that failed needs no word of its own where a check did.
        var seen: Set<[UInt8]> = []
        var items: [HTML] = []
        let earlier = showsAttempts ? results.flatMap { $0.attempts.dropLast().map(HTMLMark.init(earlier:)) } : []
        for mark in results.map(HTMLMark.init) + earlier where seen.insert(mark.style.bytes).inserted {
            items.append(
                "<li class=\"\(mark.style)\"><span class=\"dot\" aria-hidden=\"true\"></span>\(mark.word)</li>"
            )
        }
        return "<ul class=\"legend\">\(HTML(joining: items))</ul>"
    }
}

/// The drawing of a timeline, a thousand units wide whatever the screen.
private struct TimelineDrawing {
    let end: Duration

    func bars(_ lanes: TimelineLanes) -> HTML {
        let laneHeight = min(16, max(3, 480 / Double(max(lanes.laneCount, 1))))
        let height = laneHeight * Double(lanes.laneCount)
        let bars = lanes.bars.map { bar(of: $0.entry, top: Double($0.lane) * laneHeight, height: laneHeight) }
        return """
            <svg viewBox="0 0 1000 \(length: height)" style="height:\(length: height)px" preserveAspectRatio="none" \
            role="img" aria-label="\(lanes.bars.count.counting("check")) over \(end.phrase), at most \(lanes.laneCount) at once">\
            \(HTML(joining: bars))</svg>
            """
    }

    private func bar(of result: CheckResult, top: Double, height: Double) -> HTML {
        let mark = HTMLMark(result)
        let middle = top + height / 2
        var parts: [HTML] = []
        if result.attempts.count > 1 || (result.attempts.first.map { $0.start > result.start } ?? false) {
            parts.append(
                """
                <path class="wait" d="M\(length: x(result.start)) \(length: middle)H\
                \(length: x(result.start + result.duration))"/>
                """
            )
        }
        for (number, attempt) in result.attempts.enumerated() {
            let isLast = number == result.attempts.count - 1
            let style = isLast ? mark.style : HTMLMark(earlier: attempt).style
            parts += segments(of: attempt).map { segment in
                """
                <rect class="\(style) \(segment.phase)" x="\(length: x(attempt.start + segment.from))" \
                y="\(length: top + 0.5)" width="\(length: max(1.2, x(segment.to) - x(segment.from)))" \
                height="\(length: height - 1)"/>
                """
            }
        }
        return "<g><title>\(title(of: result, mark.word))</title>\(HTML(joining: parts))</g>\n"
    }

    private func segments(of attempt: Attempt) -> [(phase: HTML, from: Duration, to: Duration)] {
        guard let phases = attempt.phases, phases.firstByte > .zero else {
            return [("waiting", .zero, attempt.duration)]
        }
        let connected = min(max(phases.connect, phases.tlsHandshake), phases.firstByte)
        return [
            ("connecting", .zero, connected),
            ("waiting", connected, phases.firstByte),
            ("reading", phases.firstByte, max(attempt.duration, phases.firstByte)),
        ].filter { $0.2 > $0.1 }
    }

    private func title(of result: CheckResult, _ word: String) -> String {
        var title = "\(result.name.bounded(to: 200)): \(word), \(result.duration.phrase)"
        if result.attempts.count > 1 { title += ", \(result.attempts.count.counting("attempt"))" }
        if let phases = result.attempts.last?.phases, phases.firstByte > .zero {
            title += ", first byte after \(phases.firstByte.phrase)"
        }
        return title
    }

    /// Stacked columns of how many checks ended when.
    func columns(_ results: some Sequence<CheckResult>) -> HTML {
        let columnCount = 100
        let styles = ["passed", "flaky", "failed", "error", "allowed", "not-run"] as [HTML]
        var counts = [[Int]](repeating: [Int](repeating: 0, count: styles.count), count: columnCount)
        var total = 0
        for result in results {
            total += 1
            let column = min(columnCount - 1, Int(x(result.start + result.duration) / 10))
            if let place = place(of: result) { counts[column][place] += 1 }
        }
        // A little more than the most, so that what is drawn taller than it is still fits.
        let tallest = 1.1 * Double(counts.map { $0.reduce(0, +) }.max() ?? 1)
        let columns = counts.enumerated().map { number, stack -> HTML in
            var bottom = 160.0
            let parts = zip(styles, stack).enumerated().compactMap { place, part -> HTML? in
                let (style, count) = part
                guard count > 0 else { return nil }
                // One failure among thousands is still to be seen.
                let height = max(place == 0 ? 1 : 4, 160 * Double(count) / tallest)
                bottom -= height
                return """
                    <rect class="\(style)" x="\(number * 10)" y="\(length: bottom)" width="9" height="\(length: height)"/>
                    """
            }
            let total = stack.reduce(0, +)
            return total > 0 ? "<g><title>\(total.counting("check"))</title>\(HTML(joining: parts))</g>\n" : ""
        }
        return """
            <svg viewBox="0 0 1000 160" style="height:160px" preserveAspectRatio="none" role="img" \
            aria-label="\(total.counting("check")) over \(end.phrase)">\(HTML(joining: columns))</svg>
            """
    }

    /// The place of a result's style in a column; a check that was skipped has none.
    private func place(of result: CheckResult) -> Int? {
        switch result.standing {
        case .passed: 0
        case .flaky: 1
        case .failed: 2
        case .error: 3
        case .allowedFailure: 4
        case .notRun: 5
        case .skipped: nil
        }
    }

    private func x(_ moment: Duration) -> Double {
        1_000 * moment.reportedSeconds / max(end.reportedSeconds, 1e-6)
    }
}

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
