internal import JSONDocument

/// One condition with its operand.
///
/// To add one: write a file beside this one with the condition and its ``ConditionKind``, and put that into
/// ``ConditionKind/all``. The job file's reader, its JSON Schema and the tables of the tests read that list.
package protocol Condition: Sendable {
    /// What there is to know of it whatever its operand.
    var kind: ConditionKind { get }

    /// The operand, for a description of the matcher.
    var operandText: String { get }

    /// Whether the answer takes no longer than it takes to read the value and the operand, so that a small value can be
    /// judged between two transfers.
    var isQuick: Bool { get }

    /// What a value amounts to.
    ///
    /// - Parameter budget: What patterns may still cost; a pattern that costs more is given up as one that finds
    ///   nothing, which the budget remembers.
    func answer(for subject: Subject, within budget: PatternBudget) -> Answer

    /// What is expected.
    func phrase(_ style: OperandStyle) -> Phrase

    /// What came, shown so that it tells why the condition holds, does not, or cannot be asked.
    func finding(for subject: Subject, within budget: PatternBudget) -> Finding

    /// What came, where the condition can be asked of it.
    func view(of subject: Subject, within budget: PatternBudget) -> Finding

    /// What the condition is called where it does not apply.
    var title: String { get }
}

extension Condition {
    package func finding(for subject: Subject, within budget: PatternBudget) -> Finding {
        guard !subject.isMissing, answer(for: subject, within: budget) == .doesNotApply else {
            return view(of: subject, within: budget)
        }
        return obstacle(of: subject)
    }

    /// What came, where the condition cannot be asked of it.
    func obstacle(of subject: Subject) -> Finding {
        Finding(subject.shown, because: "\(title) does not apply to \(subject.typeName)")
    }

    package func view(of subject: Subject, within budget: PatternBudget) -> Finding { Finding(subject.shown) }

    package var title: String { kind.name }
}

/// What a value amounts to under a condition: three verdicts, of which only one passes.
///
/// Judging never passes on what could not be judged. So a condition that does not apply to a value fails, and so does
/// its negation. Composed conditions take over what is certain whatever the rest is (Kleene's strong logic):
///
/// | condition | holds | fails | else |
/// | --- | --- | --- | --- |
/// | `not` M | M fails | M holds | does not apply |
/// | several | each holds | one fails | does not apply |
/// | `every` M | there are members, and M holds for each | M fails for one | does not apply |
/// | `any` M | M holds for one | M fails for each | does not apply |
/// | `none` M | M fails for each | M holds for one | does not apply |
///
/// `none: {greater-than: 10}` of `["x", 3]` therefore does not apply: nobody knows of `"x"`.
///
/// Three things are stricter. Of a value that is missing, several conditions do not apply if one does not: so
/// `not: {exists: true, equals: DOWN}` does not pass where there is no value. `every` of no members does not apply, so
/// that neither it nor its negation passes on an empty list; `none` holds there and `any` fails. And where a path has a
/// gap (`JSONPathSelection`), no quantifier applies; nor does `count`, unless the gap is where zero may be right; nor
/// does `exists`, after a path that can select several nodes, by the rule of `count`.
package enum Answer: Sendable {
    case holds
    case fails
    /// The condition cannot be asked of such a value, or there is none.
    case doesNotApply

    init(_ holds: Bool) {
        self = holds ? .holds : .fails
    }
}

/// What a condition expects, as it follows the word "expected" and as it follows a noun.
package struct Phrase {
    /// To follow the word "expected".
    package let text: String
    /// To follow a noun, such as "each".
    let clause: String
    /// What the opposite is called, if not "not" with the text.
    var negation: String?

    init(text: String, clause: String) {
        self.text = text
        self.clause = clause
    }

    /// What the value is to be.
    static func being(_ text: String) -> Self { Self(text: text, clause: "to be \(text)") }

    /// What the value is to have.
    static func having(_ text: String) -> Self { Self(text: text, clause: "to have \(text)") }

    /// What the value is to do; the text begins with "to".
    static func doing(_ text: String) -> Self { Self(text: text, clause: text) }
}

/// How operands are shown: as text in quotes, or as JSON.
package enum OperandStyle {
    case text, json

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
