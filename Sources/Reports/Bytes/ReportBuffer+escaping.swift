import Text

extension ReportBuffer {
    /// Appends text from outside so that it is read as text and nothing else.
    mutating func append(_ text: String, as escaping: Escaping) {
        var text = text
        text.withUTF8 { append(utf8: $0, as: escaping) }
    }

    /// Appends a JSON string with its quotes.
    mutating func appendJSON(_ text: String) {
        append(byte: UInt8(ascii: "\""))
        append(text, as: .json)
        append(byte: UInt8(ascii: "\""))
    }

    /// Appends UTF-8 text; stretches that need no care are copied whole.
    mutating func append(utf8 source: UnsafeBufferPointer<UInt8>, as escaping: Escaping) {
        var copied = 0
        var index = 0
        while index < source.count {
            if escaping.passes(source[index]) {
                index += 1
                continue
            }
            let byte = source[index]
            let isMark = escaping.minds(byte)
            if isMark, !LogCommand.starts(in: source, at: index, escaping.place),
                !LogCommand.startsGroup(in: source, at: index)
            {
                index += 1
                continue
            }
            append(bytes: UnsafeBufferPointer(rebasing: source[copied..<index]))
            if isMark {
                append(mark: byte, as: escaping)
                index += 1
            } else if byte < 0x80 {
                append(special: byte, before: index + 1 < source.count ? source[index + 1] : 0, as: escaping)
                index += 1
            } else {
                let (scalar, length) = Self.scalar(in: source, at: index)
                if VisibleText.isTreacherous(scalar) {
                    append(treacherous: scalar, as: escaping)
                } else {
                    append(bytes: UnsafeBufferPointer(rebasing: source[index..<index + length]))
                }
                index += length
            }
            copied = index
        }
        append(bytes: UnsafeBufferPointer(rebasing: source[copied...]))
    }

    /// Appends what is the first character of a command to whoever reads the log.
    private mutating func append(mark byte: UInt8, as escaping: Escaping) {
        switch escaping.kind {
        case .xml, .markdown: append(reference: byte)
        default: append(treacherous: Unicode.Scalar(byte), as: escaping)
        }
    }

    /// Appends an ASCII character as a reference to its number.
    private mutating func append(reference byte: UInt8) {
        append("&#")
        append(Int(byte))
        append(";")
    }

    private mutating func append(special byte: UInt8, before next: UInt8, as escaping: Escaping) {
        switch escaping.kind {
        case .xml: append(xml: byte, before: next)
        case .json: append(verbatim: JSONEscape.of(Unicode.Scalar(byte)))
        case .label:
            // The format knows these three escapes alone.
            switch byte {
            case 0x22: append("\\\"")
            case 0x5C: append("\\\\")
            case 0x0A: append("\\n")
            default: append(treacherous: Unicode.Scalar(byte), as: escaping)
            }
        case .line: append(line: byte)
        case .tap:
            // A number sign has no escape that every reader knows: it is shown by its number like a control character.
            if byte == 0x5C { append("\\\\") } else { append(treacherous: Unicode.Scalar(byte), as: escaping) }
        case .markdown: append(markdown: byte)
        case .annotationMessage, .annotationProperty:
            switch byte {
            case 0x25: append("%25")
            case 0x0A: append("%0A")
            case 0x3A: append("%3A")
            case 0x2C: append("%2C")
            case 0x0D where next == 0x0A: break
            default: append(line: byte)
            }
        }
    }

    private mutating func append(xml byte: UInt8, before next: UInt8) {
        switch byte {
        case 0x3C: append("&lt;")
        case 0x3E: append("&gt;")
        case 0x26: append("&amp;")
        case 0x22: append("&quot;")
        case 0x27: append("&#39;")
        case 0x0A: append("&#10;")
        case 0x09: append("&#9;")
        case 0x0D where next == 0x0A: break
        default: append(treacherous: Unicode.Scalar(byte), as: .line)
        }
    }

    private mutating func append(line byte: UInt8) {
        switch byte {
        case 0x0A: append("\\n")
        case 0x0D: append("\\r")
        // A tab's width depends on where it stands.
        case 0x09: append(spaces: 4)
        default: append(treacherous: Unicode.Scalar(byte), as: .line)
        }
    }

    /// Character references are the one escape that every Markdown reader takes, in tables and headings too.
    private mutating func append(markdown byte: UInt8) {
        switch byte {
        case 0x0A: append(byte: 0x20)
        case 0x0D: break
        case 0x09: append(byte: 0x20)
        case 0x20..<0x7F: append(reference: byte)
        default: append(treacherous: Unicode.Scalar(byte), as: .line)
        }
    }

