/// The value does not match.
///
/// It turns an answer around if there is one: what cannot be judged is not the opposite either.
struct Not: Condition {
    static let kind = ConditionKind(
        "not",
        "The value does not match; what the matcher does not apply to fails too.",
        applies: .all,
        operand: .matcher { Not(matcher: $0) }
    )

    let matcher: Matcher

    var kind: ConditionKind { Self.kind }

    var operandText: String { "(\(matcher))" }

    var isQuick: Bool { matcher.isQuick }

    func answer(for subject: Subject, within budget: PatternBudget) -> Answer {
        switch matcher.answer(for: subject, within: budget) {
        case .holds: .fails
        case .fails: .holds
        case .doesNotApply: .doesNotApply
        }
    }

    func phrase(_ style: OperandStyle) -> Phrase {
        guard let condition = matcher.conditions.first, matcher.conditions.count == 1 else {
            return .being("not (\(matcher.phrase(style)))")
        }
        let phrase = condition.phrase(style)
        return Phrase(text: phrase.negation ?? "not \(phrase.text)", clause: "not \(phrase.clause)")
    }

    func finding(for subject: Subject, within budget: PatternBudget) -> Finding {
        let isUndone = matcher.answer(for: subject, within: budget) == .doesNotApply
        return matcher.conditions.count == 1 || isUndone
            ? matcher.finding(for: subject, within: budget) : Finding(subject.shown)
    }
}

extension Matcher {
    /// The value does not match.
    public static func not(_ matcher: Matcher) -> Self { Self([Not(matcher: matcher)]) }

    /// Whether a condition says what a value must not be where there is none.
    package func deniesAValue(thatIsMissing subject: Subject, within budget: PatternBudget) -> Bool {
        guard subject.isMissing else { return false }
        return conditions.contains { condition in
            condition is Not && condition.answer(for: subject, within: budget) == .doesNotApply
        }
    }
}

extension Finding {
    /// The finding of nothing where a value is to be another one.
    package var wantingAValue: Self {
        Self("\(actual), and \"not\" wants a value; use exists: false if there is to be none", excerpt: excerpt)
    }
}
