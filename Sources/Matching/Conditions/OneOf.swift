/// The value is one of the operands.
struct OneOf: Condition {
    static let kind = ConditionKind(
        "one-of",
        aliases: ["in"],
        "The value is one of these.",
        applies: [.text, .json, .amount],
        operand: .values { OneOf(operands: $0) }
    )

    let operands: [Matcher.Operand]

    var kind: ConditionKind { Self.kind }

    var operandText: String { "[\(operands.map(\.description).joined(separator: ", "))]" }

    var isQuick: Bool { true }

    func answer(for subject: Subject, within budget: PatternBudget) -> Answer {
        guard !operands.contains(where: { subject.equals($0) }) else { return .holds }
        return operands.allSatisfy { subject.isComparable(with: $0) } ? .fails : .doesNotApply
    }

    func phrase(_ style: OperandStyle) -> Phrase { .being("one of \(style.show(operands))") }
}

extension Matcher {
    /// The value is one of these, at least one.
    public static func oneOf(_ operands: [Operand]) -> Self { Self([OneOf(operands: operands)]) }
}
