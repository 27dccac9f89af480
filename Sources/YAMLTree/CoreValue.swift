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
        let string = String(decoding: text, as: UTF8.self)
        if string.hasPrefix("0o") || string.hasPrefix("0x") {
            let radix = string.hasPrefix("0o") ? 8 : 16
            let digits = string.dropFirst(2)
            // A sign is no digit, though the standard library would take one here.
            guard digits.first != "-", digits.first != "+" else { return .string }
            return UInt64(digits, radix: radix).map { .integer(String($0)) } ?? .string
        }
        var rest = Substring(string)
        let isNegative = rest.first == "-"
        if isNegative || rest.first == "+" { rest = rest.dropFirst() }
        if [".inf", ".Inf", ".INF"].contains(rest) { return .float(isNegative ? "-.inf" : ".inf") }
        if [".nan", ".NaN", ".NAN"].contains(string) { return .float(".nan") }
        let whole = rest.prefix(while: isDigit)
        rest = rest.dropFirst(whole.count)
        if rest.isEmpty, !whole.isEmpty {
            let digits = whole.drop { $0 == "0" }
            return .integer(digits.isEmpty ? "0" : (isNegative ? "-" : "") + digits)
        }
        var fraction = Substring()
        if rest.first == "." {
            fraction = rest.dropFirst().prefix(while: isDigit)
            rest = rest.dropFirst(1 + fraction.count)
        }
        guard !whole.isEmpty || !fraction.isEmpty else { return .string }
        if rest.first == "e" || rest.first == "E" {
            rest = rest.dropFirst()
            if rest.first == "-" || rest.first == "+" { rest = rest.dropFirst() }
            let exponent = rest.prefix(while: isDigit)
            guard !exponent.isEmpty else { return .string }
            rest = rest.dropFirst(exponent.count)
        }
        return rest.isEmpty ? .float(string) : .string
    }

    private static func isDigit(_ character: Character) -> Bool { character.isASCII && character.isNumber }
}

extension UnsafeBufferPointer<UInt8> {
    fileprivate func isText(_ text: String) -> Bool { count == text.utf8.count && elementsEqual(text.utf8) }
}
