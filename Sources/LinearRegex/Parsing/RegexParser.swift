/// What the parsers of both dialects share: how they go through the scalars, and the grammar down to a single piece.
///
/// A pattern is alternatives, an alternative is pieces one after the other, and a piece is an atom with what repeats
/// it; an atom may be a group of alternatives again. The dialects differ in atoms and repetitions only. Every error
/// names the scalar at which the problem starts, and what to write instead where there is something.
protocol RegexParser {
    var scalars: [Unicode.Scalar] { get }
    /// The index of the next scalar.
    var position: Int { get set }
    /// How many groups are open.
    var nesting: Int { get set }

    /// Reads what is between two ends of a group, or the whole pattern.
    mutating func parseAlternatives() throws(RegexError) -> RegexSyntax

    /// Reads the piece that begins with the next scalar, which is neither `|` nor `)`.
    mutating func parsePiece(_ scalar: Unicode.Scalar) throws(RegexError) -> RegexSyntax
}

extension RegexParser {
    /// Parses the whole pattern.
    mutating func parse() throws(RegexError) -> RegexSyntax {
        let syntax = try parseAlternatives()
        guard position == scalars.count else {
            throw RegexError("This \")\" closes no group. Write \"\\)\" for the character.", at: position)
        }
        return syntax
    }

    mutating func parseBranches() throws(RegexError) -> RegexSyntax {
        var branches = [try parseBranch()]
        while take("|") { branches.append(try parseBranch()) }
        return .choice(branches)
    }

    private mutating func parseBranch() throws(RegexError) -> RegexSyntax {
        var pieces: [RegexSyntax] = []
        while let scalar = next, scalar != "|", scalar != ")" { pieces.append(try parsePiece(scalar)) }
        return .joined(pieces)
    }

    /// Reads a group from after its opening to its closing parenthesis.
    mutating func parseGroupBody(at start: Int) throws(RegexError) -> RegexSyntax {
        nesting += 1
        guard nesting <= RegexSyntax.maximumNesting else {
            throw RegexError("Groups are nested over \(RegexSyntax.maximumNesting) deep.", at: start)
        }
        let body = try parseAlternatives()
        guard take(")") else {
            throw RegexError("The group that starts here is not closed. Add \")\".", at: start)
        }
        nesting -= 1
        return body
    }

    var next: Unicode.Scalar? {
        position < scalars.count ? scalars[position] : nil
    }

    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard next == scalar else { return false }
        position += 1
        return true
    }

    /// A decimal number, or a number over every limit if it is longer than an `Int`.
    mutating func takeNumber() -> Int? {
        let start = position
        while let scalar = next, ("0"..."9").contains(scalar) { position += 1 }
        guard position > start else { return nil }
        return Int(text(start..<position)) ?? Int.max
    }

    /// Refuses a repetition that nothing can meet.
    static func contradictoryCounts(at start: Int) -> RegexError {
        RegexError("This repetition's upper bound is below its lower bound.", at: start)
    }

    func text(_ range: Range<Int>) -> String {
        String(String.UnicodeScalarView(scalars[range]))
    }
}
