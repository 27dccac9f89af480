/// The characters of all patterns of a scanner, each with its spellings, however many secrets share it.
struct SecretAlphabet: Sendable {
    private(set) var characters: [SecretPattern.Element] = []
    private var textNumbers: [Unicode.Scalar: Int] = [:]
    private var base64Numbers = [Int?](repeating: nil, count: 64)

    /// The number of a character of a text.
    mutating func number(of scalar: Unicode.Scalar) -> Int {
        if let number = textNumbers[scalar] { return number }
        let number = add(SecretPattern.Element(SecretPattern.spellings(of: scalar)))
        textNumbers[scalar] = number
        return number
    }

    /// The number of what stands for six bits in Base64.
    mutating func number(ofBase64 value: Int) -> Int {
        if let number = base64Numbers[value] { return number }
        let number = add(SecretPattern.Element(SecretPattern.base64Spellings(of: value)))
        base64Numbers[value] = number
        return number
    }

    private mutating func add(_ character: SecretPattern.Element) -> Int {
        characters.append(character)
        return characters.count - 1
    }
}
