internal import Checks
internal import JSONDocument
internal import LinearRegex
internal import SourceDiagnostics
internal import YAMLTree

/// What a matcher is asked of, which decides what it can ask.
enum MatcherSubject {
    /// A header field or a body.
    case text
    /// At most one JSON value.
    case json
    /// As many JSON values as a path selects.
    case severalNodes
}

extension JobReader {
    /// A scalar, which means `equals`, or a map of conditions.
    mutating func matcher(_ value: Layered, _ label: String, of subject: MatcherSubject) -> Matcher? {
        guard value.own.kind == .scalar else { return ownMatcher(value, label, of: subject) }
        return following(value.own) { $0.ownMatcher(Layered($1), label, of: subject) }
    }

    private mutating func ownMatcher(_ value: Layered, _ label: String, of subject: MatcherSubject) -> Matcher? {
        switch value.own.kind {
        case .scalar:
            guard !isEmpty(value.own) else {
                error("\(label) needs a value", at: value.own, help: "write null to compare with JSON's null")
                return nil
            }
            guard let operand = operand(value.own) else { return nil }
            guard subject != .severalNodes else {
                reportSeveral(at: value.own)
                return nil
            }
            return Matcher([.equals(operand)])
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

    private mutating func conditions(_ map: Layered, _ label: String, of subject: MatcherSubject) -> Matcher? {
        guard let entries = entries(of: map, "a matcher", as: MatcherKey.self) else { return nil }
        guard !entries.isEmpty else {
            if map.own.pairs.count == 0 { error("\(label) must have at least one condition", at: map.own) }
            return nil
        }
        var conditions: [Matcher.Condition] = []
        for entry in entries {
            if subject == .text, !entry.key.appliesToText {
                error("\"\(entry.key.rawValue)\" can be asked of JSON only", at: entry.keyNode)
            } else if subject == .severalNodes, !entry.key.isAboutSeveral, entry.key != .not {
                reportSeveral(at: entry.keyNode)
            } else if let condition = condition(entry, of: subject) {
                conditions.append(condition)
            }
        }
        return conditions.isEmpty ? nil : Matcher(conditions)
    }

    private mutating func reportSeveral(at node: YAMLNode) {
        error("a path that can select several nodes wants every, any, none or count", at: node)
    }

    private mutating func condition(_ entry: Entry<MatcherKey>, of subject: MatcherSubject) -> Matcher.Condition? {
        let node = entry.value.own
        let label = entry.key.rawValue
        switch entry.key {
        case .equals: return operand(node).map { .equals($0) }
        case .not: return matcher(entry.value, label, of: subject).map { .not($0) }
        case .contains: return readContains(node)
        case .startsWith: return text(node, label).map { .startsWith($0) }
        case .endsWith: return text(node, label).map { .endsWith($0) }
        case .matches: return text(node, label).flatMap { pattern($0, at: node) }.map { .matches($0) }
        case .oneOf: return readOneOf(node, label)
        case .exists: return boolean(node, label).map { .exists($0) }
        case .type: return choice(node, label, as: Matcher.JSONType.self).map { .type($0) }
        case .length: return countMatcher(entry.value, label).map { .length($0) }
        case .count: return countMatcher(entry.value, label).map { .count($0) }
        case .greaterThan: return bound(node, label).map { .greaterThan($0) }
        case .atLeast: return bound(node, label).map { .atLeast($0) }
        case .lessThan: return bound(node, label).map { .lessThan($0) }
        case .atMost: return bound(node, label).map { .atMost($0) }
        case .every: return matcher(entry.value, label, of: .json).map { .every($0) }
        case .any: return matcher(entry.value, label, of: .json).map { .any($0) }
        case .none: return matcher(entry.value, label, of: .json).map { .none($0) }
        }
    }

    private mutating func readContains(_ node: YAMLNode) -> Matcher.Condition? {
        guard let operand = operand(node) else { return nil }
        guard !operand.text.isEmpty else {
            error("contains must not be empty: every text contains an empty one", at: node)
            return nil
        }
        return .contains(operand)
    }

    private mutating func readOneOf(_ node: YAMLNode, _ label: String) -> Matcher.Condition? {
        guard let operands = list(node, label, "a list", { $0.operand($1) }) else { return nil }
        guard !operands.isEmpty else {
            error("one-of must have at least one item", at: node)
            return nil
        }
        return .oneOf(operands)
    }

    /// What a length or a number of nodes must be like: a whole number, or conditions on one.
    private mutating func countMatcher(_ value: Layered, _ label: String) -> Matcher? {
        guard value.own.kind == .mapping else {
            guard integer(value.own, label, in: 0...Int.max) != nil else { return nil }
            return number(value.own).map { Matcher([.equals($0)]) }
        }
        guard let entries = entries(of: value, label, as: MatcherKey.self) else { return nil }
        var conditions: [Matcher.Condition] = []
        for entry in entries {
            switch entry.key {
            case .equals, .greaterThan, .atLeast, .lessThan, .atMost:
                guard integer(entry.value.own, entry.key.rawValue, in: 0...Int.max) != nil else { continue }
            case .oneOf:
                let numbers = list(entry.value.own, "one-of", "a list") {
                    $0.integer($1, "an item of one-of", in: 0...Int.max)
                }
                guard numbers != nil else { continue }
            case .not:
                if let inner = countMatcher(entry.value, "not") { conditions.append(.not(inner)) }
                continue
            default:
                error(
                    "\"\(entry.key.rawValue)\" cannot be asked of \(label)",
                    at: entry.keyNode,
                    help: "it is a whole number: use equals, not, one-of, greater-than, at-least, less-than or at-most"
                )
                continue
            }
            if let condition = condition(entry, of: .json) { conditions.append(condition) }
        }
        if entries.isEmpty { error("\(label) must have at least one condition", at: value.own) }
        return conditions.isEmpty ? nil : Matcher(conditions)
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
