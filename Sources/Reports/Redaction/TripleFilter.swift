/// Tells quickly that no pattern begins at a place of a text, if the next three bytes stand for themselves.
///
/// It is a table of bits by a hash of three bytes, so it may let a place pass without reason, but excludes none without.
struct TripleFilter: Sendable {
    private static let bitCount = 20

    private var bits = [UInt64](repeating: 0, count: 1 << (bitCount - 6))
    /// The bytes that stand for themselves: no longer spelling and no break of the line begins with them.
    private var isPlain = [Bool](repeating: true, count: 256)

    init(_ patterns: [SecretPattern], of characters: [SecretPattern.Element]) {
        for byte in LineBreakGap.firstBytes { isPlain[Int(byte)] = false }
        var seen: Set<[Int]> = []
        for pattern in patterns {
            let numbers = Array(pattern.numbers.prefix(3))
            guard seen.insert(numbers).inserted else { continue }
            for bytes in beginnings(of: numbers.map { characters[$0] }) where bytes.count >= 3 {
                let place = Self.place(bytes[0], bytes[1], bytes[2])
                bits[place >> 6] |= 1 << UInt64(place & 63)
            }
        }
    }

    /// Whether the bytes at a place show that no pattern begins there.
    func excludes(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
        guard index + 2 < text.count else { return false }
        let (first, second, third) = (text[index], text[index + 1], text[index + 2])
        guard isPlain[Int(first)], isPlain[Int(second)], isPlain[Int(third)] else { return false }
        let place = Self.place(first, second, third)
        return bits[place >> 6] & (1 << UInt64(place & 63)) == 0
    }

    /// The bytes of characters in all spellings that begin with a byte that stands for itself.
    private func beginnings(of characters: [SecretPattern.Element]) -> [[UInt8]] {
        characters.reduce([[]]) { beginnings, character in
            let spellings = character.spellings.filter { isPlain[Int($0.bytes[0])] }
            return beginnings.flatMap { beginning in spellings.map { beginning + $0.bytes } }
        }
    }

    private static func place(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Int {
        let triple = UInt64(first) << 16 | UInt64(second) << 8 | UInt64(third)
        return Int((triple &* 0x9E37_79B9_7F4A_7C15) >> UInt64(64 - bitCount))
    }
}
