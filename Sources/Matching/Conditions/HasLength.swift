/// The length of a text in Unicode scalars, of an array in elements, of an object in members.
struct HasLength: Condition {
    static let kind = ConditionKind(
        "length",
        aliases: ["size"],
        "What the length of a text, an array or an object must be like.",
        applies: [.text, .string, .array, .object],
        operand: .amount { HasLength(matcher: $0) }
    )

    let matcher: Matcher

    var kind: ConditionKind { Self.kind }

    var operandText: String { "(\(matcher))" }

    var isQuick: Bool { matcher.isQuick }

    func answer(for subject: Subject, within budget: PatternBudget) -> Answer {
        subject.length.map { matcher.answer(for: .amount($0), within: budget) } ?? .doesNotApply
    }

    func phrase(_ style: OperandStyle) -> Phrase { .having("a length of \(matcher.phrase(.json))") }

    func view(of subject: Subject, within budget: PatternBudget) -> Finding {
        guard let length = subject.length else { return Finding(subject.shown) }
        return Finding("a length of \(length)", excerpt: [subject.shown])
    }
}

extension Matcher {
    /// What the length of a text in Unicode scalars, of an array in elements, or of an object in members must be like.
    public static func length(_ matcher: Matcher) -> Self { Self([HasLength(matcher: matcher)]) }
}
