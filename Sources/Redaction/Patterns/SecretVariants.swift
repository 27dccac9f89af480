internal import Text

/// The texts as which a secret with characters beyond ASCII can come back.
///
/// Programs take its UTF-8 for another encoding, write it in another, normalize it, or lose what they cannot write. What
/// they make of a secret lets anybody guess the secret, so that all of it is hidden.
struct SecretVariants {
    /// The texts, the secret itself first, each once.
    let texts: [String]
    /// The bytes that may be encoded further: the secret in UTF-8, in encodings of one byte, and misread; each once.
    let bytes: [[UInt8]]

    init(of secret: String) {
        guard secret.utf8.contains(where: { $0 >= 0x80 }) else {
            texts = [secret]
            bytes = [Array(secret.utf8)]
            return
        }
        let written = [secret, Normalization.composed(secret), Normalization.decomposed(secret)]
        let misread = written.flatMap(Self.misread)
        // Twice, as where a proxy and its target both convert.
        let misreadTwice = misread.flatMap(Self.misread)
        texts = Self.distinct(written + misread + misreadTwice + written.flatMap(Self.lossy))
        let encoded = written.flatMap { text in [ByteEncoding.windows1252, .latin1].compactMap { $0.bytes(of: text) } }
        bytes = Self.distinct((written + misread).map { Array($0.utf8) } + encoded)
    }

    /// What a text becomes whose UTF-8 is taken for an encoding of one byte.
    private static func misread(_ text: String) -> [String] {
        [ByteEncoding.windows1252, .latin1].map { $0.text(of: Array(text.utf8)) }
    }

    /// What is left of a text where each character beyond ASCII, or each byte of it, is replaced or left out.
    private static func lossy(_ text: String) -> [String] {
        func replacing(with replacement: (Unicode.Scalar) -> String) -> String {
            text.unicodeScalars.map { $0.isASCII ? String($0) : replacement($0) }.joined()
        }
        return ["?", "\u{FFFD}"].flatMap { mark in
            [
                replacing { _ in mark },
                replacing { String(repeating: mark, count: UTF8.width($0)) },
                replacing { String(repeating: mark, count: UTF16.width($0)) },
            ]
        } + [replacing { _ in "" }]
    }

    private static func distinct<Value: Hashable>(_ values: [Value]) -> [Value] {
        // Texts that mean the same in Unicode are equal to Swift, but are other bytes.
        var seen: Set<[UInt8]> = []
        return values.filter { value in
            let bytes = (value as? String).map { Array($0.utf8) } ?? value as? [UInt8] ?? []
            return seen.insert(bytes).inserted
        }
    }
}
