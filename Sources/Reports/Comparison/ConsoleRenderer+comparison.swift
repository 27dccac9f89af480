extension ConsoleRenderer {
    /// The most entries of one section.
    private static let itemLimit = 100

    /// The lines that say what changed between two runs; ends with a line feed.
    ///
    /// Quiet, they are about what is worse; verbose, also about what fails as before.
    public func text(of comparison: RunComparison) -> String {
        var output = ConsoleText(style)
        let sections = ComparisonSection.sections(of: comparison, includesStillFailing: verbosity == .verbose)
        for section in sections where verbosity != .quiet || section.tone == .bad {
            output.append(section.title, ink(of: section.tone))
            output.endLine()
            for item in section.items.prefix(Self.itemLimit) {
                output.append("  \(item.name)")
                output.endLine()
                if !item.detail.isEmpty { output.append(block: item.detail, indent: 6, .quiet) }
            }
            let left = section.items.count - Self.itemLimit
            if left > 0 { output.append(block: "and \(left) more", indent: 2, .quiet) }
        }
        output.append("Compared with the baseline: \(ComparisonSection.phrase(of: comparison)).", .strong)
        output.endLine()
        return output.text
    }

    private func ink(of tone: ComparisonSection.Tone) -> ConsoleInk {
        switch tone {
        case .bad: .bad
        case .good: .good
        case .doubtful: .doubtful
        case .neutral: .strong
        }
    }
}
