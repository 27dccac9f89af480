/// Finds where the tokens of a JSON text end, and reports what is wrong with them.
///
/// This is where parsing spends its time, mostly inside strings, so plain ASCII is skipped eight bytes at a time and
/// whatever is rare has a function of its own that is not inlined. UTF-8 is checked on the way, once; whoever makes
/// text of the bytes later can rely on it.
enum JSONScanner {
    @inline(__always)
    static func skipWhitespace(_ text: Span<UInt8>, from start: Int) -> Int {
        var position = start
        while position < text.count {
            let byte = text[unchecked: position]
            guard byte <= 0x20, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { break }
            position += 1
        }
        return position
    }

    /// The length of the byte order mark that the text begins with, which a parser may ignore (RFC 8259, section 8.1).
    static func lengthOfByteOrderMark(_ text: Span<UInt8>) -> Int {
        text.count >= 3 && text[0] == 0xEF && text[1] == 0xBB && text[2] == 0xBF ? 3 : 0
    }

    /// The offset after a string's closing quote, and whether it has escapes.
    @inline(__always)
    static func scanString(_ text: Span<UInt8>, from start: Int) throws(JSONError) -> (end: Int, isEscaped: Bool) {
        let position = skipPlain(text, from: start + 1)
        if position < text.count, text[unchecked: position] == UInt8(ascii: "\"") { return (position + 1, false) }
        return try scanStringSlowly(text, from: position, opening: start)
    }

    private static func scanStringSlowly(
        _ text: Span<UInt8>,
        from start: Int,
        opening: Int
    ) throws(JSONError) -> (end: Int, isEscaped: Bool) {
        var position = start
        var isEscaped = false
        while position < text.count {
            let byte = text[unchecked: position]
            switch byte {
            case UInt8(ascii: "\""):
                return (position + 1, isEscaped)
            case UInt8(ascii: "\\"):
                isEscaped = true
                position = try skipEscape(text, at: position)
            case 0x80...:
                let length = lengthOfMultibyteScalar(text, at: position)
                guard length > 0 else {
                    throw error(.encoding, "The bytes from here are not valid UTF-8.", text, at: position)
                }
                position += length
            case 0x20...:
                position = skipPlain(text, from: position)
            default:
                let code = hexadecimal(UInt32(byte), digits: 4)
                throw error(.syntax, "The control character U+\(code) must be escaped in a string.", text, at: position)
            }
        }
        throw error(.syntax, "The string that starts here is not closed.", text, at: opening)
    }

