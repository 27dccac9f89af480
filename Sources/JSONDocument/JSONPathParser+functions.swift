import LinearRegex

extension JSONPathParser {
    static let parameterCounts = ["length": 1, "count": 1, "value": 1, "match": 2, "search": 2]

    /// Parses a function after its opening parenthesis, by the rules of section 2.4.3 of the RFC.
    mutating func parseFunction(_ name: String, at start: Int) throws(JSONPathError) -> Operand.Kind {
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
            return .fixed(try RegexPattern(source, dialect: .iRegexp))
        } catch {
            let message = "\(name)() is never true: \"\(source)\" is not an I-Regexp. \(error.message)"
            patternProblems.append(JSONPathError(message, at: operand.start))
            return .fixed(nil)
        }
    }
}
