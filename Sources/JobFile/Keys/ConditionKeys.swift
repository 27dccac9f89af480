internal import Matching

/// The keys of a matcher: one for each condition that there is.
enum ConditionKeys {
    static let section = Section<MatcherDraft>(
        ConditionKind.all.map { kind in
            Key(kind.name, schema: schema(of: kind), aliases: kind.aliases, kind.summary) { context, entry, draft in
                MatcherReader.read(kind, entry, into: &draft, in: &context)
            }
        }
    )

    /// What the operand of a condition can be.
    static func schema(of kind: ConditionKind) -> Schema {
        switch kind.operand {
        case .value: .anything
        case .nonEmptyValue: .nonEmpty
        case .bound: .numberOrText
        case .values: .list(of: .anything, atLeast: 1)
        case .text, .pattern: .text
        case .flag: .boolean
        case .type: .choice(Matcher.JSONType.allCases.map(\.rawValue))
        case .matcher, .memberMatcher: .reference("matcher")
        case .amount: .reference("count-matcher")
        }
    }
}
