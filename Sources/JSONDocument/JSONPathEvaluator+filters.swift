import LinearRegex

extension JSONPathEvaluator {
    mutating func isTrue(_ expression: LogicalExpression, at node: Int) throws(JSONPathLimitError) -> Bool {
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
        let allowed = min(visitsLeft, Int.max / Self.regexStepsPerVisit) * Self.regexStepsPerVisit
        var stepsLeft = allowed
        let isMatch =
            test.isWhole
            ? pattern.matchesWhole(text, stepsLeft: &stepsLeft) : pattern.containsMatch(in: text, stepsLeft: &stepsLeft)
        try visit((allowed - stepsLeft + Self.regexStepsPerVisit - 1) / Self.regexStepsPerVisit)
        return isMatch ?? false
    }
}
