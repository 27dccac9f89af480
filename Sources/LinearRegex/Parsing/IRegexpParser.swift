/// Parses an I-Regexp, by the grammar in figure 1 of RFC 9485.
///
/// The dialect is small on purpose, so that all implementations agree: no lazy repetition, no `\d`, and `^` and `$` are
/// characters like any other. What is outside of the grammar is an error, even where the meaning would be plain.
struct IRegexpParser: RegexParser {
    let scalars: [Unicode.Scalar]
    var position = 0
    var nesting = 0
    /// Where the pattern has a "^" or "$" that means itself.
    private(set) var anchors: [Int] = []

    init(scalars: [Unicode.Scalar]) {
        self.scalars = scalars
    }

    mutating func parseAlternatives() throws(RegexError) -> RegexSyntax {
        try parseBranches()
    }

    mutating func parsePiece(_ scalar: Unicode.Scalar) throws(RegexError) -> RegexSyntax {
        try parseQuantifier(after: try parseAtom(scalar))
    }

    private mutating func parseAtom(_ scalar: Unicode.Scalar) throws(RegexError) -> RegexSyntax {
        let start = position
        position += 1
        switch scalar {
        case ".":
            return .set(ScalarSet(ranges: [0x0A...0x0A, 0x0D...0x0D], isNegated: true))
        case "\\":
            return try parseEscape(at: start).syntax
        case "[":
            return try parseClass(at: start)
        case "(":
            return try parseGroupBody(at: start)
        case "*", "+", "?", "{":
            throw RegexError(
                "There is nothing before \"\(scalar)\" to repeat. Write \"\\\(scalar)\" for the character.",
                at: start
            )
        case "]", "}":
            throw RegexError("\"\(scalar)\" must be written as \"\\\(scalar)\".", at: start)
        default:
            if scalar == "^" || scalar == "$" { anchors.append(start) }
            return .scalar(scalar)
        }
    }

    private mutating func parseQuantifier(after atom: RegexSyntax) throws(RegexError) -> RegexSyntax {
        let start = position
        let bounds: (minimum: Int, maximum: Int?)
        if take("*") {
            bounds = (0, nil)
        } else if take("+") {
            bounds = (1, nil)
        } else if take("?") {
            bounds = (0, 1)
        } else if take("{") {
            bounds = try parseCounts(at: start)
        } else {
            return atom
        }
        return .repetition(atom, minimum: bounds.minimum, maximum: bounds.maximum, isLazy: false)
    }

    private mutating func parseCounts(at start: Int) throws(RegexError) -> (minimum: Int, maximum: Int?) {
        guard let minimum = takeNumber() else { throw Self.badCounts(at: start) }
        var maximum: Int? = minimum
        if take(",") { maximum = takeNumber() }
        guard take("}") else { throw Self.badCounts(at: start) }
        // XML Schema, on whose expressions RFC 9485 is built, forbids it; it would match nothing.
        if let maximum, maximum < minimum { throw Self.contradictoryCounts(at: start) }
        return (minimum, maximum)
    }

    private static func badCounts(at start: Int) -> RegexError {
        RegexError("A repetition is written {n}, {n,} or {n,m}. Write \"\\{\" for the character.", at: start)
    }
}

// Escapes, and the classes that are made of them.
extension IRegexpParser {
    /// An escape stands for one scalar or for a category.
    private enum Escape {
        case scalar(Unicode.Scalar)
        case categories(GeneralCategories)

        var syntax: RegexSyntax {
            switch self {
            case .scalar(let scalar): .scalar(scalar)
            case .categories(let categories): .set(ScalarSet(categories: categories))
            }
        }
    }

    /// Reads what follows a backslash.
    private mutating func parseEscape(at start: Int) throws(RegexError) -> Escape {
        guard let scalar = next else {
            throw RegexError("The pattern ends after \"\\\". Write \"\\\\\" for the character.", at: start)
        }
        position += 1
        switch scalar {
        case "(", ")", "*", "+", "-", ".", "?", "[", "\\", "]", "^", "{", "|", "}": return .scalar(scalar)
        case "n": return .scalar("\n")
        case "r": return .scalar("\r")
        case "t": return .scalar("\t")
        case "p": return .categories(try parseCategories(at: start))
        case "P": return .categories(GeneralCategories.all.subtracting(try parseCategories(at: start)))
        default:
            throw RegexError("I-Regexp (RFC 9485) has no escape \"\\\(scalar)\".", at: start)
        }
    }

    private mutating func parseCategories(at start: Int) throws(RegexError) -> GeneralCategories {
        guard take("{"), let end = scalars[position...].firstIndex(of: "}") else {
            throw RegexError("A category is written \\p{L}, \\p{Lu} and so on.", at: start)
        }
        let name = text(position..<end)
        guard let categories = GeneralCategories(name: name) else {
            throw RegexError("\"\(name)\" is not a general category of Unicode.", at: position)
        }
        position = end + 1
        return categories
    }

    /// Reads a class after its opening bracket.
    private mutating func parseClass(at start: Int) throws(RegexError) -> RegexSyntax {
        let isNegated = take("^")
        var ranges: [ClosedRange<UInt32>] = []
        var categories: GeneralCategories = []
        var isEmpty = true
        while !take("]") {
            let itemStart = position
            guard let scalar = next else {
                throw RegexError("The class that starts here is not closed. Add \"]\".", at: start)
            }
            position += 1
            if scalar == "-" {
                guard isEmpty || next == "]" else {
                    throw RegexError("\"-\" must be first or last in a class, or written as \"\\-\".", at: itemStart)
                }
                ranges.append(scalar.value...scalar.value)
                isEmpty = false
                continue
            }
            isEmpty = false
            switch try parseClassItem(scalar, at: itemStart) {
            case .categories(let members):
                categories.formUnion(members)
            case .scalar(let lower):
                ranges.append(try parseRange(from: lower, at: itemStart))
            }
        }
        guard !isEmpty else { throw RegexError("A class must not be empty.", at: start) }
        return .set(ScalarSet(ranges: ranges, categories: categories, isNegated: isNegated))
    }

    private mutating func parseClassItem(_ scalar: Unicode.Scalar, at start: Int) throws(RegexError) -> Escape {
        switch scalar {
        case "\\": return try parseEscape(at: start)
        case "[": throw RegexError("\"[\" in a class must be written as \"\\[\".", at: start)
        default: return .scalar(scalar)
        }
    }

    /// Reads the rest of a range, if the scalar starts one.
    private mutating func parseRange(
        from lower: Unicode.Scalar,
        at start: Int
    ) throws(RegexError) -> ClosedRange<UInt32> {
        guard next == "-", position + 1 < scalars.count, scalars[position + 1] != "]" else {
            return lower.value...lower.value
        }
        position += 1
        let upperStart = position
        let scalar = scalars[position]
        position += 1
        guard scalar != "-", case .scalar(let upper) = try parseClassItem(scalar, at: upperStart) else {
            throw RegexError("A range in a class must end in a single character.", at: upperStart)
        }
        guard lower <= upper else { throw RegexError("The ends of this range are in the wrong order.", at: start) }
        return lower.value...upper.value
    }
}
