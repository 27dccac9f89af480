// What follows a backslash.
extension SearchRegexParser {
    /// What an escape may stand for inside and outside a class.
    private enum Escape {
        case scalar(Unicode.Scalar)
        case ranges([ClosedRange<UInt32>])
        case categories(GeneralCategories)
    }

    private static let digits: [ClosedRange<UInt32>] = [0x30...0x39]
    private static let wordScalars: [ClosedRange<UInt32>] = [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A]
    private static let whitespace: [ClosedRange<UInt32>] = [0x09...0x0D, 0x20...0x20]

    /// Reads what follows a backslash outside a class.
    mutating func parseEscape(at start: Int) throws(RegexError) -> RegexSyntax {
        switch next {
        case "b": return assertion(.wordBoundary)
        case "B": return assertion(.notWordBoundary)
        case "A": return assertion(.textStart)
        case "z": return assertion(.textEnd)
        case "Z", "G":
            throw RegexError("\\Z and \\G are not supported. Use \\A or ^, and \\z or $.", at: start)
        case let digit? where ("1"..."9").contains(digit):
            throw RegexError("Back-references are not supported: they cannot be matched in bounded time.", at: start)
        case "k":
            throw RegexError("Back-references are not supported: they cannot be matched in bounded time.", at: start)
        default:
            break
        }
        switch try parseSharedEscape(at: start) {
        case .scalar(let scalar): return literal(scalar)
        case .ranges(let ranges): return .set(ScalarSet(ranges: ranges))
        case .categories(let categories):
            return .set(ScalarSet(categories: categories, ignoresCase: flags.ignoresCase))
        }
    }

    private mutating func assertion(_ assertion: RegexAssertion) -> RegexSyntax {
        position += 1
        return .assertion(assertion)
    }

    /// Reads what follows a backslash, as far as it means the same in and outside a class.
    private mutating func parseSharedEscape(at start: Int) throws(RegexError) -> Escape {
        guard let scalar = next else {
            throw RegexError("The pattern ends after \"\\\". Write \"\\\\\" for the character.", at: start)
        }
        position += 1
        switch scalar {
        case "d": return .ranges(Self.digits)
        case "D": return .ranges(ScalarSet.complement(of: Self.digits))
        case "w": return .ranges(Self.wordScalars)
        case "W": return .ranges(ScalarSet.complement(of: Self.wordScalars))
        case "s": return .ranges(Self.whitespace)
        case "S": return .ranges(ScalarSet.complement(of: Self.whitespace))
        case "p": return .categories(try parseCategories(at: start))
        case "P": return .categories(GeneralCategories.all.subtracting(try parseCategories(at: start)))
        case "n": return .scalar("\n")
        case "r": return .scalar("\r")
        case "t": return .scalar("\t")
        case "f": return .scalar("\u{0C}")
        case "v": return .scalar("\u{0B}")
        case "a": return .scalar("\u{07}")
        case "e": return .scalar("\u{1B}")
        case "0": return .scalar("\u{00}")
        case "x": return .scalar(try parseHexadecimal(digits: 2, at: start))
        case "u": return .scalar(try parseHexadecimal(digits: 4, at: start))
        default:
            guard scalar.value < 128, Neighbour(scalar: scalar.value) != .word || scalar == "_" else {
                throw RegexError("There is no escape \"\\\(scalar)\".", at: start)
            }
            return .scalar(scalar)
        }
    }

    /// Reads so many hexadecimal digits, or any number of them in braces.
    private mutating func parseHexadecimal(digits: Int, at start: Int) throws(RegexError) -> Unicode.Scalar {
        let isInBraces = take("{")
        let end = isInBraces ? scalars[position...].firstIndex(of: "}") : position + digits
        guard let end, end <= scalars.count, scalars[position..<end].allSatisfy(\.properties.isASCIIHexDigit),
            let value = UInt32(text(position..<end), radix: 16),
            let scalar = Unicode.Scalar(value)
        else {
            throw RegexError(
                "A character by number is written \\x41, \\u0041 or \\u{1F600}, and must exist in Unicode.",
                at: start
            )
        }
        position = isInBraces ? end + 1 : end
        return scalar
    }

