/// A text without the escapes of HTML, of URLs and of JSON for characters of ASCII, and where each byte of it came from.
///
/// An error page that shows JSON has `&quot;password&quot;:&quot;…&quot;` in it, and a link back to where somebody came from
/// `%3Ftoken%3D…`. What stands behind such names is found in the text without escapes, and hidden in the one with them.
struct DecodedText {
    /// The text.
    private(set) var bytes: [UInt8] = []
    /// For each byte where it starts in the original, and at the end the original's length.
    private var origins: [Int] = []

    /// Decodes a text; `nil` if there is nothing to decode.
    init?(_ text: UnsafeBufferPointer<UInt8>) {
        guard text.indices.contains(where: { Self.escape(in: text, at: $0) != nil }) else { return nil }
        bytes.reserveCapacity(text.count)
        origins.reserveCapacity(text.count + 1)
        var index = 0
        while index < text.count {
            origins.append(index)
            if let (byte, length) = Self.escape(in: text, at: index) {
                bytes.append(byte)
                index += length
            } else {
                bytes.append(text[index])
                index += 1
            }
        }
        origins.append(text.count)
    }

    /// The part of the original that a part of the text came from.
    func origin(of range: Range<Int>) -> Range<Int> { origins[range.lowerBound]..<origins[range.upperBound] }

    /// The character that an escape at a place stands for, and the escape's length.
    private static func escape(in text: UnsafeBufferPointer<UInt8>, at index: Int) -> (UInt8, Int)? {
        switch text[index] {
        case UInt8(ascii: "%"): number(in: text, from: index + 1, digits: 2).map { ($0, 3) }
        case UInt8(ascii: "\\") where index + 1 < text.count && text[index + 1] == UInt8(ascii: "u"):
            number(in: text, from: index + 2, digits: 4).map { ($0, 6) }
        case UInt8(ascii: "&"): reference(in: text, at: index)
        default: nil
        }
    }

    private static func number(in text: UnsafeBufferPointer<UInt8>, from start: Int, digits: Int) -> UInt8? {
        guard start + digits <= text.count,
            let value = Int(String(decoding: text[start..<start + digits], as: UTF8.self), radix: 16)
        else { return nil }
        return isShown(value) ? UInt8(value) : nil
    }

    private static func reference(in text: UnsafeBufferPointer<UInt8>, at start: Int) -> (UInt8, Int)? {
        guard let end = text[start...].prefix(8).firstIndex(of: UInt8(ascii: ";")) else { return nil }
        let name = String(decoding: text[(start + 1)..<end], as: UTF8.self)
        let value: Int? =
            switch name {
            case "quot": 0x22
            case "apos": 0x27
            case "lt": 0x3C
            case "gt": 0x3E
            case "amp": 0x26
            case _ where name.hasPrefix("#x") || name.hasPrefix("#X"): Int(name.dropFirst(2), radix: 16)
            case _ where name.hasPrefix("#"): Int(name.dropFirst())
            default: nil
            }
        guard let value, isShown(value) else { return nil }
        return (UInt8(value), end + 1 - start)
    }

    /// Whether a number is a character of ASCII that is shown.
    private static func isShown(_ value: Int) -> Bool { (0x20..<0x7F).contains(value) }
}
