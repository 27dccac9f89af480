internal import JSONDocument
internal import Matching
internal import YAMLTree

/// What a matcher's conditions were read from, to find those that cannot hold together.
struct ReadCondition {
    let name: String
    let key: YAMLNode
    let condition: any Condition
    /// What it compares with: one bound or value, several values, or none that is known before there is an answer.
    let operands: [Matcher.Operand]

    /// Whether it holds where a path has selected nothing.
    var holdsOfNoNode: Bool { holds(for: .nothing(gaps: [])) }

    /// Whether it holds of a node, whatever the node is, as a count does.
    var holdsOfOneNode: Bool { (try? JSONTree(.null)).map { holds(for: .node($0.root)) } ?? false }

    fileprivate func holds(for subject: Subject) -> Bool {
        Matcher([condition]).holds(for: subject, within: PatternBudget(steps: 1_000_000))
    }
}

/// Finds conditions of one matcher that no value meets together: such a check can never pass, or behind `not` never fail.
struct ContradictionFinder {
    /// Two conditions that exclude each other; the same one twice where it excludes every value.
    struct Contradiction {
        let first: ReadCondition
        let second: ReadCondition
    }

    let conditions: [ReadCondition]
    let subject: SubjectKinds

    /// The first contradiction, by the order of the conditions.
    func contradiction() -> Contradiction? {
        for (place, second) in conditions.enumerated() {
            if subject == .amount, excludesAllAmounts(second) { return Contradiction(first: second, second: second) }
            for first in conditions[..<place] where exclude(first, second) {
                return Contradiction(first: first, second: second)
            }
        }
        return nil
    }

    private func exclude(_ first: ReadCondition, _ second: ReadCondition) -> Bool {
        for (left, right) in [(first, second), (second, first)] {
            if areValues(left), !left.operands.contains(where: { meets($0, right) }) { return true }
            if left.name == "exists", isNo(left), needsValue(right) { return true }
            if left.name == "type", let bound = right.operands.first, isBound(right), subject == .json {
                let types: Set<String> = bound.value.number == nil ? ["string"] : ["number", "integer"]
                if !types.contains(left.condition.operandText) { return true }
            }
        }
        return isBound(first) && isBound(second) && exclude(bound: first, bound: second)
    }

    /// Whether a condition holds of nothing that counts as no value.
    private func needsValue(_ condition: ReadCondition) -> Bool {
        let absences: [Subject] =
            if subject == .text {
                [.noField, Self.emptyBody]
            } else {
                [subject.contains(.nodes) ? .nodes([], gaps: []) : .nothing(gaps: [])]
            }
        return !absences.contains { condition.holds(for: $0) }
    }

    private func areValues(_ condition: ReadCondition) -> Bool {
        (condition.name == "equals" || condition.name == "one-of") && !subject.contains(.nodes)
    }

    private func isNo(_ condition: ReadCondition) -> Bool { condition.condition.operandText == "false" }

    /// Whether a value that a condition wants meets another one, as far as it can be told before there is an answer.
    private func meets(_ operand: Matcher.Operand, _ other: ReadCondition) -> Bool {
        let candidate: Subject
        if subject == .amount {
            guard let amount = operand.value.number.flatMap({ Int($0.literal) }) else { return true }
            candidate = .amount(amount)
        } else if subject == .text {
            // A body that is empty counts as none; a field does not.
            return operand.text.isEmpty
                ? other.holds(for: .field("")) || other.holds(for: Self.emptyBody)
                : other.holds(for: .body(operand.text))
        } else {
            guard let tree = try? JSONTree(operand.value) else { return true }
            candidate = .node(tree.root)
        }
        return other.holds(for: candidate)
    }

    private static let emptyBody = Subject.body("")

    // MARK: Bounds

    private func isBound(_ condition: ReadCondition) -> Bool { isLower(condition) || isUpper(condition) }

    private func isLower(_ condition: ReadCondition) -> Bool {
        condition.name == "greater-than" || condition.name == "at-least"
    }

    private func isUpper(_ condition: ReadCondition) -> Bool {
        condition.name == "less-than" || condition.name == "at-most"
    }

    /// Whether the bound itself is outside.
    private func isStrict(_ condition: ReadCondition) -> Bool {
        condition.name == "greater-than" || condition.name == "less-than"
    }

    private func exclude(bound first: ReadCondition, bound second: ReadCondition) -> Bool {
        guard let left = first.operands.first, let right = second.operands.first else { return false }
        let numbers = (number(left), number(right))
        // A number and a text have no order in common.
        if subject == .json, (numbers.0 == nil) != (numbers.1 == nil) { return true }
        guard isLower(first) != isLower(second) else { return false }
        let (lower, upper) = isLower(first) ? (first, second) : (second, first)
        let isStrict = isStrict(lower) || isStrict(upper)
        guard let low = lower.operands.first, let high = upper.operands.first else { return false }
        if let from = number(low), let to = number(high) {
            if subject == .amount, let from = Int(from.literal), let to = Int(to.literal) {
                let isBetween = self.isStrict(lower) && self.isStrict(upper)
                return from > to || isStrict && from == to || isBetween && from + 1 == to
            }
            return to < from || isStrict && !(from < to)
        }
        guard numbers == (nil, nil) else { return false }
        let (from, to) = (low.text.utf8, high.text.utf8)
        return to.lexicographicallyPrecedes(from) || isStrict && from.elementsEqual(to)
    }

    /// The number that a bound is: in a header field or body also the one that its text holds.
    private func number(_ operand: Matcher.Operand) -> JSONNumber? {
        operand.value.number ?? (subject == .json ? nil : JSONNumber(literal: operand.text))
    }

    private func excludesAllAmounts(_ condition: ReadCondition) -> Bool {
        condition.name == "less-than" && condition.operands.first?.value.number == JSONNumber(0)
    }
}
