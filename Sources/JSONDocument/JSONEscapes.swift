/// Resolves the escapes of JSON strings.
enum JSONEscapes {
    /// The text between two quotes with its escapes resolved; the escapes must have been checked.
    static func resolve(_ text: Span<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var position = 0
        while position < text.count {
            let byte = text[position]
            guard byte == UInt8(ascii: "\\") else {
                result.append(byte)
                position += 1
                continue
            }
            let escape = text[position + 1]
            position += 2
            guard escape == UInt8(ascii: "u") else {
                result.append(short(escape))
                continue
            }
            var code = fourDigits(text, at: position)
            position += 4
            if code & 0xFC00 == 0xD800 {
                code = 0x1_0000 + (code & 0x3FF) << 10 + (fourDigits(text, at: position + 2) & 0x3FF)
                position += 6
            }
            result.append(contentsOf: String(Unicode.Scalar(code) ?? "\u{FFFD}").utf8)
        }
        return result
    }

    private static func short(_ escape: UInt8) -> UInt8 {
        switch escape {
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: escape
        }
    }

    private static func fourDigits(_ text: Span<UInt8>, at start: Int) -> UInt32 {
        (start..<(start + 4)).reduce(0) { $0 << 4 | UInt32(hexadecimalDigit(text[$1]) ?? 0) }
    }

    @inline(__always)
    static func hexadecimalDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
