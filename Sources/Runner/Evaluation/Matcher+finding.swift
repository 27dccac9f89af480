import Checks
import JSONDocument
import LinearRegex

extension Matcher {
    /// What one condition found: the first that does not hold, or the first if all hold.
    fileprivate func finding(for subject: Subject, within budget: PatternBudget) -> Finding {
        let condition = conditions.first { !$0.holds(for: subject, within: budget) } ?? conditions.first
        return condition?.finding(for: subject, within: budget) ?? Finding(subject.shown)
    }
}

extension Matcher.Condition {
    /// What came, shown so that it tells why the condition holds or does not.
    func finding(for subject: Subject, within budget: PatternBudget) -> Finding {
        switch self {
        case .equals(let operand):
            Self.difference(between: operand, and: subject)
        case .not(let matcher):
            matcher.conditions.count == 1 ? matcher.finding(for: subject, within: budget) : Finding(subject.shown)
        case .contains(let operand):
            Self.found(subject) { text in
                SubstringSearch.firstOffset(of: operand.text, in: text).map { $0..<($0 + operand.text.utf8.count) }
            }
        case .matches(let pattern):
            Self.found(subject) { budget.firstMatch(of: pattern, in: $0) }
        case .endsWith:
            Finding(subject.text.map { Excerpt.quotedEnd($0) } ?? subject.shown)
        case .type:
            Finding(subject.shownWithType)
        case .length:
            if let length = subject.length {
                Finding("a length of \(length)", excerpt: [subject.shown])
            } else {
                Finding("\(subject.shownWithType), which has no length")
            }
        case .greaterThan(let bound), .atLeast(let bound), .lessThan(let bound), .atMost(let bound):
            Self.order(of: subject, against: bound)
        case .every(let matcher):
            Self.members(of: subject, whole: "all", of: { !matcher.holds(for: $0, within: budget) }, matcher, budget)
        case .any(let matcher), .none(let matcher):
            Self.members(of: subject, whole: "none", of: { matcher.holds(for: $0, within: budget) }, matcher, budget)
        case .count:
            subject.shownCount
        case .startsWith, .oneOf, .exists:
            Finding(subject.shown)
        }
    }

    /// The members that decide: their first, how many of how many they are, and the next few as lines.
    ///
    /// - Parameters:
    ///   - subject: The nodes.
    ///   - whole: What is said of all members if none decides.
    ///   - decides: Which members decide.
    ///   - matcher: What the members are held against.
    ///   - budget: What its patterns may cost.
    private static func members(
        of subject: Subject,
        whole: String,
        of decides: (Subject) -> Bool,
        _ matcher: Matcher,
        _ budget: PatternBudget
    ) -> Finding {
        guard let members = subject.members else {
            return Finding(subject.exists ? "\(subject.shownWithType), which is no array" : subject.shown)
        }
        guard !members.isEmpty else { return Finding(subject.exists ? "an empty array" : "no node") }
        let deciding = members.filter { decides(.member($0)) }
        guard let first = deciding.first else {
            return Finding(
                "\(whole) of \(members.count)",
                excerpt: whole == "none" ? NodeLines.lines(of: members) : []
            )
        }
        var finding = matcher.finding(for: .member(first), within: budget)
        finding.actual += " at \(NodeLines.path(of: first)) (\(deciding.count) of \(members.count))"
        finding.excerpt += NodeLines.lines(of: Array(deciding.dropFirst()))
        return finding
    }

    /// The text around the place that was found, or its beginning.
    private static func found(_ subject: Subject, at place: (String) -> Range<Int>?) -> Finding {
        guard let text = subject.text else { return Finding(subject.shown) }
        return Finding(place(text).map { Excerpt.quoted(text, around: $0) } ?? Excerpt.quoted(text))
    }

    private static func order(of subject: Subject, against bound: Matcher.Operand) -> Finding {
        guard subject.order(against: bound) == nil else { return Finding(subject.shown) }
        // Only what is no number cannot be compared with a header field's or a body's bound.
        return Finding(subject.isText ? "\(subject.shown), which is no number" : subject.shownWithType)
    }

    private static func difference(between operand: Matcher.Operand, and subject: Subject) -> Finding {
        if subject.equals(operand) { return Finding(subject.shown) }
        guard let node = subject.node else {
            return subject.text.map { TextDifference.finding(expected: operand.text, actual: $0) }
                ?? Finding(subject.shown)
        }
        let value = node.value
        switch (operand.value, value) {
        case (.object, .object), (.array, .array):
            return Finding(
                Excerpt.json(value),
                excerpt: JSONDifference(expected: operand.value, actual: value, at: node.path).lines
            )
        case (.string(let expected), .string(let actual)):
            return TextDifference.finding(expected: expected, actual: actual)
        case (let expected, let actual):
            return Finding(expected.kind == actual.kind ? subject.shown : subject.shownWithType)
        }
    }
}

extension Subject {
    /// The value, short enough for a message.
    var shown: String {
        switch self {
        case .noField: return "no such field"
        case .field(let text), .body(let text): return Excerpt.quoted(text)
        case .amount(let amount): return "\(amount)"
        case .nodes(let nodes, _):
            guard let node = nodes.first else { return "nothing" }
            return nodes.count == 1 ? Excerpt.json(node) : "\(nodes.count) nodes"
        }
    }

    /// The value with its type, where that is not plain to see.
    fileprivate var shownWithType: String {
        guard let node else { return shown }
        return node.kind == .null ? "null" : "\(shown) (\(node.kind.withArticle))"
    }

    fileprivate var shownCount: Finding {
        guard case .nodes(let nodes, let isSingular) = self else { return Finding(shown) }
        guard isSingular, let node, node.kind == .array else {
            return Finding(Excerpt.counted(nodes.count, "node"), excerpt: NodeLines.lines(of: nodes))
        }
        return Finding("1 node, an array with a length of \(node.childCount)")
    }
}
