internal import Checks
internal import JSONDocument
internal import Matching
internal import YAMLTree

extension JobContext {
    /// What a value is compared with: its JSON value, and its text.
    mutating func operand(_ node: YAMLNode) -> Matcher.Operand? {
        guard !node.isBroken else { return nil }
        switch resolve(node) {
        case nil:
            return nil
        case .text(let text):
            return Matcher.Operand(value: .string(text), text: text)
        case .node(let target):
            guard let value = json(Layered(node)) else { return nil }
            return Matcher.Operand(value: value, text: target.kind == .scalar ? target.text : value.text())
        }
    }

    /// A whole number as an operand, also where it came as text from the environment.
    mutating func number(_ node: YAMLNode) -> Matcher.Operand? {
        guard let value = scalar(node, "", "a number"), case .integer(let digits) = value.wanted,
            let number = JSONNumber(literal: digits)
        else { return nil }
        return Matcher.Operand(value: .number(number), text: digits)
    }

    /// A value as JSON, with every `${…}` in it filled in.
    ///
    /// - Parameter isSent: Whether it goes to the target, so that it can have credentials in it.
    mutating func json(_ value: Layered, isSent: Bool = false) -> JSONValue? {
        let node = value.own
        switch node.kind {
        case .mapping: return object(value, isSent: isSent)
        case .sequence:
            let items = list(node, "a value") { $0.json(Layered($1), isSent: isSent) }
            return items.map { .array($0) }
        case .scalar: break
        }
        guard !node.isBroken else { return nil }
        switch resolve(node) {
        case nil: return nil
        case .text(let text): return .string(text)
        case .node(let target):
            guard target.kind == .scalar else { return following(node) { $0.json(Layered($1), isSent: isSent) } }
            return jsonScalar(target, at: node)
        }
    }

    private mutating func object(_ map: Layered, isSent: Bool) -> JSONValue? {
        guard let entries = openEntries(of: map, "a value") else { return nil }
        let members = openValues(of: entries) { context, key, value in
            let member =
                isSent
                ? context.sent(under: key.text, in: .member, at: value.own) { $0.json(value, isSent: true) }
                : context.json(value)
            return member.map { JSONObject.Member(name: key.text, value: $0) }
        }
        return members.count == entries.count ? .object(JSONObject(members)) : nil
    }

    private mutating func jsonScalar(_ node: YAMLNode, at site: YAMLNode) -> JSONValue? {
        switch node.coreValue {
        case .null: return .null
        case .boolean(let value): return .boolean(value)
        case .string: return .string(node.text)
        case .integer(let digits): return JSONNumber(literal: digits).map { .number($0) }
        case .float(let text):
            guard let number = JSONNumber(literal: Self.jsonLiteral(text)) else {
                error("JSON has no number \(text)", at: site, help: "quote it to compare with the text")
                return nil
            }
            return .number(number)
        }
    }

    /// YAML's number in JSON's grammar: digits on both sides of the point, no plus sign, no leading zeros.
    private static func jsonLiteral(_ text: String) -> String {
        var rest = text[...]
        var result = ""
        if rest.first == "-" { result = "-" }
        if rest.first == "-" || rest.first == "+" { rest = rest.dropFirst() }
        let whole = rest.prefix { $0.isNumber }
        let digits = whole.drop { $0 == "0" }
        result += digits.isEmpty ? "0" : digits
        rest = rest.dropFirst(whole.count)
        guard rest.first == "." else { return result + rest }
        rest = rest.dropFirst()
        let fraction = rest.prefix { $0.isNumber }
        return result + (fraction.isEmpty ? "" : "." + fraction) + rest.dropFirst(fraction.count)
    }
}
