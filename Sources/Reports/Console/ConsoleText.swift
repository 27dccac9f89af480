/// Text for a terminal: whatever is put in is shown and never obeyed.
struct ConsoleText {
    let style: ConsoleStyle
    private(set) var buffer = ReportBuffer()

    /// The longest line shown, in bytes; what is longer is cut and says so.
    static let lineLimit = 2_000
    /// The most lines shown of one text.
    static let lineCountLimit = 40

    init(_ style: ConsoleStyle) {
        self.style = style
    }

    var text: String { buffer.text }

    /// Appends one line's worth of text from anywhere.
    mutating func append(_ text: String, _ ink: ConsoleInk = .plain) {
        let colors = style.usesColor && ink != .plain
        if colors { buffer.append(ink.sequence) }
        let bounded = text.bounded(to: Self.lineLimit)
        if style.usesUnicode { buffer.append(bounded, as: .line) } else { append(ascii: bounded) }
        if colors { buffer.append("\u{1B}[0m") }
    }

    /// Appends text in ASCII: the few marks that reports themselves use as their likes, the rest by its number.
    private mutating func append(ascii text: String) {
        var plain = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "…": plain += "..."
            case "→": plain += "->"
            case "≤": plain += "<="
            case "µ": plain += "u"
            default: plain.unicodeScalars.append(scalar)
            }
        }
        buffer.append(plain, as: .asciiLine)
    }

    /// Appends text whose line feeds are kept, every line indented.
    mutating func append(block text: String, indent: Int, _ ink: ConsoleInk = .plain) {
        var shown = 0
        for line in text.lines {
            guard shown < Self.lineCountLimit else {
                buffer.append(spaces: indent)
                append(style.usesUnicode ? "…" : "...", ink)
                endLine()
                return
            }
            if !line.isEmpty {
                buffer.append(spaces: indent)
                append(line, ink)
            }
            endLine()
            shown += 1
        }
    }

    mutating func append(spaces count: Int) {
        buffer.append(spaces: count)
    }

    mutating func endLine() {
        buffer.append("\n")
    }

    /// Hands what is full to the sink, or everything.
    mutating func drain<Sink: ReportSink>(into sink: inout Sink, all: Bool = false) throws(Sink.Failure) {
        if all { try buffer.flush(into: &sink) } else { try buffer.drain(into: &sink) }
    }
}
