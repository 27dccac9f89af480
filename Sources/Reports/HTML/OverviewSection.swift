import Checks
import Text

/// The top of the page: the verdict, the numbers, who failed, the servers.
struct OverviewSection {
    let report: RunReport

    var markup: HTML {
        let counts = report.counts
        let verdict = report.verdict
        return """
            <header class="verdict \(tone(of: verdict))"><div class="wide">
            <p class="tool">routecheck</p>
            <h1>\(verdict.title)</h1>
            <p class="lead">\(sentence(counts))</p>
            <p class="facts"><time datetime="\(moment: report.startedAt)">\(day)</time> · \
            \(report.duration.phrase)\(shard)\(ending)</p>
            </div></header>
            <main class="wide">
            <section aria-labelledby="numbers"><h2 id="numbers" class="hear">Numbers</h2>
            \(bar(counts))
            <dl class="tiles">\(tiles(counts))</dl></section>
            \(chain)
            <section aria-labelledby="jobs"><h2 id="jobs">Jobs</h2>
            <ul class="jobs">\(HTML(joining: report.suites.map(job)))</ul></section>

            """
    }

    private func tone(of verdict: RunVerdict) -> HTML {
        switch verdict {
        case .passed: "good"
        case .failed: "bad"
        case .incomplete, .nothingChecked: "doubtful"
        }
    }

    private func sentence(_ counts: OutcomeCounts) -> String {
        let checks = counts.total.counting("check")
        // Whoever is told why nothing ran need not be told that nothing failed.
        let fault = report.suites.lazy.compactMap(\.serverFault).first?.message.bounded(to: 1_000)
        if counts.total == 0 {
            if report.verdict == .nothingChecked { return "No check was selected." }
            return fault ?? report.failure?.sentence ?? report.nothingToRepeat ?? "No check has ended."
        }
        if counts.failing > 0 { return "\(counts.failing) of \(checks) failed." + (fault.map { " \($0)" } ?? "") }
        let unrun = "\(counts.notRun) of \(checks) did not run"
        if let fault { return counts.notRun > 0 ? "\(fault) \(unrun)." : fault }
        if let remark = report.flakyRemark ?? report.failure?.sentence { return remark }
        if counts.notRun == counts.total { return "\(unrun)." }
        if counts.notRun > 0 { return "\(unrun); none of the others failed." }
        return counts.allowed > 0
            ? "Nothing failed that may not; \(counts.allowed) allowed to fail." : "Nothing failed in \(checks)."
    }

    private var day: String {
        var buffer = ReportBuffer(capacity: 24)
        buffer.appendTimestamp(report.startedAt)
        return buffer.text.replacing("T", with: " ").replacing("Z", with: " UTC")
    }

    private var shard: HTML { report.shard.map { " · shard \($0.description)" } ?? "" }

    private var ending: HTML { report.ending.sentence.map { " · <strong>\($0)</strong>" } ?? "" }

    private func groups(_ counts: OutcomeCounts) -> [(mark: HTMLMark, count: Int)] {
        [
            (HTMLMark("passed", "✓", "passed"), counts.passed - counts.flaky),
            (HTMLMark("flaky", "↻", "flaky"), counts.flaky),
            (HTMLMark("failed", "✗", "failed"), counts.failingAnswers),
            (HTMLMark("error", "!", "errors"), counts.failingErrors),
            (HTMLMark("allowed", "~", "allowed"), counts.allowed),
            (HTMLMark("skipped", "–", "skipped"), counts.skipped),
            (HTMLMark("not-run", "·", "not run"), counts.notRun),
        ].filter { $0.1 > 0 }
    }

    private func bar(_ counts: OutcomeCounts) -> HTML {
        let parts = groups(counts).map { group -> HTML in
            "<span class=\"fill \(group.mark.style)\" style=\"flex-grow:\(group.count)\"></span>"
        }
        return "<div class=\"bar\" aria-hidden=\"true\">\(HTML(joining: parts))</div>"
    }

    private func tiles(_ counts: OutcomeCounts) -> HTML {
        let total: HTML = "<div><dt>checks</dt><dd>\(counts.total)</dd></div>"
        let parts = groups(counts).map { group -> HTML in
            """
            <div class="\(group.mark.style)"><dt><span class="dot" aria-hidden="true"></span>\(group.mark.word)</dt>\
            <dd>\(group.count)</dd></div>
            """
        }
        return total + HTML(joining: parts)
    }

    /// The layers in the order a request passes them, each with how many failures it is to blame for.
    private var chain: HTML {
        let layers = LayerCounts(report)
        guard !layers.phrase.isEmpty else { return "" }
        let entries = Dictionary(uniqueKeysWithValues: layers.entries.map { ($0.layer, $0) })
        let steps = Layer.allCases.map { layer -> HTML in
            let words = entries[layer]?.phrase
            let name: HTML = layer == .dhis2 ? "DHIS2" : "\(layer.rawValue)"
            return """
                <li\(words == nil ? "" : " class=\"hit\"" as HTML)><b>\(name)</b><span>\(Self.meaning(of: layer))</span>\
                <em>\(words ?? "–")</em></li>
                """
        }
        let unknown: HTML =
            layers.unknown > 0 ? "<p class=\"note\">\(layers.unknown) failed without a layer to name.</p>" : ""
        return """
            <section aria-labelledby="who"><h2 id="who">Who failed</h2>
            <ol class="chain">\(HTML(joining: steps))</ol>\(unknown)</section>

            """
    }

    private static func meaning(of layer: Layer) -> HTML {
        switch layer {
        case .job: "could not be sent"
        case .network: "never reached DHIS2"
        case .proxy: "in front of DHIS2"
        case .dhis2: "DHIS2 itself"
        case .route: "the route’s set-up"
        case .upstream: "the route’s target"
        }
    }

    private func job(_ suite: SuiteReport) -> HTML {
        let version: HTML = suite.serverVersion.map { " · DHIS2 \($0)" } ?? ""
        let description: HTML = suite.description.map { "<p>\($0.bounded(to: 2_000))</p>" } ?? ""
        let fault = suite.serverFault.map(alarm) ?? ""
        let warnings = HTML(joining: suite.warnings.prefix(20).map { "<p>Warning: \($0.bounded(to: 2_000))</p>" })
        return """
            <li><h3>\(suite.name.bounded(to: 500))</h3><p class="facts">\(suite.file.bounded(to: 500)) · \
            \(suite.serverURL.bounded(to: 500))\(version) · \(suite.duration.phrase)</p>\(description)\
            <p>\(suite.counts.phrase)</p>\(warnings)\(fault)</li>

            """
    }
}

extension OverviewSection {
    private func alarm(_ fault: Fault) -> HTML {
        """
        <p class="alarm"><strong>\(fault.layer.rawValue): \(fault.message.bounded(to: 2_000))</strong>\
        \(HTML(joining: fault.evidence.map { "<br>\($0.bounded(to: 500))" }))</p>
        """
    }
}

extension HTML {
    static func + (left: Self, right: Self) -> Self {
        var sum = left
        sum += right
        return sum
    }
}
