extension RegexPattern {
    /// Whether the pattern matches the text from its first scalar to its last.
    public func matchesWhole(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { matchesWhole($0.span) }
    }

    /// Whether the pattern matches the UTF-8 text from its first byte to its last.
    public func matchesWhole(_ text: Span<UInt8>) -> Bool {
        var steps = 0
        return matchesWhole(text, steps: &steps)
    }

    /// Whether the pattern matches anywhere in the text.
    public func containsMatch(in text: String) -> Bool {
        var text = text
        return text.withUTF8 { containsMatch(in: $0.span) }
    }

    /// Whether the pattern matches anywhere in the UTF-8 text.
    public func containsMatch(in text: Span<UInt8>) -> Bool {
        var steps = 0
        return containsMatch(in: text, steps: &steps)
    }

    /// The first match, as a range of UTF-8 offsets.
    ///
    /// The match that starts leftmost is taken. Of those, alternatives are preferred in the order they are written
    /// and repetitions as greedy or lazy as they are written, as in Perl.
    public func firstMatch(in text: String) -> Range<Int>? {
        var text = text
        return text.withUTF8 { firstMatch(in: $0.span) }
    }

    /// The first match at or after a byte offset of the UTF-8 text, as a range of byte offsets.
    ///
    /// The text before `start` is still what `^` and `\b` look at. `start` must be the start of a scalar and lie in
    /// `0...text.count`; there is no match after the end.
    public func firstMatch(in text: Span<UInt8>, from start: Int = 0) -> Range<Int>? {
        var steps = 0
        return firstMatch(in: text, from: start, steps: &steps)
    }

    /// All matches that do not overlap, from left to right, as ranges of UTF-8 offsets.
    ///
    /// Each single search is linear. Only the searches together can take longer than that: a pattern such as
    /// `a(.*b)?` reads to the end of the text for each of its matches.
    public func matches(in text: String) -> [Range<Int>] {
        var text = text
        return text.withUTF8 { matches(in: $0.span) }
    }

    /// All matches in the UTF-8 text that do not overlap, from left to right, as ranges of byte offsets.
    public func matches(in text: Span<UInt8>) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var position = 0
        while position <= text.count, let match = firstMatch(in: text, from: position) {
            found.append(match)
            guard match.isEmpty else {
                position = match.upperBound
                continue
            }
            // An empty match would be found again at the same place for ever.
            guard match.upperBound < text.count else { break }
            position = match.upperBound + UTF8Decoder.scalar(in: text, at: match.upperBound).length
        }
        return found
    }
}

// Matching with a bound on the work, for texts and patterns that come from elsewhere.
extension RegexPattern {
    /// Whether the pattern matches anywhere in the text, or `nil` if that takes more than the steps that are left.
    ///
    /// A step is a byte read or an instruction looked at: some nanoseconds.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - stepsLeft: What is left, less what was done afterwards; below 0 when it did not suffice.
    package func containsMatch(in text: String, stepsLeft: inout Int) -> Bool? {
        Self.bounded(text, &stepsLeft) { containsMatch(in: $0, steps: &$1, limit: $2) }
    }

    /// Whether the pattern matches the whole text, or `nil` if that takes more than the steps that are left.
    package func matchesWhole(_ text: String, stepsLeft: inout Int) -> Bool? {
        Self.bounded(text, &stepsLeft) { matchesWhole($0, steps: &$1, limit: $2) }
    }

    /// The first match; `nil` if there is none, or if finding it takes more than the steps that are left.
    package func firstMatch(in text: String, stepsLeft: inout Int) -> Range<Int>? {
        Self.bounded(text, &stepsLeft) { firstMatch(in: $0, from: 0, steps: &$1, limit: $2) } ?? nil
    }

    private static func bounded<Result>(
        _ text: String,
        _ stepsLeft: inout Int,
        _ match: (Span<UInt8>, inout Int, Int) -> Result
    ) -> Result? {
        guard stepsLeft >= 0 else { return nil }
        var (text, steps) = (text, 0)
        let result = text.withUTF8 { match($0.span, &steps, stepsLeft) }
        stepsLeft -= steps
        return stepsLeft >= 0 ? result : nil
    }
}

extension RegexPattern {
    /// The length from which building the lazy automaton pays for itself.
    private static let longText = 256

    func matchesWhole(_ text: Span<UInt8>, steps: inout Int, limit: Int = .max) -> Bool {
        if program.isLiteral {
            steps += program.prefix.count
            return text.count == program.prefix.count && program.startsWithPrefix(text, at: 0)
        }
        steps += setUpSteps
        if text.count < Self.longText {
            return ThreadMachine.run(program, on: text, from: 0, goal: .whole, steps: &steps, limit: limit) != nil
        }
        var automaton = LazyAutomaton(program, isSearch: false, limit: limit - min(steps, limit))
        defer { steps += automaton.steps }
        return automaton.matchesWhole(text)
    }

    func containsMatch(in text: Span<UInt8>, steps: inout Int, limit: Int = .max) -> Bool {
        guard let start = searchStart(in: text, from: 0, steps: &steps) else { return false }
        if program.isLiteral { return true }
        if text.count - start < Self.longText {
            return ThreadMachine.run(program, on: text, from: start, goal: .anywhere, steps: &steps, limit: limit)
                != nil
        }
        var automaton = LazyAutomaton(program, isSearch: true, limit: limit - min(steps, limit))
        defer { steps += automaton.steps }
        return automaton.search(text, from: start) != nil
    }

    func firstMatch(
        in text: Span<UInt8>,
        from position: Int,
        steps: inout Int,
        limit: Int = .max
    ) -> Range<Int>? {
        guard position >= 0, position <= text.count,
            var start = searchStart(in: text, from: position, steps: &steps)
        else { return nil }
        if program.isLiteral { return start..<(start + program.prefix.count) }
        if text.count - start >= Self.longText {
            var automaton = LazyAutomaton(program, isSearch: true, limit: limit - min(steps, limit))
            let idle = automaton.search(text, from: start)
            steps += automaton.steps
            guard let idle else { return nil }
            start = idle
        }
        return ThreadMachine.run(program, on: text, from: start, goal: .leftmost, steps: &steps, limit: limit)
    }

    /// Where a search has to begin: at the first place that looks like the start of a match.
    private func searchStart(in text: Span<UInt8>, from position: Int, steps: inout Int) -> Int? {
        steps += setUpSteps
        guard !program.prefix.isEmpty else { return position }
        let found = program.firstPrefix(in: text, from: position)
        steps += (found ?? text.count) - position + program.prefix.count
        return found
    }

    /// What making an automaton costs, before it has read anything.
    private var setUpSteps: Int { program.instructions.count / 8 }
}
