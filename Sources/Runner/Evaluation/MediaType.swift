/// Media types as `Content-Type` fields hold them.
enum MediaType {
    /// The type and subtype in lower case, without parameters (RFC 9110, section 8.3.1).
    static func essence(of field: String) -> String {
        trimmed(field.utf8.prefix { $0 != UInt8(ascii: ";") }).lowercased()
    }

    /// The value of the first parameter `charset` that has one, without quotes (RFC 9110, section 8.3.2).
    static func charset(of field: String) -> String? {
        for parameter in parameters(of: field.utf8).dropFirst() {
            guard let equals = parameter.firstIndex(of: UInt8(ascii: "=")),
                trimmed(parameter[..<equals]).lowercased() == "charset"
            else { continue }
            let value = unquoted(trimmed(parameter[parameter.index(after: equals)...]))
            if !value.isEmpty { return value }
        }
        return nil
    }

    /// What semicolons outside quotes separate.
    private static func parameters(of field: String.UTF8View) -> [Substring.UTF8View] {
        var parts: [Substring.UTF8View] = []
        var (start, isQuoted, isEscaped) = (field.startIndex, false, false)
        for index in field.indices {
            let byte = field[index]
            if isEscaped {
                isEscaped = false
            } else if isQuoted, byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isQuoted.toggle()
            } else if !isQuoted, byte == UInt8(ascii: ";") {
                parts.append(field[start..<index])
                start = field.index(after: index)
            }
        }
        return parts + [field[start...]]
    }

    private static func unquoted(_ value: String) -> String {
        guard value.utf8.count >= 2, value.hasPrefix("\""), value.hasSuffix("\"") else { return value }
        return trimmed(Substring(value.dropFirst().dropLast().filter { $0 != "\\" }).utf8)
    }

    private static func trimmed(_ text: Substring.UTF8View) -> String {
        let start = text.firstIndex { !isBlank($0) } ?? text.endIndex
        let end = text.lastIndex { !isBlank($0) }.map { text.index(after: $0) } ?? start
        return String(Substring(text[start..<end]))
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }
}
