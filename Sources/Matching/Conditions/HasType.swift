internal import JSONDocument

/// The value is of a JSON type.
struct HasType: Condition {
    static let kind = ConditionKind(
        "type",
        "The value is of this JSON type.",
        applies: .json,
        operand: .type { HasType(type: $0) }
    )

    let type: Matcher.JSONType

    var kind: ConditionKind { Self.kind }

    var operandText: String { type.rawValue }

    var isQuick: Bool { true }

    func answer(for subject: Subject, within budget: PatternBudget) -> Answer {
        subject.node.map { Answer(type.includes($0)) } ?? .doesNotApply
    }

    func phrase(_ style: OperandStyle) -> Phrase { .being(type.withArticle) }

    func view(of subject: Subject, within budget: PatternBudget) -> Finding { Finding(subject.shownWithType) }
}

extension Matcher {
    /// The value is of this JSON type.
    public static func type(_ type: JSONType) -> Self { Self([HasType(type: type)]) }

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

extension Matcher.JSONType {
    fileprivate func includes(_ node: JSONNode) -> Bool {
        switch self {
        case .null: node.kind == .null
        case .boolean: node.kind == .boolean
        case .number: node.kind == .number
        case .integer: node.kind == .number && node.value.number?.isInteger == true
        case .string: node.kind == .string
        case .array: node.kind == .array
        case .object: node.kind == .object
        }
    }

    fileprivate var withArticle: String {
        switch self {
        case .null: "null"
        case .integer, .array, .object: "an \(rawValue)"
        case .boolean, .number, .string: "a \(rawValue)"
        }
    }
}
