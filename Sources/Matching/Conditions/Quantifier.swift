/// All, some or none of several nodes match: the same condition for three amounts.
///
/// A path that can select several nodes means these; any other path means the elements of the array that it selects.
struct Quantifier: Condition {
    static let every = kind(.every, "every", "Each selected node matches, and there is one.")
    static let any = kind(.any, "any", "At least one selected node matches.")
    static let none = kind(
        .none,
        "none",
        "No selected node matches; each name and index of the path must find something."
    )

    private static func kind(_ amount: Amount, _ name: String, _ summary: String) -> ConditionKind {
        ConditionKind(
            name,
            summary,
            applies: [.array, .nodes, .absence],
            operand: .memberMatcher { Quantifier(amount: amount, matcher: $0) }
        )
    }

    enum Amount {
        case every, any, none
    }

    let amount: Amount
    let matcher: Matcher

    var kind: ConditionKind {
        switch amount {
        case .every: Self.every
        case .any: Self.any
        case .none: Self.none
        }
    }

    var operandText: String { "(\(matcher))" }

    var isQuick: Bool { false }

    func answer(for subject: Subject, within budget: PatternBudget) -> Answer {
        guard subject.gaps.isEmpty, let members = subject.members else { return .doesNotApply }
        var isCertain = true
        for member in members {
            switch (matcher.answer(for: .node(member), within: budget), amount) {
            case (.holds, .any): return .holds
            case (.holds, .none), (.fails, .every): return .fails
            case (.holds, .every), (.fails, .any), (.fails, .none): continue
            case (.doesNotApply, _): isCertain = false
            }
        }
        guard isCertain else { return .doesNotApply }
        return switch amount {
        // Of an empty list it is neither true nor false that all is well.
        case .every: members.isEmpty ? .doesNotApply : .holds
        case .any: .fails
        case .none: .holds
        }
    }

    func phrase(_ style: OperandStyle) -> Phrase {
        switch amount {
        case .every: .having("each \(matcher.clause(style))")
        case .any: .having("one or more \(matcher.clause(style))")
        case .none: .having("none \(matcher.clause(style))")
        }
    }

    /// The members that decide: their first, how many of how many they are, and the next few as lines.
    func finding(for subject: Subject, within budget: PatternBudget) -> Finding {
        if let gap = subject.gaps.first { return Finding(subject.shown, because: gap.sentence) }
        guard let members = subject.members else {
            return subject.exists ? obstacle(of: subject) : Finding(subject.shown)
        }
        guard !members.isEmpty else {
            let reason = amount == .every ? "every needs at least one" : nil
            return Finding(subject.exists ? "an empty array" : "no node", because: reason)
        }
        let decisive: Answer =
            switch (answer(for: subject, within: budget), amount) {
            case (.doesNotApply, _): .doesNotApply
            case (_, .every): .fails
            case (_, .any), (_, .none): .holds
            }
        let deciding = members.filter { matcher.answer(for: .node($0), within: budget) == decisive }
        guard let first = deciding.first else {
            return decisive == .holds
                ? Finding("none of \(members.count)", excerpt: NodeLines.lines(of: members))
                : Finding("all of \(members.count)")
        }
        var finding = matcher.finding(for: .node(first), within: budget)
        finding.what += " at \(NodeLines.path(of: first)) (\(deciding.count) of \(members.count))"
        finding.excerpt += NodeLines.lines(of: Array(deciding.dropFirst()))
        return finding
    }
}

extension Matcher {
    /// Each selected node, or each element of the one array selected, matches.
    public static func every(_ matcher: Matcher) -> Self { Self([Quantifier(amount: .every, matcher: matcher)]) }

    /// At least one of them matches.
    public static func any(_ matcher: Matcher) -> Self { Self([Quantifier(amount: .any, matcher: matcher)]) }

    /// None of them matches.
    public static func none(_ matcher: Matcher) -> Self { Self([Quantifier(amount: .none, matcher: matcher)]) }
}
