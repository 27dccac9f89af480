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
