/// The header fields of a message, in the order and as often as they stand there (RFC 9110, section 5.3).
///
/// A list and no dictionary: the order of fields of one name has a meaning, the order of all of them is what a reader
/// of a message wants to see, and some ten fields are searched faster than hashed. Two lists are equal when they have
/// equal fields in the same order.
public struct HTTPFields: Sendable, Hashable {
    private var fields: [HTTPField]

    /// Creates a list without fields.
    public init() {
        fields = []
    }

    /// Whether there is a field with a name.
    public func contains(_ name: HTTPFieldName) -> Bool {
        firstIndex(of: name) != nil
    }

    /// The values of all fields with a name, in their order; none if there is no such field.
    public func values(of name: HTTPFieldName) -> [String] {
        fields.compactMap { $0.name == name ? $0.value : nil }
    }

    /// The value of a field, combined with `, ` where it comes several times (RFC 9110, section 5.3).
    ///
    /// `nil` where there is no such field. Also `nil` for `Set-Cookie`, however often it is there: its values hold
    /// commas of their own, so they cannot be combined. Use ``values(of:)`` for it.
    public subscript(name: HTTPFieldName) -> String? {
        guard let first = firstIndex(of: name), name != .setCookie else { return nil }
        var combined = fields[first].value
        for field in fields[(first + 1)...] where field.name == name {
            combined += ", "
            combined += field.value
        }
        return combined
    }

    /// Adds a field at the end, beside others of its name.
    public mutating func append(_ field: HTTPField) {
        fields.append(field)
    }

    /// Puts a field in place of all of its name: where the first of them is, or else at the end.
    public mutating func set(_ field: HTTPField) {
        guard let first = firstIndex(of: field.name) else { return fields.append(field) }
        fields[first] = field
        fields[(first + 1)...].removeAll { $0.name == field.name }
    }

    /// Removes all fields with a name.
    public mutating func remove(_ name: HTTPFieldName) {
        fields.removeAll { $0.name == name }
    }

    /// Adds the fields of another list at the end, in place of those that have one of their names.
    package mutating func replace(with others: HTTPFields) {
        fields.removeAll { others.contains($0.name) }
        fields += others.fields
    }

    private func firstIndex(of name: HTTPFieldName) -> Int? {
        // A look through the span, unlike one through the array, keeps no field alive on its own.
        let fields = fields.span
        for index in fields.indices where fields[index].name == name { return index }
        return nil
    }

    /// Whether two lists are the same on the wire: equal, and with the names spelled alike.
    package func isWritten(like other: Self) -> Bool {
        guard !fields.span.isIdentical(to: other.fields.span) else { return true }
        return fields.elementsEqual(other.fields) { $0.isWritten(like: $1) }
    }
}

extension HTTPFields: RandomAccessCollection {
    /// The position of the first field.
    public var startIndex: Int { fields.startIndex }
    /// The position after the last field.
    public var endIndex: Int { fields.endIndex }

    /// The field at a position.
    public subscript(position: Int) -> HTTPField { fields[position] }

    /// Goes through the fields in their order.
    public func makeIterator() -> IndexingIterator<[HTTPField]> { fields.makeIterator() }
}

extension HTTPFields: ExpressibleByDictionaryLiteral {
    /// Creates a list of fields to be sent whose values the code itself writes out; a name may come several times.
    ///
    /// - Precondition: The values can be sent, see ``HTTPField/init(name:value:)``.
    public init(dictionaryLiteral elements: (HTTPFieldName, StaticString)...) {
        fields = elements.map { HTTPField(name: $0, constant: $1) }
    }
}
