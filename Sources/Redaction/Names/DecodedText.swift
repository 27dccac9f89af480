/// A text without the escapes of HTML, of URLs and of JSON for characters of ASCII, and where each byte of it came from.
///
/// An error page that shows JSON has `&quot;password&quot;:&quot;…&quot;` in it, a link back to where somebody came from
/// `%3Ftoken%3D…`, and JSON that quotes a request `\r\nAuthorization: …`. What stands behind such names is found in the text
/// without escapes, and hidden in the one with them.
struct DecodedText {
    /// The text.
    private(set) var bytes: [UInt8] = []
    /// For each byte where it starts in the original, and at the end the original's length.
    private var origins: [Int] = []

    /// How often a text is decoded: a URL within a URL within JSON.
    private static let deepest = 3

    /// What a text says without its escapes, then without those that are left, and so on; nothing if it has none.
    static func layers(of text: UnsafeBufferPointer<UInt8>) -> [DecodedText] {
        guard let first = DecodedText(text) else { return [] }
        var layers = [first]
        while layers.count < deepest, let next = layers[layers.count - 1].decoded() { layers.append(next) }
        return layers
    }

    /// What a text says without its escapes, then without those that are left, and so on.
    static func layers(of text: String) -> [String] {
        var text = text
        return text.withUTF8(layers).map { String(decoding: $0.bytes, as: UTF8.self) }
    }

    /// The same once more; `nil` if there is nothing to decode.
    private func decoded() -> DecodedText? {
        guard var next = bytes.withUnsafeBufferPointer(DecodedText.init) else { return nil }
        for place in next.origins.indices { next.origins[place] = origins[next.origins[place]] }
        return next
    }

    /// Decodes a text; `nil` if there is nothing to decode.
    private init?(_ text: UnsafeBufferPointer<UInt8>) {
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

    /// The part of the original that a value in the text came from.
    ///
    /// A line that an escape began ends with the string that the escape is in: at a quotation mark that is written shorter.
    func origin(of value: Range<Int>) -> Range<Int> {
        let before = bytes[max(0, value.lowerBound - Self.longestLine)..<value.lowerBound]
        let line = before.lastIndex { $0 == 0x0A || $0 == 0x0D }
        let escape = line.map(length) ?? 1
        let end = value.first { bytes[$0] == UInt8(ascii: "\"") && length(at: $0) < escape } ?? value.upperBound
        return origins[value.lowerBound]..<origins[end]
    }

    /// How far back the beginning of a line is looked for, in bytes.
    private static let longestLine = 4_096

    /// How many bytes of the original a byte came from.
    private func length(at place: Int) -> Int { origins[place + 1] - origins[place] }

    /// The character that an escape at a place stands for, and the escape's length.
    private static func escape(in text: UnsafeBufferPointer<UInt8>, at index: Int) -> (UInt8, Int)? {
        switch text[index] {
        case UInt8(ascii: "%"): number(in: text, from: index + 1, digits: 2).map { ($0, 3) }
        case UInt8(ascii: "\\") where index + 1 < text.count:
            switch text[index + 1] {
            case UInt8(ascii: "u"): number(in: text, from: index + 2, digits: 4).map { ($0, 6) }
            case UInt8(ascii: "n"): (0x0A, 2)
            case UInt8(ascii: "r"): (0x0D, 2)
            case UInt8(ascii: "t"): (0x09, 2)
            case UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "/"): (text[index + 1], 2)
            default: nil
            }
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

    /// Whether a number is a character of ASCII that is shown, or that ends a line.
    private static func isShown(_ value: Int) -> Bool {
        (0x20..<0x7F).contains(value) || value == 0x0A || value == 0x0D || value == 0x09
    }
}
