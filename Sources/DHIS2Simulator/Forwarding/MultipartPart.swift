/// One part of a `multipart/form-data` body (RFC 7578).
struct MultipartPart: Equatable {
    let name: String
    /// Present where the part is a file.
    let filename: String?
    let type: String?
    let content: [UInt8]

    /// The parts between the lines of a boundary; what is none, or has no name, is left out.
    static func parts(of body: [UInt8], boundary: String) -> [MultipartPart] {
        let mark = Array("--\(boundary)".utf8)
        var parts: [MultipartPart] = []
        var start: Int?
        var index = 0
        while let found = body.firstOffset(of: mark, from: index) {
            index = found + mark.count
            let isLineStart = found == 0 || found >= 2 && body[(found - 2)..<found].elementsEqual("\r\n".utf8)
            guard isLineStart else { continue }
            if let start, found - 2 >= start, let part = MultipartPart(body[start..<(found - 2)]) { parts.append(part) }
            let rest = body[index...]
            guard rest.starts(with: "\r\n".utf8) else { break }
            start = index + 2
        }
        return parts
    }

    /// Reads a part: its fields, an empty line, its content.
    private init?(_ bytes: ArraySlice<UInt8>) {
        let bytes = Array(bytes)
        guard let end = bytes.firstOffset(of: Array("\r\n\r\n".utf8)) else { return nil }
        var headers: HeaderList = [:]
        for line in String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n") {
            let sides = line.split(separator: ":", maxSplits: 1)
            if sides.count == 2 { headers.add(String(sides[0]), String(sides[1].drop { $0 == " " })) }
        }
        let disposition = FieldParameters(of: headers["Content-Disposition"] ?? "")
        guard let name = disposition["name"] else { return nil }
        self.init(
            name: name,
            filename: disposition["filename"],
            type: headers["Content-Type"],
            content: Array(bytes[(end + 4)...])
        )
    }

    init(name: String, filename: String?, type: String?, content: [UInt8]) {
        self.name = name
        self.filename = filename
        self.type = type
        self.content = content
    }
}

/// The parameters of a field's value, such as the boundary of a type (RFC 9110, section 5.6.6).
struct FieldParameters {
    /// Names and values in their order, without quotes.
    ///
    /// Parts without `=` are left out.
    private let parameters: [(name: String, value: String)]

    init(of value: String) {
        parameters = Self.sections(of: value).dropFirst().compactMap { section in
            guard let sign = section.utf8.firstIndex(of: UInt8(ascii: "=")) else { return nil }
            let name = Substring(section.utf8[..<sign].trimmed)
            return (String(name), Self.unquoted(Substring(section.utf8[section.utf8.index(after: sign)...].trimmed)))
        }
    }

    /// The first value of a parameter, whose name is compared without regard to case.
    subscript(name: String) -> String? {
        parameters.first { $0.name.isSameFieldName(as: name) }?.value
    }

    /// What comes before the parameters, in lower case.
    static func essence(of value: String) -> String {
        Substring((sections(of: value).first ?? "").utf8.trimmed).lowercased()
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
