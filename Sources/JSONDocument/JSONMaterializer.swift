/// Makes values from the entries of a parsed text.
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
