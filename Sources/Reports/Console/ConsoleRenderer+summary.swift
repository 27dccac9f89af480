import Checks

extension ConsoleRenderer {
    /// The most routes the table shows.
    private static let rowLimit = 30

    func writeSummary(of report: RunReport, to output: inout ConsoleText) {
        let counts = report.counts
        if verbosity != .quiet {
            writeTable(of: RouteSummary.summaries(of: report), to: &output)
            let layers = LayerCounts(report).phrase
            if !layers.isEmpty {
                output.append("Who failed: \(layers)", .strong)
                output.endLine()
            }
        }
        for sentence in report.remarks {
            output.append(sentence, .doubtful)
            output.endLine()
        }
        let verdict = report.verdict
        output.append(verdict.words, verdict == .passed ? .good : .bad)
        output.append("  \(counts.phrase), in \(report.duration.phrase)")
        if let shard = report.shard { output.append(", shard \(shard)") }
        output.endLine()
    }

    private func writeTable(of routes: [RouteSummary], to output: inout ConsoleText) {
        guard routes.contains(where: { !$0.durations.isEmpty }) else { return }
        let shown = routes.prefix(Self.rowLimit)
        let mark = style.usesUnicode ? "…" : "..."
        let widest = max(5, shown.map { width($0.route) }.max() ?? 0)
        let fitting = TableFit(columns: style.columns, nameWidth: min(widest, 40))
        let names = shown.map { route in
            TerminalWidth.cut(route.route, to: fitting.nameWidth, mark: mark, asciiOnly: !style.usesUnicode)
        }
        output.endLine()
        writeRow("route", fitting, ["checks", "passed", "p50", "p95", "max"], .quiet, to: &output)
        for (name, route) in zip(names, shown) {
            let times = [0.5, 0.95, 1].map { share in
                route.percentile(share)?.phrase ?? "-"
            }
            let ink = route.failing > 0 ? ConsoleInk.bad : .plain
            writeRow(name, fitting, ["\(route.total)", "\(route.passed)"] + times, ink, to: &output)
        }
        if routes.count > shown.count {
            output.append("and \(routes.count - shown.count) more routes", .quiet)
            output.endLine()
        }
        output.endLine()
    }

    private func writeRow(
        _ name: String,
        _ fitting: TableFit,
        _ cells: [String],
        _ ink: ConsoleInk,
        to output: inout ConsoleText
    ) {
        let row = fitting.shown(of: cells).reduce(name + spaces(fitting.nameWidth - width(name))) { row, cell in
            row + "  " + spaces(TableFit.cellWidth - width(cell)) + cell
        }
        output.append(row, ink)
        output.endLine()
    }

    /// Durations are ASCII by the time they are written.
    private func width(_ text: String) -> Int {
        TerminalWidth.of(text, asciiOnly: !style.usesUnicode && !text.hasSuffix(" µs"))
    }

    private func spaces(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
}

/// Which cells of a row fit a terminal, and how much room the names have.
private struct TableFit {
    static let cellWidth = 9
    /// The places of the cells, the ones that can be done without first: p50, max, checks, p95.
    private static let dispensable = [2, 4, 0, 3]

    private(set) var nameWidth: Int
    private var hidden: Set<Int> = []

    init(columns: Int?, nameWidth: Int, cellCount: Int = 5) {
        self.nameWidth = nameWidth
        guard let columns else { return }
        func room() -> Int { columns - (cellCount - hidden.count) * (Self.cellWidth + 2) }
        for place in Self.dispensable where room() < min(nameWidth, 12) { hidden.insert(place) }
        self.nameWidth = min(nameWidth, max(room(), 5))
    }

    func shown(of cells: [String]) -> [String] {
        cells.indices.filter { !hidden.contains($0) }.map { cells[$0] }
    }
}
