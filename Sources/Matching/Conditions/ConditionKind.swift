package import LinearRegex

/// What there is to know of a condition before it has an operand.
package struct ConditionKind: Sendable {
    /// The job file's keyword.
    package let name: String
    /// Names that people use who mean this one.
    package let aliases: [String]
    /// What it means, in a sentence for editors and the reference.
    package let summary: String
    /// What it can be asked of.
    package let applies: SubjectKinds
    /// What follows the keyword, and how the condition is made of it.
    package let operand: OperandForm

    init(
        _ name: String,
        aliases: [String] = [],
        _ summary: String,
        applies: SubjectKinds,
        operand: OperandForm
    ) {
        self.name = name
        self.aliases = aliases
        self.summary = summary
        self.applies = applies
        self.operand = operand
    }

    /// Every condition of the job language, in the order of its schema.
    package static let all: [ConditionKind] = [
        Equals.kind, Not.kind, Contains.kind, StartsWith.kind, EndsWith.kind, Matches.kind, OneOf.kind, Exists.kind,
        HasType.kind, HasLength.kind, Comparison.greaterThan, Comparison.atLeast, Comparison.lessThan,
        Comparison.atMost, Quantifier.every, Quantifier.any, Quantifier.none, HasCount.kind,
    ]
}

/// What a condition takes, and how it is made of it.
package enum OperandForm: Sendable {
    /// Any value.
    case value(@Sendable (Matcher.Operand) -> any Condition)
    /// Any value but an empty text, for a reason that follows a colon.
    case nonEmptyValue(reason: String, @Sendable (Matcher.Operand) -> any Condition)
    /// A number or a text, which alone have an order.
    case bound(@Sendable (Matcher.Operand) -> any Condition)
    /// One value or more.
    case values(@Sendable ([Matcher.Operand]) -> any Condition)
    /// Text that is not empty.
    case text(@Sendable (String) -> any Condition)
    /// A regular expression.
    case pattern(@Sendable (RegexPattern) -> any Condition)
    /// `true` or `false`.
    case flag(@Sendable (Bool) -> any Condition)
    /// A type of JSON value.
    case type(@Sendable (Matcher.JSONType) -> any Condition)
    /// A matcher of the same value.
    case matcher(@Sendable (Matcher) -> any Condition)
    /// A matcher of each of several JSON values.
    case memberMatcher(@Sendable (Matcher) -> any Condition)
    /// A whole number from 0, or a matcher of one.
    case amount(@Sendable (Matcher) -> any Condition)
}

/// What a condition can be asked of.
package struct SubjectKinds: OptionSet, Sendable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// The text of a header field or a body.
    package static let text = Self(rawValue: 1 << 0)
    /// A JSON `null`.
    package static let null = Self(rawValue: 1 << 1)
    /// A JSON `true` or `false`.
    package static let boolean = Self(rawValue: 1 << 2)
    /// A JSON number.
    package static let number = Self(rawValue: 1 << 3)
    /// A JSON string.
    package static let string = Self(rawValue: 1 << 4)
    /// A JSON array.
    package static let array = Self(rawValue: 1 << 5)
    /// A JSON object.
    package static let object = Self(rawValue: 1 << 6)
    /// A length, or a number of nodes.
    package static let amount = Self(rawValue: 1 << 7)
    /// As many nodes as a path selects, judged together.
    package static let nodes = Self(rawValue: 1 << 8)
    /// Nothing at all where there could be a value: asking whether there is one.
    package static let absence = Self(rawValue: 1 << 9)

    /// Any one JSON value.
    package static let json: Self = [.null, .boolean, .number, .string, .array, .object]
    /// Whatever there is.
    package static let all: Self = [.text, .json, .amount, .nodes, .absence]
}
