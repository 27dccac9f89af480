internal import Text

/// One text to look for in every encoding in which it may come back, character by character.
///
/// The encodings are not applied to the text as a whole: each character may be written in any of them, because
/// encoders differ in what they escape, and because a report escapes what an upstream had already escaped. Between
/// two characters the line may break.
struct SecretPattern: Sendable {
    /// From how many characters on a secret is looked for; where a text was cut, so many of it are enough.
    static let minimumLength = 4
    /// What stands where a text was cut.
    static let cutMark = "…"

    /// The numbers of the characters in an alphabet.
    let numbers: ArraySlice<Int>
    /// From how many leading characters on the text counts as found although it is cut off there.
    let sufficient: Int

    init(_ numbers: ArraySlice<Int>, sufficient: Int? = nil) {
        self.numbers = numbers
        self.sufficient = sufficient ?? numbers.count
    }

    /// Its ends that are shorter than itself, down to the fewest characters that count where a text was cut.
    var tails: [Self] {
        numbers.indices.dropFirst().dropLast(SecretPattern.minimumLength - 1).suffix(Self.mostTails).map {
            Self(numbers[$0...])
        }
    }

    /// How many ends of a secret are looked for behind a cut; what messages show of an answer is shorter than such an end.
    private static let mostTails = 512

    /// One character in all its spellings.
    struct Element: Sendable {
        let spellings: [Spelling]
        /// The byte that alone decides, if no other spelling begins with it.
        let plain: UInt8?

        /// The bytes with which a spelling can begin.
        private let beginnings: ByteSet

        var isSpace: Bool { plain == 0x20 }

        /// Whether a spelling can begin with the byte.
        func canBegin(with byte: UInt8) -> Bool { beginnings.contains(byte) }

        init(_ spellings: [Spelling]) {
            self.spellings = spellings
            let first = spellings.first?.bytes.first
            let isAlone = spellings.dropFirst().allSatisfy { $0.bytes.first != first }
            plain = isAlone && spellings.first?.bytes.count == 1 ? first : nil
            var beginnings = ByteSet()
            for spelling in spellings {
                beginnings.insert(spelling.bytes[0])
                beginnings.insert(spelling.bytes[0] & ~spelling.fold[0])
            }
            self.beginnings = beginnings
        }

        /// Where the character can end that starts at a place, the nearest first.
        func ends(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> [Int] {
            guard start < text.count, canBegin(with: text[start]) else { return [] }
            var ends: [Int] = []
            for spelling in spellings {
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

    /// One way to write a character: bytes, and for each which bits do not matter.
    struct Spelling: Sendable, Hashable {
        /// The bytes; lower case where case does not matter.
        var bytes: [UInt8]
        /// `0x20` where a letter's case does not matter, as in the digits of `%2f`; zero elsewhere.
        var fold: [UInt8]

        init(_ bytes: some Sequence<UInt8>, fold: [UInt8]? = nil) {
            self.bytes = Array(bytes)
            self.fold = fold ?? [UInt8](repeating: 0, count: self.bytes.count)
        }

        init(_ text: StaticString) {
            self.init(text.withUTF8Buffer(Array.init))
        }
    }

    /// What an answer to "is it here?" can be.
    enum Verdict: Equatable {
        case absent
        /// Found, up to this index.
        case found(end: Int)
        /// It may be, but the text ends too early to say.
        case undecided
    }
}

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
