internal import Checks

extension NamedValue {
    /// Where the value stands, without quotation marks; empty where there is none, and where it is no secret for certain.
    ///
    /// A sentence may hold a colon. So of what stands behind one in the middle of a line only a word that looks like a
    /// credential counts, unless the name is known whole.
    func value(in text: UnsafeBufferPointer<UInt8>, isKnown: Bool = false) -> Range<Int> {
        let value: Range<Int>
        switch text[mark] {
        case UInt8(ascii: "="): value = Self.parameter(in: text, from: mark + 1)
        case UInt8(ascii: ">"): value = Self.content(in: text, from: mark + 1)
        case _ where isQuoted:
            let start = Self.end(of: mark + 1..<text.count, in: text) { !$0.isBlank && $0 != 0x0A && $0 != 0x0D }
            value = Self.jsonValue(in: text, from: start)
        default: value = fieldValue(in: text, isKnown: isKnown)
        }
        let isHidden = text[value].elementsEqual(HiddenRanges.replacement.utf8)
        return isHidden || Self.isHarmless(text[value], isKnown: isKnown) ? value.lowerBound..<value.lowerBound : value
    }

    /// Whether a value is a word of JSON, or a number that is too short for a code that is sent to somebody.
    private static func isHarmless(_ value: Slice<UnsafeBufferPointer<UInt8>>, isKnown: Bool) -> Bool {
        if ["true", "false", "null"].contains(where: { value.elementsEqual($0.utf8) }) { return true }
        return !isKnown && value.count < 6 && value.allSatisfy { (0x30...0x39).contains($0) }
    }

    private func fieldValue(in text: UnsafeBufferPointer<UInt8>, isKnown: Bool) -> Range<Int> {
        let start = Self.skipBlanks(in: text, from: mark + 1)
        let before = name.lowerBound > 0 ? text[name.lowerBound - 1] : 0x0A
        // In marks the value ends where they do: "-H "X-Api-Key: x"", <p>Cookie: x</p>, map[Authorization:[x] Accept:[y]].
        let isList = start < text.count && text[start] == UInt8(ascii: "[")
        if "[{(".utf8.contains(before) || isList && !text[start...].starts(with: HiddenRanges.replacement.utf8) {
            return Self.parameter(in: text, from: start)
        }
        let isInString = before.isQuote || Self.isInString(in: text, at: name.lowerBound)
        let isFirst = Self.isLineStart(in: text, before: name.lowerBound)
        if isInString || !isFirst, let quoted = Self.openedValue(in: text, from: start) {
            if isKnown, !text[quoted].elementsEqual(HiddenRanges.replacement.utf8) {
                return quoted.lowerBound..<Self.lastPiece(in: text, behind: quoted.upperBound)
            }
            return before.isQuote && !Sentence.isOne(text[quoted])
                || CredentialShapes.isLikeOne(text[quoted]) ? quoted : start..<start
        }
        let line = Self.end(of: start..<text.count, in: text) {
            $0 == 0x0A || $0 == 0x0D || isInString && $0.isQuote
                || before == UInt8(ascii: ">") && $0 == UInt8(ascii: "<")
        }
        if isFirst, let block = block(in: text, below: start..<line) { return block }
        if isKnown || isFirst || before == UInt8(ascii: ">") || before.isQuote {
            return Sentence.isOne(text[start..<line]) ? start..<start : start..<line
        }
        let word = start..<Self.end(of: start..<line, in: text) { $0 <= 0x20 || ",;\"'<>)".utf8.contains($0) }
        return CredentialShapes.isLikeOne(text[word]) ? word : start..<start
    }

    /// Where the last word ends that looks like a credential, of those up to the end of the line or of the entry; the place
    /// itself if there is none.
    private static func lastPiece(in text: UnsafeBufferPointer<UInt8>, behind place: Int) -> Int {
        let stop = end(of: place..<text.count, in: text) { $0 < 0x20 || ",}]".utf8.contains($0) }
        var last = place
        var index = place
        while index < stop {
            let word = index..<end(of: index..<stop, in: text) { " \"'\\;".utf8.contains($0) }
            if CredentialShapes.isLikeOne(text[word]) { last = word.upperBound }
            index = word.upperBound + 1
        }
        return last
    }

