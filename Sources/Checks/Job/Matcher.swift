public import JSONDocument
public import LinearRegex

/// What a value must be like: several conditions mean all of them.
public struct Matcher: Sendable {
    /// The conditions, in the job file's order, at least one.
    public var conditions: [Condition]

    /// Creates a matcher from its conditions.
    public init(_ conditions: [Condition]) {
        self.conditions = conditions
    }
}

extension Matcher {
    /// One condition.
    public indirect enum Condition: Sendable {
        /// The value is this one.
        case equals(Operand)
        /// The value does not match.
        case not(Matcher)
        /// A text contains this text, an array this element, an object a member of this name.
        case contains(Operand)
        /// A text starts with this one.
        case startsWith(String)
        /// A text ends with this one.
        case endsWith(String)
        /// A text has a part that the pattern finds.
        case matches(RegexPattern)
        /// The value is one of these.
        case oneOf([Operand])
        /// There is a value, or there is none.
        case exists(Bool)
        /// The value is of this JSON type.
        case type(JSONType)
        /// The length of a text in Unicode scalars, of an array in elements, of an object in members.
        case length(Matcher)
        /// A number, or a text, is greater than this one.
        case greaterThan(Operand)
        /// A number, or a text, is this one or greater.
        case atLeast(Operand)
        /// A number, or a text, is less than this one.
        case lessThan(Operand)
        /// A number, or a text, is this one or less.
        case atMost(Operand)
        /// Each selected node, or each element of the one array selected, matches.
        case every(Matcher)
        /// At least one of them matches.
        case any(Matcher)
        /// None of them matches.
        case none(Matcher)
        /// How many nodes the path selects.
        case count(Matcher)
    }

    /// What a value is compared with: its JSON value, and its text as the job file has it.
    ///
    /// JSON tells `200` and `"200"` apart; header fields and bodies are text, and for them the text counts.
    public struct Operand: Sendable, Hashable {
        /// The value with its type.
        public var value: JSONValue
        /// The text as written; for maps and lists their compact JSON.
        public var text: String

        /// Creates an operand.
        public init(value: JSONValue, text: String) {
            self.value = value
            self.text = text
        }
    }

    /// A type of JSON value; `integer` is a number without a fraction.
    public enum JSONType: String, Sendable, Hashable, CaseIterable {
        /// `null`
        case null
        /// `true` or `false`
        case boolean
        /// any number
        case number
        /// a number without a fraction, such as `1` or `1.0`
        case integer
        /// a text
        case string
        /// a list of values
        case array
        /// a map from names to values
        case object
    }
}
