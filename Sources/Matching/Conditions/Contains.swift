internal import JSONDocument

/// A text contains the operand's text, an array its value, an object a member of that name.
struct Contains: Condition {
    static let kind = ConditionKind(
        "contains",
        aliases: ["includes"],
        "A text contains this text, an array this element, an object a member of this name.",
        applies: [.text, .string, .array, .object],
        operand: .nonEmptyValue(reason: "every text contains an empty one") { Contains(operand: $0) }
    )

    let operand: Matcher.Operand

    var kind: ConditionKind { Self.kind }

    var operandText: String { operand.description }

    var isQuick: Bool { true }

    func answer(for subject: Subject, within budget: PatternBudget) -> Answer {
        if let text = subject.text(with: operand.text) {
            return Answer(SubstringSearch.firstOffset(of: operand.text, in: text) != nil)
        }
        guard let node = subject.node else { return .doesNotApply }
        switch node.kind {
        case .array: return Answer(node.children.contains { Subject.node($0).equals(operand) })
        case .object: return Answer(node.value[operand.text] != nil)
        case .null, .boolean, .number, .string: return .doesNotApply
        }
    }

    func phrase(_ style: OperandStyle) -> Phrase { .doing("to contain \(style.show(operand))") }

    func view(of subject: Subject, within budget: PatternBudget) -> Finding {
        Finding(
            subject.shown { text in
                SubstringSearch.firstOffset(of: operand.text, in: text).map { $0..<($0 + operand.text.utf8.count) }
            }
        )
    }
}

extension Matcher {
    /// A text contains this text, an array this element, an object a member of this name; the text is not empty.
    public static func contains(_ operand: Operand) -> Self { Self([Contains(operand: operand)]) }
}
