/// Reads one scalar at a time from bytes that may not be valid UTF-8.
///
/// Patterns run over bodies as they came, without a copy and without a check before: what is broken in one place must
/// not keep a pattern from matching in another.
enum UTF8Decoder {
    /// The scalar that starts at an offset, and how many bytes it takes.
    ///
    /// A byte that does not start a valid sequence reads as U+FFFD of length 1.
    @inline(__always)
    static func scalar(in text: Span<UInt8>, at offset: Int) -> (value: UInt32, length: Int) {
        let first = text[offset]
        return first < 0x80 ? (UInt32(first), 1) : multibyteScalar(in: text, at: offset, first: first)
    }

    private static func multibyteScalar(
        in text: Span<UInt8>,
        at offset: Int,
        first: UInt8
    ) -> (value: UInt32, length: Int) {
        let replacement: (UInt32, Int) = (0xFFFD, 1)
        let length: Int
        var value: UInt32
        let smallest: UInt32
        switch first {
        case 0xC2...0xDF: (length, value, smallest) = (2, UInt32(first & 0x1F), 0x80)
        case 0xE0...0xEF: (length, value, smallest) = (3, UInt32(first & 0x0F), 0x800)
        case 0xF0...0xF4: (length, value, smallest) = (4, UInt32(first & 0x07), 0x1_0000)
        default: return replacement
        }
        guard offset + length <= text.count else { return replacement }
        for index in 1..<length {
            let byte = text[offset + index]
            guard byte & 0xC0 == 0x80 else { return replacement }
            value = value << 6 | UInt32(byte & 0x3F)
        }
        guard value >= smallest, value <= 0x10_FFFF, !(0xD800...0xDFFF).contains(value) else { return replacement }
        return (value, length)
    }
}
