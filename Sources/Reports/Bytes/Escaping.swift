/// How text from outside is written so that it is read as text and nothing else.
///
/// Control characters, bidirectional overrides and the like are never written as they are: JSON says them as
/// `\u001b`, everything else shows them as `\u{1B}`, so that a person sees what came and a terminal does not obey it.
/// Neither can it be a command to a CI system that reads the output as a log.
struct Escaping {
    /// One bit for each ASCII byte that cannot be written as it is.
    let special: (low: UInt64, high: UInt64)
    /// Whether everything beyond ASCII is shown by its number too.
    let asciiOnly: Bool
    let kind: Kind

    enum Kind {
        case xml, json, line, markdown, annotationMessage, annotationProperty, label, tap
    }

    private init(_ kind: Kind, special characters: StaticString, lineFeed: Bool = false, asciiOnly: Bool = false) {
        var low: UInt64 = 0xFFFF_FFFF
        var high: UInt64 = 1 << 63
        if lineFeed { low &= ~(1 << 10) & ~(1 << 9) }
        characters.withUTF8Buffer { bytes in
            for byte in bytes {
                if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte - 64) }
            }
        }
        special = (low, high)
        self.asciiOnly = asciiOnly
        self.kind = kind
    }

    /// The text of an XML element; line feeds and tabs stay.
    ///
    /// Quotation marks are escaped as well, so that a bare one is always the document's own.
    static let xmlText = Self(.xml, special: "<>&\"#:", lineFeed: true)
    /// The value of a quoted XML or HTML attribute.
    static let xmlAttribute = Self(.xml, special: "<>&\"'#")
    /// Text in HTML wherever text may stand, quoted attributes included; line feeds and tabs stay.
    static let html = Self(.xml, special: "<>&\"'#:", lineFeed: true)
    /// The inside of a JSON string.
    static let json = Self(.json, special: "\"\\#")
    /// One line of a terminal or a log.
    static let line = Self(.line, special: "#:")
    /// One line of a terminal or a log that shows ASCII alone.
    static let asciiLine = Self(.line, special: "#:", asciiOnly: true)
    /// A piece of Markdown that has no meaning but its text, also in a table's cell.
    static let markdown = Self(.markdown, special: "\\`*_[]<>#!|&~^$@:\"'")
    /// The message of a workflow command.
    static let annotationMessage = Self(.annotationMessage, special: "%#")
    /// A property of a workflow command.
    static let annotationProperty = Self(.annotationProperty, special: "%:,#")
    /// The value of a label in the Prometheus text format.
    static let label = Self(.label, special: "\"\\#")

    /// The description or the reason of a test point.
    static let tap = Self(.tap, special: "\\#")

    /// Whether number signs and colons have an escape of their own, always.
    var escapesMarks: Bool {
        switch kind {
        case .markdown, .annotationProperty, .tap: true
        default: false
        }
    }

    /// Whether a byte is written as it is, whatever follows.
    @inline(__always)
    func passes(_ byte: UInt8) -> Bool {
        if byte < 64 { return special.low & (1 << UInt64(byte)) == 0 }
        if byte < 128 { return special.high & (1 << UInt64(byte - 64)) == 0 }
        // Only these begin a scalar that must not be written as it is.
        return !asciiOnly && byte != 0xC2 && byte != 0xD8 && byte != 0xE2 && byte != 0xEF && byte != 0xF3
    }
}
