/// One condition with its operand.
///
/// To add one: write a file beside this one with the condition and its ``ConditionKind``, and put that into
/// ``ConditionKind/all``. The job file's reader, its JSON Schema and the tables of the tests read that list.
package protocol Condition: Sendable {
    /// What there is to know of it whatever its operand.
    var kind: ConditionKind { get }

    /// The operand, for a description of the matcher.
    var operandText: String { get }

    /// What a value amounts to.
    ///
    /// - Parameter budget: What patterns may still cost; a pattern that costs more is given up as one that finds
    ///   nothing, which the budget remembers.
    func answer(for subject: Subject, within budget: PatternBudget) -> Answer

    /// What is expected.
    func phrase(_ style: OperandStyle) -> Phrase

    /// What came, shown so that it tells why the condition holds or does not.
    func finding(for subject: Subject, within budget: PatternBudget) -> Finding
}

/// What a value amounts to under a condition.
package enum Answer: Sendable {
    case holds
    case fails
    /// The condition cannot be asked of such a value, or there is none.
    case doesNotApply

    init(_ holds: Bool) {
        self = holds ? .holds : .fails
    }
}