    private mutating func parseCategories(at start: Int) throws(RegexError) -> GeneralCategories {
        let name: String
        let nameStart: Int
        if take("{") {
            guard let end = scalars[position...].firstIndex(of: "}") else {
                throw RegexError("A category is written \\pL, \\p{Lu} and so on.", at: start)
            }
            nameStart = position
            name = text(position..<end)
            position = end + 1
        } else {
            guard let scalar = next else {
                throw RegexError("A category is written \\pL, \\p{Lu} and so on.", at: start)
            }
            nameStart = position
            name = String(scalar)
            position += 1
        }
        guard let categories = GeneralCategories(name: name) else {
            throw RegexError("\"\(name)\" is not a general category of Unicode.", at: nameStart)
        }
        return categories
    }
}

// Classes in brackets.
extension SearchRegexParser {
    private static let posixClasses: [String: [ClosedRange<UInt32>]] = [
        "alnum": [0x30...0x39, 0x41...0x5A, 0x61...0x7A],
        "alpha": [0x41...0x5A, 0x61...0x7A],
        "ascii": [0x00...0x7F],
        "blank": [0x09...0x09, 0x20...0x20],
        "cntrl": [0x00...0x1F, 0x7F...0x7F],
        "digit": digits,
        "graph": [0x21...0x7E],
        "lower": [0x61...0x7A],
        "print": [0x20...0x7E],
        "punct": [0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E],
        "space": whitespace,
        "upper": [0x41...0x5A],
        "word": wordScalars,
        "xdigit": [0x30...0x39, 0x41...0x46, 0x61...0x66],
    ]

    /// Reads a class after its opening bracket.
    mutating func parseClass(at start: Int) throws(RegexError) -> ScalarSet {
        let isNegated = take("^")
        var ranges: [ClosedRange<UInt32>] = []
        var categories: GeneralCategories = []
        var isFirst = true
        // A bracket in the first place is a character, as in []abc].
        while isFirst || !take("]") {
            isFirst = false
            let itemStart = position
            switch try parseClassItem(classStart: start) {
            case .categories(let members): categories.formUnion(members)
            case .ranges(let members): ranges += members
            case .scalar(let lower): ranges.append(try parseRange(from: lower, at: itemStart, classStart: start))
            }
        }
        return ScalarSet(
            ranges: ranges + (flags.ignoresCase ? Self.variants(of: ranges) : []),
            categories: categories,
            isNegated: isNegated,
            ignoresCase: flags.ignoresCase
        )
    }

    /// The case variants of a class's single scalars; ranges are folded when they are matched.
    private static func variants(of ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
        ranges.filter { $0.count == 1 }.compactMap { Unicode.Scalar($0.lowerBound) }
            .flatMap(\.caseVariants).map { $0.value...$0.value }
    }

    private mutating func parseClassItem(classStart: Int) throws(RegexError) -> Escape {
        let start = position
        guard let scalar = next else {
            throw RegexError("The class that starts here is not closed. Add \"]\".", at: classStart)
        }
        position += 1
        switch scalar {
        case "\\":
            // In a class a word boundary makes no sense; \b is the backspace there.
            return take("b") ? .scalar("\u{08}") : try parseSharedEscape(at: start)
        case "[" where next == ":":
            return try parsePosixClass(at: start)
        default:
            return .scalar(scalar)
        }
    }

    private mutating func parsePosixClass(at start: Int) throws(RegexError) -> Escape {
        guard let end = scalars[position...].dropFirst().firstIndex(of: ":"), end + 1 < scalars.count,
            scalars[end + 1] == "]"
        else { return .scalar("[") }
        let isNegated = scalars[position + 1] == "^"
        let name = text((position + (isNegated ? 2 : 1))..<end)
        guard let ranges = Self.posixClasses[name] else {
            throw RegexError(
                "\"\(name)\" is not a named class. They are \(Self.posixClasses.keys.sorted().joined(separator: ", ")).",
                at: start
            )
        }
        position = end + 2
        return .ranges(isNegated ? ScalarSet.complement(of: ranges) : ranges)
    }

    /// Reads the rest of a range, if the scalar starts one.
    private mutating func parseRange(
        from lower: Unicode.Scalar,
        at start: Int,
        classStart: Int
    ) throws(RegexError) -> ClosedRange<UInt32> {
        guard next == "-", position + 1 < scalars.count, scalars[position + 1] != "]" else {
            return lower.value...lower.value
        }
        position += 1
        let upperStart = position
        guard case .scalar(let upper) = try parseClassItem(classStart: classStart) else {
            throw RegexError("A range in a class must end in a single character.", at: upperStart)
        }
        guard lower <= upper else { throw RegexError("The ends of this range are in the wrong order.", at: start) }
        return lower.value...upper.value
    }
}
