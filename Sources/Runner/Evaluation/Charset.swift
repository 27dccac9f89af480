import Text

/// The character encodings that routecheck decodes, by the labels of the WHATWG Encoding Standard, section 4.2.
///
/// By that standard `ISO-8859-1` and `US-ASCII` mean windows-1252, which has the same characters and, where
/// ISO-8859-1 has control characters that no text uses, further ones.
enum Charset: Hashable {
    case utf8
    case utf16LittleEndian
    case utf16BigEndian
    /// UTF-16 that does not say which byte comes first.
    case utf16
    case windows1252
    case latin9
    /// An encoding of that label that routecheck does not decode.
    ///
    /// - Parameter keepsASCII: Whether a byte below 0x80 is the ASCII character of that number.
    case unknown(label: String, keepsASCII: Bool)

    init(label: String) {
        let label = label.lowercased()
        self =
            switch label {
            case "utf-8", "utf8", "unicode-1-1-utf-8", "unicode11utf8", "unicode20utf8", "x-unicode20utf8": .utf8
            case "utf-16": .utf16
            case "utf-16le", "unicode", "unicodefeff", "ucs-2", "csunicode", "iso-10646-ucs-2": .utf16LittleEndian
            case "utf-16be", "unicodefffe": .utf16BigEndian
            case "windows-1252", "cp1252", "x-cp1252", "iso-8859-1", "iso8859-1", "iso88591", "iso8859_1",
                "iso_8859-1", "iso_8859-1:1987", "iso-ir-100", "latin1", "latin-1", "l1", "csisolatin1", "cp819",
                "ibm819", "us-ascii", "ascii", "ansi_x3.4-1968":
                .windows1252
            case "iso-8859-15", "iso8859-15", "iso885915", "iso8859_15", "iso_8859-15", "latin9", "latin-9", "l9",
                "csisolatin9":
                .latin9
            default: .unknown(label: label, keepsASCII: Self.keepsASCII(label))
            }
    }

    /// Whether an encoding of that label has ASCII where ASCII has it, as nearly all have but EBCDIC, those of more
    /// than one byte a character, and those that switch between alphabets with ASCII's bytes.
    private static func keepsASCII(_ label: String) -> Bool {
        let others = [
            "utf-16", "utf-32", "utf32", "ucs-", "iso-10646", "utf-7", "iso-2022", "hz-gb", "ebcdic", "x-ebcdic",
        ]
        if others.contains(where: label.hasPrefix) { return false }
        guard let prefix = ["ibm-", "ibm", "cp"].first(where: label.hasPrefix),
            let page = Int(label.dropFirst(prefix.count))
        else { return true }
        // The code pages of DOS and Windows; the others of IBM's are EBCDIC.
        switch page {
        case 437, 720, 737, 775, 850...869, 874, 932, 936, 949, 950, 1250...1258: return true
        default: return false
        }
    }

    /// The characters of ISO-8859-15 from 0x80 on (index iso-8859-15).
    static let latin9Encoding = ByteEncoding(
        Array(UInt16(0x80)...0xFF).map { code in
            switch code {
            case 0xA4: 0x20AC
            case 0xA6: 0x0160
            case 0xA8: 0x0161
            case 0xB4: 0x017D
            case 0xB8: 0x017E
            case 0xBC: 0x0152
            case 0xBD: 0x0153
            case 0xBE: 0x0178
            default: code
            }
        }
    )
}
