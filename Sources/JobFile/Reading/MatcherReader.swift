internal import JSONDocument
internal import Matching
internal import Text
internal import YAMLTree

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
        case .text, .pattern: .nonEmptyText
        case .flag: .boolean
        case .type: .choice(Matcher.JSONType.allCases.map(\.rawValue))
        case .matcher, .memberMatcher: .reference("matcher")
        case .amount: .reference("count-matcher")
        }
    }
}

/// What the conditions of a matcher are read into.
struct MatcherDraft {
    /// What the matcher is held against, which decides what it can ask.
    let subject: SubjectKinds
    /// The key that the matcher belongs to.
    let label: String
    var conditions: [ReadCondition] = []
}

/// Reads matchers.
enum MatcherReader {
    /// A scalar, which means `equals`, or a map of conditions.
    static func matcher(
        _ value: Layered,
        _ label: String,
        of subject: SubjectKinds,
        in context: inout JobContext
    ) -> Matcher? {
        guard value.own.kind == .scalar else { return ownMatcher(value, label, of: subject, in: &context) }
        return context.following(value.own) { context, node in
            ownMatcher(Layered(node), label, of: subject, in: &context)
        }
    }

    private static func ownMatcher(
        _ value: Layered,
        _ label: String,
        of subject: SubjectKinds,
        in context: inout JobContext
    ) -> Matcher? {
        switch value.own.kind {
        case .scalar:
            guard !value.own.isUnwritten else {
                reportUnwritten(value.own, label, in: &context)
                return nil
            }
            guard let operand = context.operand(value.own) else { return nil }
            guard subject != .nodes else {
                reportSeveral(at: value.own, in: &context)
                return nil
            }
            return .equals(operand)
        case .sequence:
            context.error(
                "\(label) must be a scalar or a map of conditions, not a list",
                at: value.own,
                help: "write {equals: […]} to compare with the list, or {one-of: […]} for one of its items"
            )
            return nil
        case .mapping:
            guard let entries = context.entries(of: value, "a matcher", ConditionKeys.section) else { return nil }
            if entries.isEmpty, value.own.pairs.count == 0 {
                context.error("\(label) must have at least one condition", at: value.own)
            }
            return matcher(entries, label, of: subject, in: &context)
        }
    }

    private static func reportUnwritten(_ node: YAMLNode, _ label: String, in context: inout JobContext) {
        context.error("\(label) needs a value", at: node, help: "write null to compare with JSON's null")
    }

    private static func matcher(
        _ entries: [Entry<MatcherDraft>],
        _ label: String,
        of subject: SubjectKinds,
        in context: inout JobContext
    ) -> Matcher? {
        var draft = MatcherDraft(subject: subject, label: label)
        for entry in entries { entry.key.read(entry, into: &draft, in: &context) }
        reportContradiction(in: draft, in: &context)
        reportCount(in: draft, in: &context)
        return draft.conditions.isEmpty ? nil : Matcher(draft.conditions.map(\.condition))
    }

    /// Reads one condition, if it can be asked of what the matcher is held against.
    static func read(
        _ kind: ConditionKind,
        _ entry: Entry<MatcherDraft>,
        into draft: inout MatcherDraft,
        in context: inout JobContext
    ) -> Void? {
        let subject = draft.subject
        guard !kind.applies.isDisjoint(with: subject) else {
            if subject == .amount {
                let names = ConditionKind.all.filter { $0.applies.contains(.amount) }.map(\.name)
                context.error(
                    "\"\(kind.name)\" cannot be asked of \(draft.label)",
                    at: entry.keyNode,
                    help: "it is a whole number: use \(names.joined(asListWith: "or"))"
                )
            } else if subject == .nodes {
                reportSeveral(at: entry.keyNode, in: &context)
            } else {
                context.error("\"\(kind.name)\" can be asked of JSON only", at: entry.keyNode)
            }
            return nil
        }
        var operands: [Matcher.Operand] = []
        guard let condition = condition(kind, entry.value, of: subject, noting: &operands, in: &context) else {
            return nil
        }
        draft.conditions.append(
            ReadCondition(name: kind.name, key: entry.keyNode, condition: condition, operands: operands)
        )
        return ()
    }

    private static func reportSeveral(at node: YAMLNode, in context: inout JobContext) {
        let names = ConditionKind.all.filter { $0.applies.contains(.nodes) && $0.applies != .all }.map(\.name)
        context.error("a path that can select several nodes wants \(names.joined(asListWith: "or"))", at: node)
    }

    /// Reports conditions that no value meets together.
    private static func reportContradiction(in draft: MatcherDraft, in context: inout JobContext) {
        let finder = ContradictionFinder(conditions: draft.conditions, subject: draft.subject)
        guard let found = finder.contradiction() else { return }
        func text(_ part: ReadCondition) -> String { "\"\(part.name)\"" }
        guard !found.first.key.isIdentical(to: found.second.key) else {
            context.error("no length or number meets \(text(found.second))", at: found.second.key)
            return
        }
        context.error(
            "no value meets both \(text(found.first)) and \(text(found.second))",
            at: found.second.key,
            notes: [context.note("\(text(found.first)) is here", at: found.first.key)]
        )
    }

