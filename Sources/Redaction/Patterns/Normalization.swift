internal import Synchronization

/// The canonical forms of Unicode (Unicode Standard Annex 15), as far as passwords need them: letters of the Latin, Greek
/// and Cyrillic alphabets and kana with up to two marks, and Hangul.
///
/// The standard library compares by these forms but does not hand them out. So they are found by comparing.
enum Normalization {
    /// The text with each letter and its marks as one character, where there is one.
    static func composed(_ text: String) -> String {
        text.map { character in
            guard character.unicodeScalars.count > 1 else { return String(character) }
            return cached(character, as: .composed) {
                let wholes = scripts.lazy.flatMap(\.wholes).flatMap { $0 }.compactMap(Unicode.Scalar.init)
                return wholes.first { Character($0) == character }.map { String($0) }
            }
        }.joined()
    }

    /// The text with the marks of each letter behind it.
    static func decomposed(_ text: String) -> String {
        text.map { character in
            let scalars = character.unicodeScalars
            guard scalars.count == 1, let scalar = scalars.first, !scalar.isASCII else { return String(character) }
            if let letters = hangul(scalar) { return letters }
            return cached(character, as: .decomposed) {
                let script = scripts.first { $0.wholes.contains { $0.contains(scalar.value) } }
                return script.flatMap { parts(of: character, in: $0) }
            }
        }.joined()
    }

    /// An alphabet: its characters that have a mark, its letters, and the marks.
    private struct Script {
        let wholes: [ClosedRange<UInt32>]
        let letters: [ClosedRange<UInt32>]
        let marks: [ClosedRange<UInt32>]
        /// Where characters are that have two marks.
        var withTwoMarks: [ClosedRange<UInt32>] = []
    }

    /// The marks of which a character can have two.
    private static let commonMarks: Set<UInt32> = [
        0x300, 0x301, 0x302, 0x303, 0x304, 0x306, 0x307, 0x308, 0x309, 0x30A, 0x30C, 0x313, 0x314, 0x31B, 0x323, 0x327,
        0x328,
        0x342, 0x345,
    ]

    private static let scripts = [
        Script(
            wholes: [0xC0...0x24F, 0x1E00...0x1EFF],
            letters: [0x41...0x5A, 0x61...0x7A],
            marks: [0x300...0x30C, 0x30F...0x31B, 0x323...0x331],
            withTwoMarks: [0x1D5...0x1E1, 0x1EC...0x1ED, 0x1FA...0x1FB, 0x22A...0x231, 0x1E00...0x1EFF]
        ),
        Script(
            wholes: [0x374...0x3FF, 0x1F00...0x1FFF],
            letters: [0x391...0x3C9],
            marks: [0x300...0x301, 0x304...0x308, 0x313...0x314, 0x342...0x345],
            withTwoMarks: [0x390...0x390, 0x3B0...0x3B0, 0x1F00...0x1FFF]
        ),
        Script(wholes: [0x400...0x4FF], letters: [0x410...0x44F, 0x456...0x456], marks: [0x300...0x30F]),
        Script(wholes: [0x3041...0x30FF], letters: [0x3041...0x30FF], marks: [0x3099...0x309A]),
        Script(wholes: [0xAC00...0xD7A3], letters: [], marks: []),
    ]

    private static func parts(of character: Character, in script: Script) -> String? {
        let marks = script.marks.joined().compactMap(Unicode.Scalar.init)
        let letters = script.letters.joined().compactMap(Unicode.Scalar.init)
        func text(_ scalars: Unicode.Scalar...) -> String { String(String.UnicodeScalarView(scalars)) }
        let whole = String(character)
        for letter in letters {
            for mark in marks where text(letter, mark) == whole { return text(letter, mark) }
        }
        guard let scalar = whole.unicodeScalars.first,
            script.withTwoMarks.contains(where: { $0.contains(scalar.value) })
        else { return nil }
        let common = marks.filter { Self.commonMarks.contains($0.value) }
        for letter in letters {
            for first in common {
                for second in common where text(letter, first, second) == whole { return text(letter, first, second) }
            }
        }
        return nil
    }

    /// A Hangul syllable in its letters (The Unicode Standard, section 3.12).
    private static func hangul(_ scalar: Unicode.Scalar) -> String? {
        guard (0xAC00...0xD7A3).contains(scalar.value) else { return nil }
        let index = scalar.value - 0xAC00
        let tail = index % 28
        let letters = [0x1100 + index / 588, 0x1161 + index % 588 / 28] + (tail > 0 ? [0x11A7 + tail] : [])
        return String(String.UnicodeScalarView(letters.compactMap(Unicode.Scalar.init)))
    }

    // MARK: What has been found

    private enum Form: String {
        case composed, decomposed
    }

    /// What earlier secrets had; to find a form takes a thousand comparisons.
    private static let found = Mutex<[String: String]>([:])

    private static func cached(_ character: Character, as form: Form, _ find: () -> String?) -> String {
        // Texts as keys of a dictionary are equal in all forms, which is just what is not wanted here.
        let key = form.rawValue + character.unicodeScalars.map { " \($0.value)" }.joined()
        if let known = found.withLock({ $0[key] }) { return known }
        let result = find() ?? String(character)
        found.withLock { $0[key] = result }
        return result
    }
}
