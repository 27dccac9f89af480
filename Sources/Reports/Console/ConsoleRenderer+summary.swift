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
        output.append(report.verdict, report.isGood ? .good : .bad)
        output.append("  \(counts.phrase), in \(report.duration.phrase)")
        if let shard = report.shard { output.append(", shard \(shard)") }
        output.endLine()
    }

    private func writeTable(of routes: [RouteSummary], to output: inout ConsoleText) {
        guard routes.contains(where: { !$0.durations.isEmpty }) else { return }
        let shown = routes.prefix(Self.rowLimit)
        let mark = style.usesUnicode ? "…" : "..."
        let names = shown.map { TerminalWidth.cut($0.route, to: 40, mark: mark, asciiOnly: !style.usesUnicode) }
        let nameWidth = max(5, names.map(width).max() ?? 0)
        output.endLine()
        writeRow("route", nameWidth, ["checks", "passed", "p50", "p95", "max"], .quiet, to: &output)
        for (name, route) in zip(names, shown) {
            let times = [0.5, 0.95, 1].map { share in
                route.percentile(share)?.phrase ?? "-"
            }
            let ink = route.failing > 0 ? ConsoleInk.bad : .plain
            writeRow(name, nameWidth, ["\(route.total)", "\(route.passed)"] + times, ink, to: &output)
        }
        if routes.count > shown.count {
            output.append("and \(routes.count - shown.count) more routes", .quiet)
            output.endLine()
        }
        output.endLine()
    }

    private func writeRow(
        _ name: String,
        _ nameWidth: Int,
        _ cells: [String],
        _ ink: ConsoleInk,
        to output: inout ConsoleText
    ) {
        let row = cells.reduce(name + spaces(nameWidth - width(name))) { row, cell in
            row + "  " + spaces(9 - width(cell)) + cell
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
