/// A break of the line inside a text, as mail, Base64 encoders and reports put it, in any escape.
enum LineBreakGap {
    /// The bytes with which a break can begin.
    static let firstBytes: [UInt8] = [0x0A, 0x0D, UInt8(ascii: "\\"), UInt8(ascii: "&"), UInt8(ascii: "%")]

    private static let spellings: [SecretPattern.Spelling] = [
        "\n", "\r", "\\n", "\\r", "\\\\n", "\\\\r", "&#10;", "&#13;", "&#xa;", "&#xd;", "%0a", "%0d", "%250a", "%250d",
    ].map { SecretPattern.Spelling($0.utf8, fold: $0.utf8.map { $0 >= 0x61 && $0 <= 0x7A && $0 != 0x6E ? 0x20 : 0 }) }

    /// The longest indentation, quotation marks included, that is passed over.
    private static let longestIndentation = 64

    /// Where the text may go on after a break that starts at a place: behind the indentation, or right behind the
    /// break, as what looks like indentation may be the text itself; empty if no break starts there.
    static func ends(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> [Int] {
        guard start < text.count, canBegin(in: text, at: start) else { return [] }
        var place = start
        var bare = start
        while let end = breakEnd(in: text, from: place) {
            place = end
            bare = end
            var passed = 0
            while place < text.count, passed < longestIndentation, isIndentation(text[place]) {
                place += 1
                passed += 1
            }
        }
        return place == start ? [] : place == bare ? [place] : [place, bare]
    }

    /// Whether the first two bytes can be those of a break; a text may have many that are not.
    private static func canBegin(in text: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
        let next = index + 1 < text.count ? text[index + 1] : 0
        switch text[index] {
        case 0x0A, 0x0D: return true
        case UInt8(ascii: "\\"):
            return next == UInt8(ascii: "n") || next == UInt8(ascii: "r") || next == UInt8(ascii: "\\")
        case UInt8(ascii: "&"): return next == UInt8(ascii: "#")
        case UInt8(ascii: "%"): return next == UInt8(ascii: "0") || next == UInt8(ascii: "2")
        default: return false
        }
    }

    private static func breakEnd(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        for spelling in spellings where start + spelling.bytes.count <= text.count {
            var offset = 0
            while offset < spelling.bytes.count,
                text[start + offset] | spelling.fold[offset] == spelling.bytes[offset]
            {
                offset += 1
            }
            if offset == spelling.bytes.count { return start + offset }
        }
        return nil
    }

    private static func isIndentation(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "|")
    }
}
