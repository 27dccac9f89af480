/// Header fields in the order they travel, with names compared without regard to case.
package struct HeaderList: Sendable, Equatable, ExpressibleByDictionaryLiteral {
    /// One field line.
    package struct Field: Sendable, Equatable {
        package var name: String
        package var value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    package var fields: [Field]

    package init(_ fields: [Field] = []) {
        self.fields = fields
    }

    package init(dictionaryLiteral elements: (String, String)...) {
        fields = elements.map { Field(name: $0.0, value: $0.1) }
    }

    /// The first value of a field, or `nil` when there is none.
    package subscript(name: String) -> String? {
        for field in fields where field.name.isSameFieldName(as: name) { return field.value }
        return nil
    }

    /// All values of a field, in order.
    package func values(of name: String) -> [String] {
        fields.filter { $0.name.isSameFieldName(as: name) }.map(\.value)
    }

    /// Whether a field is there at all.
    package func contains(_ name: String) -> Bool { self[name] != nil }

    /// Appends a field and keeps others of the same name.
    package mutating func add(_ name: String, _ value: String) {
        fields.append(Field(name: name, value: value))
    }

    /// Appends all fields of another list.
    package mutating func add(_ others: HeaderList) {
        fields.append(contentsOf: others.fields)
    }

    /// Changes the values of all fields of a name, which stay where they are.
    package mutating func replace(_ name: String, with value: String) {
        for index in fields.indices where fields[index].name.isSameFieldName(as: name) { fields[index].value = value }
    }

    /// Removes every field of a name.
    package mutating func remove(_ name: String) {
        fields.removeAll { $0.name.isSameFieldName(as: name) }
    }
}

extension String {
    /// Compares as RFC 9110, section 5.1, compares field names: ASCII letters without regard to case.
    func isSameFieldName(as other: String) -> Bool {
        guard utf8.count == other.utf8.count else { return false }
        return utf8.withBytes { left in
            other.utf8.withBytes { right in
                left.indices.allSatisfy { left[$0].lowercasedASCII == right[$0].lowercasedASCII }
            }
        }
    }
}

extension String {
    /// Whether a short text occurs, ASCII letters without regard to case; cheaper than the library's search.
    func containsASCII(_ part: StaticString) -> Bool {
        part.withUTF8Buffer { part in
            utf8.withBytes { bytes in
                guard bytes.count >= part.count else { return false }
                return (0...(bytes.count - part.count)).contains { start in
                    part.indices.allSatisfy { bytes[start + $0].lowercasedASCII == part[$0] }
                }
            }
        }
    }
}

extension UInt8 {
    var lowercasedASCII: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }
}
