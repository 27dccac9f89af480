extension MarkdownRenderer {
    /// The most entries of one section.
    private static let itemLimit = 100

    /// Markdown that says what changed between two runs.
    public func bytes(of comparison: RunComparison) -> [UInt8] {
        var text = MarkdownText()
        text.buffer.append(bytes: heading(of: comparison))
        for section in ComparisonSection.sections(of: comparison) {
            text.buffer.append("\n**")
            text.buffer.append(section.title, as: .markdown)
            text.buffer.append("**\n\n")
            for item in section.items.prefix(Self.itemLimit) {
                text.buffer.append("- ")
                text.code(item.name.bounded(to: 1_000))
                if !item.detail.isEmpty {
                    text.buffer.append(" ")
                    text.buffer.append(item.detail.bounded(to: 2_000), as: .markdown)
                }
                text.buffer.append("\n")
            }
            let left = section.items.count - Self.itemLimit
            if left > 0 { text.buffer.append("- and \(left) more\n", as: .xmlText) }
        }
        return text.buffer.bytes
    }

    /// The line that says in one phrase what changed.
    func heading(of comparison: RunComparison) -> [UInt8] {
        var text = MarkdownText()
        text.buffer.append("## Compared with the baseline: ")
        text.buffer.append(ComparisonSection.phrase(of: comparison), as: .markdown)
        text.buffer.append("\n")
        return text.buffer.bytes
    }
}
