public import JSONDocument

// A value comes as a `Subject`. A `Condition` gives an `Answer` to it, a `Phrase` of what it expects, and a `Finding`
// of what came. `Showing` makes both fit for a message; `Searching` finds texts in time that is linear in them.

/// What a value must be like: several conditions mean all of them.
///
/// Each condition is one file of `Conditions`, and `ConditionKind.all` lists them. A matcher is made with the
/// functions that these files add, such as `Matcher.contains(_:)`.
public struct Matcher: Sendable, CustomStringConvertible {
    /// The conditions, in the job file's order, at least one.
    package let conditions: [any Condition]

    /// Creates a matcher from its conditions, at least one.
    package init(_ conditions: [any Condition]) {
        self.conditions = conditions
    }

    /// Creates a matcher that holds where all of some others do, at least one.
    public init(all matchers: [Matcher]) {
        conditions = matchers.flatMap(\.conditions)
    }

    /// The conditions in the job file's words, such as `starts-with "a" and length (at-most 3)`.
    public var description: String {
        conditions.map { "\($0.kind.name) \($0.operandText)" }.joined(separator: " and ")
    }
}

extension Matcher {
    /// What a value is compared with: its JSON value, and its text as the job file has it.
    ///
    /// JSON tells `200` and `"200"` apart; header fields and bodies are text, and for them the text counts.
    public struct Operand: Sendable, Hashable, CustomStringConvertible {
        /// The value with its type.
        public var value: JSONValue
        /// The text as written; for maps and lists their compact JSON.
        public var text: String

        /// Creates an operand.
        public init(value: JSONValue, text: String) {
            self.value = value
            self.text = text
        }

        /// The JSON value, and the text where the value does not show it already.
        public var description: String {
            let shown = value.text()
            let quoted = JSONValue.string(text).text()
            return shown == text || shown == quoted ? shown : "\(shown) as \(quoted)"
        }
    }
}

extension Matcher {
    /// What a value amounts to under all conditions.
    ///
    /// Of a value that is there, one condition that fails decides; of one that is missing, one that does not apply.
    package func answer(for subject: Subject, within budget: PatternBudget) -> Answer {
        let deciding: Answer = subject.isMissing ? .doesNotApply : .fails
        var answer = Answer.holds
        for condition in conditions {
            let next = condition.answer(for: subject, within: budget)
            if next == deciding { return next }
            if next != .holds { answer = next }
        }
        return answer
    }

    /// Whether every condition holds.
    package func holds(for subject: Subject, within budget: PatternBudget) -> Bool {
        answer(for: subject, within: budget) == .holds
    }

    /// Whether all conditions take no longer than it takes to read the value and their operands.
    package var isQuick: Bool { conditions.allSatisfy(\.isQuick) }

    /// Whether a condition makes sense only where a path selected one node at most.
    package var needsOneNode: Bool { plainConditions.contains { !$0.kind.applies.contains(.absence) } }

    /// Whether a condition is about how many nodes there are or what they are like together.
    package var judgesNodes: Bool { plainConditions.contains { $0.kind.applies.contains(.nodes) } }

    /// The conditions, with those that `not` turns around in its place.
    private var plainConditions: [any Condition] {
        conditions.flatMap { condition in (condition as? Not)?.matcher.plainConditions ?? [condition] }
    }
}

extension Matcher {
    /// What is expected, to follow the word "expected".
    package func phrase(_ style: OperandStyle) -> String {
        conditions.map { $0.phrase(style).text }.joined(separator: " and ")
    }

    /// What is expected, to follow a noun.
    func clause(_ style: OperandStyle) -> String {
        conditions.map { $0.phrase(style).clause }.joined(separator: " and ")
    }

    /// The phrase of the conditions to which one answer gives the same verdict as the whole.
    package func expected(by subject: Subject, holds: Bool, within budget: PatternBudget) -> String {
        Matcher(conditions.filter { ($0.answer(for: subject, within: budget) == .holds) == holds })
            .phrase(subject.isText ? .text : .json)
    }

    /// Why the matcher cannot judge a value that is there; `nil` if it can, or if there is none.
    package func obstacle(to subject: Subject, within budget: PatternBudget) -> String? {
        guard !subject.isMissing, answer(for: subject, within: budget) == .doesNotApply else { return nil }
        return finding(for: subject, within: budget).reason
    }

    /// What one condition found: the first that has the answer of all.
    func finding(for subject: Subject, within budget: PatternBudget) -> Finding {
        let answer = answer(for: subject, within: budget)
        let condition = conditions.first { $0.answer(for: subject, within: budget) == answer }
        return condition?.finding(for: subject, within: budget) ?? Finding(subject.shown)
    }
}
