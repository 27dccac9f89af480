/// The parameters of a query in the order in which they are sent; a name may occur more than once.
///
/// ```swift
/// let params: QueryParameters = ["fields": "id", "filter": "a:eq:1", "filter": "b:eq:2"]
/// ```
///
/// Names and values are plain text: encoding is the client's task.
public struct QueryParameters: Sendable, Hashable {
    /// One parameter.
    public struct Item: Sendable, Hashable {
        /// The name, as plain text.
        public var name: String
        /// The value, as plain text.
        public var value: String

        /// Creates a parameter.
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The parameters in order.
    public var items: [Item]

    /// Creates a query from its parameters.
    public init(_ items: [Item] = []) {
        self.items = items
    }

    /// Whether there is no parameter.
    public var isEmpty: Bool { items.isEmpty }

    /// Adds a parameter at the end, whether or not its name is there already.
    public mutating func append(_ name: String, _ value: String) {
        items.append(Item(name: name, value: value))
    }
}

extension QueryParameters: ExpressibleByDictionaryLiteral {
    /// Creates a query from a literal, which keeps its order and may repeat a name.
    public init(dictionaryLiteral elements: (String, String)...) {
        items = elements.map { Item(name: $0.0, value: $0.1) }
    }
}
