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

    /// The text of a single-byte encoding; every byte is a character.
    static func decode(_ bytes: ArraySlice<UInt8>, _ high: [UInt16]) -> String {
        var units: [UInt8] = []
        units.reserveCapacity(bytes.count + bytes.count / 8)
        for byte in bytes {
            if byte < 0x80 {
                units.append(byte)
            } else {
                // All of the tables' characters take two or three bytes.
                let scalar = high[Int(byte) - 0x80]
                if scalar < 0x800 {
                    units.append(0xC0 | UInt8(truncatingIfNeeded: scalar >> 6))
                } else {
                    units.append(0xE0 | UInt8(truncatingIfNeeded: scalar >> 12))
                    units.append(0x80 | UInt8(truncatingIfNeeded: scalar >> 6) & 0x3F)
                }
                units.append(0x80 | UInt8(truncatingIfNeeded: scalar) & 0x3F)
            }
        }
        return String(decoding: units, as: UTF8.self)
    }

    /// The characters of windows-1252 from 0x80 on (WHATWG Encoding Standard, index windows-1252).
    static let windows1252Characters: [UInt16] =
        [
            0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
            0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
            0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
            0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178,
        ] + Array(UInt16(0xA0)...0xFF)

    /// The characters of ISO-8859-15 from 0x80 on (index iso-8859-15).
    static let latin9Characters: [UInt16] = Array(UInt16(0x80)...0xFF).map { code in
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
}
