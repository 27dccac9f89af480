public import HTTPVocabulary

extension HTTPExchange {
    /// The header fields, parsed from the header section.
    ///
    /// A field is never left out because of its value; see ``HTTPField/init(name:received:)``. Lines whose name is no
    /// token, or that have none, are no fields and left out. Each access parses anew; to look up one field use
    /// ``header(_:)``.
    public var headerFields: HTTPFields {
        var fields = HTTPFields()
        forEachField { bytes, name, value in
            if let name = HTTPFieldName(String(decoding: bytes[name], as: UTF8.self)) {
                fields.append(HTTPField(name: name, received: bytes.span.extracting(value)))
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
        forEachField { bytes, place, value in
            guard HeaderFacts.equals(bytes, place, name) else { return true }
            found = HTTPField.text(received: bytes.span.extracting(value))
            return false
        }
        return found
    }

    /// The lines of the header section as text, whatever is in them; a folded one is one line.
    package var headerLines: [String] {
        var lines: [String] = []
        FieldLines.forEach(in: headerSection) { bytes, line, _ in
            if !line.isEmpty { lines.append(String(decoding: bytes[line], as: UTF8.self)) }
            return true
        }
        return lines
    }

    /// Calls a closure for each line with a name until it returns `false`.
    ///
    /// - Parameter visit: Takes the bytes that hold the field, where in them its name is, and where its value, which
    ///   may have blanks around it.
    func forEachField(_ visit: (UnsafeBufferPointer<UInt8>, _ name: Range<Int>, _ value: Range<Int>) -> Bool) {
        FieldLines.forEach(in: headerSection) { bytes, line, colon in
            guard let colon else { return true }
            let name = FieldLines.name(bytes, from: line.lowerBound, to: colon)
            return name.isEmpty || visit(bytes, name, colon + 1..<line.upperBound)
        }
    }
}
