import Text

/// Makes text from an answer fit for a message: on one line, and no longer than it must be.
package enum Excerpt {
    /// The most scalars of a value that a message shows.
    package static let limit = 80

    /// The text in quotes, cut at a word, with its size where it is cut.
    package static func quoted(_ text: String, limit: Int = limit) -> String {
        let kept = beginning(of: text, limit: limit)
        let isCut = kept.endIndex < text.endIndex
        return "\"\(plain(String(kept)))\(isCut ? "…" : "")\"\(isCut ? " (\(size(of: text)))" : "")"
    }

    /// The end of the text in quotes, cut at a word, with its size where it is cut.
    package static func quotedEnd(_ text: String, limit: Int = limit) -> String {
        let scalars = text.unicodeScalars
        guard let earliest = scalars.index(scalars.endIndex, offsetBy: -limit, limitedBy: scalars.startIndex),
            earliest > scalars.startIndex
        else { return quoted(text, limit: limit) }
        return "\"…\(plain(String(scalars[word(in: scalars, from: earliest)...])))\" (\(size(of: text)))"
    }

    /// The text around a place in quotes, cut at words, with its size where it is cut.
    package static func quoted(_ text: String, around place: Range<Int>) -> String {
        guard text.utf8.count > limit else { return quoted(text) }
        let scalars = text.unicodeScalars
        let start = index(place.lowerBound, in: text)
        let end = index(min(place.upperBound, place.lowerBound + limit), in: text)
        var first = scalars.startIndex
        if let early = scalars.index(start, offsetBy: -limit / 2, limitedBy: scalars.startIndex) {
            first = early > scalars.startIndex ? min(word(in: scalars, from: early), start) : early
        }
        let rest = scalars[end...]
        let tail = beginning(of: String(rest.prefix(limit)), limit: limit / 2)
        let last = scalars.index(end, offsetBy: tail.unicodeScalars.count, limitedBy: scalars.endIndex)
        let shown = plain(String(scalars[first..<(last ?? scalars.endIndex)]))
        let isCutAtEnd = last.map { $0 < scalars.endIndex } ?? false
        return "\"\(first > scalars.startIndex ? "…" : "")\(shown)\(isCutAtEnd ? "…" : "")\" (\(size(of: text)))"
    }

    /// The text without quotes, cut at a word.
    package static func cut(_ text: String, limit: Int = limit) -> String {
        let kept = beginning(of: text, limit: limit)
        return plain(String(kept)) + (kept.endIndex < text.endIndex ? "…" : "")
    }

    /// The beginning of the text as it is, and whether it is less than the whole.
    package static func cutAtWord(_ text: String, limit: Int) -> (text: String, isCut: Bool) {
        let kept = beginning(of: text, limit: limit)
        return (String(kept), kept.endIndex < text.endIndex)
    }

    /// The text with everything that does not show as itself written as an escape, so that it is one line.
    package static func plain(_ text: String) -> String { VisibleText.escaping(text, where: isHidden) }

    /// A sentence from elsewhere as part of another.
    package static func withoutFullStop(_ sentence: String) -> String {
        plain(sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence)
    }

    /// The text without white space around it.
    package static func trimmed(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard let start = scalars.firstIndex(where: { !isBlank($0) }),
            let end = scalars.lastIndex(where: { !isBlank($0) })
        else { return "" }
        return String(scalars[start...end])
    }
}

extension Excerpt {
    /// The beginning of a text, at most so many scalars, and cut behind a word if there is one in the second half.
    private static func beginning(of text: String, limit: Int) -> Substring {
        let scalars = text.unicodeScalars
        guard let end = scalars.index(scalars.startIndex, offsetBy: limit, limitedBy: scalars.endIndex),
            end < scalars.endIndex
        else { return text[...] }
        if isBlank(scalars[end]) { return Substring(scalars[..<end]) }
        let half = scalars.index(scalars.startIndex, offsetBy: limit / 2)
        guard let blank = scalars[half..<end].lastIndex(where: isBlank) else { return Substring(scalars[..<end]) }
        return Substring(scalars[..<blank])
    }

    /// The start of the first word in the half limit behind a place, or the place itself.
    private static func word(
        in scalars: String.UnicodeScalarView,
        from start: String.UnicodeScalarView.Index
    ) -> String.UnicodeScalarView.Index {
        let end = scalars.index(start, offsetBy: limit / 4, limitedBy: scalars.endIndex) ?? scalars.endIndex
        guard let blank = scalars[start..<end].firstIndex(where: isBlank) else { return start }
        return scalars.index(after: blank)
    }

    /// The start of the scalar that holds a byte.
    private static func index(_ offset: Int, in text: String) -> String.Index {
        let bytes = text.utf8
        var index = bytes.index(bytes.startIndex, offsetBy: offset, limitedBy: bytes.endIndex) ?? bytes.endIndex
        while index > bytes.startIndex, index.samePosition(in: text.unicodeScalars) == nil {
            index = bytes.index(before: index)
        }
        return index
    }

    private static func size(of text: String) -> String {
        AmountText.roughSize(text.utf8.count)
    }

    static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        scalar == " " || scalar == "\n" || scalar == "\r" || scalar == "\t"
    }

    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return scalar.value < 0x20 || scalar.value == 0x7F }
        return switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}
