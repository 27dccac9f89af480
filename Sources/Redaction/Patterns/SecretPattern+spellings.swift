internal import Text

extension SecretPattern {
    /// The patterns of one secret: those of each text as which it can come back, and of its bytes in Base64.
    ///
    /// - Parameters:
    ///   - secret: The secret; breaks of the line in it are passed over, because they may stand anywhere anyway.
    ///   - alphabet: Where the characters go.
    ///   - isWord: Whether a piece of the secret is an ordinary word that must not be taken for it.
    static func patterns(
        for secret: String,
        in alphabet: inout SecretAlphabet,
        isWord: (String) -> Bool = { _ in false }
    ) -> [Self] {
        let variants = SecretVariants(of: secret)
        var patterns: [Self] = []
        for text in variants.texts where characters(of: text).count >= minimumLength && !isWord(text) {
            patterns += textPatterns(for: text, in: &alphabet, isWord: isWord)
        }
        for bytes in variants.bytes { patterns += base64Patterns(for: bytes, in: &alphabet) }
        return patterns
    }

    /// The patterns of a text: itself, and its end in case its beginning is cut off.
    private static func textPatterns(
        for secret: String,
        in alphabet: inout SecretAlphabet,
        isWord: (String) -> Bool
    ) -> [Self] {
        let scalars = characters(of: secret)
        let numbers = scalars.map { alphabet.number(of: $0) }[...]
        let half = sufficientCount(of: numbers.count)
        let beginning = String(String.UnicodeScalarView(scalars.prefix(half)))
        let end = String(String.UnicodeScalarView(scalars.suffix(half)))
        var patterns = [Self(numbers, sufficient: isWord(beginning) ? numbers.count : half)]
        if half < numbers.count, !isWord(end) { patterns.append(Self(numbers.suffix(half))) }
        return patterns
    }

    /// The patterns of bytes that a secret may be sent as, in Base64 at every alignment.
    private static func base64Patterns(for bytes: [UInt8], in alphabet: inout SecretAlphabet) -> [Self] {
        (0..<3).map { base64(of: bytes, alignment: $0, in: &alphabet) }
    }

    /// The characters of a secret that are looked for.
    static func characters(of secret: String) -> [Unicode.Scalar] {
        secret.unicodeScalars.filter { $0 != "\n" && $0 != "\r" }
    }

    /// How much of a secret's beginning or end is as good as the whole: half of it, but no less than twelve characters,
    /// because fewer can be a word in its own right.
    private static func sufficientCount(of count: Int) -> Int {
        min(count, max(12, (count + 1) / 2))
    }

    /// The Base64 of bytes that stand so many bytes behind a multiple of three, such as behind `user:`.
    ///
    /// Only the characters that the bytes alone decide are looked for; those at the edges hold at most
    /// four bits of the first and of the last byte, mixed with their neighbours'.
    private static func base64(of bytes: [UInt8], alignment: Int, in alphabet: inout SecretAlphabet) -> Self {
        let padded = [UInt8](repeating: 0, count: alignment) + bytes + [0, 0]
        let firstBit = alignment * 8
        let endBit = firstBit + bytes.count * 8
        let numbers = ((firstBit + 5) / 6..<endBit / 6).map { position in
            let bit = position * 6
            let pair = UInt16(padded[bit / 8]) << 8 | UInt16(padded[bit / 8 + 1])
            return alphabet.number(ofBase64: Int(pair >> UInt16(10 - bit % 8)) & 0x3F)
        }
        return Self(numbers[...], sufficient: sufficientCount(of: numbers.count))
    }

