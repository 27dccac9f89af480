import LinearRegex

// A parsed query, in the terms of RFC 9535. `JSONPathParser` makes it and has checked all that can be checked without a
// document, so that `JSONPathEvaluator` finds nothing in it that could be wrong.

/// A step of a query: selectors applied to nodes, or to nodes and all their descendants.
struct JSONPathSegment: Sendable {
    let isDescendant: Bool
    let selectors: [JSONPathSelector]
    /// Where the query has it, counted in Unicode scalars.
    let place: Range<Int>

    var isSingular: Bool {
        guard !isDescendant, selectors.count == 1 else { return false }
        switch selectors[0] {
        case .name, .index: return true
        case .wildcard, .slice, .filter: return false
        }
    }
}

enum JSONPathSelector: Sendable {
    /// A member's name in UTF-8.
    case name([UInt8])
    case wildcard
    case index(Int)
    case slice(start: Int?, end: Int?, step: Int)
    case filter(LogicalExpression)
}

/// A query inside a filter.
struct FilterQuery: Sendable {
    /// Whether it starts at the current node, `@`, rather than at the root.
    let isRelative: Bool
    let segments: [JSONPathSegment]

    /// Whether it was written by the grammar's `singular-query`, which allows no spaces inside brackets.
    let isWrittenSingular: Bool

    var isSingular: Bool { segments.allSatisfy(\.isSingular) }
}

/// Something that is true or false of a node.
indirect enum LogicalExpression: Sendable {
    case or([LogicalExpression])
    case and([LogicalExpression])
    case not(LogicalExpression)
    case comparison(ValueExpression, ComparisonOperator, ValueExpression)
    case existence(FilterQuery)
    /// `match` or `search`.
    case pattern(PatternTest)
}

enum ComparisonOperator: String, Sendable, CaseIterable {
    // Longer spellings first, so that the first that fits is the right one.
    case equal = "=="
    case notEqual = "!="
    case atMost = "<="
    case atLeast = ">="
    case less = "<"
    case greater = ">"
}

/// Something that has a value for a node, or nothing: RFC 9535's `ValueType`.
indirect enum ValueExpression: Sendable {
    case literal(JSONValue)
    case query(FilterQuery)
    case length(ValueExpression)
    case count(FilterQuery)
    case value(FilterQuery)
}

struct PatternTest: Sendable {
    enum Pattern: Sendable {
        /// A literal; `nil` if it is not an I-Regexp.
        case fixed(RegexPattern?)
        case computed(ValueExpression)
    }

    /// Whether all of the text must match, as for `match`.
    let isWhole: Bool
    let text: ValueExpression
    let pattern: Pattern
}
