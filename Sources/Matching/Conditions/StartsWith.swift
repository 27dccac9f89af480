internal import JSONDocument

/// A text starts with another one, byte by byte.
struct StartsWith: Condition {
    static let kind = ConditionKind(
        "starts-with",
        "A text starts with this one.",
        applies: [.text, .string],
        operand: .text { StartsWith(start: $0) }
    )

    let start: String

    var kind: ConditionKind { Self.kind }

    var operandText: String { JSONValue.string(start).text() }

    var isQuick: Bool { true }

    func answer(for subject: Subject, within budget: PatternBudget) -> Answer {
        subject.text(with: start).map { Answer($0.utf8.starts(with: start.utf8)) } ?? .doesNotApply
    }

    func phrase(_ style: OperandStyle) -> Phrase { .doing("to start with \(Excerpt.quoted(start))") }
}

extension Matcher {
    /// A text starts with this one.
    public static func startsWith(_ start: String) -> Self { Self([StartsWith(start: start)]) }
}
