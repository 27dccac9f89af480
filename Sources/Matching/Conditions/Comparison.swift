/// The value has a place in an order: the same condition in four directions.
///
/// Numbers compare with numbers. Texts compare by Unicode scalar, except that the text of a header field or body is a
/// number where the bound is one.
struct Comparison: Condition {
    static let greaterThan = kind(.greaterThan, "greater-than", aliases: ["gt"], "The value is greater.")
    static let atLeast = kind(
        .atLeast,
        "at-least",
        aliases: ["gte", "ge", "min", "minimum"],
        "The value is this one or greater."
    )
    static let lessThan = kind(.lessThan, "less-than", aliases: ["lt"], "The value is less.")
    static let atMost = kind(
        .atMost,
        "at-most",
        aliases: ["lte", "le", "max", "maximum"],
        "The value is this one or less."
    )

    private static func kind(
        _ relation: Relation,
        _ name: String,
        aliases: [String],
        _ summary: String
    ) -> ConditionKind {
        ConditionKind(
            name,
            aliases: aliases,
            summary,
            applies: [.text, .number, .string, .amount],
            operand: .bound { Comparison(relation: relation, bound: $0) }
        )
    }

    enum Relation {
        case greaterThan, atLeast, lessThan, atMost
    }

    let relation: Relation
    let bound: Matcher.Operand

    var kind: ConditionKind {
        switch relation {
        case .greaterThan: Self.greaterThan
        case .atLeast: Self.atLeast
        case .lessThan: Self.lessThan
        case .atMost: Self.atMost
        }
    }

    var operandText: String { bound.description }

    var isQuick: Bool { true }

    func answer(for subject: Subject, within budget: PatternBudget) -> Answer {
        guard let order = subject.order(against: bound) else { return .doesNotApply }
        return switch relation {
        case .greaterThan: Answer(order == .greater)
        case .atLeast: Answer(order != .less)
        case .lessThan: Answer(order == .less)
        case .atMost: Answer(order != .greater)
        }
    }

    func phrase(_ style: OperandStyle) -> Phrase {
        let bound = style.showBound(bound)
        return switch relation {
        case .greaterThan: .being("greater than \(bound)")
        case .atLeast: .being("at least \(bound)")
        case .lessThan: .being("less than \(bound)")
        case .atMost: .being("at most \(bound)")
        }
    }

    // It applies to numbers or to texts, as its bound is one.
    var title: String { "\(kind.name) \(Excerpt.json(bound.value, limit: 40))" }
}

extension Matcher {
    /// A number, or a text, is greater than this one.
    public static func greaterThan(_ bound: Operand) -> Self {
        Self([Comparison(relation: .greaterThan, bound: bound)])
    }

    /// A number, or a text, is this one or greater.
    public static func atLeast(_ bound: Operand) -> Self { Self([Comparison(relation: .atLeast, bound: bound)]) }

    /// A number, or a text, is less than this one.
    public static func lessThan(_ bound: Operand) -> Self { Self([Comparison(relation: .lessThan, bound: bound)]) }

    /// A number, or a text, is this one or less.
    public static func atMost(_ bound: Operand) -> Self { Self([Comparison(relation: .atMost, bound: bound)]) }
}
