/// Reads values from YAML as text, for files that cannot be parsed: well enough to hide them.
enum YAMLText {
    /// The value from a place behind a key's colon on, or each item of a list, without quotation marks; empty where
    /// the next thing is another key.
    ///
    /// - Parameter isFlow: Whether the key stands in braces or brackets.
    static func values(in bytes: [UInt8], from start: Int, isFlow: Bool) -> [Range<Int>] {
        var places: [Range<Int>] = []
        var index = start
        var closing = isFlow ? UInt8(ascii: ",") : 0
        while true {
            // Blanks, the break of the line, and the marks of block scalars, lists and maps come before the value.
            let value = skip(in: bytes, from: index) { " \t\r\n>|-+[{".utf8.contains($0) }
            let marks = bytes[index..<value]
            guard value < bytes.count, places.isEmpty || marks.contains(UInt8(ascii: "-")) || marks.isEmpty else {
                return places
            }
            if marks.contains(UInt8(ascii: "[")) { closing = UInt8(ascii: "]") }
            if marks.contains(UInt8(ascii: "{")) { closing = UInt8(ascii: ",") }
            let (place, end) = scalar(in: bytes, from: value, isFlow: closing != 0)
            guard !place.isEmpty else { return places }
            places.append(place)
            index = end
            let next = skip(in: bytes, from: index) { " \t\r\n".utf8.contains($0) }
            if closing == UInt8(ascii: "]"), next < bytes.count, bytes[next] == UInt8(ascii: ",") {
                index = skip(in: bytes, from: next + 1) { " \t\r\n".utf8.contains($0) }
            } else if marks.contains(UInt8(ascii: "-")), next + 1 < bytes.count, bytes[next] == UInt8(ascii: "-") {
                index = next
            } else {
                return places
            }
        }
    }

    /// One scalar without its quotation marks, and where it ends with them; empty for what is another key.
    private static func scalar(in bytes: [UInt8], from start: Int, isFlow: Bool) -> (Range<Int>, end: Int) {
        if bytes[start].isQuote {
            let end = skip(in: bytes, from: start + 1) { $0 != bytes[start] }
            let next = skip(in: bytes, from: min(end + 1, bytes.count)) { $0 == 0x20 }
            let isKey = next < bytes.count && bytes[next] == UInt8(ascii: ":")
            return (isKey ? start..<start : start + 1..<end, min(end + 1, bytes.count))
        }
        var end = start
        while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D, !(isFlow && ",]}".utf8.contains(bytes[end])) {
            end = isFlow ? referenceEnd(in: bytes[...], at: end) ?? end + 1 : end + 1
        }
        let line = end
        while end > start, " \t".utf8.contains(bytes[end - 1]) { end -= 1 }
        let isKey = bytes[start..<end].indices.contains { index in
            bytes[index] == UInt8(ascii: ":") && (index + 1 == end || bytes[index + 1] == 0x20)
        }
        return isKey ? (start..<start, line) : (start..<end, line)
    }

    /// The first place from a start on whose byte does not match.
    static func skip(in bytes: [UInt8], from start: Int, while matches: (UInt8) -> Bool) -> Int {
        var index = start
        while index < bytes.count, matches(bytes[index]) { index += 1 }
        return index
    }

    /// Where a reference such as `${NAME}` or `${NAME:?not set}` ends that starts at a place; `nil` where none does, and for
    /// one with a default, which may be a secret.
    static func referenceEnd(in bytes: ArraySlice<UInt8>, at start: Int) -> Int? {
        guard bytes[start] == UInt8(ascii: "$"), let name = referenceName(in: bytes, at: start) else { return nil }
        var rest = bytes[name.upperBound...]
        if rest.starts(with: ":?".utf8) { rest = rest.drop { !"}\r\n".utf8.contains($0) } }
        return rest.first == UInt8(ascii: "}") ? rest.startIndex + 1 : nil
    }

    /// The name behind the `${` at a place; `nil` where no such stands.
    static func referenceName(in bytes: ArraySlice<UInt8>, at start: Int) -> Range<Int>? {
        guard bytes[start...].starts(with: "${".utf8) else { return nil }
        let name = bytes[(start + 2)...].prefix { $0.isNameByte || $0 == UInt8(ascii: ".") }
        return name.startIndex..<name.endIndex
    }
}
