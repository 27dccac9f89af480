// Integers of selectors, and the numbers and strings of filters.
extension JSONPathParser {
    /// The integers that section 2.1 of the RFC allows.
    private static let integers = -9_007_199_254_740_991...9_007_199_254_740_991

    mutating func parseOptionalInteger() throws(JSONPathError) -> Int? {
        guard let scalar = next, scalar == "-" || JSONPathLexicon.isDigit(scalar) else { return nil }
        return try parseInteger()
    }

    mutating func parseInteger() throws(JSONPathError) -> Int {
        let start = position
        let isNegative = take("-")
        let digits = position
        while let scalar = next, JSONPathLexicon.isDigit(scalar) { position += 1 }
        guard position > digits else { throw unexpected("Expected a digit after \"-\"") }
        if scalars[digits] == "0" {
            guard position == digits + 1 else {
                throw JSONPathError("An integer must not start with a zero that other digits follow.", at: start)
            }
            guard !isNegative else { throw JSONPathError("\"-0\" is not an index. Write 0.", at: start) }
        }
        guard let value = Int(text(start..<position)), Self.integers.contains(value) else {
            throw JSONPathError("An integer must lie between -(2^53)+1 and 2^53-1.", at: start)
        }
        return value
    }

    /// Parses a number of a comparison; it may have a sign on zero, a fraction and an exponent.
    mutating func parseNumber() throws(JSONPathError) -> JSONNumber {
        let start = position
        while let scalar = next, JSONPathLexicon.isDigit(scalar) || ".eE+-".unicodeScalars.contains(scalar) {
            position += 1
        }
        guard let number = JSONNumber(literal: text(start..<position)) else {
            throw JSONPathError("\"\(text(start..<position))\" is not a JSON number.", at: start)
        }
        return number
    }

    /// Parses a string in single or double quotes, its escapes resolved.
    mutating func parseString() throws(JSONPathError) -> String {
        let opening = position
        let quote = scalars[position]
        position += 1
        var result = String.UnicodeScalarView()
        while let scalar = next {
            switch scalar {
            case quote:
                position += 1
                return String(result)
            case "\\":
                result.append(try parseEscape(quote: quote))
            case "\u{00}"..."\u{1F}":
                throw JSONPathError("A control character must be escaped in a string.", at: position)
            default:
                result.append(scalar)
                position += 1
            }
        }
        throw JSONPathError("The string that starts here is not closed.", at: opening)
    }

    private mutating func parseEscape(quote: Unicode.Scalar) throws(JSONPathError) -> Unicode.Scalar {
        let start = position
        position += 1
        guard let escape = next else { throw JSONPathError("The query ends within an escape.", at: start) }
        position += 1
        switch escape {
        case "b": return "\u{08}"
        case "f": return "\u{0C}"
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "/", "\\", quote: return escape
        case "u": return try parseCode(escapeAt: start)
        default:
            throw JSONPathError("There is no escape \"\\\(escape)\" in this kind of string.", at: start)
        }
    }

    private mutating func parseCode(escapeAt start: Int) throws(JSONPathError) -> Unicode.Scalar {
        let first = try parseFourDigits(escapeAt: start)
        if let scalar = Unicode.Scalar(first) { return scalar }
        let second = position
        if first < 0xDC00, take("\\u") {
            let low = try parseFourDigits(escapeAt: second)
            if low & 0xFC00 == 0xDC00,
                let scalar = Unicode.Scalar(0x1_0000 + (first & 0x3FF) << 10 + (low & 0x3FF))
            {
                return scalar
            }
        }
        throw JSONPathError("This escape is half of a surrogate pair; its other half is missing.", at: start)
    }

    private mutating func parseFourDigits(escapeAt start: Int) throws(JSONPathError) -> UInt32 {
        let end = position + 4
        guard end <= scalars.count,
            scalars[position..<end].allSatisfy(\.properties.isASCIIHexDigit),
            let value = UInt32(text(position..<end), radix: 16)
        else {
            throw JSONPathError("\"\\u\" must be followed by four hexadecimal digits.", at: start)
        }
        position = end
        return value
    }
}
