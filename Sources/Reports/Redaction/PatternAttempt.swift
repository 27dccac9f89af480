/// One try to find a pattern at one place.
struct PatternAttempt {
    let elements: [SecretPattern.Element]
    let sufficient: Int
    let text: UnsafeBufferPointer<UInt8>
    let isWhole: Bool
    /// How many more times a character may be read in two ways; a secret of backslashes alone could use up any time.
    private var patience = 1_000

    init(elements: [SecretPattern.Element], sufficient: Int, text: UnsafeBufferPointer<UInt8>, isWhole: Bool) {
        self.elements = elements
        self.sufficient = sufficient
        self.text = text
        self.isWhole = isWhole
    }

    /// Whether the characters from a number on stand at a place.
    mutating func match(from first: Int, at start: Int) -> SecretPattern.Verdict {
        var place = start
        var number = first
        while number < elements.count {
            let element = elements[number]
            if let plain = element.plain, place < text.count, text[place] == plain {
                place += 1
                number += 1
                continue
            }
            var ends = ends(of: element, at: place)
            if ends.isEmpty, number > 0 {
                for resumed in LineBreakGap.ends(in: text, from: place) where ends.isEmpty {
                    if resumed >= text.count, !isWhole { return .undecided }
                    // A line that is broken at a space loses it, or has it in its indentation.
                    ends = element.isSpace ? [resumed] : self.ends(of: element, at: resumed)
                }
            }
            guard let longest = ends.last else {
                if !isWhole, text.count - place < Self.longestSpelling { return .undecided }
                if number >= Redactor.minimumLength, let end = cut(near: place) { return .found(end: end) }
                return number >= sufficient ? .found(end: place) : .absent
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
    private static let longestSpelling = 64

    /// Where the text was cut, if that is at a place or within the spelling of the character there.
    private func cut(near place: Int) -> Int? {
        var end = place
        while end < text.count, end - place < Self.longestCutSpelling {
            if text[end...].starts(with: Redactor.cutMark.utf8) { return end }
            if text[end] == 0x20 || text[end] == 0x0A { return nil }
            end += 1
        }
        return nil
    }

    /// More bytes than a character's usual spellings take, `%25C3%25A4` among them.
    private static let longestCutSpelling = 12

    /// Where the character can end that starts at a place, the nearest first.
    private func ends(of element: SecretPattern.Element, at start: Int) -> [Int] {
        guard start < text.count, element.canBegin(with: text[start]) else { return [] }
        var ends: [Int] = []
        for spelling in element.spellings {
            let length = spelling.bytes.count
            guard start + length <= text.count else { continue }
            var offset = 0
            while offset < length, text[start + offset] | spelling.fold[offset] == spelling.bytes[offset] {
                offset += 1
            }
            if offset == length, !ends.contains(start + length) { ends.append(start + length) }
        }
        if ends.count > 1 { ends.sort() }
        return ends
    }
}
