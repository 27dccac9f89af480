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
        let name = String(String.UnicodeScalarView(scalars[(position + (isNegated ? 2 : 1))..<end]))
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
