/// Tells quickly that no pattern begins at a place of a text, if the next three bytes stand for themselves.
///
/// It is a table of bits by a hash of three bytes, so it may let a place pass without reason, but excludes none without.
struct TripleFilter: Sendable {
    /// From how many patterns on a small table would be full.
    private static let manyPatterns = 64

    /// How many bits of the hash are the place in the table.
    private let width: Int
    private var bits: [UInt64]
    /// The bytes that stand for themselves: no longer spelling and no break of the line begins with them.
    private var isPlain = [Bool](repeating: true, count: 256)

    init(_ patterns: [SecretPattern], of characters: [SecretPattern.Element]) {
        width = patterns.count > Self.manyPatterns ? 20 : 14
        bits = Array(repeating: 0, count: 1 << (width - 6))
        for byte in LineBreakGap.firstBytes { isPlain[Int(byte)] = false }
        var seen: Set<[Int]> = []
        for pattern in patterns {
            let numbers = Array(pattern.numbers.prefix(3))
            guard seen.insert(numbers).inserted else { continue }
            for bytes in beginnings(of: numbers.map { characters[$0] }) where bytes.count >= 3 {
                let bit = place(bytes[0], bytes[1], bytes[2])
                bits[bit >> 6] |= 1 << UInt64(bit & 63)
            }
        }
    }

    /// Whether the bytes at a place show that no pattern begins there.
    func excludes(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
        guard index + 2 < text.count else { return false }
        let (first, second, third) = (text[index], text[index + 1], text[index + 2])
        guard isPlain[Int(first)], isPlain[Int(second)], isPlain[Int(third)] else { return false }
        let bit = place(first, second, third)
        return bits[bit >> 6] & (1 << UInt64(bit & 63)) == 0
    }

    /// The bytes of characters in all spellings that begin with a byte that stands for itself.
    private func beginnings(of characters: [SecretPattern.Element]) -> [[UInt8]] {
        characters.reduce([[]]) { beginnings, character in
            let spellings = character.spellings.filter { isPlain[Int($0.bytes[0])] }
            return beginnings.flatMap { beginning in spellings.map { beginning + $0.bytes } }
        }
    }

    private func place(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Int {
        let triple = UInt64(first) << 16 | UInt64(second) << 8 | UInt64(third)
        return Int((triple &* 0x9E37_79B9_7F4A_7C15) >> UInt64(64 - width))
    }
}
