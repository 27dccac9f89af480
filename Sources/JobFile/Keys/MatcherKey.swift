internal import Matching

/// The keys of a matcher: one for each condition that there is.
struct MatcherKey: JobKey {
    let condition: ConditionKind

    static let allCases = ConditionKind.all.map { MatcherKey(condition: $0) }

    static let table = KeyTable<Self>()

    static let aliases = Dictionary(
        uniqueKeysWithValues: allCases.flatMap { key in key.condition.aliases.map { ($0, key) } }
    )

    private init(condition: ConditionKind) {
        self.condition = condition
    }

    init?(rawValue: String) {
        guard let key = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
        self = key
    }

    var rawValue: String { condition.name }

    var summary: String { condition.summary }

    var schema: Schema {
        switch condition.operand {
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
