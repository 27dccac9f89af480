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
        if let sentence = report.ending.sentence {
            output.append(sentence, .doubtful)
            output.endLine()
        }
        output.append(report.verdict, report.isGood ? .good : .bad)
        let duration = style.usesUnicode ? report.duration.phrase : report.duration.asciiPhrase
        output.append("  \(counts.phrase)  in \(duration)")
        output.endLine()
    }

    private func writeTable(of routes: [RouteSummary], to output: inout ConsoleText) {
        guard routes.contains(where: { !$0.durations.isEmpty }) else { return }
        let shown = routes.prefix(Self.rowLimit)
        let names = shown.map { TerminalWidth.cut($0.route, to: 40, mark: style.usesUnicode ? "…" : "...") }
        let nameWidth = max(5, names.map(TerminalWidth.of).max() ?? 0)
        output.endLine()
        writeRow("route", nameWidth, ["checks", "passed", "p50", "p95", "max"], .quiet, to: &output)
        for (name, route) in zip(names, shown) {
            let times = [0.5, 0.95, 1].map { share in
                route.percentile(share).map { style.usesUnicode ? $0.phrase : $0.asciiPhrase } ?? "-"
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
        let row = cells.reduce(name + spaces(nameWidth - TerminalWidth.of(name))) { row, cell in
            row + "  " + spaces(9 - TerminalWidth.of(cell)) + cell
        }
        output.append(row, ink)
        output.endLine()
    }

    private func spaces(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
}

extension Duration {
    /// The duration as a person reads it, in ASCII.
    var asciiPhrase: String {
        let text = phrase
        return text.hasSuffix("µs") ? "\(text.dropLast(2))us" : text
    }
}
