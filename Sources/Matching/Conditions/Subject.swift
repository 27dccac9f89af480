package import JSONDocument
import Text

/// What a condition is held against.
package enum Subject {
    /// A header field that the answer does not have.
    case noField
    /// The value of a header field.
    case field(String)
    /// The body as text; an empty one counts as none where only its existence is asked.
    case body(String)
    /// The body, whose text is not known: its bytes break the rules of its encoding, or that is not known.
    ///
    /// - Parameter ascii: The text with U+FFFD for all that is not ASCII; `nil` where not even ASCII can be told.
    case undecodedBody(ascii: String?)
    /// What a path that can select one node at most found: nothing.
    case nothing(gaps: [JSONPathGap])
    /// One node: what such a path found, or one of several that are looked at one by one.
    case node(JSONNode)
    /// What a path that can select several nodes found, however many, and where it should have found more.
    case nodes([JSONNode], gaps: [JSONPathGap])
    /// A length or a number of nodes.
    case amount(Int)

    /// What a path found.
    ///
    /// - Parameter isSingular: Whether the path can select one node at most.
    package init(_ selection: JSONPathSelection, isSingular: Bool) {
        let (nodes, gaps) = (selection.nodes, selection.gaps)
        if isSingular, nodes.count < 2 {
            self = nodes.first.map { .node($0) } ?? .nothing(gaps: gaps)
        } else {
            self = .nodes(nodes, gaps: gaps)
        }
    }

    /// Whether there is a value.
    package var exists: Bool {
        switch self {
        case .noField, .nothing: false
        case .field, .undecodedBody, .node, .amount: true
        case .body(let text): !text.isEmpty
        case .nodes(let nodes, _): !nodes.isEmpty
        }
    }

    /// Whether what was asked for is not there at all; a body always is, if only as empty text.
    package var isMissing: Bool {
        switch self {
        case .noField, .nothing: true
        case .field, .body, .undecodedBody, .node, .amount: false
        case .nodes(let nodes, _): nodes.isEmpty
        }
    }

    /// Whether it is text, for which an operand's text counts, and not JSON.
    package var isText: Bool {
        switch self {
        case .noField, .field, .body, .undecodedBody: true
        case .nothing, .node, .nodes, .amount: false
        }
    }

    /// The text of a header field, of the body, or of the one node if that is a string.
    var text: String? {
        switch self {
        case .field(let text), .body(let text): text
        case .node(let node): node.kind == .string ? node.value.string : nil
        case .nodes: node.flatMap { Subject.node($0).text }
        case .noField, .undecodedBody, .nothing, .amount: nil
        }
    }

    /// The text in which another one can be looked for: of a body that could not be decoded, what of it is ASCII, if
    /// the other is ASCII too.
    ///
    /// - Parameter isLiteral: Whether the other text means itself; a pattern may also mean others with its escapes.
    func text(with other: String, isLiteral: Bool = true) -> String? {
        guard case .undecodedBody(let ascii) = self else { return text }
        guard other.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
        let others = ["\\u", "\\x", "\\p", "\\P"]
        guard isLiteral || !others.contains(where: { other.contains($0) }) else { return nil }
        return ascii
    }

    /// The text as far as it is known.
    var readableText: String? { if case .undecodedBody(let ascii) = self { ascii } else { text } }

    /// The one node, if there is exactly one.
    var node: JSONNode? {
        switch self {
        case .node(let node): node
        case .nodes(let nodes, _): nodes.count == 1 ? nodes.first : nil
        case .noField, .field, .body, .undecodedBody, .nothing, .amount: nil
        }
    }

    /// What `every`, `any` and `none` look at: several nodes, or the elements of an array.
    var members: [JSONNode]? {
        switch self {
        case .nodes(let nodes, _): nodes
        case .node(let node): node.kind == .array ? node.children : nil
        case .noField, .field, .body, .undecodedBody, .nothing, .amount: nil
        }
    }

    /// How many nodes there are, if it is about nodes.
    var nodeCount: Int? {
        switch self {
        case .nothing: 0
        case .node: 1
        case .nodes(let nodes, _): nodes.count
        case .noField, .field, .body, .undecodedBody, .amount: nil
        }
    }

    /// Where the path should have found something.
    package var gaps: [JSONPathGap] {
        switch self {
        case .nothing(let gaps), .nodes(_, let gaps): gaps
        case .noField, .field, .body, .undecodedBody, .node, .amount: []
        }
    }

    /// Where the path should have found something, although none may be the right number of nodes.
    var gapForCount: JSONPathGap? { gaps.first { !$0.isZero } }

    /// The length of a text in Unicode scalars, of an array in elements, of an object in members.
    var length: Int? {
        if let text { return text.unicodeScalars.count }
        guard let node, node.kind == .array || node.kind == .object else { return nil }
        return node.childCount
    }
}

