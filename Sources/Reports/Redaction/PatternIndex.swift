/// Tells which patterns a place of a text can be the beginning of, by their first characters in any spelling.
///
/// A job may hold thousands of secrets, perhaps all with the same first characters; whoever tried each of them at each
/// place would be at it for hours.
struct PatternIndex: Sendable {
    /// How many characters of a pattern are looked at; fewer than make half of a secret count as the whole.
    static let depth = 12

    private let depth: Int
    private let characters: [SecretPattern.Element]
    /// The numbers of the characters that can begin with a byte.
    private let charactersByByte: [[Int]]
    /// The numbers of the characters that are a space, which a break of the line may stand for.
    private let spaces: [Int]
    private let patternCount: Int
    /// What is known of some first characters, by a hash of them.
    private var nodes: [UInt64: Node] = [:]

    private struct Node {
        /// One of the patterns that begin with the characters.
        var example: Int
        /// The patterns that need no further look.
        var patterns: [Int] = []
    }

    init(_ patterns: [SecretPattern], of characters: [SecretPattern.Element], depth: Int) {
        self.depth = depth
        self.characters = characters
        patternCount = patterns.count
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
            for number in pattern.numbers.prefix(depth) {
                key = Self.key(key, number)
                if nodes[key] == nil { nodes[key] = Node(example: place) }
            }
            nodes[key]?.patterns.append(place)
        }
    }

    /// The patterns that can begin at a place, some perhaps twice, and others that cannot; `nil` if the text ends too
    /// early to say and more may follow.
    func patterns(in text: UnsafeBufferPointer<UInt8>, at place: Int, isWhole: Bool) -> [Int]? {
        var search = Search(index: self, text: text, isWhole: isWhole)
        guard search.read(at: place, behind: 0, 0) else { return nil }
        // A text that can be read in too many ways is left to those who look at one pattern.
        return search.patience > 0 ? search.found : Array(0..<patternCount)
    }

    private static func key(_ key: UInt64, _ number: Int) -> UInt64 {
        (key ^ UInt64(number + 1)) &* 0x9E37_79B9_7F4A_7C15
    }

    private struct Search {
        let index: PatternIndex
        let text: UnsafeBufferPointer<UInt8>
        let isWhole: Bool
        var found: [Int] = []
        /// How many more characters may be read.
        var patience = 500

        /// Reads the next character; returns `false` if the text ends too early to say.
        ///
        /// - Parameters:
        ///   - key: The characters in front of the place.
        ///   - count: How many those are.
        mutating func read(at place: Int, behind key: UInt64, _ count: Int) -> Bool {
            if !isWhole, text.count - place < PatternAttempt.longestSpelling { return false }
            guard spellings(at: place, behind: key, count) else { return false }
            guard count > 0 else { return true }
            for resumed in LineBreakGap.ends(in: text, from: place) {
                if resumed >= text.count, !isWhole { return false }
                guard spellings(at: resumed, behind: key, count) else { return false }
                for space in index.spaces where !goOn(behind: key, space, count, at: resumed) { return false }
            }
            return true
        }

        private mutating func spellings(at place: Int, behind key: UInt64, _ count: Int) -> Bool {
            guard place < text.count else { return true }
            for number in index.charactersByByte[Int(text[place])] {
                for end in index.characters[number].ends(in: text, from: place)
                where !goOn(behind: key, number, count, at: end) {
                    return false
                }
            }
            return true
        }

        private mutating func goOn(behind key: UInt64, _ number: Int, _ count: Int, at end: Int) -> Bool {
            patience -= 1
            let key = PatternIndex.key(key, number)
            guard patience > 0, let node = index.nodes[key] else { return true }
            found += node.patterns
            let count = count + 1
            guard count < index.depth else { return true }
            // Where the text was cut, any pattern that has got so far is as good as another.
            if count >= Redactor.minimumLength, PatternAttempt.cut(behind: end, in: text) != nil {
                found.append(node.example)
            }
            return read(at: end, behind: key, count)
        }
    }
}
