/// Parses the dialect of search tools.
///
/// What people know from `grep`, Perl or JavaScript is taken as it is meant there, or refused by name: a look-around
/// that was read as something else would be a condition that silently holds. Escapes and classes are in `+escapes`.
struct SearchRegexParser: RegexParser {
    struct Flags {
        var ignoresCase = false
        var dotMatchesLineFeed = false
        var isMultiline = false
    }

    let scalars: [Unicode.Scalar]
    var position = 0
    var flags = Flags()
    var nesting = 0

    init(scalars: [Unicode.Scalar]) {
        self.scalars = scalars
    }

    mutating func take(_ text: String) -> Bool {
        guard scalars[position...].starts(with: text.unicodeScalars) else { return false }
        position += text.unicodeScalars.count
        return true
    }

    /// Reads alternatives; flags that are set inside end with them.
    mutating func parseAlternatives() throws(RegexError) -> RegexSyntax {
        let outerFlags = flags
        defer { flags = outerFlags }
        return try parseBranches()
    }

    mutating func parsePiece(_ scalar: Unicode.Scalar) throws(RegexError) -> RegexSyntax {
        let atom = try parseAtom(scalar)
        return try parseQuantifiers(after: atom)
    }

    private mutating func parseAtom(_ scalar: Unicode.Scalar) throws(RegexError) -> RegexSyntax {
        let start = position
        position += 1
        switch scalar {
        case ".":
            return .set(ScalarSet(ranges: flags.dotMatchesLineFeed ? [] : [0x0A...0x0A], isNegated: true))
        case "^":
            return .assertion(flags.isMultiline ? .lineStart : .textStart)
        case "$":
            return .assertion(flags.isMultiline ? .lineEnd : .textEnd)
        case "\\":
            return try parseEscape(at: start)
        case "[":
            return .set(try parseClass(at: start))
        case "(":
            return try parseGroup(at: start)
        case "*", "+", "?":
            throw Self.nothingToRepeat(scalar, at: start)
        case "{" where countsFollow():
            throw Self.nothingToRepeat(scalar, at: start)
        default:
            return literal(scalar)
        }
    }

    func literal(_ scalar: Unicode.Scalar) -> RegexSyntax {
        guard flags.ignoresCase, !scalar.caseVariants.isEmpty else { return .scalar(scalar) }
        let ranges = ([scalar] + scalar.caseVariants).map { $0.value...$0.value }
        return .set(ScalarSet(ranges: ranges, ignoresCase: true))
    }

    private static func nothingToRepeat(_ scalar: Unicode.Scalar, at start: Int) -> RegexError {
        RegexError(
            "There is nothing before \"\(scalar)\" to repeat. Write \"\\\(scalar)\" for the character.",
            at: start
        )
    }
}

// Repetitions and groups.
extension SearchRegexParser {
    private mutating func parseQuantifiers(after atom: RegexSyntax) throws(RegexError) -> RegexSyntax {
        let start = position
        guard let bounds = takeBounds() else { return atom }
        if case .assertion = atom, scalars[start - 1] != ")" {
            throw RegexError("A position such as \"^\" or \"\\b\" cannot be repeated.", at: start)
        }
        if let maximum = bounds.maximum, maximum < bounds.minimum {
            throw Self.contradictoryCounts(at: start)
        }
        let isLazy = take("?")
        let second = position
        if take("+") {
            throw RegexError(
                "Possessive repetition is not supported. Leave out the \"+\": the engine never backtracks.",
                at: second
            )
        }
        guard takeBounds() == nil else {
            throw RegexError("A repetition cannot be repeated. Put it in a group.", at: second)
        }
        return .repetition(atom, minimum: bounds.minimum, maximum: bounds.maximum, isLazy: isLazy)
    }

    private mutating func takeBounds() -> (minimum: Int, maximum: Int?)? {
        if take("*") { return (0, nil) }
        if take("+") { return (1, nil) }
        if take("?") { return (0, 1) }
        guard next == "{" else { return nil }
        let start = position
        position += 1
        if let counts = takeCounts() { return counts }
        // A brace that starts no count is a character, as in {"status": "UP"}.
        position = start
        return nil
    }

    /// Whether what follows an opening brace makes it a count.
    private func countsFollow() -> Bool {
        var ahead = self
        return ahead.takeCounts() != nil
    }

    private mutating func takeCounts() -> (minimum: Int, maximum: Int?)? {
        guard let minimum = takeNumber() else { return nil }
        var maximum: Int? = minimum
        if take(",") { maximum = takeNumber() }
        return take("}") ? (minimum, maximum) : nil
    }

    /// Reads a group after its opening parenthesis.
    private mutating func parseGroup(at start: Int) throws(RegexError) -> RegexSyntax {
        let outerFlags = flags
        if take("?") {
            guard try parseGroupKind(at: start) else { return .empty }
        }
        let body = try parseGroupBody(at: start)
        flags = outerFlags
        return body
    }

    /// Reads what follows `(?`; `false` if it was only flags for the rest of the enclosing group.
    private mutating func parseGroupKind(at start: Int) throws(RegexError) -> Bool {
        if take(":") { return true }
        for lookAround in ["=", "!", "<=", "<!"] where take(lookAround) {
            throw RegexError("Look-around is not supported: it cannot be matched in bounded time.", at: start)
        }
        if take(">") { throw RegexError("Atomic groups are not supported. Use \"(?:\".", at: start) }
        if take("P=") || take("P>") {
            throw RegexError("Back-references are not supported: they cannot be matched in bounded time.", at: start)
        }
        if take("#") { throw RegexError("Comments are not supported in a pattern.", at: start) }
        if take("P<") || take("<") {
            try skipGroupName()
            return true
        }
        return try parseFlags(at: start)
    }

    private mutating func skipGroupName() throws(RegexError) {
        let start = position
        while let scalar = next, scalar != ">" {
            guard Neighbour(scalar: scalar.value) == .word else { break }
            position += 1
        }
        guard position > start, take(">") else {
            throw RegexError("A group's name is made of letters, digits and \"_\", and ends in \">\".", at: start)
        }
    }

    private mutating func parseFlags(at start: Int) throws(RegexError) -> Bool {
        var value = true
        while let scalar = next {
            let flagStart = position
            position += 1
            switch scalar {
            case "i": flags.ignoresCase = value
            case "m": flags.isMultiline = value
            case "s": flags.dotMatchesLineFeed = value
            case "-" where value: value = false
            case ":": return true
            case ")": return false
            default:
                throw RegexError(
                    "\"\(scalar)\" is not a flag. The flags are i (ignore case), m (^ and $ at lines) and s (. matches "
                        + "line feeds).",
                    at: flagStart
                )
            }
        }
        throw RegexError("The group that starts here is not closed. Add \")\".", at: start)
    }
}
