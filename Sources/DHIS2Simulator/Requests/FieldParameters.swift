/// The parameters of a field's value, such as the boundary of a type (RFC 9110, section 5.6.6).
struct FieldParameters {
    /// Names and values in their order, without quotes.
    ///
    /// Parts without `=` are left out.
    private let parameters: [(name: String, value: String)]

    init(of value: String) {
        parameters = Self.sections(of: value).dropFirst().compactMap { section in
            guard let sign = section.utf8.firstIndex(of: UInt8(ascii: "=")) else { return nil }
            let name = Self.trimmed(section[..<sign])
            return (String(name), Self.unquoted(Self.trimmed(section[section.utf8.index(after: sign)...])))
        }
    }

    /// The first value of a parameter, whose name is compared without regard to case.
    subscript(name: String) -> String? {
        parameters.first { $0.name.isSameFieldName(as: name) }?.value
    }

    /// What comes before the parameters, in lower case.
    static func essence(of value: String) -> String {
        trimmed(sections(of: value).first ?? "").lowercased()
    }

    /// Splits at semicolons outside of quotes.
    private static func sections(of value: String) -> [Substring] {
        var sections: [Substring] = []
        var start = value.startIndex
        var isQuoted = false
        var isEscaped = false
        for index in value.utf8.indices {
            switch value.utf8[index] {
            case _ where isEscaped: isEscaped = false
            case UInt8(ascii: "\\") where isQuoted: isEscaped = true
            case UInt8(ascii: "\""): isQuoted.toggle()
            case UInt8(ascii: ";") where !isQuoted:
                sections.append(value[start..<index])
                start = value.utf8.index(after: index)
            default: break
            }
        }
        return sections + [value[start...]]
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text.utf8[...]
        while let first = text.first, first.isBlank { text = text.dropFirst() }
        while let last = text.last, last.isBlank { text = text.dropLast() }
        return Substring(text)
    }

    private static func unquoted(_ text: Substring) -> String {
        guard text.utf8.count >= 2, text.utf8.first == UInt8(ascii: "\""), text.utf8.last == UInt8(ascii: "\"") else {
            return String(text)
        }
        var result: [UInt8] = []
        var isEscaped = false
        for byte in text.utf8.dropFirst().dropLast() {
            isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
            if !isEscaped { result.append(byte) }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
