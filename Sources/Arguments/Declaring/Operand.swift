/// One operand of a command: a word that is no option and no option's value.
package struct Operand<Values>: Sendable {
    /// All but what it does.
    package let shape: OperandShape

    /// How the operand changes the values of its command.
    let change: @Sendable (inout Values, String) throws(UnusableValue) -> Void

    private init<Value>(
        _ count: OperandShape.Count,
        _ kind: ValueKind<Value>,
        _ summary: String,
        _ change: @escaping @Sendable (inout Values, Value) -> Void
    ) {
        shape = OperandShape(value: kind.description, count: count, summary: summary)
        self.change = { values, text throws(UnusableValue) in change(&values, try kind.read(text)) }
    }

    /// An operand that has to be there.
    package static func required<Value>(
        _ kind: ValueKind<Value>,
        _ summary: String,
        change: @escaping @Sendable (inout Values, Value) -> Void
    ) -> Self {
        Operand(.one, kind, summary, change)
    }

    /// An operand that may be left out.
    package static func optional<Value>(
        _ kind: ValueKind<Value>,
        _ summary: String,
        change: @escaping @Sendable (inout Values, Value) -> Void
    ) -> Self {
        Operand(.atMostOne, kind, summary, change)
    }

    /// A last operand that is there once or more often.
    package static func repeated<Value>(
        _ kind: ValueKind<Value>,
        _ summary: String,
        change: @escaping @Sendable (inout Values, Value) -> Void
    ) -> Self {
        Operand(.oneOrMore, kind, summary, change)
    }

    /// A last operand that takes all words that are left, none too.
    package static func rest<Value>(
        _ kind: ValueKind<Value>,
        _ summary: String,
        change: @escaping @Sendable (inout Values, Value) -> Void
    ) -> Self {
        Operand(.any, kind, summary, change)
    }

    private init(shape: OperandShape, change: @escaping @Sendable (inout Values, String) throws(UnusableValue) -> Void)
    {
        self.shape = shape
        self.change = change
    }

    /// The same operand for values that hold this operand's.
    package func at<Whole>(_ path: any WritableKeyPath<Whole, Values> & Sendable) -> Operand<Whole> {
        Operand<Whole>(shape: shape) { [change] whole, text throws(UnusableValue) in
            try change(&whole[keyPath: path], text)
        }
    }
}

/// How an operand is written and described.
package struct OperandShape: Sendable {
    package enum Count: Sendable {
        case one
        case atMostOne
        case oneOrMore
        case any
    }

    package let value: ValueDescription
    package let count: Count
    package let summary: String

    /// Whether the operand has to be there.
    package var isRequired: Bool { count == .one || count == .oneOrMore }

    /// Whether it takes more than one word.
    package var isRepeatable: Bool { count == .oneOrMore || count == .any }

    /// How a usage line shows it.
    package var usage: String {
        isRequired ? term : "[\(term)]"
    }

    /// How a list of operands shows it.
    var term: String { value.term + (isRepeatable ? "..." : "") }
}
