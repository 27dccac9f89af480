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

    var isQuick: Bool { true }

    func answer(for subject: Subject, within budget: PatternBudget) -> Answer {
        switch subject {
        case .noField, .field, .body, .undecodedBody, .nothing, .node: Answer(subject.exists == isExpected)
        // Several nodes that are not there, as the names before them are not, are no better than no nodes counted.
        case .nodes: subject.gapForCount != nil ? .doesNotApply : Answer(subject.exists == isExpected)
        case .amount: .doesNotApply
        }
    }

    func phrase(_ style: OperandStyle) -> Phrase {
        var phrase = Phrase.being(isExpected ? "something" : "nothing")
        phrase.negation = isExpected ? "nothing" : "something"
        return phrase
    }
}

extension Matcher {
    /// There is a value, or there is none.
    public static func exists(_ isExpected: Bool) -> Self { Self([Exists(isExpected: isExpected)]) }
}
