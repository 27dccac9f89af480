internal import Text

/// Draws diagnostics for people: the place, the sentence, the source line and a caret beneath the spot.
package struct DiagnosticPrinter: Sendable {
    private var sources: [String: SourceText]
    private let color: Bool

    /// Makes a printer that knows the texts of some files; a diagnostic of another file is drawn without its line.
    package init(sources: [SourceText], color: Bool = false) {
        self.sources = Dictionary(sources.map { ($0.name, $0) }) { first, _ in first }
        self.color = color
    }

    /// Draws the diagnostics in their order, each ending in a line break.
    package func render(_ diagnostics: some Sequence<Diagnostic>) -> String {
        var canvas = Canvas(sources: sources, color: color)
        for diagnostic in diagnostics { canvas.draw(diagnostic) }
        return canvas.text
    }
}

/// What has been drawn so far, with a walker for each file, so that places in order cost one pass over the file.
private struct Canvas {
    let sources: [String: SourceText]
    let color: Bool
    var text = ""
    var walkers: [String: SourceWalker] = [:]

    mutating func draw(_ diagnostic: Diagnostic) {
        let style: Style = diagnostic.severity == .error ? .error : .warning
        head(diagnostic.file, diagnostic.position, diagnostic.severity.rawValue, style, diagnostic.message)
        excerpt(diagnostic.file, diagnostic.position, diagnostic.length, style)
        if let help = diagnostic.help {
            text += "  \(paint("help:", .note)) \(VisibleText.line(help))\n"
        }
        for note in diagnostic.notes {
            head(note.file, note.position, "note", .note, note.message)
            excerpt(note.file, note.position, note.length, .note)
        }
    }

    private mutating func head(
        _ file: String,
        _ position: SourcePosition?,
        _ label: String,
        _ style: Style,
        _ message: String
    ) {
        text += paint("\(placeText(file: file, position: position)):", .place)
        text += " \(paint("\(label):", style)) \(paint(VisibleText.line(message), .place))\n"
    }

    private mutating func excerpt(_ file: String, _ position: SourcePosition?, _ length: Int, _ style: Style) {
        guard let position, let source = sources[file] else { return }
        var walker = walkers[file] ?? SourceWalker(source)
        walker.advance(to: position)
        walkers[file] = walker
        guard walker.line == position.line else { return }
        let excerpt = Excerpt(at: walker, source: source, length: length)
        let number = String(position.line)
        let gutter = String(repeating: " ", count: number.count)
        text += excerpt.line.isEmpty ? " \(number) |\n" : " \(number) | \(excerpt.line)\n"
        text += " \(gutter) | \(paint(excerpt.underline, style))\n"
    }

    private enum Style: String {
        case error = "1;31"
        case warning = "1;33"
        case note = "1;36"
        case place = "1"
    }

    private func paint(_ piece: String, _ style: Style) -> String {
        color ? "\u{1B}[\(style.rawValue)m\(piece)\u{1B}[0m" : piece
    }
}
