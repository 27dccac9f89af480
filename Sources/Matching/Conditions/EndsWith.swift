internal import JSONDocument

/// A text ends with another one, byte by byte.
struct EndsWith: Condition {
    static let kind = ConditionKind(
        "ends-with",
        "A text ends with this one.",
        applies: [.text, .string],
        operand: .text { EndsWith(end: $0) }
    )

    let end: String

    var kind: ConditionKind { Self.kind }

    var operandText: String { JSONValue.string(end).text() }

    var isQuick: Bool { true }

    func answer(for subject: Subject, within budget: PatternBudget) -> Answer {
        subject.text(with: end).map { Answer($0.utf8.reversed().starts(with: end.utf8.reversed())) } ?? .doesNotApply
    }

    func phrase(_ style: OperandStyle) -> Phrase { .doing("to end with \(Excerpt.quoted(end))") }

    func view(of subject: Subject, within budget: PatternBudget) -> Finding {
        Finding(subject.readableText.map { Excerpt.quotedEnd($0) } ?? subject.shown)
    }
}

extension Matcher {
    /// A text ends with this one.
    public static func endsWith(_ end: String) -> Self { Self([EndsWith(end: end)]) }
}
