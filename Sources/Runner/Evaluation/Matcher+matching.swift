import Checks
import JSONDocument
import LinearRegex

extension Matcher {
    /// Whether every condition holds.
    func holds(for subject: Subject, within budget: PatternBudget) -> Bool {
        conditions.allSatisfy { $0.holds(for: subject, within: budget) }
    }

    /// Whether a condition makes sense only where a path selected one node at most.
    var needsOneNode: Bool { conditions.contains(where: \.needsOneNode) }

    /// Whether a condition is about how many nodes there are or what they are like together.
    var looksAtSeveral: Bool { conditions.contains(where: \.looksAtSeveral) }

    /// Whether a condition says what a value must not be, and so wants one.
    var deniesAValue: Bool { conditions.contains(where: \.deniesAValue) }
}

extension Matcher.Condition {
    /// Whether the condition holds.
    ///
    /// What is not there matches nothing but `exists: false`, and `not` turns every answer around, but for one: a value
    /// that is not there is no other value. A path that is wrong must not turn a check green.
    func holds(for subject: Subject, within budget: PatternBudget) -> Bool {
        switch self {
        case .equals(let operand): subject.equals(operand)
        case .not(let matcher): !(subject.isMissing && deniesAValue) && !matcher.holds(for: subject, within: budget)
        case .contains(let operand): subject.contains(operand)
        case .startsWith(let start): subject.text.map { $0.utf8.starts(with: start.utf8) } ?? false
        case .endsWith(let end): subject.text.map { $0.utf8.reversed().starts(with: end.utf8.reversed()) } ?? false
        case .matches(let pattern): subject.text.map { budget.containsMatch(of: pattern, in: $0) } ?? false
        case .oneOf(let operands): operands.contains { subject.equals($0) }
        case .exists(let isExpected): subject.exists == isExpected
        case .type(let type): type.includes(subject)
        case .length(let matcher): subject.length.map { matcher.holds(for: .amount($0), within: budget) } ?? false
        case .greaterThan(let bound): subject.order(against: bound) == .greater
        case .atLeast(let bound): subject.order(against: bound).map { $0 != .less } ?? false
        case .lessThan(let bound): subject.order(against: bound) == .less
        case .atMost(let bound): subject.order(against: bound).map { $0 != .greater } ?? false
        case .every(let matcher):
            // A path that selects nothing is mostly one that is wrong, and must not turn a check green.
            subject.members.map { !$0.isEmpty && $0.allSatisfy { matcher.holds(for: .member($0), within: budget) } }
                ?? false
        case .any(let matcher):
            subject.members?.contains { matcher.holds(for: .member($0), within: budget) } ?? false
        case .none(let matcher):
            subject.members.map { !$0.contains { matcher.holds(for: .member($0), within: budget) } } ?? false
        case .count(let matcher):
            if case .nodes(let nodes, _) = subject {
                matcher.holds(for: .amount(nodes.count), within: budget)
            } else {
                false
            }
        }
    }

    /// Whether it says what a value must not be.
    fileprivate var deniesAValue: Bool {
        if case .not(let matcher) = self { !matcher.conditions.allSatisfy(\.isAboutPresence) } else { false }
    }

    /// Whether it can hold of nothing.
    private var isAboutPresence: Bool {
        switch self {
        case .exists, .every, .any, .none, .count: true
        case .not(let matcher): matcher.conditions.allSatisfy(\.isAboutPresence)
        default: false
        }
    }

    fileprivate var needsOneNode: Bool {
        switch self {
        case .every, .any, .none, .count, .exists: false
        case .not(let matcher): matcher.needsOneNode
        default: true
        }
    }

    fileprivate var looksAtSeveral: Bool {
        switch self {
        case .every, .any, .none, .count: true
        case .not(let matcher): matcher.looksAtSeveral
        default: false
        }
    }
}

extension Matcher.JSONType {
    /// Whether a value is of the type; text that is no JSON is a string.
    fileprivate func includes(_ subject: Subject) -> Bool {
        guard let node = subject.node else { return subject.text != nil && self == .string }
        return switch self {
        case .null: node.kind == .null
        case .boolean: node.kind == .boolean
        case .number: node.kind == .number
        case .integer: node.kind == .number && node.value.number?.isInteger == true
        case .string: node.kind == .string
        case .array: node.kind == .array
        case .object: node.kind == .object
        }
    }
}
