/// What a scalar is by YAML 1.2's core schema (section 10.3.2).
///
/// YAML 1.1's surprises stay text: `no`, `on`, `1_000`, `12:30:00`, `017` as an octal number.
package enum CoreValue: Equatable, Sendable {
    case null
    case boolean(Bool)
    /// A whole number, as its decimal digits with an optional minus sign, so that none is too large.
    case integer(String)
    /// A number with a fraction or exponent as written, also `.inf`, `-.inf` and `.nan`.
    case float(String)
    case string
}

extension YAMLNode {
    /// What a scalar is; quoted and block scalars are text unless a tag says otherwise.
    package var coreValue: CoreValue {
        switch tag {
        case .string, .broken: return .string
        case .none: return style == .plain ? withUTF8(CoreValue.resolve) : .string
        case .integer, .float, .boolean, .null: return withUTF8(CoreValue.resolve)
        }
    }
}

extension CoreValue {
    /// Reads a plain scalar's text.
    package static func resolve(_ text: UnsafeBufferPointer<UInt8>) -> CoreValue {
        guard let first = text.first else { return .null }
        switch first {
        case UInt8(ascii: "~"):
            return text.count == 1 ? .null : .string
        case UInt8(ascii: "n"), UInt8(ascii: "N"):
            return ["null", "Null", "NULL"].contains(where: text.isText) ? .null : .string
        case UInt8(ascii: "t"), UInt8(ascii: "T"):
            return ["true", "True", "TRUE"].contains(where: text.isText) ? .boolean(true) : .string
        case UInt8(ascii: "f"), UInt8(ascii: "F"):
            return ["false", "False", "FALSE"].contains(where: text.isText) ? .boolean(false) : .string
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
            return number(text)
        default:
            return .string
        }
    }

    private static func number(_ text: UnsafeBufferPointer<UInt8>) -> CoreValue {
        if text.count > 2, text[0] == UInt8(ascii: "0") {
            if text[1] == UInt8(ascii: "o") { return prefixed(text, radix: 8) }
            if text[1] == UInt8(ascii: "x") { return prefixed(text, radix: 16) }
        }
        var rest = text[...]
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
        let whole = rest.prefix(while: isDigit)
        rest = rest.dropFirst(whole.count)
        if rest.isEmpty, !whole.isEmpty {
            let digits = whole.drop { $0 == UInt8(ascii: "0") }
            guard !digits.isEmpty else { return .integer("0") }
            let number = String(decoding: digits, as: UTF8.self)
            return .integer(isNegative ? "-" + number : number)
        }
        guard isFraction(rest, afterDigits: !whole.isEmpty) else { return special(text) }
        return .float(String(decoding: text, as: UTF8.self))
    }

    private static func prefixed(_ text: UnsafeBufferPointer<UInt8>, radix: Int) -> CoreValue {
        guard hasDigits(text, radix: radix), text.count - 2 <= mostPrefixedDigits else { return .string }
        var limbs = Limbs()
        for byte in text.dropFirst(2) {
            guard let digit = digit(byte) else { return .string }
            limbs.append(digit, radix: UInt64(radix))
        }
        return .integer(limbs.decimal)
    }

    /// How many digits a hexadecimal or octal number may have; turning longer ones into decimal digits takes too long.
    static let mostPrefixedDigits = 1000

    /// Whether a text is a hexadecimal or octal number with more digits than can be read.
    static func isTooLong(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard text.count - 2 > mostPrefixedDigits, text[0] == UInt8(ascii: "0") else { return false }
        return text[1] == UInt8(ascii: "x") && hasDigits(text, radix: 16)
            || text[1] == UInt8(ascii: "o") && hasDigits(text, radix: 8)
    }

    private static func hasDigits(_ text: UnsafeBufferPointer<UInt8>, radix: Int) -> Bool {
        text.dropFirst(2).allSatisfy { byte in digit(byte).map { $0 < radix } ?? false }
    }

    private static func digit(_ byte: UInt8) -> UInt64? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }

    /// A whole number of any size, in groups of nine decimal digits, the lowest first.
    private struct Limbs {
        private static let base: UInt64 = 1_000_000_000
        private var groups: [UInt64] = [0]

        /// Adds a digit at the end of the number.
        mutating func append(_ digit: UInt64, radix: UInt64) {
            var carry = digit
            for place in groups.indices {
                carry += groups[place] * radix
                groups[place] = carry % Self.base
                carry /= Self.base
            }
            if carry > 0 { groups.append(carry) }
        }

        var decimal: String {
            let lower = groups.dropLast().reversed().map { group in
                let digits = String(group)
                return String(repeating: "0", count: 9 - digits.count) + digits
            }
            return String(groups.last ?? 0) + lower.joined()
        }
    }

    /// Whether what follows the whole digits is a point with digits, an exponent, or both, and nothing else.
    private static func isFraction(_ text: Slice<UnsafeBufferPointer<UInt8>>, afterDigits: Bool) -> Bool {
        var rest = text
        var hasDigits = afterDigits
        if rest.first == UInt8(ascii: ".") {
            let fraction = rest.dropFirst().prefix(while: isDigit)
            hasDigits = hasDigits || !fraction.isEmpty
            rest = rest.dropFirst(1 + fraction.count)
        }
        if hasDigits, rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            rest = rest.dropFirst()
            if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
            let exponent = rest.prefix(while: isDigit)
            guard !exponent.isEmpty else { return false }
            rest = rest.dropFirst(exponent.count)
        }
        return hasDigits && rest.isEmpty
    }

    private static func special(_ text: UnsafeBufferPointer<UInt8>) -> CoreValue {
        switch String(decoding: text, as: UTF8.self) {
        case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": .float(".inf")
        case "-.inf", "-.Inf", "-.INF": .float("-.inf")
        case ".nan", ".NaN", ".NAN": .float(".nan")
        default: .string
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}

extension UnsafeBufferPointer<UInt8> {
    fileprivate func isText(_ text: String) -> Bool { count == text.utf8.count && elementsEqual(text.utf8) }
}
