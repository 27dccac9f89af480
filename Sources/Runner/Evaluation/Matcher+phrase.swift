import Checks
import JSONDocument
import LinearRegex

/// How operands are shown: as text in quotes, or as JSON.
enum OperandStyle {
    case text, json
}

extension Matcher {
    /// What is expected, to follow the word "expected".
    func phrase(_ style: OperandStyle) -> String {
        conditions.map { $0.phrase(style) }.joined(separator: " and ")
    }

    /// The phrase of the conditions to which one answer gives the same verdict as the whole.
    func expected(by subject: Subject, holds: Bool, within budget: PatternBudget) -> String {
        Matcher(conditions.filter { $0.holds(for: subject, within: budget) == holds })
            .phrase(subject.isText ? .text : .json)
    }
}

extension Matcher.Condition {
    /// What is expected, to follow the word "expected".
    func phrase(_ style: OperandStyle) -> String {
        switch self {
        case .equals(let operand): style.show(operand)
        case .not(let matcher): Self.negation(of: matcher, style)
        case .contains(let operand): "to contain \(style.show(operand))"
        case .startsWith(let start): "to start with \(Excerpt.quoted(start))"
        case .endsWith(let end): "to end with \(Excerpt.quoted(end))"
        case .matches(let pattern): "to match \(Excerpt.cut(pattern.source, limit: 120))"
        case .oneOf(let operands): "one of \(style.show(operands))"
        case .exists(let isExpected): isExpected ? "something" : "nothing"
        case .type(let type): type.withArticle
        case .length(let matcher): "a length of \(matcher.phrase(.json))"
        case .greaterThan(let bound): "greater than \(style.showBound(bound))"
        case .atLeast(let bound): "at least \(style.showBound(bound))"
        case .lessThan(let bound): "less than \(style.showBound(bound))"
        case .atMost(let bound): "at most \(style.showBound(bound))"
        case .every(let matcher): "each \(matcher.clause(style))"
        case .any(let matcher): "one or more \(matcher.clause(style))"
        case .none(let matcher): "none \(matcher.clause(style))"
        case .count(let matcher): "a count of \(matcher.phrase(.json))"
        }
    }

    private static func negation(of matcher: Matcher, _ style: OperandStyle) -> String {
        guard let condition = matcher.conditions.first, matcher.conditions.count == 1 else {
            return "not (\(matcher.phrase(style)))"
        }
        if case .exists(let isExpected) = condition { return Self.exists(!isExpected).phrase(style) }
        return "not \(condition.phrase(style))"
    }

    /// The phrase as it follows a noun.
    fileprivate func clause(_ style: OperandStyle) -> String {
        switch self {
        case .contains, .startsWith, .endsWith, .matches: phrase(style)
        case .length, .count: "to have \(phrase(style))"
        case .every, .any, .none: "to have \(phrase(style))"
        case .not(let matcher) where matcher.conditions.count == 1:
            "not \(matcher.clause(style))"
        default: "to be \(phrase(style))"
        }
    }
}

extension Matcher {
    fileprivate func clause(_ style: OperandStyle) -> String {
        conditions.map { $0.clause(style) }.joined(separator: " and ")
    }
}

extension OperandStyle {
    private static let listLimit = 6

    func show(_ operand: Matcher.Operand) -> String {
        self == .text ? Excerpt.quoted(operand.text) : Excerpt.json(operand.value)
    }

    func showBound(_ operand: Matcher.Operand) -> String {
        // A number bounds the number that a text holds.
        operand.value.number == nil ? show(operand) : Excerpt.json(operand.value)
    }

    func show(_ operands: [Matcher.Operand]) -> String {
        let shown = operands.prefix(Self.listLimit).map(show).joined(separator: ", ")
        let rest = operands.count - Self.listLimit
        return rest > 0 ? "\(shown) or \(rest) more" : shown
    }
}

extension Matcher.JSONType {
    var withArticle: String {
        switch self {
        case .null: "null"
        case .integer, .array, .object: "an \(rawValue)"
        case .boolean, .number, .string: "a \(rawValue)"
        }
    }
}

extension JSONKind {
    var withArticle: String {
        switch self {
        case .null: "null"
        case .array, .object: "an \(rawValue)"
        case .boolean, .number, .string: "a \(rawValue)"
        }
    }
}
