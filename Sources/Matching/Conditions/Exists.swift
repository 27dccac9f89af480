/// There is a value, or there is none; an empty body is none.
struct Exists: Condition {
    static let kind = ConditionKind(
        "exists",
        "There is a value, or there is none.",
        applies: [.text, .json, .absence],
        operand: .flag { Exists(isExpected: $0) }
    )

    let isExpected: Bool

    var kind: ConditionKind { Self.kind }

    var operandText: String { "\(isExpected)" }

    func answer(for subject: Subject, within budget: PatternBudget) -> Answer {
        switch subject {
        case .noField, .field, .body, .nothing, .node, .nodes: Answer(subject.exists == isExpected)
        case .amount: .doesNotApply
        }
    }

    func phrase(_ style: OperandStyle) -> Phrase {
        var phrase = Phrase.being(isExpected ? "something" : "nothing")
        phrase.negation = isExpected ? "nothing" : "something"
        return phrase
    }

    func finding(for subject: Subject, within budget: PatternBudget) -> Finding { Finding(subject.shown) }
}

extension Matcher {
    /// There is a value, or there is none.
    public static func exists(_ isExpected: Bool) -> Self { Self([Exists(isExpected: isExpected)]) }
}