    /// The offset of the first byte that is not printable ASCII, or is a quote or a backslash.
    @inline(__always)
    private static func skipPlain(_ text: Span<UInt8>, from start: Int) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs: UInt64 = 0x8080_8080_8080_8080
        let words = text.bytes
        var position = start
        while position + 8 <= text.count {
            let loaded = words.unsafeLoadUnaligned(fromUncheckedByteOffset: position, as: UInt64.self)
            let word = UInt64(littleEndian: loaded)
            // A byte minus n borrows into its high bit if it is below n; the lowest such bit is always right.
            let quotes = word ^ (ones &* UInt64(UInt8(ascii: "\"")))
            let backslashes = word ^ (ones &* UInt64(UInt8(ascii: "\\")))
            let special =
                ((quotes &- ones) & ~quotes) | ((backslashes &- ones) & ~backslashes)
                | ((word &- ones &* 0x20) & ~word) | word
            let hits = special & highs
            if hits != 0 { return position + hits.trailingZeroBitCount >> 3 }
            position += 8
        }
        while position < text.count {
            let byte = text[unchecked: position]
            guard byte >= 0x20, byte < 0x80, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") else { break }
            position += 1
        }
        return position
    }

    /// The offset after an escape.
    private static func skipEscape(_ text: Span<UInt8>, at start: Int) throws(JSONError) -> Int {
        guard start + 1 < text.count else {
            throw error(.syntax, "The text ends within an escape.", text, at: start)
        }
        switch text[start + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return start + 2
        case UInt8(ascii: "u"):
            let code = try fourDigits(text, escapeAt: start)
            guard code & 0xF800 == 0xD800 else { return start + 6 }
            let hasPartner =
                code < 0xDC00 && start + 7 < text.count && text[start + 6] == UInt8(ascii: "\\")
                && text[start + 7] == UInt8(ascii: "u")
            if hasPartner, try fourDigits(text, escapeAt: start + 6) & 0xFC00 == 0xDC00 { return start + 12 }
            let message =
                "The escape \\u\(hexadecimal(code, digits: 4)) is half of a surrogate pair; its other half is missing."
            throw error(.encoding, message, text, at: start)
        default:
            throw error(
                .syntax,
                "JSON has no such escape: \(found(text, at: start + 1)) after the backslash.",
                text,
                at: start
            )
        }
    }

    private static func fourDigits(_ text: Span<UInt8>, escapeAt start: Int) throws(JSONError) -> UInt32 {
        var value: UInt32 = 0
        for index in (start + 2)..<(start + 6) {
            guard index < text.count, let digit = JSONEscapes.hexadecimalDigit(text[index]) else {
                throw error(.syntax, "\"\\u\" must be followed by four hexadecimal digits.", text, at: start)
            }
            value = value << 4 | UInt32(digit)
        }
        return value
    }

    /// How many bytes the scalar takes that starts here, or 0 if the bytes are not UTF-8 (RFC 3629, section 4).
    private static func lengthOfMultibyteScalar(_ text: Span<UInt8>, at start: Int) -> Int {
        let first = text[start]
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch first {
        case 0xC2...0xDF: length = 2
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: length = 3
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: length = 4
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: return 0
        }
        guard start + length <= text.count, second.contains(text[start + 1]) else { return 0 }
        for index in 2..<max(length, 2) where text[start + index] & 0xC0 != 0x80 { return 0 }
        return length
    }
}

extension JSONScanner {
    /// Recognises `true`, `false` and `null`.
    static func scanLiteral(
        _ text: Span<UInt8>,
        _ byte: UInt8,
        at start: Int
    ) throws(JSONError) -> (kind: TapeEntry.Kind, length: Int) {
        let kind: TapeEntry.Kind
        let word: StaticString
        switch byte {
        case UInt8(ascii: "t"): (kind, word) = (.true, "true")
        case UInt8(ascii: "f"): (kind, word) = (.false, "false")
        case UInt8(ascii: "n"): (kind, word) = (.null, "null")
        default: throw unexpected(text, at: start, "Expected a value")
        }
        let length = word.utf8CodeUnitCount
        let matches = word.withUTF8Buffer { expected in
            guard start + length <= text.count else { return false }
            for index in 0..<length where text[start + index] != expected[index] { return false }
            return true
        }
        guard matches else { throw unexpected(text, at: start, "Expected a value") }
        return (kind, length)
    }

    static func unexpected(_ text: Span<UInt8>, at offset: Int, _ expected: String) -> JSONError {
        error(.syntax, "\(expected), found \(found(text, at: offset)).", text, at: offset)
    }

    private static func error(_ code: JSONError.Code, _ message: String, _ text: Span<UInt8>, at offset: Int)
        -> JSONError
    {
        JSONError(code, message, at: JSONPosition(offset: offset, in: text))
    }

    /// What stands at an offset, in words.
    private static func found(_ text: Span<UInt8>, at offset: Int) -> String {
        guard offset < text.count else { return "the end of the text" }
        let byte = text[offset]
        if byte < 0x80 {
            guard (0x20..<0x7F).contains(byte) else {
                return "the control character U+\(hexadecimal(UInt32(byte), digits: 4))"
            }
            return byte == UInt8(ascii: "\"") ? "a double quote" : "\"\(Unicode.Scalar(byte))\""
        }
        let length = lengthOfMultibyteScalar(text, at: offset)
        guard length > 0 else { return "a byte that is not valid UTF-8" }
        let bytes = (offset..<(offset + length)).map { text[$0] }
        if bytes == [0xEF, 0xBB, 0xBF] { return "a byte order mark" }
        return "\"\(String(decoding: bytes, as: UTF8.self))\""
    }

    private static func hexadecimal(_ value: UInt32, digits: Int) -> String {
        let text = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}
