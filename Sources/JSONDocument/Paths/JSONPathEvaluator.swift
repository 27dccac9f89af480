import LinearRegex
import Text

/// Evaluates a query over a tree.
///
/// Nodes are indices into the tree's entries. Nothing here recurses with the data: a value's descendants are the
/// entries up to its end.
///
/// Query and document both come from elsewhere, and their sizes multiply: `$..[?@..a]` looks at every node for every
/// node. So each look is counted as a visit, text that a pattern reads included, and the evaluation ends at the limit.
struct JSONPathEvaluator {
    let tree: JSONTree
    private let visitLimit: Int
    private var visits = 0
    private var lastPattern: (source: String, pattern: RegexPattern?)?

    init(tree: JSONTree, visitLimit: Int) {
        self.tree = tree
        self.visitLimit = visitLimit
    }

    /// The nodes that the segments select, in order, some of them perhaps several times.
    mutating func nodes(_ segments: [JSONPathSegment], from start: Int) throws(JSONPathLimitError) -> [Int] {
        var nodes = [start]
        var whichFound: [Bool] = []
        for segment in segments { nodes = try self.nodes(segment, of: nodes, whichFound: &whichFound) }
        return nodes
    }

    /// The nodes that one segment selects from others.
    ///
    /// - Parameter whichFound: One for each selector, set where it found something; or empty, if nobody asks.
    mutating func nodes(
        _ segment: JSONPathSegment,
        of nodes: [Int],
        whichFound: inout [Bool]
    ) throws(JSONPathLimitError) -> [Int] {
        var selected: [Int] = []
        for node in nodes {
            let end = segment.isDescendant ? tree.next(after: node) : node + 1
            try visit(end - node)
            for index in node..<end where tree.entries[index].isContainer {
                for (place, selector) in segment.selectors.enumerated() {
                    let count = selected.count
                    try select(selector, from: index, into: &selected)
                    if !whichFound.isEmpty, selected.count > count { whichFound[place] = true }
                }
            }
        }
        return selected
    }

    private mutating func visit(_ count: Int) throws(JSONPathLimitError) {
        visits += count
        guard visits <= visitLimit else {
            throw JSONPathLimitError(
                message: "The query was given up after visiting \(visitLimit.counting("node")). Make it more specific."
            )
        }
    }

    private mutating func select(
        _ selector: JSONPathSelector,
        from parent: Int,
        into selected: inout [Int]
    ) throws(JSONPathLimitError) {
        switch selector {
        case .name, .index:
            if let child = try child(selector, of: parent) { selected.append(child) }
        case .slice(let start, let end, let step):
            guard tree.entries[parent].kind == .array else { return }
            try selectSlice(of: parent, start: start, end: end, step: step, into: &selected)
        case .wildcard:
            selected += try children(of: parent)
        case .filter(let expression):
            for child in try children(of: parent) where try isTrue(expression, at: child) { selected.append(child) }
        }
    }

    /// The child that a name or an index selects.
    private mutating func child(_ selector: JSONPathSelector, of parent: Int) throws(JSONPathLimitError) -> Int? {
        let entry = tree.entries[parent]
        switch (selector, entry.kind) {
        case (.name(let name), .object):
            return try member(name, of: parent)
        case (.index(let index), .array):
            let count = Int(entry.length)
            let place = index < 0 ? index + count : index
            return (0..<count).contains(place) ? try element(place, of: parent) : nil
        default:
            return nil
        }
    }

    private mutating func member(_ name: [UInt8], of object: Int) throws(JSONPathLimitError) -> Int? {
        var index = object + 1
        for place in 0..<Int(tree.entries[object].length) {
            if tree.hasName(name, at: index) {
                try visit(place + 1)
                return index + 1
            }
            index = tree.next(after: index + 1)
        }
        try visit(Int(tree.entries[object].length))
        return nil
    }

    private mutating func element(_ place: Int, of array: Int) throws(JSONPathLimitError) -> Int {
        try visit(place)
        var index = array + 1
        for _ in 0..<place { index = tree.next(after: index) }
        return index
    }

    private mutating func children(of parent: Int) throws(JSONPathLimitError) -> [Int] {
        let entry = tree.entries[parent]
        try visit(Int(entry.length))
        let isObject = entry.kind == .object
        var result: [Int] = []
        result.reserveCapacity(Int(entry.length))
        var child = parent + 1
        for _ in 0..<entry.length {
            if isObject { child += 1 }
            result.append(child)
            child = tree.next(after: child)
        }
        return result
    }

    /// Section 2.3.4.2.2 of the RFC.
    private mutating func selectSlice(
        of array: Int,
        start: Int?,
        end: Int?,
        step: Int,
        into selected: inout [Int]
    ) throws(JSONPathLimitError) {
        guard step != 0 else { return }
        let elements = try children(of: array)
        let count = elements.count
        func normalized(_ place: Int) -> Int { place < 0 ? count + place : place }
        if step > 0 {
            let lower = min(max(normalized(start ?? 0), 0), count)
            let upper = min(max(normalized(end ?? count), 0), count)
            for place in stride(from: lower, to: upper, by: step) { selected.append(elements[place]) }
        } else {
            let upper = min(max(normalized(start ?? count - 1), -1), count - 1)
            let lower = end.map { min(max(normalized($0), -1), count - 1) } ?? -1
            for place in stride(from: upper, to: lower, by: step) { selected.append(elements[place]) }
        }
    }

