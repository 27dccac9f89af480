internal import JSONDocument
internal import LinearRegex
internal import Matching
internal import SourceDiagnostics
internal import YAMLTree

extension JobReader {
    /// A scalar, which means `equals`, or a map of conditions.
    mutating func matcher(_ value: Layered, _ label: String, of subject: SubjectKinds) -> Matcher? {
        guard value.own.kind == .scalar else { return ownMatcher(value, label, of: subject) }
        return following(value.own) { $0.ownMatcher(Layered($1), label, of: subject) }
    }

    private mutating func ownMatcher(_ value: Layered, _ label: String, of subject: SubjectKinds) -> Matcher? {
        switch value.own.kind {
        case .scalar:
            guard !isEmpty(value.own) else {
                error("\(label) needs a value", at: value.own, help: "write null to compare with JSON's null")
                return nil
            }
            guard let operand = operand(value.own) else { return nil }
            guard subject != .nodes else {
                reportSeveral(at: value.own)
                return nil
            }
            return .equals(operand)
        case .sequence:
            error(
                "\(label) must be a scalar or a map of conditions, not a list",
                at: value.own,
                help: "write {equals: […]} to compare with the list, or {one-of: […]} for one of its items"
            )
            return nil
        case .mapping:
            return conditions(value, label, of: subject)
        }
    }

    private mutating func conditions(_ map: Layered, _ label: String, of subject: SubjectKinds) -> Matcher? {
        guard let entries = entries(of: map, "a matcher", as: MatcherKey.self) else { return nil }
        guard !entries.isEmpty else {
            if map.own.pairs.count == 0 { error("\(label) must have at least one condition", at: map.own) }
            return nil
        }
        var conditions: [any Condition] = []
        for entry in entries {
            let kind = entry.key.condition
            if kind.applies.isDisjoint(with: subject) {
                if subject == .nodes {
                    reportSeveral(at: entry.keyNode)
                } else {
                    error("\"\(kind.name)\" can be asked of JSON only", at: entry.keyNode)
                }
            } else if let condition = condition(entry, of: subject) {
                conditions.append(condition)
            }
        }
        return conditions.isEmpty ? nil : Matcher(conditions)
    }

    private mutating func reportSeveral(at node: YAMLNode) {
        let names = ConditionKind.all.filter { $0.applies.contains(.nodes) && $0.applies != .all }.map(\.name)
        error("a path that can select several nodes wants \(Self.list(names))", at: node)
    }

    /// Names as a sentence has them, such as `a, b or c`.
    private static func list(_ names: [String]) -> String {
        names.count < 2 ? names.joined() : "\(names.dropLast().joined(separator: ", ")) or \(names[names.count - 1])"
    }

    private mutating func condition(_ entry: Entry<MatcherKey>, of subject: SubjectKinds) -> (any Condition)? {
        let node = entry.value.own
        let label = entry.key.rawValue
        switch entry.key.condition.operand {
        case .value(let make): return operand(node).map(make)
        case .nonEmptyValue(let reason, let make):
            guard let operand = operand(node) else { return nil }
            guard !operand.text.isEmpty else {
                error("\(label) must not be empty: \(reason)", at: node)
                return nil
            }
            return make(operand)
        case .bound(let make): return bound(node, label).map(make)
        case .values(let make): return values(node, label).map(make)
        case .text(let make): return text(node, label).map(make)
        case .pattern(let make): return text(node, label).flatMap { pattern($0, at: node) }.map(make)
        case .flag(let make): return boolean(node, label).map(make)
        case .type(let make): return choice(node, label, as: Matcher.JSONType.self).map(make)
        case .matcher(let make): return matcher(entry.value, label, of: subject).map(make)
        case .memberMatcher(let make): return matcher(entry.value, label, of: .json).map(make)
        case .amount(let make): return amount(entry.value, label).map(make)
        }
    }

    private mutating func values(_ node: YAMLNode, _ label: String) -> [Matcher.Operand]? {
        guard let operands = list(node, label, "a list", { $0.operand($1) }) else { return nil }
        guard !operands.isEmpty else {
            error("\(label) must have at least one item", at: node)
            return nil
        }
        return operands
    }

    /// What a length or a number of nodes must be like: a whole number, or conditions on one.
    private mutating func amount(_ value: Layered, _ label: String) -> Matcher? {
        guard value.own.kind == .mapping else {
            guard integer(value.own, label, in: 0...Int.max) != nil else { return nil }
            return number(value.own).map { .equals($0) }
        }
        guard let entries = entries(of: value, label, as: MatcherKey.self) else { return nil }
        var conditions: [any Condition] = []
        for entry in entries {
            if let condition = amountCondition(entry, label) { conditions.append(condition) }
        }
        if entries.isEmpty { error("\(label) must have at least one condition", at: value.own) }
        return conditions.isEmpty ? nil : Matcher(conditions)
    }

    private mutating func amountCondition(_ entry: Entry<MatcherKey>, _ label: String) -> (any Condition)? {
        let kind = entry.key.condition
        guard kind.applies.contains(.amount) else {
            let names = ConditionKind.all.filter { $0.applies.contains(.amount) }.map(\.name)
            error(
                "\"\(kind.name)\" cannot be asked of \(label)",
                at: entry.keyNode,
                help: "it is a whole number: use \(Self.list(names))"
            )
            return nil
        }
        switch kind.operand {
        case .value, .nonEmptyValue, .bound:
            guard integer(entry.value.own, kind.name, in: 0...Int.max) != nil else { return nil }
        case .values:
            let numbers = list(entry.value.own, kind.name, "a list") {
                $0.integer($1, "an item of \(kind.name)", in: 0...Int.max)
            }
            guard numbers != nil else { return nil }
        case .matcher(let make):
            return amount(entry.value, kind.name).map(make)
        case .text, .pattern, .flag, .type, .memberMatcher, .amount:
            break
        }
        return condition(entry, of: .amount)
    }

    private mutating func bound(_ node: YAMLNode, _ label: String) -> Matcher.Operand? {
        guard node.kind == .scalar, !isEmpty(node) else {
            mismatch(node, label, "a number or a text")
            return nil
        }
        guard let operand = operand(node) else { return nil }
        switch operand.value {
        case .number, .string: return operand
        case .null, .boolean, .array, .object:
            error("\(label) must be a number or a text: nothing else has an order", at: node)
            return nil
        }
    }

    /// Compiles a regular expression.
    mutating func pattern(_ text: String, at node: YAMLNode) -> RegexPattern? {
        do {
            return try RegexPattern(text, dialect: .search)
        } catch {
            self.error("the regular expression cannot be used: \(error)", at: node)
            return nil
        }
    }

    func isEmpty(_ node: YAMLNode) -> Bool {
        node.kind == .scalar && node.style == .plain && node.tag == .none && node.withUTF8(\.isEmpty)
    }
}
