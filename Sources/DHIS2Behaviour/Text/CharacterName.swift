/// How messages name a character.
enum CharacterName {
    /// The character in quotes, or a word where it would not be seen.
    static func of(_ character: Character) -> String {
        switch character {
        case " ": return "a space"
        case "\"": return "a double quote"
        case "`": return "a backtick"
        case "\n", "\r", "\r\n": return "a line break"
        case "\t": return "a tab"
        default: break
        }
        guard let scalar = character.unicodeScalars.first, ServerText.isPrintable(scalar) else {
            let value = character.unicodeScalars.first?.value ?? 0
            let digits = String(value, radix: 16, uppercase: true)
            return "the control character U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        }
        return "\"\(character)\""
    }
}
