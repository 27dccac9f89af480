/// Where the value of a name begins and ends in a text whose kind nobody knows: a header, a query, JSON, a form.
enum NamedValue {
    /// The value behind a name that ends at an index; `nil` if what follows gives it none.
    static func range(in text: UnsafeBufferPointer<UInt8>, behind name: Int) -> Range<Int>? {
        var index = name
        var isQuoted = false
        // A JSON name's closing quotation mark, in a text that may itself be a JSON string.
        while index < text.count, text[index] == UInt8(ascii: "\\") { index += 1 }
        if index < text.count, text[index] == UInt8(ascii: "\"") || text[index] == UInt8(ascii: "'") {
            isQuoted = true
            index += 1
        }
        index = skipBlanks(in: text, from: index)
        guard index < text.count else { return nil }
        if text[index] == UInt8(ascii: "=") { return parameter(in: text, from: index + 1) }
        guard text[index] == UInt8(ascii: ":") else { return nil }
        index = skipBlanks(in: text, from: index + 1)
        return isQuoted ? jsonValue(in: text, from: index) : line(in: text, from: index)
    }

    private static func skipBlanks(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var index = start
        while index < text.count, text[index] == 0x20 || text[index] == 0x09 { index += 1 }
        return index
    }

    private static func line(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Range<Int> {
        var end = start
        while end < text.count, text[end] != 0x0A, text[end] != 0x0D { end += 1 }
        return start..<end
    }

    private static func parameter(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Range<Int> {
        var end = start
        while end < text.count, !endsParameter(text[end]) { end += 1 }
        return start..<end
    }

    private static func endsParameter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "&"), UInt8(ascii: "#"), UInt8(ascii: ";"), UInt8(ascii: "\""), UInt8(ascii: "<"): true
        case 0x00...0x20: true
        default: false
        }
    }

    /// The inside of a string, or the whole of any other value, however deep.
    private static func jsonValue(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Range<Int> {
        var open = start
        while open < text.count, text[open] == UInt8(ascii: "\\") { open += 1 }
        if open < text.count, text[open] == UInt8(ascii: "\"") {
            return open + 1..<stringEnd(in: text, from: open + 1, escapes: open - start)
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
                if depth == 0 { return start..<index }
                depth -= 1
            case UInt8(ascii: ","), 0x0A:
                if depth == 0 { return start..<index }
            default: break
            }
            index += 1
        }
        return start..<min(index, text.count)
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
