public import HTTPTypes

extension HTTPExchange {
    /// The header fields, parsed from the header section.
    ///
    /// Lines that are no header field (RFC 9112, section 5) are left out. Each access parses anew; to look up one
    /// field use ``header(_:)``.
    public var headerFields: HTTPFields {
        var fields = HTTPFields()
        forEachHeaderLine { name, value in
            if let name = HTTPField.Name(String(decoding: name, as: UTF8.self)) {
                fields.append(HTTPField(name: name, value: String(decoding: value, as: UTF8.self)))
            }
            return true
        }
        return fields
    }

    /// The value of the first header field with a name, compared without regard to ASCII case.
    ///
    /// - Parameter name: The field name in lower-case ASCII.
    public func header(_ name: StaticString) -> String? {
        var found: String?
        name.withUTF8Buffer { wanted in
            forEachHeaderLine { line, value in
                guard line.count == wanted.count, zip(line, wanted).allSatisfy({ $0 | 0x20 == $1 | 0x20 }) else {
                    return true
                }
                found = String(decoding: value, as: UTF8.self)
                return false
            }
        }
        return found
    }

    /// Calls a closure with the name and the trimmed value of each header line until it returns `false`.
    private func forEachHeaderLine(_ visit: (ArraySlice<UInt8>, ArraySlice<UInt8>) -> Bool) {
        var rest = headerSection[...]
        while !rest.isEmpty {
            let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
            let line = rest[rest.startIndex..<end]
            rest = end == rest.endIndex ? [] : rest[(end + 1)...]
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex else { continue }
            var value = line[(colon + 1)...]
            while let byte = value.first, Self.isBlank(byte) { value.removeFirst() }
            while let byte = value.last, Self.isBlank(byte) { value.removeLast() }
            guard visit(line[line.startIndex..<colon], value) else { return }
        }
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
    }
}
