/// Tells which patterns a place of a text can be the beginning of, by their first characters in any spelling.
///
/// A job may hold thousands of secrets; whoever tried each of them at each place would be at it for hours.
struct PatternIndex: Sendable {
    /// How many characters are looked at; every pattern has more.
    private static let depth = 3

    private let characters: [SecretPattern.Element]
    /// The numbers of the characters that can begin with a byte.
    private let charactersByByte: [[Int]]
    /// The numbers of the characters that are a space, which a break of the line may stand for.
    private let spaces: [Int]
    /// The patterns that begin with some characters.
    private var patterns: [UInt64: [Int]] = [:]
    /// The first characters of patterns, one and two.
    private var beginnings: Set<UInt64> = []

    init(_ patterns: [SecretPattern], of characters: [SecretPattern.Element]) {
        self.characters = characters
        spaces = characters.indices.filter { characters[$0].isSpace }
        var charactersByByte = [[Int]](repeating: [], count: 256)
        for number in characters.indices {
            for byte in UInt8.min...UInt8.max where characters[number].canBegin(with: byte) {
                charactersByByte[Int(byte)].append(number)
            }
        }
        self.charactersByByte = charactersByByte
        for (place, pattern) in patterns.enumerated() {
            var key: UInt64 = 0
            for (position, number) in pattern.numbers.prefix(Self.depth).enumerated() {
                key = Self.key(key, number)
                if position < Self.depth - 1 { beginnings.insert(key) }
            }
            self.patterns[key, default: []].append(place)
        }
    }

    /// Appends the patterns that can begin at a place, some perhaps twice; returns `false` if the text ends too early
    /// to say and more may follow.
    func find(
        in text: UnsafeBufferPointer<UInt8>,
        at place: Int,
        isWhole: Bool,
        into found: inout [Int]
    ) -> Bool {
        find(in: text, at: place, behind: 0, 0, isWhole: isWhole, into: &found)
    }

    /// - Parameters:
    ///   - key: The characters in front of the place.
    ///   - count: How many those are.
    private func find(
        in text: UnsafeBufferPointer<UInt8>,
        at place: Int,
        behind key: UInt64,
        _ count: Int,
        isWhole: Bool,
        into found: inout [Int]
    ) -> Bool {
        if !isWhole, text.count - place < PatternAttempt.longestSpelling { return false }
        guard place < text.count else { return true }
        func goOn(behind number: Int, at end: Int) -> Bool {
            let longer = Self.key(key, number)
            guard count + 1 < Self.depth else {
                if let places = patterns[longer] { found += places }
                return true
            }
            return !beginnings.contains(longer)
                || find(in: text, at: end, behind: longer, count + 1, isWhole: isWhole, into: &found)
        }
        func read(at start: Int) -> Bool {
            charactersByByte[Int(text[start])].allSatisfy { number in
                characters[number].ends(in: text, from: start).allSatisfy { goOn(behind: number, at: $0) }
            }
        }
        guard read(at: place) else { return false }
        guard count > 0 else { return true }
        return LineBreakGap.ends(in: text, from: place).allSatisfy { resumed in
            guard resumed < text.count else { return isWhole }
            return read(at: resumed) && spaces.allSatisfy { goOn(behind: $0, at: resumed) }
        }
    }

    private static func key(_ key: UInt64, _ number: Int) -> UInt64 { key << 21 | UInt64(number + 1) }
}
