internal import Checks

/// A name that a value stands behind, in a text whose kind nobody knows: a header, a query, JSON, a form, XML.
struct NamedValue {
    /// Where the name stands.
    let name: Range<Int>
    /// What the name is.
    let place: CredentialName.Place
    /// What stands between the name and its value.
    private let mark: Int
    private let isQuoted: Bool

    /// The longest name that is looked back for, in bytes.
    private static let longestName = 128

    /// Whether a byte can stand between a name and its value.
    static func isMark(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ":") || byte == UInt8(ascii: "=") || byte == UInt8(ascii: ">")
    }

    /// A name that ends at a place; `nil` if what follows gives it no value.
    init?(in text: UnsafeBufferPointer<UInt8>, endingAt name: Int) {
        var index = name
        // A JSON name's closing quotation mark, in a text that may itself be a JSON string.
        while index < text.count, text[index] == UInt8(ascii: "\\") { index += 1 }
        let isQuoted = index < text.count && Self.isQuote(text[index])
        if isQuoted { index += 1 }
        index = Self.skipBlanks(in: text, from: index)
        guard index < text.count, text[index] == UInt8(ascii: ":") || text[index] == UInt8(ascii: "=") else {
            return nil
        }
        self.init(name: name..<name, mark: index, byte: text[index], isQuoted: isQuoted)
    }

    /// The name in front of a mark; `nil` if there is none.
    init?(in text: UnsafeBufferPointer<UInt8>, beforeMark mark: Int) {
        if text[mark] == UInt8(ascii: ">") {
            guard let name = Self.elementName(in: text, before: mark) else { return nil }
            self.init(name: name, mark: mark, byte: text[mark], isQuoted: false)
            return
        }
        var end = mark
        while end > 0, Self.isBlank(text[end - 1]), mark - end < Self.longestName { end -= 1 }
        let isQuoted = end > 0 && Self.isQuote(text[end - 1])
        guard let name = isQuoted ? Self.quotedName(in: text, before: end) : Self.bareName(in: text, before: end, mark)
        else { return nil }
        self.init(name: name, mark: mark, byte: text[mark], isQuoted: isQuoted)
    }

    private init(name: Range<Int>, mark: Int, byte: UInt8, isQuoted: Bool) {
        self.name = name
        self.mark = mark
        self.isQuoted = isQuoted
        place =
            switch byte {
            case UInt8(ascii: "="): .parameter
            case UInt8(ascii: ">"): .member
            default: isQuoted ? .member : .field
            }
    }

    /// Where the value stands, without quotation marks; empty where there is none.
    ///
    /// A sentence may hold a colon. So of what stands behind one in the middle of a line, and not behind a name that is
    /// known whole, only a word that looks like a credential counts.
    func value(in text: UnsafeBufferPointer<UInt8>) -> Range<Int> {
        switch text[mark] {
        case UInt8(ascii: "="): return Self.parameter(in: text, from: mark + 1)
        case UInt8(ascii: ">"): return Self.content(in: text, from: mark + 1)
        default: break
        }
        let start = Self.skipBlanks(in: text, from: mark + 1)
        if isQuoted { return Self.jsonValue(in: text, from: start) }
        guard name.isEmpty || Self.isLineStart(in: text, before: name.lowerBound) else {
            let word = start..<Self.end(of: start..<text.count, in: text) { $0 <= 0x20 || ",;\"'<>)".utf8.contains($0) }
            let isCredential = word.count >= 8 && text[word].contains { (0x30...0x39).contains($0) }
            return isCredential ? word : start..<start
        }
        return start..<Self.end(of: start..<text.count, in: text) { $0 == 0x0A || $0 == 0x0D }
    }

    // MARK: Names

    /// The name in the quotation marks that end at a place.
    private static func quotedName(in text: UnsafeBufferPointer<UInt8>, before place: Int) -> Range<Int>? {
        let quote = text[place - 1]
        var end = place - 1
        while end > 0, text[end - 1] == UInt8(ascii: "\\") { end -= 1 }
        var start = end
        while start > 0, text[start - 1] != quote, text[start - 1] != 0x0A, end - start < longestName { start -= 1 }
        return start < end ? start..<end : nil
    }

    /// The name without quotation marks that ends at a place.
    private static func bareName(in text: UnsafeBufferPointer<UInt8>, before end: Int, _ mark: Int) -> Range<Int>? {
        let isField = text[mark] == UInt8(ascii: ":")
        var start = end
        while start > 0, text[start - 1].isNameByte || isInsideName(text[start - 1], isField: isField),
            end - start < longestName
        {
            start -= 1
        }
        // What follows a host's name is a port.
        let isHost =
            isField && start > 0 && (text[start - 1] == UInt8(ascii: "/") || text[start - 1] == UInt8(ascii: "@"))
        return start < end && !isHost ? start..<end : nil
    }

    private static func isQuote(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    /// Whether a byte that ends a whole name can be part of one: `user[password]=`, `api%5Fkey=`, `app.token=`.
    private static func isInsideName(_ byte: UInt8, isField: Bool) -> Bool {
        byte == UInt8(ascii: ".") || !isField && "[]%+$".utf8.contains(byte)
    }

    /// Whether nothing but marks of a log or an indentation stands between the beginning of the line and a place.
    private static func isLineStart(in text: UnsafeBufferPointer<UInt8>, before place: Int) -> Bool {
        var index = place
        while index > 0, isBlank(text[index - 1]) || "<>*-+|#".utf8.contains(text[index - 1]) { index -= 1 }
        return index == 0 || text[index - 1] == 0x0A || text[index - 1] == 0x0D
    }

    /// The name of an element whose opening tag ends at a `>`: `<name a="b">`; `nil` for any other.
    private static func elementName(in text: UnsafeBufferPointer<UInt8>, before end: Int) -> Range<Int>? {
        guard end > 0, text[end - 1] != UInt8(ascii: "/") else { return nil }
        var open = end
        while open > 0, text[open - 1] != UInt8(ascii: "<"), text[open - 1] != UInt8(ascii: ">"),
            end - open < 8 * longestName
        {
            open -= 1
        }
        guard open > 0, open < end, text[open - 1] == UInt8(ascii: "<"), text[open].isNameByte else { return nil }
        let last = Self.end(of: open..<end, in: text) { !$0.isNameByte && $0 != UInt8(ascii: ":") && $0 != 0x2E }
        return open..<last
    }

    // MARK: Values

    private static func skipBlanks(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        end(of: start..<text.count, in: text) { !isBlank($0) }
    }

    /// The first place of a range whose byte ends something, or the end of the range.
    private static func end(
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
        if isQuote(text[value]) {
            let quote = text[value]
            return value + 1..<end(of: value + 1..<text.count, in: text) { $0 == quote || $0 == 0x0A }
        }
        return value..<end(of: value..<text.count, in: text) { $0 <= 0x20 || "&#;\"<".utf8.contains($0) }
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
        while end > range.lowerBound, isBlank(text[end - 1]) || text[end - 1] == 0x0D { end -= 1 }
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
