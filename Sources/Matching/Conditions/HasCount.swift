internal import JSONDocument
import Text

/// How many nodes the path selects.
struct HasCount: Condition {
    static let kind = ConditionKind(
        "count",
        "What the number of selected nodes must be like; each name and index of the path but the last must find something.",
        applies: [.json, .nodes, .absence],
        operand: .amount { HasCount(matcher: $0) }
    )

    let matcher: Matcher

    var kind: ConditionKind { Self.kind }

    var operandText: String { "(\(matcher))" }

    var isQuick: Bool { matcher.isQuick }

    func answer(for subject: Subject, within budget: PatternBudget) -> Answer {
        guard subject.gapForCount == nil else { return .doesNotApply }
        return subject.nodeCount.map { matcher.answer(for: .amount($0), within: budget) } ?? .doesNotApply
    }

    func phrase(_ style: OperandStyle) -> Phrase { .having("a count of \(matcher.phrase(.json))") }

    func finding(for subject: Subject, within budget: PatternBudget) -> Finding {
        if let gap = subject.gapForCount { return Finding(subject.shown, because: gap.sentence) }
        return switch subject {
        case .node(let node) where node.kind == .array:
            Finding("1 node, an array with a length of \(node.childCount)")
        case .node(let node): Finding("1 node", excerpt: NodeLines.lines(of: [node]))
        case .nothing: Finding("0 nodes")
        case .nodes(let nodes, _): Finding(nodes.count.counting("node"), excerpt: NodeLines.lines(of: nodes))
        case .noField, .field, .body, .undecodedBody, .amount: Finding(subject.shown)
        }
    }
}

extension Matcher {
    /// How many nodes the path selects.
    public static func count(_ matcher: Matcher) -> Self { Self([HasCount(matcher: matcher)]) }
}