extension Subject {
    /// Whether it is one value of which it is known whether it is the operand.
    func isComparable(with operand: Matcher.Operand) -> Bool {
        switch self {
        case .field, .body, .node, .amount: true
        case .undecodedBody: text(with: operand.text) != nil
        case .noField, .nothing: false
        case .nodes(let nodes, _): nodes.count == 1
        }
    }

    /// Whether it is the operand: in JSON by type and value, in text byte by byte.
    func equals(_ operand: Matcher.Operand) -> Bool {
        switch self {
        // No ASCII text is one that holds other bytes.
        case .noField, .undecodedBody, .nothing: return false
        case .field(let text), .body(let text): return text.utf8.elementsEqual(operand.text.utf8)
        case .amount(let amount): return operand.number == JSONNumber(amount)
        case .node(let node):
            // Making a value costs its size, which its type mostly spares.
            return node.kind == operand.value.kind && node.value == operand.value
        case .nodes: return node.map { Subject.node($0).equals(operand) } ?? false
        }
    }

    /// How it compares with the operand; `nil` where the two have no order.
    ///
    /// Numbers compare with numbers. Texts compare by Unicode scalar, except that the text of a header field or body
    /// is a number where the operand is one.
    func order(against operand: Matcher.Operand) -> Order? {
        switch self {
        case .noField, .undecodedBody, .nothing: return nil
        case .amount(let amount): return operand.number.map { Order(JSONNumber(amount), $0) }
        case .field(let text), .body(let text):
            guard let bound = operand.number else {
                return Order(text, operand.text)
            }
            return JSONNumber(literal: Excerpt.trimmed(text)).map { Order($0, bound) }
        case .node(let node):
            guard node.kind == operand.value.kind else { return nil }
            if let bound = operand.value.number { return node.value.number.map { Order($0, bound) } }
            guard let bound = operand.value.string else { return nil }
            return node.value.string.map { Order($0, bound) }
        case .nodes: return node.flatMap { Subject.node($0).order(against: operand) }
        }
    }
}

extension Subject {
    /// The value, short enough for a message.
    var shown: String {
        switch self {
        case .noField: return "no such field"
        case .undecodedBody(let ascii): return ascii.map { Excerpt.quoted($0) } ?? "a body that is not text"
        case .field(let text), .body(let text): return Excerpt.quoted(text)
        case .amount(let amount): return "\(amount)"
        case .nothing: return "nothing"
        case .node(let node): return Excerpt.json(node)
        case .nodes(let nodes, _):
            guard let node = nodes.first else { return "nothing" }
            return nodes.count == 1 ? Excerpt.json(node) : nodes.count.counting("node")
        }
    }

    /// The text around a part of it that is looked for, or its beginning where that finds nothing.
    func shown(around place: (String) -> Range<Int>?) -> String {
        guard let text = readableText else { return shown }
        return place(text).map { Excerpt.quoted(text, around: $0) } ?? Excerpt.quoted(text)
    }

    /// The value with its type, where that is not plain to see.
    var shownWithType: String {
        guard let node else { return shown }
        return switch node.kind {
        case .null: "null"
        case .array, .object: "\(shown) (an \(node.kind))"
        case .boolean, .number, .string: "\(shown) (a \(node.kind))"
        }
    }
}

extension Subject {
    /// What kind of value it is, with its article.
    var typeName: String {
        switch self {
        case .noField, .nothing: "nothing"
        case .field, .body: "text that is not a number"
        case .undecodedBody: "a body that cannot be decoded"
        case .amount: "a number"
        case .node(let node): node.kind.withArticle
        case .nodes: node.map(\.kind.withArticle) ?? "several nodes"
        }
    }
}

extension JSONKind {
    /// The type with its article.
    fileprivate var withArticle: String {
        switch self {
        case .null: "null"
        case .array, .object: "an \(self)"
        case .boolean, .number, .string: "a \(self)"
        }
    }
}

extension JSONPathGap {
    /// What is wrong, without a full stop.
    package var sentence: String {
        let part = Excerpt.cut(part, limit: 80)
        return switch cause {
        case .nothingFound: "\(part) found nothing"
        case .wrongType(let kind): "\(part) does not apply to \(kind.withArticle)"
        }
    }
}

extension Matcher.Operand {
    /// The number that it is, or that its text holds.
    fileprivate var number: JSONNumber? { value.number ?? JSONNumber(literal: text) }
}

/// How one value compares with another.
enum Order {
    case less, equal, greater

    init(_ left: JSONNumber, _ right: JSONNumber) {
        self = left < right ? .less : right < left ? .greater : .equal
    }

    init(_ left: String, _ right: String) {
        // The order of UTF-8's bytes is that of the scalars.
        if left.utf8.lexicographicallyPrecedes(right.utf8) {
            self = .less
        } else {
            self = left.utf8.elementsEqual(right.utf8) ? .equal : .greater
        }
    }
}
