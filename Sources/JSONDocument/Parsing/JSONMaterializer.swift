/// Makes values from the entries of a parsed text.
///
/// It recurses with the depth of the value, which is what ``JSONLimits/maximumDepth`` is for.
enum JSONMaterializer {
    /// The value of the entry at an index, and the index after all that is in it.
    static func value(
        at index: Int,
        _ entries: Span<TapeEntry>,
        _ bytes: Span<UInt8>
    ) -> (value: JSONValue, next: Int) {
        let entry = entries[index]
        switch entry.kind {
        case .null: return (.null, index + 1)
        case .false: return (.boolean(false), index + 1)
        case .true: return (.boolean(true), index + 1)
        case .number: return (.number(JSONNumber(validLiteral: text(entry, bytes))), index + 1)
        case .string, .name: return (.string(text(entry, bytes)), index + 1)
        case .array:
            var elements: [JSONValue] = []
            elements.reserveCapacity(Int(entry.length))
            var next = index + 1
            for _ in 0..<entry.length {
                let element = value(at: next, entries, bytes)
                elements.append(element.value)
                next = element.next
            }
            return (.array(elements), next)
        case .object:
            var members: [JSONObject.Member] = []
            members.reserveCapacity(Int(entry.length))
            var next = index + 1
            for _ in 0..<entry.length {
                let member = value(at: next + 1, entries, bytes)
                members.append(JSONObject.Member(name: text(entries[next], bytes), value: member.value))
                next = member.next
            }
            return (.object(JSONObject(distinct: members)), next)
        }
    }

    /// The text of a string, name or number, its escapes resolved.
    static func text(_ entry: TapeEntry, _ bytes: Span<UInt8>) -> String {
        let raw = bytes.extracting(entry.byteRange)
        guard !entry.isEscaped else { return String(decoding: JSONEscapes.resolve(raw), as: UTF8.self) }
        // The parser has checked that the bytes are UTF-8.
        return String(copying: UTF8Span(unchecked: raw))
    }
}

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
