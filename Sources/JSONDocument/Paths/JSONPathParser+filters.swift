import LinearRegex

// Filters: what follows a `?` (sections 2.3.5 and 2.4 of the RFC).
//
// By the grammar a path may be a test, a value to compare or an argument, and only what stands beside it tells which.
// So an operand is parsed first and judged after, which is also what lets an error say what would have been right.
extension JSONPathParser {
    /// Parses a `logical-expr`, the spaces around it left alone.
    mutating func parseLogical() throws(JSONPathError) -> LogicalExpression {
        try nested { parser throws(JSONPathError) in
            var operands = [try parser.parseConjunction()]
            while parser.takeOperator("||") { operands.append(try parser.parseConjunction()) }
            return operands.count == 1 ? operands[0] : .or(operands)
        }
    }

    private mutating func parseConjunction() throws(JSONPathError) -> LogicalExpression {
        var operands = [try parseBasic()]
        while takeOperator("&&") { operands.append(try parseBasic()) }
        return operands.count == 1 ? operands[0] : .and(operands)
    }

    /// Takes an operator and the spaces around it, or nothing.
    private mutating func takeOperator(_ token: String) -> Bool {
        let start = position
        skipBlanks()
        guard take(token) else {
            position = start
            return false
        }
        skipBlanks()
        return true
    }

    private mutating func parseBasic() throws(JSONPathError) -> LogicalExpression {
        if take("!") {
            skipBlanks()
            if next == "(" { return .not(try parseParentheses()) }
            let operand = try parseOperand()
            let end = position
            skipBlanks()
            if takeComparison() != nil {
                position = end
                throw JSONPathError("To negate a comparison, put it in parentheses.", at: operand.start)
            }
            position = end
            return .not(try test(operand))
        }
        if next == "(" { return try parseParentheses() }
        let left = try parseOperand()
        let end = position
        skipBlanks()
        guard let comparison = takeComparison() else {
            position = end
            return try test(left)
        }
        let leftValue = try value(left)
        skipBlanks()
        return .comparison(leftValue, comparison, try value(try parseOperand()))
    }

    private mutating func parseParentheses() throws(JSONPathError) -> LogicalExpression {
        let opening = position
        position += 1
        skipBlanks()
        let inner = try parseLogical()
        skipBlanks()
        guard position < scalars.count else {
            throw JSONPathError("The parenthesis that opens here is not closed. Add \")\".", at: opening)
        }
        guard take(")") else { throw unexpected("Expected an operator or \")\"") }
        return inner
    }

    private mutating func takeComparison() -> ComparisonOperator? {
        ComparisonOperator.allCases.first { take($0.rawValue) }
    }
}

// Operands: paths, literals and functions.
extension JSONPathParser {
    /// A part of a filter before it is known whether it is to be a value, a nodelist or a truth value.
    private struct Operand {
        enum Kind {
            case literal(JSONValue)
            case query(FilterQuery)
            case value(ValueExpression, function: String)
            case pattern(PatternTest, function: String)
        }

        let kind: Kind
        let start: Int
    }

    private mutating func parseOperand() throws(JSONPathError) -> Operand {
        let start = position
        let kind: Operand.Kind
        switch next {
        case "@", "$":
            let isRelative = next == "@"
            position += 1
            let (segments, isSingular) = try nested { parser throws(JSONPathError) in try parser.parseSegments() }
            kind = .query(FilterQuery(isRelative: isRelative, segments: segments, isWrittenSingular: isSingular))
        case "'", "\"":
            kind = .literal(.string(try parseString()))
        case let scalar? where scalar == "-" || JSONPathLexicon.isDigit(scalar):
            kind = .literal(.number(try parseNumber()))
        case let scalar? where JSONPathLexicon.isNameFirst(scalar):
            kind = try parseWord()
        default:
            throw unexpected("Expected a path, a literal or a function")
        }
        return Operand(kind: kind, start: start)
    }

    /// Parses `true`, `false`, `null` or a function.
    private mutating func parseWord() throws(JSONPathError) -> Operand.Kind {
        let start = position
        while let scalar = next, JSONPathLexicon.isFunctionNameRest(scalar) { position += 1 }
        let word = text(start..<position)
        if take("(") {
            return try nested { parser throws(JSONPathError) in try parser.parseFunction(word, at: start) }
        }
        switch word {
        case "true": return .literal(.boolean(true))
        case "false": return .literal(.boolean(false))
        case "null": return .literal(.null)
        default:
            if Self.parameterCounts[word] != nil {
                throw JSONPathError("\(word) is a function: its parenthesis must follow at once.", at: start)
            }
            position = start
            while let scalar = next, JSONPathLexicon.isNameRest(scalar) { position += 1 }
            let name = text(start..<position)
            throw JSONPathError(
                "\"\(name)\" is not a literal. A member is written @.\(name), text in quotes.",
                at: start
            )
        }
    }

