import FoundationEssentials

/// The ways in which a secret comes back from programs that it passed through.
enum SecretSpelling: CaseIterable {
    case asItIs, percentUpper, percentLower, percentReserved, percentTwice, form
    case jsonEscaped, jsonUnicodeLower, jsonUnicodeUpper, jsonTwice
    case xmlNamed, xmlDecimal, xmlHexLower, xmlHexUpper, xmlTwice, htmlNamed
    case base64, base64Offset1, base64Offset2, base64ForURLs, base64Wrapped, base64Percent, basic, basicLatin1
    case lineFeed, lineBreakAndIndentation, escapedLineFeed
    case misread, misreadLatin1, misreadTwice, percentLatin1, escapedLatin1, escapedUTF8, octal, quotedPrintable
    case decomposed, questionMarks, replacementCharacters, leftOut
    case cutInFront, cutBehind

    /// The secret, spelled so.
    func text(of secret: String) -> String {
        let bytes = Array(secret.utf8)
        switch self {
        case .asItIs: return secret
        case .percentUpper: return bytes.map { Self.percent($0) }.joined()
        case .percentLower: return bytes.map { Self.percent($0).lowercased() }.joined()
        case .percentReserved: return Self.percentReserved(bytes)
        case .percentTwice: return Self.percentReserved(bytes).replacing("%", with: "%25")
        case .form: return Self.percentReserved(bytes).replacing("%20", with: "+")
        case .jsonEscaped: return Self.json(secret)
        case .jsonUnicodeLower: return Self.jsonUnicode(secret)
        case .jsonUnicodeUpper: return Self.jsonUnicode(secret) { $0.uppercased() }
        case .jsonTwice: return Self.json(Self.json(secret))
        case .xmlNamed: return Self.xml(secret)
        case .xmlDecimal: return Self.references(secret) { "&#\($0);" }
        case .xmlHexLower: return Self.references(secret) { "&#x\(String($0, radix: 16));" }
        case .xmlHexUpper: return Self.references(secret) { "&#x\(String($0, radix: 16, uppercase: true));" }
        case .xmlTwice: return Self.xml(Self.xml(secret))
        case .htmlNamed: return Self.xml(secret).replacing("ñ", with: "&ntilde;").replacing("é", with: "&eacute;")
        case .base64: return Self.base64(bytes)
        case .base64Offset1: return Self.base64(Array("u".utf8) + bytes)
        case .base64Offset2: return Self.base64(Array("us".utf8) + bytes)
        case .base64ForURLs: return Self.base64(bytes).replacing("+", with: "-").replacing("/", with: "_")
        case .base64Wrapped: return Self.broken(Self.base64(bytes), by: "\r\n ")
        case .base64Percent: return Self.percentReserved(Array(Self.base64(bytes).utf8))
        case .basic: return Self.base64(Array("admin:".utf8) + bytes)
        case .basicLatin1: return Self.base64(Array("admin:".utf8) + Self.latin1(secret))
        case .lineFeed: return Self.broken(secret, by: "\n")
        case .lineBreakAndIndentation: return Self.broken(secret, by: "\r\n    ")
        case .escapedLineFeed: return Self.broken(secret, by: "\\n")
        case .misread, .misreadLatin1: return Self.misread(bytes)
        case .misreadTwice: return Self.misread(Array(Self.misread(bytes).utf8))
        case .percentLatin1: return Self.percentReserved(Self.latin1(secret))
        case .escapedLatin1: return Self.escapes(secret) { Self.latin1($0).map { "\\x\(Self.hex($0))" }.joined() }
        case .escapedUTF8: return Self.escapes(secret) { $0.utf8.map { "\\x\(Self.hex($0))" }.joined() }
        case .octal: return Self.escapes(secret) { $0.utf8.map { "\\\(String($0, radix: 8))" }.joined() }
        case .quotedPrintable: return Self.escapes(secret) { $0.utf8.map { "=\(Self.hex($0).uppercased())" }.joined() }
        case .decomposed: return secret.replacing("ñ", with: "n\u{303}").replacing("é", with: "e\u{301}")
        case .questionMarks: return Self.escapes(secret) { _ in "?" }
        case .replacementCharacters: return Self.escapes(secret) { _ in "\u{FFFD}" }
        case .leftOut: return Self.escapes(secret) { _ in "" }
        case .cutInFront: return "…" + String(secret.suffix(secret.count / 2 + 1))
        case .cutBehind: return String(secret.prefix(secret.count / 2 + 1)) + "…"
        }
    }

    private static func percent(_ byte: UInt8) -> String { "%" + hex(byte).uppercased() }

    private static func hex(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16) }

    private static func percentReserved(_ bytes: [UInt8]) -> String {
        bytes.map { byte in
            let isUnreserved = byte < 0x80 && Character(Unicode.Scalar(byte)).isLetter || (0x30...0x39).contains(byte)
            return isUnreserved || "-._~".utf8.contains(byte) ? String(Character(Unicode.Scalar(byte))) : percent(byte)
        }.joined()
    }

    private static func json(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("/", with: "\\/")
    }

    private static func jsonUnicode(_ text: String, _ digits: (String) -> String = { $0 }) -> String {
        text.utf16.map { unit in
            guard unit >= 0x80 || "\"&<>'+/".utf16.contains(unit) else {
                return String(Character(Unicode.Scalar(UInt8(unit))))
            }
            let hex = String(unit, radix: 16)
            return "\\u" + digits(String(repeating: "0", count: 4 - hex.count) + hex)
        }.joined()
    }

    private static func xml(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }

    private static func references(_ text: String, _ reference: (UInt32) -> String) -> String {
        text.unicodeScalars.map { $0.isASCII && $0.properties.isAlphabetic ? String($0) : reference($0.value) }.joined()
    }

    private static func base64(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

    private static func broken(_ text: String, by gap: String) -> String {
        String(text.prefix(text.count / 2)) + gap + String(text.dropFirst(text.count / 2))
    }

    private static func latin1(_ text: String) -> [UInt8] {
        text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
    }

    private static func misread(_ bytes: [UInt8]) -> String {
        String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    }

    private static func escapes(_ text: String, _ escape: (String) -> String) -> String {
        text.unicodeScalars.map { $0.isASCII ? String($0) : escape(String($0)) }.joined()
    }
}

/// Finds what is left of secrets in large texts.
struct SecretTraces {
    /// Eight bytes of a spelling, as a number, and whose they are.
    private var windows: [UInt64: String] = [:]

    /// Looks for a secret in every spelling.
    ///
    /// A piece is eight bytes from the inside: long enough to be no word of a report, short enough to show that a part was
    /// left over. Base64 mixes the first and the last characters with their neighbours, and where a text was cut, three
    /// characters of a secret may be left.
    mutating func add(_ secret: String, of place: String) {
        for spelling in SecretSpelling.allCases {
            let bytes = Array(spelling.text(of: secret).utf8)
            let first = max(4, spelling.text(of: String(secret.prefix(4))).utf8.count - 7)
            let last = bytes.count - max(12, spelling.text(of: String(secret.suffix(4))).utf8.count + 1)
            guard first <= last else { continue }
            for start in first...last { windows[Self.number(bytes[start...].prefix(8))] = "\(place), \(spelling)" }
        }
    }

    /// The places and spellings of which a text holds a part.
    func found(in text: String) -> Set<String> {
        var found: Set<String> = []
        var number: UInt64 = 0
        for byte in text.utf8 {
            number = number << 8 | UInt64(byte)
            if let trace = windows[number] { found.insert(trace) }
        }
        return found
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
}
