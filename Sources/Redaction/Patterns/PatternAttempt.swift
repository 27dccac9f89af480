/// One try to find a pattern at one place.
struct PatternAttempt {
    let pattern: SecretPattern
    let characters: [SecretPattern.Element]
    let text: UnsafeBufferPointer<UInt8>
    let isWhole: Bool
    /// How many more times a character may be read in two ways; a secret of backslashes alone could use up any time.
    private var patience = 1_000

    /// Creates a try.
    ///
    /// - Parameters:
    ///   - pattern: What to look for.
    ///   - characters: The alphabet of the pattern.
    ///   - text: Where.
    ///   - isWhole: Whether nothing follows the text.
    init(
        _ pattern: SecretPattern,
        of characters: [SecretPattern.Element],
        in text: UnsafeBufferPointer<UInt8>,
        isWhole: Bool
    ) {
        self.pattern = pattern
        self.characters = characters
        self.text = text
        self.isWhole = isWhole
    }

    /// Whether the characters from a number on stand at a place.
    mutating func match(from first: Int = 0, at start: Int) -> SecretPattern.Verdict {
        var place = start
        var number = first
        let numbers = pattern.numbers
        while number < numbers.count {
            let element = characters[numbers[numbers.startIndex + number]]
            if let plain = element.plain, place < text.count, text[place] == plain {
                place += 1
                number += 1
                continue
            }
            var ends = element.ends(in: text, from: place)
            if ends.isEmpty, number > 0 {
                for resumed in LineBreakGap.ends(in: text, from: place) where ends.isEmpty {
                    if resumed >= text.count, !isWhole { return .undecided }
                    // A line that is broken at a space loses it, or has it in its indentation.
                    ends = element.isSpace ? [resumed] : element.ends(in: text, from: resumed)
                }
            }
            guard let longest = ends.last else {
                if !isWhole, text.count - place < Self.longestSpelling { return .undecided }
                if number >= SecretPattern.minimumLength, let end = Self.cut(behind: place, in: text) {
                    return .found(end: end)
                }
                return number >= pattern.sufficient ? .found(end: place) : .absent
            }
            if ends.count > 1 {
                for end in ends.dropFirst().reversed() {
                    patience -= 1
                    // Hiding too much is better than hiding too little.
                    guard patience > 0 else { return .found(end: end) }
                    let verdict = match(from: number + 1, at: end)
                    if verdict != .absent { return verdict }
                }
                place = ends[0]
            } else {
                place = longest
            }
            number += 1
        }
        return .found(end: place)
    }

    /// More bytes than any spelling of a character, or the beginning of a line's break, takes.
    static let longestSpelling = 64

    /// Where the text was cut, if that is at a place, or behind the break of the line that starts there.
    static func cut(behind place: Int, in text: UnsafeBufferPointer<UInt8>) -> Int? {
        cut(near: place, in: text)
            ?? LineBreakGap.ends(in: text, from: place).compactMap { cut(near: $0, in: text) }.first
    }

    /// Where the text was cut, if that is at a place or within the spelling of the character there.
    private static func cut(near place: Int, in text: UnsafeBufferPointer<UInt8>) -> Int? {
        var end = place
        while end < text.count, end - place < longestCutSpelling {
            switch text[end] {
            case 0x20, 0x0A: return nil
            // The byte with which the mark begins.
            case 0xE2 where text[end...].starts(with: SecretPattern.cutMark.utf8): return end
            default: end += 1
            }
        }
        return nil
    }

    /// More bytes than a character's usual spellings take, `%25C3%25A4` among them.
    static let longestCutSpelling = 12
}
