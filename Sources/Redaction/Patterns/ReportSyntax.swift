/// What a report's bytes are written in, as far as hiding parts of it is concerned.
public enum ReportSyntax: Sendable, Hashable, CaseIterable {
    /// Text in which any part can be replaced by another.
    case text
    /// JSON, or text whose values are quoted as in JSON; an escape cannot be cut in two.
    case json
    /// XML, HTML or Markdown with character references; a reference cannot be cut in two.
    case xml
}

extension ReportSyntax {
    /// How many bytes in front of a part decide whether it begins inside an escape, runs of backslashes apart.
    static let lookBehind = 16

    /// The part to replace so that a text is hidden and the document stays what it is; `nil` if the text was found in
    /// the document's own marks and not in a value.
    ///
    /// An escape that the text would cut in two is replaced as a whole.
    func hideable(_ range: Range<Int>, in text: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
        switch self {
        case .text: range
        case .json: Self.hideableInJSON(range, in: text)
        case .xml: Self.hideableInXML(range, in: text)
        }
    }

    private static func hideableInJSON(_ range: Range<Int>, in text: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
        var start = range.lowerBound
        var end = range.upperBound
        if backslashes(before: start, in: text) % 2 == 1 {
            start -= 1
        } else {
            for distance in 2...5 where start - distance >= 0 && text[start - distance] == UInt8(ascii: "\\") {
                let escape = start - distance
                guard text[escape + 1] == UInt8(ascii: "u"), backslashes(before: escape, in: text) % 2 == 0 else {
                    break
                }
                start = escape
                break
            }
        }
        var index = start
        while index < end {
            // A value holds neither a bare quotation mark nor a line's end.
            guard text[index] != UInt8(ascii: "\""), text[index] != 0x0A else { return nil }
            // In text that is not quoted, a backslash can be the last of its line.
            let isEscape = text[index] == UInt8(ascii: "\\") && index + 1 < text.count && text[index + 1] != 0x0A
            index += isEscape ? 2 : 1
        }
        end = min(max(end, index), text.count)
        return start..<end
    }

    private static func hideableInXML(_ range: Range<Int>, in text: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
        // A value holds none of these as they are.
        guard !text[range].contains(where: { $0 == 0x22 || $0 == 0x3C || $0 == 0x3E }) else { return nil }
        var index = range.lowerBound - 1
        while index >= 0, range.lowerBound - index < lookBehind, isReferenceName(text[index]) { index -= 1 }
        let isCut = index >= 0 && text[index] == UInt8(ascii: "&") && index != range.lowerBound
        return (isCut ? index : range.lowerBound)..<range.upperBound
    }

    private static func isReferenceName(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "#"): true
        default: false
        }
    }

    /// How many backslashes stand directly in front of an index.
    static func backslashes(before index: Int, in text: UnsafeBufferPointer<UInt8>) -> Int {
        var count = 0
        while index - count > 0, text[index - count - 1] == UInt8(ascii: "\\") { count += 1 }
        return count
    }
}
