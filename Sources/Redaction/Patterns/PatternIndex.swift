/// Tells which patterns a place of a text can be the beginning of, by their first characters in any spelling.
///
/// It is a tree of those characters: a job may hold thousands of secrets, perhaps all with the same beginning, and
/// whoever tried each of them at each place would be at it for hours.
struct PatternIndex: Sendable {
    /// How many characters of a pattern are looked at; fewer than make half of a secret count as the whole.
    static let depth = 12

    private let depth: Int
    private let characters: [SecretPattern.Element]
    private let patternCount: Int
    /// The first is the root.
    private var nodes = [Node()]

    /// What is known of some first characters.
    private struct Node {
        /// One of the patterns that begin with the characters.
        var example = 0
        /// The patterns that need no further look.
        var patterns: [Int] = []
        /// The characters that come next in patterns, and the nodes they lead to.
        var followers: [(character: Int, node: Int)] = []
    }

    init(_ patterns: [SecretPattern], of characters: [SecretPattern.Element], depth: Int) {
        self.depth = depth
        self.characters = characters
        patternCount = patterns.count
        for (place, pattern) in patterns.enumerated() {
            var node = 0
            for character in pattern.numbers.prefix(depth) {
                if let next = nodes[node].followers.first(where: { $0.character == character })?.node {
                    node = next
                } else {
                    nodes[node].followers.append((character, nodes.count))
                    node = nodes.count
                    nodes.append(Node(example: place))
                }
            }
            nodes[node].patterns.append(place)
        }
    }

    /// The patterns that can begin at a place, some perhaps twice, and others that cannot; `nil` if the text ends too
    /// early to say and more may follow.
    func patterns(in text: UnsafeBufferPointer<UInt8>, at place: Int, isWhole: Bool) -> [Int]? {
        var search = Search(index: self, text: text, isWhole: isWhole)
        guard search.read(at: place, from: 0, 0) else { return nil }
        // A text that can be read in too many ways is left to those who look at one pattern.
        return search.patience > 0 ? search.found : Array(0..<patternCount)
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
        ///   - node: What the characters in front of the place have led to.
        ///   - count: How many those are.
        mutating func read(at place: Int, from node: Int, _ count: Int) -> Bool {
            if !isWhole, text.count - place < PatternAttempt.longestSpelling { return false }
            guard spellings(at: place, from: node, count) else { return false }
            guard count > 0 else { return true }
            for resumed in LineBreakGap.ends(in: text, from: place) {
                if resumed >= text.count, !isWhole { return false }
                guard spellings(at: resumed, from: node, count) else { return false }
                // A line that is broken at a space loses it, or has it in its indentation.
                for follower in index.nodes[node].followers where index.characters[follower.character].isSpace {
                    guard goOn(to: follower.node, count, at: resumed) else { return false }
                }
            }
            return true
        }

        private mutating func spellings(at place: Int, from node: Int, _ count: Int) -> Bool {
            guard place < text.count else { return true }
            for follower in index.nodes[node].followers {
                let character = index.characters[follower.character]
                guard character.canBegin(with: text[place]) else { continue }
                if character.plain == text[place] {
                    guard goOn(to: follower.node, count, at: place + 1) else { return false }
                    continue
                }
                for end in character.ends(in: text, from: place) {
                    guard goOn(to: follower.node, count, at: end) else { return false }
                }
            }
            return true
        }

        private mutating func goOn(to node: Int, _ count: Int, at end: Int) -> Bool {
            patience -= 1
            guard patience > 0 else { return true }
            found += index.nodes[node].patterns
            let count = count + 1
            guard count < index.depth else { return true }
            // Where the text was cut, any pattern that has got so far is as good as another.
            if count >= SecretPattern.minimumLength, PatternAttempt.cut(behind: end, in: text) != nil {
                found.append(index.nodes[node].example)
            }
            return read(at: end, from: node, count)
        }
    }
}
