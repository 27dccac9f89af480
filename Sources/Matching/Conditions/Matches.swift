public import LinearRegex

/// A text has a part that a pattern finds.
struct Matches: Condition {
    static let kind = ConditionKind(
        "matches",
        aliases: ["regex", "pattern", "match"],
        "A text has a part that this regular expression finds.",
        applies: [.text, .string],
        operand: .pattern { Matches(pattern: $0) }
    )

    let pattern: RegexPattern

    var kind: ConditionKind { Self.kind }

    var operandText: String { pattern.source }

    var isQuick: Bool { false }

    func answer(for subject: Subject, within budget: PatternBudget) -> Answer {
        subject.text(with: pattern.source, isLiteral: false)
            .map { Answer(budget.containsMatch(of: pattern, in: $0)) } ?? .doesNotApply
    }

    func phrase(_ style: OperandStyle) -> Phrase { .doing("to match \(Excerpt.cut(pattern.source, limit: 120))") }

    func view(of subject: Subject, within budget: PatternBudget) -> Finding {
        Finding(subject.shown { budget.firstMatch(of: pattern, in: $0) })
    }
}

extension Matcher {
    /// A text has a part that the pattern finds.
    public static func matches(_ pattern: RegexPattern) -> Self { Self([Matches(pattern: pattern)]) }
}
