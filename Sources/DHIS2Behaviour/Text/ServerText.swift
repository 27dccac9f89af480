/// Makes text that came from outside fit for a sentence.
package enum ServerText {
    /// The text on one line, without control characters, cut at a word where possible.
    ///
    /// Queries and userinfo of URLs in it are left out: DHIS2 puts the full target URL into some messages, with the
    /// secrets of a route that authenticates by query parameters.
    package static func excerpt(_ text: String, limit: Int = 160) -> String {
        let cleaned = cleaned(withoutSessionIDs(withoutQueries(text)))
        guard cleaned.count > limit else { return cleaned }
        let cut = cleaned.prefix(limit)
        if let space = cut.lastIndex(of: " "), cut.distance(from: cut.startIndex, to: space) > limit / 2 {
            return cut[..<space] + "…"
        }
        return cut + "…"
    }

    /// The excerpt in double quotes.
    package static func quoted(_ text: String) -> String {
        "\"" + excerpt(text, limit: 80) + "\""
    }

    /// A code in double quotes, its blanks as they are: one at its beginning or end may be all that is wrong with it.
    package static func verbatim(_ code: String) -> String {
        var shown = String.UnicodeScalarView()
        for scalar in code.unicodeScalars.prefix(80) {
            if isPrintable(scalar), scalar == " " || !scalar.properties.isWhitespace {
                shown.append(scalar)
            } else {
                shown.append(contentsOf: "\\u{\(String(scalar.value, radix: 16, uppercase: true))}".unicodeScalars)
            }
        }
        let isCut = code.unicodeScalars.dropFirst(80).first != nil
        return "\"\(String(shown))\(isCut ? "…" : "")\""
    }

    /// Whether a scalar shows as itself: no control, no line or paragraph separator, no invisible direction mark.
    static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
        default: true
        }
    }

    private static func cleaned(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        var pendingSpace = false
        for scalar in text.unicodeScalars {
            if scalar == " " || scalar == "\n" || scalar == "\r" || scalar == "\t" {
                pendingSpace = !result.isEmpty
            } else if isPrintable(scalar) {
                if pendingSpace { result.append(" ") }
                pendingSpace = false
                result.append(scalar)
            }
        }
        return String(result)
    }

    /// The text without the ids of sessions that servlet containers write into URLs (`;jsessionid=…`).
    private static func withoutSessionIDs(_ text: String) -> String {
        let mark = ";jsessionid="
        var result = ""
        var rest = text[...]
        while let semicolon = rest.firstIndex(of: ";") {
            guard rest[semicolon...].prefix(mark.count).lowercased() == mark else {
                result += rest[...semicolon]
                rest = rest[rest.index(after: semicolon)...]
                continue
            }
            result += rest[..<semicolon] + ";jsessionid=…"
            rest = rest[semicolon...].dropFirst(mark.count).drop {
                $0 != ";" && $0 != "?" && $0 != "#" && $0 != "\"" && $0 != " " && $0 != "/"
            }
        }
        return result + rest
    }

    /// The text with the queries and the userinfo of URLs in it left out.
    ///
    /// DHIS2 quotes URLs for the very reason that there is a blank or another such character in them, so a query ends only
    /// where a quotation, an element or the line does.
    package static func withoutQueries(_ text: String) -> String {
        let text = withoutLongQueries(text)
        guard text.contains("://") else { return text }
        var result = ""
        var isFirst = true
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            if !isFirst { result += " " }
            isFirst = false
            result += withoutQuery(word)
        }
        return result
    }

    private static func withoutLongQueries(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        while let mark = rest.firstIndex(of: "?") {
            let before = rest[..<mark]
            result += before
            rest = rest[mark...]
            let wordStart = before.lastIndex { $0.isWhitespace || $0 == "\"" }.map(before.index(after:))
            let word = before[(wordStart ?? before.startIndex)...]
            guard word.contains("/") || word.contains("&#47;") else {
                result.append("?")
                rest = rest.dropFirst()
                continue
            }
            result += "?…"
            rest = rest[(endOfQuery(in: rest) ?? rest.endIndex)...]
        }
        return result + rest
    }

    private static func endOfQuery(in text: Substring) -> Substring.Index? {
        let quote = text.firstRange(of: "&quot;")?.lowerBound
        let end = text.firstIndex { $0 == "\"" || $0 == "<" || $0.isNewline }
        return [quote, end].compactMap { $0 }.min()
    }

    private static func withoutQuery(_ word: Substring) -> String {
        guard let (authority, host) = URLParts.address(in: word, endedBy: "/?#\"") else { return String(word) }
        let rest = word[authority.endIndex...]
        let kept = rest.prefix { $0 != "?" && $0 != "#" }
        var result = String(word[..<authority.startIndex]) + host + kept
        // What was cut out before stays as it is.
        if rest[kept.endIndex...].hasPrefix("?…") { return result + rest[kept.endIndex...] }
        if kept.endIndex < rest.endIndex {
            result += "?…"
            // What closes the URL in a sentence stays, so that the quotes around it still match.
            if let quote = rest[kept.endIndex...].lastIndex(of: "\"") { result += rest[quote...] }
        }
        return result
    }
}

/// How messages name a character.
enum CharacterName {
    /// The character in quotes, or a word where it would not be seen.
    static func of(_ character: Character) -> String {
        switch character {
        case " ": return "a space"
        case "\"": return "a double quote"
        case "`": return "a backtick"
        case "\n", "\r", "\r\n": return "a line break"
        case "\t": return "a tab"
        default: break
        }
        guard let scalar = character.unicodeScalars.first, ServerText.isPrintable(scalar) else {
            let value = character.unicodeScalars.first?.value ?? 0
            let digits = String(value, radix: 16, uppercase: true)
            return "the control character U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        }
        return "\"\(character)\""
    }
}
