import Checks
import JSONDocument

/// What a condition is held against.
enum Subject {
    /// A header field that the answer does not have.
    case noField
    /// The value of a header field.
    case field(String)
    /// The body as text; an empty one counts as none where only its existence is asked.
    case body(String)
    /// The nodes that a path selected, and whether that path can select one at most.
    case nodes([JSONNode], isSingular: Bool)
    /// A length or a number of nodes.
    case amount(Int)

    /// Whether there is nothing to look at.
    var isAbsent: Bool { !exists }

    /// Whether there is a value.
    var exists: Bool {
        switch self {
        case .noField: false
        case .field, .amount: true
        case .body(let text): !text.isEmpty
        case .nodes(let nodes, _): !nodes.isEmpty
        }
    }

    /// Whether what was asked for is not there at all; a body always is, if only as empty text.
    var isMissing: Bool {
        if case .body = self { false } else { !exists }
    }

    /// Whether it is text, for which an operand's text counts, and not JSON.
    var isText: Bool {
        switch self {
        case .noField, .field, .body: true
        case .nodes, .amount: false
        }
    }

    /// The text of a header field, of the body, or of the one node if that is a string.
    var text: String? {
        switch self {
        case .field(let text), .body(let text): text
        case .nodes: node?.kind == .string ? node?.value.string : nil
        case .noField, .amount: nil
        }
    }

    /// The one node, if there is exactly one.
    var node: JSONNode? {
        if case .nodes(let nodes, _) = self, nodes.count == 1 { nodes.first } else { nil }
    }

    /// What `every`, `any` and `none` look at.
    ///
    /// A path that can select several nodes means these, however many it did select; any other path means the elements
    /// of the array that it selects.
    var members: [JSONNode]? {
        guard case .nodes(let nodes, let isSingular) = self else { return nil }
        if !isSingular { return nodes }
        guard let node, node.kind == .array else { return nil }
        return node.children
    }

    /// The length of a text in Unicode scalars, of an array in elements, of an object in members.
    var length: Int? {
        if let text { return text.unicodeScalars.count }
        guard let node, node.kind == .array || node.kind == .object else { return nil }
        return node.childCount
    }
}

extension Subject {
    /// One node on its own, as the members of several are looked at.
    static func member(_ node: JSONNode) -> Self {
        .nodes([node], isSingular: true)
    }

    /// Whether it is the operand: in JSON by type and value, in text byte by byte.
    func equals(_ operand: Matcher.Operand) -> Bool {
        switch self {
        case .noField: return false
        case .field(let text), .body(let text): return text.utf8.elementsEqual(operand.text.utf8)
        case .amount(let amount): return operand.value.number == JSONNumber(amount)
        case .nodes:
            // Making a value costs its size, which its type mostly spares.
            guard let node, node.kind == operand.value.kind else { return false }
            return node.value == operand.value
        }
    }

    /// Whether a text contains the operand's text, an array its value, an object a member of that name.
    func contains(_ operand: Matcher.Operand) -> Bool {
        if let text { return SubstringSearch.firstOffset(of: operand.text, in: text) != nil }
        guard let node else { return false }
        switch node.kind {
        case .array: return node.children.contains { Self.member($0).equals(operand) }
        case .object: return node.value[operand.text] != nil
        default: return false
        }
    }

    /// How it compares with the operand; `nil` where the two have no order.
    ///
    /// Numbers compare with numbers. Texts compare by Unicode scalar, except that the text of a header field or body
    /// is a number where the operand is one.
    func order(against operand: Matcher.Operand) -> Order? {
        switch self {
        case .noField: return nil
        case .amount(let amount): return operand.value.number.map { Order(JSONNumber(amount), $0) }
        case .field(let text), .body(let text):
            guard let bound = operand.value.number ?? JSONNumber(literal: operand.text) else {
                return Order(text, operand.text)
            }
            return JSONNumber(literal: Excerpt.trimmed(text)).map { Order($0, bound) }
        case .nodes:
            guard let node, node.kind == operand.value.kind else { return nil }
            switch (node.value, operand.value) {
            case (.number(let number), .number(let bound)): return Order(number, bound)
            case (.string(let text), .string(let bound)): return Order(text, bound)
            default: return nil
            }
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
