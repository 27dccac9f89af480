/// What changed since an earlier run.
struct ChangesSection {
    let comparison: RunComparison

    /// The most entries under one heading.
    private static let itemLimit = 100

    var markup: HTML {
        let parts = ComparisonSection.sections(of: comparison).map { section -> HTML in
            let items = section.items.prefix(Self.itemLimit).map { item -> HTML in
                let detail: HTML = item.detail.isEmpty ? "" : "<span>\(item.detail.bounded(to: 1_000))</span>"
                return "<li><b>\(item.name.bounded(to: 500))</b>\(detail)</li>"
            }
            let left = section.items.count - items.count
            let rest: HTML = left > 0 ? "<li>and \(left) more</li>" : ""
            return """
                <div class="change \(style(of: section.tone))"><h3>\(section.title) \
                <span class="count">\(section.items.count)</span></h3><ul>\(HTML(joining: items))\(rest)</ul></div>
                """
        }
        return """
            <section aria-labelledby="changes"><h2 id="changes">Since the baseline</h2>
            <p class="note">\(ComparisonSection.phrase(of: comparison))</p>
            <div class="changes">\(HTML(joining: parts))</div></section>

            """
    }

    private func style(of tone: ComparisonSection.Tone) -> HTML {
        switch tone {
        case .bad: "failed"
        case .good: "passed"
        case .doubtful: "flaky"
        case .neutral: "skipped"
        }
    }
}