    /// Reports a count that is asked of a path which selects one node at the most (a singular query, RFC 9535, section
    /// 2.3.5.1): it says nothing of the elements of an array, and is one that can never hold or asks for the node alone.
    private static func reportCount(in draft: MatcherDraft, in context: inout JobContext) {
        guard draft.subject == .json else { return }
        for count in draft.conditions where count.name == "count" {
            switch (count.holdsOfNoNode, count.holdsOfOneNode) {
            case (true, false): break
            case (false, false):
                context.error(
                    "\"count\" can never hold: it counts nodes, and the path selects one at the most",
                    at: count.key,
                    help: "\"length\" counts the elements of an array"
                )
            case (_, true):
                context.warning(
                    "\"count\" counts nodes, of which the path selects one at the most, and not the elements of an array",
                    at: count.key,
                    help: "use \"length\" for the elements of an array, or \"exists\" for the node"
                )
            }
        }
    }

    private static func condition(
        _ kind: ConditionKind,
        _ value: Layered,
        of subject: SubjectKinds,
        noting operands: inout [Matcher.Operand],
        in context: inout JobContext
    ) -> (any Condition)? {
        let node = value.own
        let label = kind.name
        let isAmount = subject == .amount
        switch kind.operand {
        case .value(let make):
            guard !isAmount || isWhole(node, label, in: &context) else { return nil }
            guard !node.isUnwritten else {
                reportUnwritten(node, label, in: &context)
                return nil
            }
            return context.operand(node).map { operand in
                operands = [operand]
                return make(operand)
            }
        case .nonEmptyValue(let reason, let make):
            guard !isAmount || isWhole(node, label, in: &context), let operand = context.operand(node) else {
                return nil
            }
            guard !operand.text.isEmpty else {
                guard !context.reportEmptyVariable(node) else { return nil }
                context.error("\(label) must not be empty: \(reason)", at: node)
                return nil
            }
            return make(operand)
        case .bound(let make):
            guard !isAmount || isWhole(node, label, in: &context) else { return nil }
            return bound(node, label, in: &context).map { operand in
                operands = [operand]
                return make(operand)
            }
        case .values(let make):
            return values(node, label, areWhole: isAmount, in: &context).map { values in
                operands = values
                return make(values)
            }
        case .text(let make): return context.text(node, label).map(make)
        case .pattern(let make): return context.text(node, label).flatMap { context.pattern($0, at: node) }.map(make)
        case .flag(let make): return context.boolean(node, label).map(make)
        case .type(let make): return context.choice(node, label, as: Matcher.JSONType.self).map(make)
        case .matcher(let make):
            return isAmount
                ? amount(value, label, in: &context).map(make)
                : matcher(value, label, of: subject, in: &context).map(make)
        case .memberMatcher(let make): return matcher(value, label, of: .json, in: &context).map(make)
        case .amount(let make): return amount(value, label, in: &context).map(make)
        }
    }
}

// MARK: Operands

extension MatcherReader {
    private static func values(
        _ node: YAMLNode,
        _ label: String,
        areWhole: Bool,
        in context: inout JobContext
    ) -> [Matcher.Operand]? {
        let operands: [Matcher.Operand]? = context.list(node, label, "a list") { context, item in
            guard !areWhole || isWhole(item, "an item of \(label)", in: &context) else { return nil }
            return context.operand(item)
        }
        guard let operands else { return nil }
        guard !operands.isEmpty else {
            context.error("\(label) must have at least one item", at: node)
            return nil
        }
        return operands
    }

    private static func bound(_ node: YAMLNode, _ label: String, in context: inout JobContext) -> Matcher.Operand? {
        guard node.kind == .scalar, !node.isUnwritten else {
            context.mismatch(node, label, "a number or a text")
            return nil
        }
        guard let operand = context.operand(node) else { return nil }
        switch operand.value {
        case .number, .string: return operand
        case .null, .boolean, .array, .object:
            context.error("\(label) must be a number or a text: nothing else has an order", at: node)
            return nil
        }
    }

    /// What a length or a number of nodes must be like: a whole number, or conditions on one.
    private static func amount(_ value: Layered, _ label: String, in context: inout JobContext) -> Matcher? {
        guard value.own.kind == .mapping else {
            guard isWhole(value.own, label, in: &context) else { return nil }
            return context.number(value.own).map { .equals($0) }
        }
        guard let entries = context.entries(of: value, label, ConditionKeys.section) else { return nil }
        if entries.isEmpty { context.error("\(label) must have at least one condition", at: value.own) }
        return matcher(entries, label, of: .amount, in: &context)
    }

    /// Whether a value is what a length can be; if not, that is reported.
    private static func isWhole(_ node: YAMLNode, _ label: String, in context: inout JobContext) -> Bool {
        context.integer(node, label, in: 0...Int.max) != nil
    }
}

extension ValueType<Matcher> {
    /// A matcher of a text.
    static let textMatcher = Self.layered(.reference("text-matcher")) { context, value, label in
        MatcherReader.matcher(value, label, of: .text, in: &context)
    }
}

extension YAMLNode {
    /// Whether nothing stands where a value could be.
    var isUnwritten: Bool {
        kind == .scalar && style == .plain && tag == .none && withUTF8(\.isEmpty)
    }
}
