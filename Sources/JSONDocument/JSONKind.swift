/// The type of a JSON value.
public enum JSONKind: String, Sendable, Hashable, CaseIterable, CustomStringConvertible {
    /// The value `null`.
    case null
    /// The values `true` and `false`.
    case boolean
    /// Any number.
    case number
    /// Text.
    case string
    /// A list of values.
    case array
    /// Named values.
    case object

    /// The type's name as JSON Schema spells it.
    public var description: String { rawValue }
}
