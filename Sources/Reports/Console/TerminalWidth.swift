import Text

/// How many columns text takes on a terminal.
enum TerminalWidth {
    /// The columns of a text on one line; what ``Escaping/line`` shows by its number counts as what is shown.
    ///
    /// - Parameter asciiOnly: Whether everything beyond ASCII is shown by its number too.
    static func of(_ text: String, asciiOnly: Bool = false) -> Int {
        text.unicodeScalars.reduce(0) { $0 + of($1, asciiOnly: asciiOnly) }
    }

    /// The text if it fits, its beginning and the mark otherwise.
    static func cut(_ text: String, to width: Int, mark: String, asciiOnly: Bool = false) -> String {
        guard of(text, asciiOnly: asciiOnly) > width else { return text }
        var kept = String.UnicodeScalarView()
        var used = of(mark)
        for scalar in text.unicodeScalars {
            used += of(scalar, asciiOnly: asciiOnly)
            guard used <= width else { break }
            kept.append(scalar)
        }
        return String(kept) + mark
    }

    private static func of(_ scalar: Unicode.Scalar, asciiOnly: Bool) -> Int {
        if scalar.value == 0x0A || scalar.value == 0x0D { return 2 }
        if scalar.value == 0x09 { return 4 }
        let isShownByNumber = VisibleText.isTreacherous(scalar) || asciiOnly && !scalar.isASCII
        if scalar.value < 0x20 || scalar.value == 0x7F || isShownByNumber {
            return 4 + String(scalar.value, radix: 16).utf8.count
        }
        return DisplayWidth.of(scalar)
    }
}
