internal import Checks

/// A name that a value stands behind, in a text whose kind nobody knows: a header, a query, JSON, a form, XML.
struct NamedValue {
    /// Where the name stands.
    let name: Range<Int>
    /// What the name is.
    let place: CredentialName.Place
    /// What stands between the name and its value.
    let mark: Int
    let isQuoted: Bool

    /// The longest name that is looked back for, in bytes.
    private static let longestName = 128

    /// Whether a byte can stand between a name and its value.
    static func isMark(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ":") || byte == UInt8(ascii: "=") || byte == UInt8(ascii: ">")
    }

    /// A name at a place; `nil` if what follows gives it no value.
    init?(in text: UnsafeBufferPointer<UInt8>, at name: Range<Int>) {
        var index = name.upperBound
        // A JSON name's closing quotation mark, in a text that may itself be a JSON string.
        while index < text.count, text[index] == UInt8(ascii: "\\") { index += 1 }
        let isQuoted = index < text.count && text[index].isQuote
        if isQuoted { index += 1 }
        index = Self.skipBlanks(in: text, from: index)
        guard index < text.count, text[index] == UInt8(ascii: ":") || text[index] == UInt8(ascii: "=") else {
            return nil
        }
        self.init(name: name, mark: index, byte: text[index], isQuoted: isQuoted)
    }

    /// The name in front of a mark; `nil` if there is none.
    init?(in text: UnsafeBufferPointer<UInt8>, beforeMark mark: Int) {
        if text[mark] == UInt8(ascii: ">") {
            guard let name = Self.elementName(in: text, before: mark) else { return nil }
            self.init(name: name, mark: mark, byte: text[mark], isQuoted: false)
            return
        }
        var end = mark
        while end > 0, text[end - 1].isBlank, mark - end < Self.longestName { end -= 1 }
        let isQuoted = end > 0 && text[end - 1].isQuote
        guard let name = isQuoted ? Self.quotedName(in: text, before: end) : Self.bareName(in: text, before: end, mark)
        else { return nil }
        self.init(name: name, mark: mark, byte: text[mark], isQuoted: isQuoted)
    }

    /// An element whose opening tag ends at a place.
    init(elementEndingAt mark: Int) {
        self.init(name: mark..<mark, mark: mark, byte: UInt8(ascii: ">"), isQuoted: false)
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

    // MARK: Names

    /// The name in the quotation marks that end at a place.
    static func quotedName(in text: UnsafeBufferPointer<UInt8>, before place: Int) -> Range<Int>? {
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
        // Behind an escape the name is found once that is decoded: "\r\nAuthorization: ", but not "\token: ".
        if start > 0, start < end, text[start - 1] == UInt8(ascii: "\\"), "nrt".utf8.contains(text[start]),
            CredentialName.matches(text[start + 1..<end], in: .field)
        {
            return nil
        }
        // What follows a host's name is a port.
        let isHost =
            isField && start > 0 && (text[start - 1] == UInt8(ascii: "/") || text[start - 1] == UInt8(ascii: "@"))
        return start < end && !isHost ? start..<end : nil
    }

    /// Whether a byte that ends a whole name can be part of one: `user[password]=`, `api%5Fkey=`, `app.token=`.
    private static func isInsideName(_ byte: UInt8, isField: Bool) -> Bool {
        byte == UInt8(ascii: ".") || !isField && "[]%+$".utf8.contains(byte)
    }

    /// Whether nothing but marks of a log or an indentation stands between the beginning of the line and a place.
    static func isLineStart(in text: UnsafeBufferPointer<UInt8>, before place: Int) -> Bool {
        var index = place
        while index > 0, text[index - 1].isBlank || "<>*-+|#".utf8.contains(text[index - 1]) { index -= 1 }
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
}
