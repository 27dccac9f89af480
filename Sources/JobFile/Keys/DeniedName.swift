/// A name that says `not`, `no` or the like of another one, as `not-contains`, `noProxy` or `equals_not` do.
struct DeniedName {
    /// What is left without the denial, its words joined by hyphens; `nil` where no word of several denies.
    let words: String?
    private let letters: String

    init(_ name: String) {
        var words = Self.words(of: name)
        letters = words.joined()
        let count = words.count
        words.removeAll(where: Self.denials.contains)
        let denies = words.count < count || name.hasPrefix("!")
        // "does-not-contain"
        if words.count > 1, let first = words.first, ["does", "do", "is", "must"].contains(first) {
            words.removeFirst()
        }
        self.words = denies && !words.isEmpty ? words.joined(separator: "-") : nil
    }

    /// Whether the name is a denial and one of these names, written as one word.
    func isOne(of names: [String]) -> Bool {
        names.contains { name in
            let other = Self.words(of: name).joined()
            return Self.denials.contains { letters == $0 + other || letters == other + $0 }
        }
    }

    private static let denials = ["not", "no", "doesnt", "isnt"]

    /// The words of a name in lower case: hyphens, underscores, blanks and capitals part them.
    private static func words(of name: String) -> [String] {
        var words = [""]
        var wasCapital = true
        for character in name where character.isLetter || character.isNumber || "-_ ".contains(character) {
            if !character.isLetter && !character.isNumber || character.isUppercase && !wasCapital { words.append("") }
            wasCapital = character.isUppercase
            if character.isLetter || character.isNumber { words[words.count - 1] += character.lowercased() }
        }
        return words.filter { !$0.isEmpty }
    }
}
