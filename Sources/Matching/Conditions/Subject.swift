package import JSONDocument

/// What a condition is held against.
package enum Subject {
    /// A header field that the answer does not have.
    case noField
    /// The value of a header field.
    case field(String)
    /// The body as text; an empty one counts as none where only its existence is asked.
    case body(String)
    /// What a path that can select one node at most found: nothing.
    case nothing
    /// One node: what such a path found, or one of several that are looked at one by one.
    case node(JSONNode)
    /// What a path that can select several nodes found, however many.
    case nodes([JSONNode])
    /// A length or a number of nodes.
    case amount(Int)

    /// What a path found.
    ///
    /// - Parameter isSingular: Whether the path can select one node at most.
    package init(_ nodes: [JSONNode], isSingular: Bool) {
        if isSingular, nodes.count < 2 {
            self = nodes.first.map { .node($0) } ?? .nothing
        } else {
            self = .nodes(nodes)
        }
    }

    /// Whether there is a value.
    package var exists: Bool {
        switch self {
        case .noField, .nothing: false
        case .field, .node, .amount: true
        case .body(let text): !text.isEmpty
        case .nodes(let nodes): !nodes.isEmpty
        }
    }

    /// Whether what was asked for is not there at all; a body always is, if only as empty text.
    package var isMissing: Bool {
        switch self {
        case .noField, .nothing: true
        case .field, .body, .node, .amount: false
        case .nodes(let nodes): nodes.isEmpty
        }
    }

    /// Whether it is text, for which an operand's text counts, and not JSON.
    package var isText: Bool {
        switch self {
        case .noField, .field, .body: true
        case .nothing, .node, .nodes, .amount: false
        }
    }

    /// Whether it is one value.
    var isSingle: Bool {
        switch self {
        case .field, .body, .node, .amount: true
        case .noField, .nothing: false
        case .nodes(let nodes): nodes.count == 1
        }
    }

    /// The text of a header field, of the body, or of the one node if that is a string.
    var text: String? {
        switch self {
        case .field(let text), .body(let text): text
        case .node(let node): node.kind == .string ? node.value.string : nil
        case .nodes: node.flatMap { Subject.node($0).text }
        case .noField, .nothing, .amount: nil
        }
    }

    /// The one node, if there is exactly one.
    var node: JSONNode? {
        switch self {
        case .node(let node): node
        case .nodes(let nodes): nodes.count == 1 ? nodes.first : nil
        case .noField, .field, .body, .nothing, .amount: nil
        }
    }

    /// What `every`, `any` and `none` look at: several nodes, or the elements of an array.
    var members: [JSONNode]? {
        switch self {
        case .nodes(let nodes): nodes
        case .node(let node): node.kind == .array ? node.children : nil
        case .noField, .field, .body, .nothing, .amount: nil
        }
    }

    /// How many nodes there are, if it is about nodes.
    var nodeCount: Int? {
        switch self {
        case .nothing: 0
        case .node: 1
        case .nodes(let nodes): nodes.count
        case .noField, .field, .body, .amount: nil
        }
    }

    /// The length of a text in Unicode scalars, of an array in elements, of an object in members.
    var length: Int? {
        if let text { return text.unicodeScalars.count }
        guard let node, node.kind == .array || node.kind == .object else { return nil }
        return node.childCount
    }
}

extension Subject {
    /// Whether it is the operand: in JSON by type and value, in text byte by byte.
    func equals(_ operand: Matcher.Operand) -> Bool {
        switch self {
        case .noField, .nothing: return false
        case .field(let text), .body(let text): return text.utf8.elementsEqual(operand.text.utf8)
        case .amount(let amount): return operand.value.number == JSONNumber(amount)
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
        case .noField, .nothing: return nil
        case .amount(let amount): return operand.value.number.map { Order(JSONNumber(amount), $0) }
        case .field(let text), .body(let text):
            guard let bound = operand.value.number ?? JSONNumber(literal: operand.text) else {
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
        case .field(let text), .body(let text): return Excerpt.quoted(text)
        case .amount(let amount): return "\(amount)"
        case .nothing: return "nothing"
        case .node(let node): return Excerpt.json(node)
        case .nodes(let nodes):
            guard let node = nodes.first else { return "nothing" }
            return nodes.count == 1 ? Excerpt.json(node) : "\(nodes.count) nodes"
        }
    }

    /// The text around a part of it that is looked for, or its beginning where that finds nothing.
    func shown(around place: (String) -> Range<Int>?) -> String {
        guard let text else { return shown }
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