    /// Shows a scalar by its number.
    private mutating func append(treacherous scalar: Unicode.Scalar, as escaping: Escaping) {
        guard case .json = escaping.kind else {
            let doublesBackslash = escaping.kind == .tap || escaping.kind == .label
            append(doublesBackslash ? "\\\\u{" : "\\u{")
            append(verbatim: String(scalar.value, radix: 16, uppercase: true))
            append("}")
            return
        }
        append(verbatim: JSONEscape.of(scalar))
    }

    /// The scalar that starts at an index, and its length; text from a `String` is always well formed.
    private static func scalar(
        in source: UnsafeBufferPointer<UInt8>,
        at index: Int
    ) -> (scalar: Unicode.Scalar, length: Int) {
        let length = source[index] >= 0xF0 ? 4 : source[index] >= 0xE0 ? 3 : 2
        let end = min(index + length, source.count)
        var iterator = source[index..<end].makeIterator()
        var decoder = UTF8()
        guard case .scalarValue(let scalar) = decoder.decode(&iterator) else { return ("\u{FFFD}", end - index) }
        return (scalar, end - index)
    }
}

/// How text from outside is written so that it is read as text and nothing else.
///
/// Control characters, bidirectional overrides and the like are never written as they are: JSON says them as
/// `\u001b`, everything else shows them as `\u{1B}`, so that a person sees what came and a terminal does not obey it.
/// Neither can it be a command to a CI system that reads the output as a log.
struct Escaping {
    /// One bit for each ASCII byte that cannot be written as it is.
    let special: (low: UInt64, high: UInt64)
    let kind: Kind
    /// Whether the text may stand at the start of a line.
    let place: LogCommand.Place

    enum Kind {
        case xml, json, line, markdown, annotationMessage, annotationProperty, label, tap
    }

    private init(
        _ kind: Kind,
        special characters: StaticString,
        lineFeed: Bool = false,
        place: LogCommand.Place = .anywhere
    ) {
        var low: UInt64 = 0xFFFF_FFFF
        var high: UInt64 = 1 << 63
        if lineFeed { low &= ~(1 << 10) & ~(1 << 9) }
        characters.withUTF8Buffer { bytes in
            for byte in bytes {
                if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte - 64) }
            }
        }
        special = (low, high)
        self.kind = kind
        self.place = place
    }

    /// The text of an XML element; line feeds and tabs stay.
    ///
    /// Quotation marks are escaped as well, so that a bare one is always the document's own.
    static let xmlText = Self(.xml, special: "<>&\"#:-+~^", lineFeed: true)
    /// The value of a quoted XML or HTML attribute.
    static let xmlAttribute = Self(.xml, special: "<>&\"'#:", place: .insideLine)
    /// Text in HTML wherever text may stand, quoted attributes included; line feeds and tabs stay.
    static let html = Self(.xml, special: "<>&\"'#:-+~^", lineFeed: true)
    /// The inside of a JSON string.
    static let json = Self(.json, special: "\"\\#:", place: .insideLine)
    /// One line of a terminal or a log.
    static let line = Self(.line, special: "#:")
    /// A piece of Markdown that has no meaning but its text, also in a table's cell.
    static let markdown = Self(.markdown, special: "\\`*_[]<>#!|&~^$@:\"'-+")
    /// The message of a workflow command.
    static let annotationMessage = Self(.annotationMessage, special: "%#:", place: .insideLine)
    /// A property of a workflow command.
    static let annotationProperty = Self(.annotationProperty, special: "%:,#")
    /// The value of a label in the Prometheus text format.
    static let label = Self(.label, special: "\"\\#:", place: .insideLine)

    /// The description or the reason of a test point.
    static let tap = Self(.tap, special: "\\#:", place: .insideLine)

    /// Whether a byte is written as it is unless it starts a command.
    @inline(__always)
    func minds(_ byte: UInt8) -> Bool {
        // Only text that may stand at the start of a line has these as special.
        if byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") { return true }
        if byte == UInt8(ascii: "~") || byte == UInt8(ascii: "^") { return kind != .markdown }
        guard byte == UInt8(ascii: "#") || byte == UInt8(ascii: ":") else { return false }
        switch kind {
        case .markdown, .annotationProperty: return false
        case .tap: return byte == UInt8(ascii: ":")
        case .xml, .json, .line, .annotationMessage, .label: return true
        }
    }

    /// Whether a byte is written as it is, whatever follows.
    @inline(__always)
    func passes(_ byte: UInt8) -> Bool {
        if byte < 64 { return special.low & (1 << UInt64(byte)) == 0 }
        if byte < 128 { return special.high & (1 << UInt64(byte - 64)) == 0 }
        // Only these begin a scalar that must not be written as it is.
        return byte != 0xC2 && byte != 0xD8 && byte != 0xE2 && byte != 0xEF && byte != 0xF3
    }
}