    /// What an operand says on its own: that nodes exist, or that a function is true.
    private func test(_ operand: Operand) throws(JSONPathError) -> LogicalExpression {
        switch operand.kind {
        case .query(let query): return .existence(query)
        case .pattern(let test, _): return .pattern(test)
        case .literal:
            throw JSONPathError("A literal is no condition. Compare it with something.", at: operand.start)
        case .value(_, let function):
            throw JSONPathError("\(function)() is no condition. Compare its result with something.", at: operand.start)
        }
    }

    /// What an operand is as one side of a comparison.
    private func value(_ operand: Operand) throws(JSONPathError) -> ValueExpression {
        switch operand.kind {
        case .literal(let literal): return .literal(literal)
        case .value(let value, _): return value
        case .query(let query) where query.isWrittenSingular: return .query(query)
        case .query(let query) where query.isSingular:
            throw JSONPathError("A path in a comparison must not have spaces inside its brackets.", at: operand.start)
        case .query:
            throw JSONPathError(
                "A path in a comparison must select one node at most: only names and indices may follow.",
                at: operand.start
            )
        case .pattern(_, let function):
            throw JSONPathError("\(function)() is true or false by itself and cannot be compared.", at: operand.start)
        }
    }
}

// The functions of section 2.4 of the RFC, and which arguments they take.
extension JSONPathParser {
    private static let parameterCounts = ["length": 1, "count": 1, "value": 1, "match": 2, "search": 2]

    /// Parses a function after its opening parenthesis, by the rules of section 2.4.3 of the RFC.
    private mutating func parseFunction(_ name: String, at start: Int) throws(JSONPathError) -> Operand.Kind {
        guard let expected = Self.parameterCounts[name] else {
            throw JSONPathError(
                "There is no function \(name)(). There are length, count, match, search and value.",
                at: start
            )
        }
        let arguments = try parseArguments(of: name, opening: position - 1)
        guard arguments.count == expected else {
            let wanted = expected == 1 ? "one argument" : "two arguments"
            throw JSONPathError("\(name)() takes \(wanted), not \(arguments.count).", at: start)
        }
        switch name {
        case "length":
            return .value(.length(try valueArgument(arguments[0], of: name)), function: name)
        case "count":
            return .value(.count(try nodesArgument(arguments[0], of: name)), function: name)
        case "value":
            return .value(.value(try nodesArgument(arguments[0], of: name)), function: name)
        default:
            let test = PatternTest(
                isWhole: name == "match",
                text: try valueArgument(arguments[0], of: name),
                pattern: try patternArgument(arguments[1], of: name)
            )
            return .pattern(test, function: name)
        }
    }

    private mutating func parseArguments(of name: String, opening: Int) throws(JSONPathError) -> [Operand] {
        skipBlanks()
        if take(")") { return [] }
        var arguments: [Operand] = []
        while true {
            guard next != "!", next != "(" else {
                throw JSONPathError("\(name)() takes no conditions as arguments.", at: position)
            }
            arguments.append(try parseOperand())
            skipBlanks()
            if take(")") { return arguments }
            guard position < scalars.count else {
                throw JSONPathError("The parenthesis that opens here is not closed. Add \")\".", at: opening)
            }
            guard take(",") else { throw unexpected("Expected \",\" or \")\" after the argument") }
            skipBlanks()
        }
    }

    private func valueArgument(_ operand: Operand, of name: String) throws(JSONPathError) -> ValueExpression {
        switch operand.kind {
        case .literal(let literal): return .literal(literal)
        case .value(let value, _): return value
        case .query(let query) where query.isWrittenSingular: return .query(query)
        case .query(let query) where query.isSingular:
            throw JSONPathError(
                "A path given to \(name)() must not have spaces inside its brackets.",
                at: operand.start
            )
        case .query:
            throw JSONPathError(
                "\(name)() takes a value: its path may select one node at most.",
                at: operand.start
            )
        case .pattern(_, let function):
            throw JSONPathError("\(name)() takes a value, not the condition \(function)().", at: operand.start)
        }
    }

    private func nodesArgument(_ operand: Operand, of name: String) throws(JSONPathError) -> FilterQuery {
        guard case .query(let query) = operand.kind else {
            throw JSONPathError("\(name)() takes a path.", at: operand.start)
        }
        return query
    }

    private mutating func patternArgument(
        _ operand: Operand,
        of name: String
    ) throws(JSONPathError) -> PatternTest.Pattern {
        guard case .literal(.string(let source)) = operand.kind else {
            return .computed(try valueArgument(operand, of: name))
        }
        do {
            let pattern = try RegexPattern(source, dialect: .iRegexp)
            if !pattern.literalAnchors.isEmpty {
                let message = "\"^\" and \"$\" stand for themselves in \(name)() (RFC 9485)"
                patternRemarks.append(JSONPathError(message, at: operand.start))
            }
            return .fixed(pattern)
        } catch {
            let message = "\(name)() is never true: \"\(source)\" is not an I-Regexp. \(error.message)"
            patternProblems.append(JSONPathError(message, at: operand.start))
            return .fixed(nil)
        }
    }
}