    private static let base64Alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8
    )

    /// RFC 4648: sections 4 and 5 differ in the last two characters.
    static func base64Spellings(of value: Int) -> [Spelling] {
        switch value {
        case 62: spellings(of: "+") + [Spelling("-".utf8)]
        case 63: spellings(of: "/") + [Spelling("_".utf8)]
        // No encoder escapes letters and digits that have been encoded already.
        default: [Spelling([base64Alphabet[value]])]
        }
    }

    /// Every way in which a character can be written: as it is, escaped, and escaped once more.
    static func spellings(of scalar: Unicode.Scalar) -> [Spelling] {
        let raw = Array(UTF8.encode(scalar) ?? UTF8.EncodedScalar())
        var inner = [Spelling(raw)]
        inner.append(escaped(raw, introducer: "%"))
        inner.append(escaped(raw, introducer: "%25"))
        if scalar == " " { inner.append(Spelling("+".utf8)) }
        inner.append(jsonEscaped(scalar))
        if let short = shortJSONEscape(scalar) { inner.append(Spelling(short)) }
        inner.append(Spelling("&#\(scalar.value);".utf8))
        inner.append(Spelling("&#0\(scalar.value);".utf8))
        inner.append(hexReference(scalar))
        for name in CharacterNames.names(of: scalar) { inner.append(Spelling("&\(name);".utf8)) }
        if !scalar.isASCII { inner += byteEscapes(of: scalar, raw) }
        // As what begins a command to a CI system is shown, and what is not to be seen.
        let isShownByNumber = [.control, .format].contains(scalar.properties.generalCategory)
        if scalar == "#" || scalar == ":" || isShownByNumber {
            inner.append(Spelling(Array(VisibleText.escape(scalar).utf8)))
        }
        var all = inner
        for spelling in inner {
            for escape in outerEscapes {
                if let outer = escaped(spelling, by: escape), !all.contains(outer) { all.append(outer) }
            }
        }
        return all
    }

    private static func shortJSONEscape(_ scalar: Unicode.Scalar) -> StaticString? {
        switch scalar {
        case "\"": "\\\""
        case "\\": "\\\\"
        case "/": "\\/"
        case "\t": "\\t"
        case "\u{8}": "\\b"
        case "\u{C}": "\\f"
        default: nil
        }
    }

    /// A character beyond ASCII as the escapes of its bytes, in UTF-8 or in an encoding of one byte: of URLs (`%F1`), of
    /// programming languages (`\xF1`, `\361`) and of mail (`=F1`, RFC 2045, section 6.7).
    private static func byteEscapes(of scalar: Unicode.Scalar, _ raw: [UInt8]) -> [Spelling] {
        let encodings: [ByteEncoding] = [.windows1252, .latin1]
        var single: [[UInt8]] = []
        for byte in encodings.compactMap({ $0.byte(of: scalar) }) where !single.contains([byte]) {
            single.append([byte])
        }
        let urls = single.flatMap { [escaped($0, introducer: "%"), escaped($0, introducer: "%25")] }
        let others = ([raw] + single).flatMap { bytes in
            [
                escaped(bytes, introducer: "\\x"), escaped(bytes, introducer: "="),
                Spelling(bytes.flatMap { Array("\\\(String($0, radix: 8))".utf8) }),
            ]
        }
        return urls + others
    }

    /// The escapes that the reports themselves put on top: what each writes for a byte, if not the byte.
    private static let outerEscapes: [@Sendable (UInt8) -> StaticString?] = [
        { $0 == UInt8(ascii: "\\") ? "\\\\" : $0 == UInt8(ascii: "\"") ? "\\\"" : nil },
        {
            switch $0 {
            case UInt8(ascii: "\\"): "\\\\"
            case UInt8(ascii: "\""): "\\\""
            case UInt8(ascii: "/"): "\\/"
            default: nil
            }
        },
        {
            switch $0 {
            case UInt8(ascii: "&"): "&amp;"
            case UInt8(ascii: "\""): "&quot;"
            case UInt8(ascii: "'"): "&#39;"
            default: nil
            }
        },
        { $0 == UInt8(ascii: "%") ? "%25" : nil },
        {
            switch $0 {
            case UInt8(ascii: "\\"): "&#92;"
            case UInt8(ascii: "&"): "&#38;"
            case UInt8(ascii: "#"): "&#35;"
            default: nil
            }
        },
    ]

    /// The spelling escaped once more; `nil` if that changes nothing.
    private static func escaped(_ spelling: Spelling, by escape: (UInt8) -> StaticString?) -> Spelling? {
        guard spelling.bytes.contains(where: { escape($0) != nil }) else { return nil }
        var bytes: [UInt8] = []
        var fold: [UInt8] = []
        for (byte, mask) in zip(spelling.bytes, spelling.fold) {
            guard let written = escape(byte) else {
                bytes.append(byte)
                fold.append(mask)
                continue
            }
            written.withUTF8Buffer { bytes += $0 }
            fold += [UInt8](repeating: 0, count: written.utf8CodeUnitCount)
        }
        return Spelling(bytes, fold: fold)
    }

    /// Bytes in hexadecimal digits of either case, each behind a mark.
    private static func escaped(_ raw: [UInt8], introducer: String) -> Spelling {
        var bytes: [UInt8] = []
        var fold: [UInt8] = []
        for byte in raw {
            bytes += Array(introducer.utf8) + hex(UInt32(byte), digits: 2)
            fold += [UInt8](repeating: 0, count: introducer.utf8.count) + [0x20, 0x20]
        }
        return Spelling(bytes, fold: fold)
    }

    private static func jsonEscaped(_ scalar: Unicode.Scalar) -> Spelling {
        var bytes: [UInt8] = []
        var fold: [UInt8] = []
        for unit in UTF16.encode(scalar) ?? UTF16.EncodedScalar() {
            bytes += Array("\\u".utf8) + hex(UInt32(unit), digits: 4)
            fold += [0, 0, 0x20, 0x20, 0x20, 0x20]
        }
        return Spelling(bytes, fold: fold)
    }

    private static func hexReference(_ scalar: Unicode.Scalar) -> Spelling {
        let digits = hex(scalar.value, digits: 1)
        let fold: [UInt8] = [0, 0, 0x20] + [UInt8](repeating: 0x20, count: digits.count) + [0]
        return Spelling(Array("&#x".utf8) + digits + Array(";".utf8), fold: fold)
    }

    private static func hex(_ value: UInt32, digits: Int) -> [UInt8] {
        let text = Array(String(value, radix: 16).utf8)
        return [UInt8](repeating: 0x30, count: max(0, digits - text.count)) + text
    }
}
