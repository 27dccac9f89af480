/// A JSON value that keeps what the text said: the order of members and every digit of a number.
///
/// Equality is that of RFC 9535, section 2.3.5.2.2: numbers compare by their exact value, strings by their Unicode
/// scalars without normalisation, and objects whatever the order of their members.
public enum JSONValue: Sendable, Hashable {
    /// The value `null`.
    case null
    /// `true` or `false`.
    case boolean(Bool)
    /// A number, exactly as written.
    case number(JSONNumber)
    /// Text.
    case string(String)
    /// A list of values.
    case array([JSONValue])
    /// Named values in order.
    case object(JSONObject)

    /// Parses a text that is one JSON value, by RFC 8259, without extensions.
    ///
    /// - Throws: `JSONError` at the first problem. Two members of one name, and escapes that are half of a surrogate
    ///   pair, are problems too.
    public init(parsing bytes: some Sequence<UInt8>, limits: JSONLimits = JSONLimits()) throws(JSONError) {
        self = try JSONTree(parsing: bytes, limits: limits).root.value
    }

    /// Parses a text that is one JSON value, by RFC 8259, without extensions.
    ///
    /// - Throws: `JSONError` at the first problem.
    public init(parsing text: String, limits: JSONLimits = JSONLimits()) throws(JSONError) {
        try self.init(parsing: text.utf8, limits: limits)
    }

    /// The type of the value.
    public var kind: JSONKind {
        switch self {
        case .null: .null
        case .boolean: .boolean
        case .number: .number
        case .string: .string
        case .array: .array
        case .object: .object
        }
    }

    /// Whether two values are equal as RFC 9535 compares.
    public static func == (left: JSONValue, right: JSONValue) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.boolean(let left), .boolean(let right)): left == right
        case (.number(let left), .number(let right)): left == right
        case (.string(let left), .string(let right)): left.hasSameScalars(as: right)
        case (.array(let left), .array(let right)): left == right
        case (.object(let left), .object(let right)): left == right
        default: false
        }
    }

    /// Hashes the value so that equal values hash alike.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(kind)
        switch self {
        case .null: break
        case .boolean(let value): hasher.combine(value)
        case .number(let value): hasher.combine(value)
        case .string(let value): hasher.combine(ScalarString(value))
        case .array(let elements): hasher.combine(elements)
        case .object(let members): hasher.combine(members)
        }
    }
}
