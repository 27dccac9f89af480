internal import Text

/// Fills lines of a terminal with paragraphs and with lists of terms.
struct TextLayout {
    /// How far terms are indented.
    private static let margin = 2
    /// The column in which meanings begin, at most.
    private static let widestColumn = 28
    /// From how many columns on a list has two columns; below, a meaning stands under its term.
    private static let narrowestTwoColumns = 60

    private let width: Int
    private(set) var text = ""

    init(width: Int) {
        self.width = max(width, 20)
    }

    /// Adds a paragraph, with an empty line before it unless it is the first.
    ///
    /// - Parameter hanging: How far lines after the first are indented.
    mutating func add(paragraph: String, hangingBy hanging: Int = 0, indent: Int = 0) {
        separate()
        append(paragraph, firstIndent: indent, indent: indent + hanging)
    }

    /// Adds a heading with its list; nothing where the list is empty.
    mutating func add(heading: String, _ terms: [HelpBlock.Term]) {
        guard !terms.isEmpty else { return }
        separate()
        append("\(heading):", firstIndent: 0, indent: 0)
        append(terms)
    }

    mutating func add(_ blocks: [HelpBlock], isIndented: Bool = false) {
        for (index, block) in blocks.enumerated() {
            switch block {
            case .paragraph(let paragraph):
                if isIndented, index == 0 {
                    append(paragraph, firstIndent: Self.margin, indent: Self.margin)
                } else {
                    add(paragraph: paragraph, indent: isIndented ? Self.margin : 0)
                }
            case .terms(let terms):
                if index > 0 || !isIndented { separate() }
                append(terms)
            }
        }
    }

    private mutating func separate() {
        if !text.isEmpty { text += "\n" }
    }

    private mutating func append(_ terms: [HelpBlock.Term]) {
        guard width >= Self.narrowestTwoColumns else {
            for term in terms {
                append(term.name, firstIndent: Self.margin, indent: 2 * Self.margin)
                append(term.meaning, firstIndent: 3 * Self.margin, indent: 3 * Self.margin)
            }
            return
        }
        let widths = terms.map { DisplayWidth.of($0.name) + 2 * Self.margin }
        let column = min(widths.max() ?? 0, Self.widestColumn)
        for (term, width) in zip(terms, widths) {
            if width > column {
                append(term.name, firstIndent: Self.margin, indent: 2 * Self.margin)
                append(term.meaning, firstIndent: column, indent: column)
            } else {
                let padding = String(repeating: " ", count: column - width + Self.margin)
                append(term.meaning, firstIndent: 0, indent: column, lead: "  \(term.name)\(padding)")
            }
        }
    }

    /// Fills lines with words.
    ///
    /// - Parameter lead: What the first line begins with, as wide as the indent.
    private mutating func append(_ words: String, firstIndent: Int, indent: Int, lead: String? = nil) {
        var line = lead ?? String(repeating: " ", count: firstIndent)
        var column = lead == nil ? firstIndent : indent
        var isEmpty = true
        for word in words.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
            let wordWidth = DisplayWidth.of(word)
            if !isEmpty, column + 1 + wordWidth > width {
                text += line + "\n"
                line = String(repeating: " ", count: indent)
                column = indent
                isEmpty = true
            }
            line += isEmpty ? word : " " + word
            column += wordWidth + (isEmpty ? 0 : 1)
            isEmpty = false
        }
        text += line + "\n"
    }
}
