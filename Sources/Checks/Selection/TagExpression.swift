/// A condition on a check's tags, such as `smoke and not (slow or flaky)`.
///
/// `not` binds more tightly than `and`, and `and` more tightly than `or`. A tag that holds spaces or parentheses, or is
/// called like an operator, is written in single or double quotes.
public struct TagExpression: Sendable, Hashable {
    private indirect enum Node: Hashable, Sendable {
        case tag(String)
        case not(Node)
        case and(Node, Node)
        case or(Node, Node)
    }

    private let root: Node

    /// Reads an expression.
    ///
    /// - Throws: ``TagExpressionError`` with the place where the expression goes wrong.
    public init(_ text: String) throws(TagExpressionError) {
        var parser = Parser(text)
        root = try parser.parse()
    }

    /// Whether a check with these tags is meant.
    public func matches(_ tags: some Collection<String>) -> Bool {
        Self.evaluate(root, tags)
    }

    private static func evaluate(_ node: Node, _ tags: some Collection<String>) -> Bool {
        switch node {
        case .tag(let tag): tags.contains(tag)
        case .not(let node): !evaluate(node, tags)
        case .and(let left, let right): evaluate(left, tags) && evaluate(right, tags)
        case .or(let left, let right): evaluate(left, tags) || evaluate(right, tags)
        }
    }
}

/// Says why a tag expression cannot be read.
public struct TagExpressionError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The reason in one sentence without its full stop.
    public var message: String
    /// Which Unicode scalar of the expression the reason is about, from 1.
    public var column: Int

    /// The reason with its place.
    public var description: String { "column \(column): \(message)" }
}

extension TagExpression {
    private enum Token: Equatable {
        case tag(String)
        case and, or, not, open, close, end

        var shown: String {
            switch self {
            case .tag(let tag): "\"\(tag)\""
            case .and: "\"and\""
            case .or: "\"or\""
            case .not: "\"not\""
            case .open: "\"(\""
            case .close: "\")\""
            case .end: "the end"
            }
        }
    }

    /// A recursive-descent parser; parentheses and `not` nest at most 64 deep, and there are at most 1,000 tags, so that
    /// no input exhausts the stack.
    private struct Parser {
        private let scalars: [Unicode.Scalar]
        private var place = 0
        private var token = Token.end
        private var column = 1
        private var depth = 0
        private var tagCount = 0

        init(_ text: String) { scalars = Array(text.unicodeScalars) }

        mutating func parse() throws(TagExpressionError) -> Node {
            try advance()
            let node = try disjunction()
            guard token == .end else { throw refusal("expected \"and\", \"or\" or the end, not \(token.shown)") }
            return node
        }

        private mutating func disjunction() throws(TagExpressionError) -> Node {
            var node = try conjunction()
            while token == .or {
                try advance()
                node = .or(node, try conjunction())
            }
            return node
        }

        private mutating func conjunction() throws(TagExpressionError) -> Node {
            var node = try operand()
            while token == .and {
                try advance()
                node = .and(node, try operand())
            }
            return node
        }

        private mutating func operand() throws(TagExpressionError) -> Node {
            depth += 1
            defer { depth -= 1 }
            guard depth <= 64 else { throw refusal("the expression is nested too deep") }
            switch token {
            case .tag(let tag):
                tagCount += 1
                guard tagCount <= 1_000 else { throw refusal("the expression has more than 1000 tags") }
                try advance()
                return .tag(tag)
            case .not:
                try advance()
                return .not(try operand())
            case .open:
                let start = column
                try advance()
                let node = try disjunction()
                guard token == .close else {
                    throw TagExpressionError(message: "the \"(\" here is never closed", column: start)
                }
                try advance()
                return node
            case .and, .or, .close, .end:
                throw refusal("expected a tag, not \(token.shown)")
            }
        }

        private mutating func advance() throws(TagExpressionError) {
            while place < scalars.count, scalars[place].properties.isWhitespace { place += 1 }
            column = place + 1
            guard place < scalars.count else {
                token = .end
                return
            }
            switch scalars[place] {
            case "(":
                token = .open
                place += 1
            case ")":
                token = .close
                place += 1
            case "\"", "'":
                token = .tag(try quoted())
            default:
                token = word()
            }
        }

        private mutating func quoted() throws(TagExpressionError) -> String {
            let quote = scalars[place]
            guard let end = scalars[(place + 1)...].firstIndex(of: quote) else {
                throw refusal("the quote that opens here is never closed")
            }
            defer { place = end + 1 }
            return String(String.UnicodeScalarView(scalars[(place + 1)..<end]))
        }

        private mutating func word() -> Token {
            let rest = scalars[place...]
            let letters = rest.prefix { !$0.properties.isWhitespace && $0 != "(" && $0 != ")" }
            place += letters.count
            let word = String(String.UnicodeScalarView(letters))
            switch word.lowercased() {
            case "and": return .and
            case "or": return .or
            case "not": return .not
            default: return .tag(word)
            }
        }

        private func refusal(_ message: String) -> TagExpressionError {
            TagExpressionError(message: message, column: column)
        }
    }
}