    /// The lines of a block scalar of YAML, whose mark is all that stands behind the name: `secret: |`.
    private func block(in text: UnsafeBufferPointer<UInt8>, below header: Range<Int>) -> Range<Int>? {
        guard let mark = text[header].first, mark == UInt8(ascii: "|") || mark == UInt8(ascii: ">"),
            text[header].dropFirst().allSatisfy({ "+-123456789 ".utf8.contains($0) })
        else { return nil }
        let indentation = text[..<name.lowerBound].reversed().prefix { $0 != 0x0A }.count
        var end = header.upperBound
        while end < text.count {
            let start = Self.end(of: end..<text.count, in: text) { $0 != 0x0A && $0 != 0x0D }
            let content = Self.end(of: start..<text.count, in: text) { $0 != 0x20 }
            guard content < text.count, content - start > indentation else { break }
            end = Self.end(of: content..<text.count, in: text) { $0 == 0x0A || $0 == 0x0D }
        }
        return end > header.upperBound ? header.lowerBound..<end : nil
    }

    /// What is in the quotation marks that open at a place, in a text that may itself be a string with escapes; `nil` if
    /// none open there, as where the mark ends the string that the name stands in.
    private static func openedValue(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Range<Int>? {
        let mark = end(of: start..<text.count, in: text) { $0 != UInt8(ascii: "\\") }
        guard mark + 1 < text.count, text[mark].isQuote, text[mark + 1] > 0x20,
            !",;)]}\\".utf8.contains(text[mark + 1]),
            text[mark + 1] != text[mark]
        else { return nil }
        let inside = mark + 1
        let hidden = HiddenRanges.replacement.utf8
        if text[inside...].starts(with: hidden) { return inside..<inside + hidden.count }
        if text[mark] == UInt8(ascii: "\"") {
            return inside..<stringEnd(in: text, from: inside, escapes: mark - start)
        }
        return inside..<end(of: inside..<text.count, in: text) { $0 == text[mark] || $0 == 0x0A }
    }

    /// Whether a place is inside of quotation marks that were opened on its line, as far as a look back shows.
    private static func isInString(in text: UnsafeBufferPointer<UInt8>, at place: Int) -> Bool {
        var isInside = false
        var index = place
        while index > 0, text[index - 1] != 0x0A, place - index < 1_024 {
            index -= 1
            if text[index] == UInt8(ascii: "\"") { isInside.toggle() }
        }
        return isInside
    }

    static func skipBlanks(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        end(of: start..<text.count, in: text) { !$0.isBlank }
    }

    /// The first place of a range whose byte ends something, or the end of the range.
    static func end(
        of range: Range<Int>,
        in text: UnsafeBufferPointer<UInt8>,
        at isEnd: (UInt8) -> Bool
    ) -> Int {
        var index = range.lowerBound
        while index < range.upperBound, !isEnd(text[index]) { index += 1 }
        return index
    }

    private static func parameter(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Range<Int> {
        // Ruby and PHP write "=>".
        let isArrow = start < text.count && text[start] == UInt8(ascii: ">")
        let value = skipBlanks(in: text, from: isArrow ? start + 1 : start)
        guard value < text.count else { return value..<value }
        if text[value].isQuote { return value + 1..<quotedEnd(in: text, from: value + 1, quote: text[value]) }
        let hidden = HiddenRanges.replacement.utf8
        // What has been hidden is a part of the value like any other.
        if text[value] == UInt8(ascii: "["), !text[value...].starts(with: hidden) {
            let inside = value + 1
            let rest = text[inside...].starts(with: hidden) ? inside + hidden.count : inside
            return inside..<end(of: rest..<text.count, in: text) { $0 == UInt8(ascii: "]") || $0 == 0x0A }
        }
        let isHidden = text[value...].starts(with: hidden)
        let word = wordEnd(in: text, from: isHidden ? value + hidden.count : value)
        // A credential of two words: "Basic dXNlcjpwYXNz".
        let next = skipBlanks(in: text, from: word)
        let isScheme = next > word && AuthenticationScheme.isOne(text[value..<word])
        return value..<(isScheme ? wordEnd(in: text, from: next) : word)
    }

    private static func wordEnd(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        let end = end(of: start..<text.count, in: text) { $0 <= 0x20 || "&#;\"<])}".utf8.contains($0) }
        // A comma at the end is one of the list that the value stands in.
        return end > start && text[end - 1] == UInt8(ascii: ",") ? end - 1 : end
    }

    /// Where a quoted value ends, in which a quotation mark is doubled or has a backslash in front of it.
    private static func quotedEnd(in text: UnsafeBufferPointer<UInt8>, from start: Int, quote: UInt8) -> Int {
        var index = start
        while index < text.count, text[index] != 0x0A {
            if text[index] == UInt8(ascii: "\\") {
                index += 2
            } else if text[index] == quote {
                guard index + 1 < text.count, text[index + 1] == quote else { return index }
                index += 2
            } else {
                index += 1
            }
        }
        return min(index, text.count)
    }

    /// What an element holds, up to the next tag.
    private static func content(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Range<Int> {
        let data = "<![CDATA["
        guard text[start...].starts(with: data.utf8) else {
            return start..<end(of: start..<text.count, in: text) { $0 == UInt8(ascii: "<") }
        }
        let begin = start + data.utf8.count
        var end = begin
        while end < text.count, text[end] != UInt8(ascii: "]") || !text[end...].starts(with: "]]>".utf8) { end += 1 }
        return begin..<end
    }

    /// The inside of a string, or the whole of any other value, however deep.
    private static func jsonValue(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Range<Int> {
        var open = start
        while open < text.count, text[open] == UInt8(ascii: "\\") { open += 1 }
        if open < text.count, text[open] == UInt8(ascii: "\"") {
            return open + 1..<stringEnd(in: text, from: open + 1, escapes: open - start)
        }
        if open < text.count, text[open] == UInt8(ascii: "'") {
            return open + 1..<end(of: open + 1..<text.count, in: text) { $0 == UInt8(ascii: "'") || $0 == 0x0A }
        }
        var index = start
        var depth = 0
        while index < text.count {
            switch text[index] {
            case UInt8(ascii: "\""):
                index = stringEnd(in: text, from: index + 1, escapes: 0)
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if depth == 0 { return trimmed(start..<index, in: text) }
                depth -= 1
            case UInt8(ascii: ","), 0x0A:
                if depth == 0 { return trimmed(start..<index, in: text) }
            default: break
            }
            index += 1
        }
        return start..<min(index, text.count)
    }

    /// A range without the blanks at its end.
    private static func trimmed(_ range: Range<Int>, in text: UnsafeBufferPointer<UInt8>) -> Range<Int> {
        var end = range.upperBound
        while end > range.lowerBound, text[end - 1].isBlank || text[end - 1] == 0x0D { end -= 1 }
        return range.lowerBound..<end
    }

    /// The index of the backslashes, as many as in front of the opening mark, and the closing mark behind them.
    private static func stringEnd(in text: UnsafeBufferPointer<UInt8>, from start: Int, escapes: Int) -> Int {
        var index = start
        while index < text.count {
            guard text[index] == UInt8(ascii: "\\") || text[index] == UInt8(ascii: "\"") else {
                index += 1
                continue
            }
            var run = 0
            while index + run < text.count, text[index + run] == UInt8(ascii: "\\") { run += 1 }
            let isMark = index + run < text.count && text[index + run] == UInt8(ascii: "\"")
            if isMark, run <= escapes || (escapes == 0 && run % 2 == 0) { return index + (escapes == 0 ? run : 0) }
            index += run + (isMark ? 1 : 0)
        }
        return text.count
    }
}