    /// A pattern that the document holds, compiled; the last one is kept, for it is mostly the same for all nodes.
    private mutating func pattern(_ source: String) throws(JSONPathLimitError) -> RegexPattern? {
        if let last = lastPattern, last.source.hasSameScalars(as: source) { return last.pattern }
        // Each set of a pattern is held against all of ASCII when it is compiled.
        try visit(min(source.utf8.count, Int.max / 32) * 32)
        // By section 2.4.6 of the RFC a pattern that is not an I-Regexp matches nothing.
        let pattern = try? RegexPattern(source, dialect: .iRegexp)
        try visit((pattern?.size ?? 0) / 4)
        lastPattern = (source, pattern)
        return pattern
    }
}

// What a filter says of a node.
extension JSONPathEvaluator {
    private mutating func isTrue(_ expression: LogicalExpression, at node: Int) throws(JSONPathLimitError) -> Bool {
        switch expression {
        case .or(let operands):
            for operand in operands where try isTrue(operand, at: node) { return true }
            return false
        case .and(let operands):
            for operand in operands where try !isTrue(operand, at: node) { return false }
            return true
        case .not(let operand):
            return try !isTrue(operand, at: node)
        case .existence(let query):
            if query.isSingular { return try singularNode(query, at: node) != nil }
            return try !nodes(query, at: node).isEmpty
        case .comparison(let left, let comparison, let right):
            return Self.compare(try value(left, at: node), comparison, try value(right, at: node))
        case .pattern(let test):
            return try matches(test, at: node)
        }
    }

    /// The value of an expression; `nil` is RFC 9535's Nothing.
    private mutating func value(
        _ expression: ValueExpression,
        at node: Int
    ) throws(JSONPathLimitError) -> JSONValue? {
        switch expression {
        case .literal(let value):
            return value
        case .query(let query):
            guard let found = try singularNode(query, at: node) else { return nil }
            return try value(of: found)
        case .count(let query):
            return .number(JSONNumber(try nodes(query, at: node).count))
        case .value(let query):
            let found = try nodes(query, at: node)
            return found.count == 1 ? try value(of: found[0]) : nil
        case .length(let argument):
            switch try value(argument, at: node) {
            case .string(let text): return .number(JSONNumber(text.unicodeScalars.count))
            case .array(let elements): return .number(JSONNumber(elements.count))
            case .object(let members): return .number(JSONNumber(members.count))
            case .null, .boolean, .number, nil: return nil
            }
        }
    }

    private mutating func value(of node: Int) throws(JSONPathLimitError) -> JSONValue {
        try visit(tree.next(after: node) - node)
        return tree.value(at: node)
    }

    private mutating func nodes(_ query: FilterQuery, at node: Int) throws(JSONPathLimitError) -> [Int] {
        try nodes(query.segments, from: query.isRelative ? node : 0)
    }

    /// The one node of a singular query, found without making lists.
    private mutating func singularNode(_ query: FilterQuery, at node: Int) throws(JSONPathLimitError) -> Int? {
        var current = query.isRelative ? node : 0
        for segment in query.segments {
            guard let selector = segment.selectors.first, let child = try child(selector, of: current) else {
                return nil
            }
            current = child
        }
        return current
    }

    /// Section 2.3.5.2.2 of the RFC.
    private static func compare(_ left: JSONValue?, _ comparison: ComparisonOperator, _ right: JSONValue?) -> Bool {
        switch comparison {
        case .equal: left == right
        case .notEqual: left != right
        case .less: isLess(left, right)
        case .greater: isLess(right, left)
        case .atMost: isLess(left, right) || left == right
        case .atLeast: isLess(right, left) || left == right
        }
    }

    private static func isLess(_ left: JSONValue?, _ right: JSONValue?) -> Bool {
        switch (left, right) {
        case (.number(let left), .number(let right)): left < right
        // UTF-8 sorts as the scalars do.
        case (.string(let left), .string(let right)): left.utf8.lexicographicallyPrecedes(right.utf8)
        default: false
        }
    }

    /// How many of the regex engine's steps take as long as a visit.
    private static let regexStepsPerVisit = 8

    private mutating func matches(_ test: PatternTest, at node: Int) throws(JSONPathLimitError) -> Bool {
        guard case .string(let text) = try value(test.text, at: node) else { return false }
        let pattern: RegexPattern?
        switch test.pattern {
        case .fixed(let compiled):
            pattern = compiled
        case .computed(let expression):
            guard case .string(let source) = try value(expression, at: node) else { return false }
            pattern = try self.pattern(source)
        }
        guard let pattern else { return false }
        let allowed = min(visitLimit - visits, Int.max / Self.regexStepsPerVisit) * Self.regexStepsPerVisit
        var stepsLeft = allowed
        let isMatch =
            test.isWhole
            ? pattern.matchesWhole(text, stepsLeft: &stepsLeft) : pattern.containsMatch(in: text, stepsLeft: &stepsLeft)
        try visit((allowed - stepsLeft + Self.regexStepsPerVisit - 1) / Self.regexStepsPerVisit)
        return isMatch ?? false
    }
}
