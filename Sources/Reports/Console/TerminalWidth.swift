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
        let isShownByNumber = scalar.isTreacherous || asciiOnly && !scalar.isASCII
        if scalar.value < 0x20 || scalar.value == 0x7F || isShownByNumber {
            return 4 + String(scalar.value, radix: 16).utf8.count
        }
        if scalar.value < 0x300 { return 1 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: return isWide(scalar) ? 2 : 1
        }
    }

    /// The blocks that Unicode Standard Annex 11 calls wide, as far as terminals agree on them.
    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
            0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F,
            0x1F900...0x1F9FF, 0x20000...0x3FFFD:
            true
        default: false
        }
    }
}
