/// One text to look for in every encoding in which it may come back, character by character.
///
/// The encodings are not applied to the text as a whole: each character may be written in any of them, because
/// encoders differ in what they escape, and because a report escapes what an upstream had already escaped. Between
/// two characters the line may break.
struct SecretPattern: Sendable {
    let elements: [Element]
    /// From how many leading characters on the text counts as found although it is cut off there.
    let sufficient: Int

    init(_ elements: [Element], sufficient: Int? = nil) {
        self.elements = elements
        self.sufficient = sufficient ?? elements.count
    }

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

    /// Whether the pattern is at an index of the text; `isWhole` says that nothing follows the text.
    func match(_ text: UnsafeBufferPointer<UInt8>, at start: Int, isWhole: Bool) -> Verdict {
        var attempt = PatternAttempt(elements: elements, sufficient: sufficient, text: text, isWhole: isWhole)
        return attempt.match(from: 0, at: start)
    }
}
