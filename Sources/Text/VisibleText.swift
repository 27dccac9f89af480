/// Makes text from files and users safe to print.
///
/// Control characters, bidirectional overrides, line separators and byte order marks become visible escapes such as
/// `\u{1B}`, so that no input can move the cursor, colour the screen, forge a line or turn text around. So does the
/// first character of what a CI system would take for a command (``LogCommand``).
///
/// There are two circles of characters. The inner one, ``isTreacherous(_:)``, holds what misleads or breaks a reader wherever it
/// stands, in XML too. The outer one, ``isHidden(_:)``, also holds the control characters of
/// ASCII, and what a terminal does not draw although a text may need it.
package enum VisibleText {
    /// The text on one line, with everything escaped that could steer a terminal or be a command to a CI system.
    ///
    /// - Parameter place: Where it will stand, if that is known.
    package static func line(_ text: String, _ place: LogCommand.Place = .anywhere) -> String {
        let commands = LogCommand.places(in: text, place)
        guard !commands.isEmpty else { return escaping(text, where: isHidden) }
        var (result, offset) = ("", 0)
        for scalar in text.unicodeScalars {
            if isHidden(scalar) || commands.contains(offset) {
                result += escape(scalar)
            } else {
                result.unicodeScalars.append(scalar)
            }
            offset += UTF8.width(scalar)
        }
        return result
    }

    /// The text with those scalars escaped that a condition names.
    package static func escaping(_ text: String, where isEscaped: (Unicode.Scalar) -> Bool) -> String {
        guard text.unicodeScalars.contains(where: isEscaped) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            if isEscaped(scalar) { result += escape(scalar) } else { result.unicodeScalars.append(scalar) }
        }
        return result
    }

    /// Whether a scalar leaves no mark of its own on the screen, or does more than that.
    package static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F, 0x200B, 0x2060...0x206F, 0xFFF9...0xFFFB, 0xE0000...0xE0FFF: true
        default: isTreacherous(scalar)
        }
    }

    /// Whether a scalar beyond ASCII can make a text look or act like another one, or is forbidden in XML.
    ///
    /// The C1 controls, the marks and overrides of writing direction (Unicode Standard Annex 9), the line and
    /// paragraph separators, the byte order mark, the noncharacters at the end of the first plane, and the invisible
    /// tags. What scripts need between their letters, such as the zero-width space of Khmer, is none of them.
    package static func isTreacherous(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x80...0x9F, 0x61C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF, 0xFFFE, 0xFFFF,
            0xE0000...0xE007F:
            true
        default: false
        }
    }

    /// The escape in Swift's own spelling: `\n`, `\r`, `\t`, and the number of any other scalar.
    package static func escape(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\n": "\\n"
        case "\r": "\\r"
        case "\t": "\\t"
        default: "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
        }
    }
}

extension String {
    /// The text's lines; a carriage return in front of a line feed belongs to the break.
    package var lines: [String] {
        // Bytes, because a carriage return and a line feed are one character.
        utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
            String(line.last == 0x0D ? Substring(line.dropLast()) : Substring(line))
        }
    }
}

extension [String] {
    /// The elements as a sentence lists them, such as `a, b and c`.
    package func joined(asListWith word: String) -> String {
        guard let last, count > 1 else { return first ?? "" }
        return "\(dropLast().joined(separator: ", ")) \(word) \(last)"
    }
}
