/// Finds the texts to hide in bytes.
///
/// Each byte is looked up in a table of those with which any spelling of any secret begins, then together with the
/// next one in a table of such pairs and with the next two in one of triples; only where all hit, the patterns that begin
/// like this are tried. The time for text without secrets hardly depends on how many there are.
struct SecretScanner: Sendable {
    private let patterns: [SecretPattern]
    private let characters: [SecretPattern.Element]
    private let index: PatternIndex
    /// Whether a spelling can begin with a byte.
    private let firsts: [Bool]
    /// One bit for each pair of bytes that a spelling can begin with.
    private let pairs: [UInt64]
    private let triples: TripleFilter

    init(_ patterns: [SecretPattern], of alphabet: SecretAlphabet) {
        self.init(patterns, characters: alphabet.characters, depth: PatternIndex.depth)
    }

    private init(_ patterns: [SecretPattern], characters: [SecretPattern.Element], depth: Int) {
        self.characters = characters
        self.patterns = patterns
        var firsts = [Bool](repeating: false, count: 256)
        var pairs = [UInt64](repeating: 0, count: 1 << 10)
        var seen: Set<[Int]> = []
        for pattern in patterns where seen.insert(Array(pattern.numbers.prefix(2))).inserted {
            Self.forEachBeginning(of: pattern.numbers, in: characters) { first, second in
                pairs[Int(first) << 2 | Int(second) >> 6] |= 1 << UInt64(second & 63)
                firsts[Int(first)] = true
            }
        }
        self.firsts = firsts
        self.pairs = pairs
        index = PatternIndex(patterns, of: characters, depth: depth)
        triples = TripleFilter(patterns, of: characters)
    }

    var isEmpty: Bool { patterns.isEmpty }

    /// The ends of its patterns, for what a text has behind the place where it was cut.
    var tails: Self {
        Self(patterns.flatMap(\.tails), characters: characters, depth: SecretPattern.minimumLength)
    }

    /// Where a pattern ends that begins at a place of a text that nothing follows; `nil` if none does.
    func end(in text: UnsafeBufferPointer<UInt8>, from place: Int) -> Int? {
        guard place < text.count, case .found(let end) = longestMatch(in: text, at: place, isWhole: true) else {
            return nil
        }
        return end
    }

    /// What a scan found: the parts to hide, and up to where the text is decided.
    struct Findings {
        var hidden = HiddenRanges()
        var decided: Int
    }

    /// Looks for the texts from an index on; `isWhole` says that nothing follows the text.
    func scan(
        _ text: UnsafeBufferPointer<UInt8>,
        from start: Int = 0,
        isWhole: Bool = true,
        syntax: ReportSyntax = .text
    ) -> Findings {
        var findings = Findings(decided: text.count)
        guard !patterns.isEmpty else { return findings }
        withTables { firsts, pairs in
            var index = start
            while index < text.count {
                index = Self.nextCandidate(in: text, from: index, firsts: firsts, pairs: pairs)
                guard index < text.count else { break }
                if triples.excludes(text, at: index) {
                    index += 1
                    continue
                }
                switch longestMatch(in: text, at: index, isWhole: isWhole) {
                case .absent:
                    index += 1
                case .undecided:
                    findings.decided = index
                    return
                case .found(let end):
                    guard let found = syntax.hideable(index..<end, in: text) else {
                        index += 1
                        continue
                    }
                    findings.hidden.add(found)
                    index = found.upperBound
                }
            }
        }
        return findings
    }

    /// The next index at which a pair stands that a secret can begin with; the last byte has no partner and always is.
    private static func nextCandidate(
        in text: UnsafeBufferPointer<UInt8>,
        from start: Int,
        firsts: UnsafeBufferPointer<Bool>,
        pairs: UnsafeBufferPointer<UInt64>
    ) -> Int {
        guard let bytes = text.baseAddress, let firsts = firsts.baseAddress, let pairs = pairs.baseAddress else {
            return text.count
        }
        var index = start
        let last = text.count - 1
        while index < last {
            if firsts[Int(bytes[index])] {
                let pair = Int(bytes[index]) << 8 | Int(bytes[index + 1])
                if pairs[pair >> 6] & (1 << UInt64(pair & 63)) != 0 { return index }
            }
            index += 1
        }
        return index
    }

    private func withTables(_ body: (UnsafeBufferPointer<Bool>, UnsafeBufferPointer<UInt64>) -> Void) {
        firsts.withUnsafeBufferPointer { firsts in
            pairs.withUnsafeBufferPointer { body(firsts, $0) }
        }
    }

    private func longestMatch(
        in text: UnsafeBufferPointer<UInt8>,
        at index: Int,
        isWhole: Bool
    ) -> SecretPattern.Verdict {
        guard let numbers = self.index.patterns(in: text, at: index, isWhole: isWhole) else { return .undecided }
        var end: Int?
        for number in Set(numbers) {
            var attempt = PatternAttempt(patterns[number], of: characters, in: text, isWhole: isWhole)
            switch attempt.match(at: index) {
            case .absent: continue
            case .undecided: return .undecided
            case .found(let found): end = max(end ?? 0, found)
            }
        }
        return end.map { .found(end: $0) } ?? .absent
    }

    /// Calls back with each pair of bytes with which a pattern can begin.
    private static func forEachBeginning(
        of numbers: ArraySlice<Int>,
        in characters: [SecretPattern.Element],
        _ body: (UInt8, UInt8) -> Void
    ) {
        guard let first = numbers.first, let second = numbers.dropFirst().first else { return }
        for head in characters[first].spellings {
            forEachCase(of: head, at: 0) { byte in
                guard head.bytes.count == 1 else {
                    forEachCase(of: head, at: 1) { body(byte, $0) }
                    return
                }
                for follower in characters[second].spellings { forEachCase(of: follower, at: 0) { body(byte, $0) } }
                for follower in LineBreakGap.firstBytes { body(byte, follower) }
            }
        }
    }

    private static func forEachCase(of spelling: SecretPattern.Spelling, at offset: Int, _ body: (UInt8) -> Void) {
        body(spelling.bytes[offset])
        if spelling.fold[offset] != 0 { body(spelling.bytes[offset] & ~spelling.fold[offset]) }
    }
}

/// Tells quickly that no pattern begins at a place of a text, if the next three bytes stand for themselves.
///
/// It is a table of bits by a hash of three bytes, so it may let a place pass without reason, but excludes none without.
private struct TripleFilter: Sendable {
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
            return beginnings.flatMap { beginning in
                spellings.flatMap { Self.cases(of: $0, upTo: 3 - beginning.count).map { beginning + $0 } }
            }
        }
    }

    /// The first bytes of a spelling in each case of those whose case does not matter.
    private static func cases(of spelling: SecretPattern.Spelling, upTo count: Int) -> [[UInt8]] {
        zip(spelling.bytes, spelling.fold).prefix(max(0, count)).reduce([[]]) { written, byte in
            let (lower, fold) = byte
            let cases = fold == 0 || !(0x61...0x7A).contains(lower) ? [lower] : [lower, lower & ~fold]
            return written.flatMap { written in cases.map { written + [$0] } }
        }
    }

    private func place(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Int {
        let triple = UInt64(first) << 16 | UInt64(second) << 8 | UInt64(third)
        return Int((triple &* 0x9E37_79B9_7F4A_7C15) >> UInt64(64 - width))
    }
}
