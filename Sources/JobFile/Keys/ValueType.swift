internal import Checks
internal import YAMLTree

/// What a key's value can be: how it is read, and what a JSON Schema can say of it.
struct ValueType<Value>: Sendable {
    let schema: Schema
    /// Reads a value; `nil` means that it is wrong and has been reported under the label.
    let read: @Sendable (_ context: inout JobContext, _ value: Layered, _ label: String) -> Value?

    /// Describes a type whose values replace a default.
    init(_ schema: Schema, _ read: @escaping @Sendable (inout JobContext, YAMLNode, _ label: String) -> Value?) {
        self.init(schema: schema) { context, value, label in read(&context, value.own, label) }
    }

    private init(
        schema: Schema,
        read: @escaping @Sendable (inout JobContext, Layered, _ label: String) -> Value?
    ) {
        self.schema = schema
        self.read = read
    }

    /// Describes a type whose values can lie over a default of their own kind.
    static func layered(
        _ schema: Schema,
        _ read: @escaping @Sendable (inout JobContext, Layered, _ label: String) -> Value?
    ) -> Self {
        Self(schema: schema, read: read)
    }

    /// The type with another description, where a schema can say more of a key's values than of the type's.
    func described(as schema: Schema) -> Self { Self(schema: schema, read: read) }

    /// Values of another type, which are read only once it is known that they count.
    static func unread<Read>(_ type: ValueType<Read>) -> Self where Value == Unread<Read> {
        Self(type.schema) { _, node, label in Unread(type: type, node: node, label: label) }
    }
}

/// A value that has not been read yet.
struct Unread<Value> {
    fileprivate let type: ValueType<Value>
    let node: YAMLNode
    let label: String

    func read(in context: inout JobContext) -> Value? {
        context.accounting(for: label, at: node) { type.read(&$0, Layered(node), label) }
    }
}

extension ValueType<YAMLNode> {
    /// A value that is read by what reads the whole map.
    static func node(_ schema: Schema) -> Self { Self(schema) { _, node, _ in node } }
}

// MARK: Scalars

extension ValueType<String> {
    /// Any scalar that is not empty.
    static let text = Self(.nonEmptyText) { context, node, label in context.text(node, label) }

    /// A scalar that is not empty and holds no control characters.
    static let plainText = Self(.plainText) { context, node, label in context.plainText(node, label) }
}

extension ValueType<Bool> {
    static let boolean = Self(.boolean) { context, node, label in context.boolean(node, label) }
}

extension ValueType<Int> {
    /// A whole number within limits; one that ends with `Int.max` has no upper limit.
    static func integer(_ range: ClosedRange<Int>) -> Self {
        Self(.integer(range)) { context, node, label in context.integer(node, label, in: range) }
    }

    /// A size in bytes.
    static let size = Self(.reference("size")) { context, node, label in context.size(node, label) }
}

extension ValueType<Double> {
    /// A number within limits; one that ends with infinity has no upper limit.
    static func number(_ range: ClosedRange<Double>) -> Self {
        Self(.number(range)) { context, node, label in context.number(node, label, in: range) }
    }
}

extension ValueType<Duration> {
    /// A duration that is longer than 0.
    static let duration = Self(.reference("duration")) { context, node, label in context.duration(node, label) }

    /// A duration, which can be 0.
    static let delay = Self(.reference("delay")) { context, node, label in
        context.duration(node, label, orZero: true)
    }
}

extension ValueType<RequestRate> {
    static let rate = Self(.pattern("^0*[1-9][0-9]*/(s|min)$")) { context, node, label in context.rate(node, label) }
}

extension ValueType<StatusSet> {
    static let status = Self(.reference("status")) { context, node, label in context.statusSet(node, label) }
}

extension ValueType where Value: RawRepresentable<String> & CaseIterable & Sendable {
    /// One of the names of an enumeration.
    ///
    /// - Parameter aliases: What somebody means who writes another name.
    static func choice(aliases: [String: String] = [:]) -> Self {
        Self(.choice(Value.allCases.map(\.rawValue))) { context, node, label in
            context.choice(node, label, as: Value.self, aliases)
        }
    }
}

/// What a value of the job file can be, as far as a JSON Schema can say it.
indirect enum Schema: Sendable {
    /// A definition of the whole schema by its name.
    case reference(String)
    /// Any value.
    case anything
    /// Any scalar, taken as the text that was written.
    case text
    case nonEmptyText
    /// Any value but an empty text.
    case nonEmpty
    /// Any value but null.
    case notNull
    /// A scalar that is not empty and holds no control characters.
    case plainText
    /// A text with a word in it.
    case reason
    /// What a header field can carry without spaces.
    case token
    /// A user's name in HTTP Basic, which a colon would end.
    case username
    /// A scalar that has an order.
    case numberOrText
    case boolean
    /// One that ends with `Int.max` has no upper limit.
    case integer(ClosedRange<Int>)
    /// One that ends with infinity has no upper limit.
    case number(ClosedRange<Double>)
    /// A text that an ECMA-262 regular expression finds.
    case pattern(String)
    case choice([String])
    case list(of: Schema, atLeast: Int)
    case map(of: Schema)
    /// A map whose keys are names of variables.
    case named(Schema)
    case nonEmptyNamed(Schema)
    /// A map whose keys are names of header fields.
    case headers(Schema)
    /// The text of a header field.
    case headerText
    /// A map whose keys are JSONPaths.
    case paths(Schema)
    case anyOf([Schema])
    /// A DHIS2 version, also where YAML would read a number.
    case version
    /// A sub-path.
    case path
}
