internal import JSONDocument

/// The value is the operand: in JSON by type and value, in text byte by byte.
struct Equals: Condition {
    static let kind = ConditionKind(
        "equals",
        aliases: ["eq", "equal", "is"],
        "The value is this one; in JSON 200 and \"200\" differ.",
        applies: [.text, .json, .amount],
        operand: .value { Equals(operand: $0) }
    )

    let operand: Matcher.Operand

    var kind: ConditionKind { Self.kind }

    var operandText: String { operand.description }

    var isQuick: Bool { true }

    func answer(for subject: Subject, within budget: PatternBudget) -> Answer {
        subject.isComparable(with: operand) ? Answer(subject.equals(operand)) : .doesNotApply
    }

    func phrase(_ style: OperandStyle) -> Phrase { .being(style.show(operand)) }

    func view(of subject: Subject, within budget: PatternBudget) -> Finding {
        if subject.equals(operand) { return Finding(subject.shown) }
        guard let node = subject.node else {
            return subject.text.map { TextDifference.finding(expected: operand.text, actual: $0) }
                ?? Finding(subject.shown)
        }
        let value = node.value
        switch (operand.value, value) {
        case (.object, .object), (.array, .array):
            return Finding(
                Excerpt.json(value),
                excerpt: JSONDifference(expected: operand.value, actual: value, at: node.path).lines
            )
        case (.string(let expected), .string(let actual)):
            return TextDifference.finding(expected: expected, actual: actual)
        case (let expected, let actual):
            return Finding(expected.kind == actual.kind ? subject.shown : subject.shownWithType)
        }
    }
}

extension Matcher {
    /// The value is this one.
    public static func equals(_ operand: Operand) -> Self { Self([Equals(operand: operand)]) }
}
