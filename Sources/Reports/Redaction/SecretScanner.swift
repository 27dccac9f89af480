/// Finds the texts to hide in bytes.
///
/// Each byte is looked up in a table of those with which any spelling of any secret begins, then together with the
/// next one in a table of such pairs; only where both hit, the patterns are tried. The time for text without secrets
/// does not depend on how many there are.
struct SecretScanner: Sendable {
    private let patterns: [SecretPattern]
    /// Whether a spelling can begin with a byte.
    private let firsts: [Bool]
    /// One bit for each pair of bytes that a spelling can begin with.
    private let pairs: [UInt64]
    /// The numbers of the patterns that can begin with a byte.
    private let patternsByByte: [[Int]]

    init(_ patterns: [SecretPattern]) {
        var pairs = [UInt64](repeating: 0, count: 1 << 10)
        var patternsByByte = [[Int]](repeating: [], count: 256)
        for (number, pattern) in patterns.enumerated() {
            Self.forEachBeginning(of: pattern) { first, second in
                pairs[Int(first) << 2 | Int(second) >> 6] |= 1 << UInt64(second & 63)
                if !patternsByByte[Int(first)].contains(number) { patternsByByte[Int(first)].append(number) }
            }
        }
        self.patterns = patterns
        firsts = patternsByByte.map { !$0.isEmpty }
        self.pairs = pairs
        self.patternsByByte = patternsByByte
    }

    var isEmpty: Bool { patterns.isEmpty }

    /// What a scan found: the parts to hide, and up to where the text is decided.
    struct Findings {
        var ranges: [Range<Int>] = []
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
                    findings.add(found)
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
        var end: Int?
        for number in patternsByByte[Int(text[index])] {
            switch patterns[number].match(text, at: index, isWhole: isWhole) {
            case .absent: continue
            case .undecided: return .undecided
            case .found(let found): end = max(end ?? 0, found)
            }
        }
        return end.map { .found(end: $0) } ?? .absent
    }

    /// Calls back with each pair of bytes with which a pattern can begin.
    private static func forEachBeginning(of pattern: SecretPattern, _ body: (UInt8, UInt8) -> Void) {
        guard let first = pattern.elements.first, pattern.elements.count > 1 else { return }
        for head in first.spellings {
            forEachCase(of: head, at: 0) { byte in
                guard head.bytes.count == 1 else {
                    forEachCase(of: head, at: 1) { body(byte, $0) }
                    return
                }
                for follower in pattern.elements[1].spellings { forEachCase(of: follower, at: 0) { body(byte, $0) } }
                for follower in LineBreakGap.firstBytes { body(byte, follower) }
            }
        }
    }

    private static func forEachCase(of spelling: SecretPattern.Spelling, at offset: Int, _ body: (UInt8) -> Void) {
        body(spelling.bytes[offset])
        if spelling.fold[offset] != 0 { body(spelling.bytes[offset] & ~spelling.fold[offset]) }
    }
}

extension SecretScanner.Findings {
    /// Adds a part behind or over the end of the last one.
    fileprivate mutating func add(_ range: Range<Int>) {
        guard let last = ranges.last, last.upperBound >= range.lowerBound else {
            ranges.append(range)
            return
        }
        ranges[ranges.count - 1] = min(last.lowerBound, range.lowerBound)..<max(last.upperBound, range.upperBound)
    }
}
