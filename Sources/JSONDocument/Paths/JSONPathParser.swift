/// Parses a query by the grammar in appendix A of RFC 9535.
///
/// A parser by recursive descent over Unicode scalars, which is what offsets in errors count. It refuses all that the
/// RFC calls not well-formed or not valid, and more than says so: each error names what to write instead, because
/// queries are written by hand in job files. Segments and selectors are in this file, filters
/// with their functions in `+filters`, numbers and strings in `+literals`.
struct JSONPathParser {
    /// How deep filters, parentheses and functions may be nested; the parser recurses with them.
    private static let maximumNesting = 100

    let scalars: [Unicode.Scalar]
    var position = 0
    var patternProblems: [JSONPathError] = []
    var patternRemarks: [JSONPathError] = []
    private var nesting = 0

    init(_ source: String) {
        scalars = Array(source.unicodeScalars)
    }

    /// Parses the whole query.
    mutating func parseQuery() throws(JSONPathError) -> [JSONPathSegment] {
        guard take("$") else {
            if scalars.first.map(JSONPathLexicon.isBlank) ?? false {
                throw JSONPathError("A query must not start with a space.", at: 0)
            }
            throw unexpected("A query starts with \"$\"")
        }
        let segments = try parseSegments().segments
        guard position == scalars.count else {
            if scalars[position...].allSatisfy(JSONPathLexicon.isBlank) {
                throw JSONPathError("A query must not end with a space.", at: position)
            }
            throw unexpected("Expected \".\", \"..\" or \"[\"")
        }
        return segments
    }

    /// Parses the segments that follow `$` or `@`, and says whether they are spelled as a singular query.
    mutating func parseSegments() throws(JSONPathError) -> (segments: [JSONPathSegment], isSingular: Bool) {
        var segments: [JSONPathSegment] = []
        var isSingular = true
        while true {
            let end = position
            skipBlanks()
            let start = position
            let isDescendant: Bool
            let selectors: [JSONPathSelector]
            if take("[") {
                let hasBlanks: Bool
                (selectors, hasBlanks) = try parseBracketed()
                isDescendant = false
                if hasBlanks { isSingular = false }
            } else if take("..") {
                (isDescendant, selectors) = (true, try parseAfterDots())
            } else if take(".") {
                (isDescendant, selectors) = (false, [try parseAfterDot()])
            } else {
                position = end
                return (segments, isSingular && segments.allSatisfy(\.isSingular))
            }
            segments.append(
                JSONPathSegment(isDescendant: isDescendant, selectors: selectors, place: start..<position)
            )
        }
    }

    private mutating func parseAfterDots() throws(JSONPathError) -> [JSONPathSelector] {
        if take("[") { return try parseBracketed().selectors }
        if take("*") { return [.wildcard] }
        guard let name = try takeShorthand() else { throw unexpected("Expected a name, \"*\" or \"[\" after \"..\"") }
        return [.name(name)]
    }

    private mutating func parseAfterDot() throws(JSONPathError) -> JSONPathSelector {
        if take("*") { return .wildcard }
        guard let name = try takeShorthand() else { throw unexpected("Expected a name or \"*\" after \".\"") }
        return .name(name)
    }

    private mutating func takeShorthand() throws(JSONPathError) -> [UInt8]? {
        guard let first = next, JSONPathLexicon.isNameFirst(first) else { return nil }
        let start = position
        while let scalar = next, JSONPathLexicon.isNameRest(scalar) { position += 1 }
        guard next != "-" else {
            throw JSONPathError(
                "\"-\" cannot be part of a name after a dot. Write the name in brackets, as in ['content-type'].",
                at: position
            )
        }
        return Array(text(start..<position).utf8)
    }

    /// Parses selectors after `[`, and says whether there was a space between the brackets and their first selector.
    private mutating func parseBracketed() throws(JSONPathError) -> (selectors: [JSONPathSelector], hasBlanks: Bool) {
        let opening = position - 1
        var hasBlanks = skipBlanks()
        var selectors: [JSONPathSelector] = []
        while true {
            guard position < scalars.count else {
                throw JSONPathError("The bracket that opens here is not closed. Add \"]\".", at: opening)
            }
            selectors.append(try parseSelector())
            if skipBlanks() { hasBlanks = true }
            if take("]") { return (selectors, hasBlanks) }
            guard position < scalars.count else {
                throw JSONPathError("The bracket that opens here is not closed. Add \"]\".", at: opening)
            }
            guard take(",") else { throw unexpectedAfterSelector(selectors.last) }
            skipBlanks()
        }
    }

    private func unexpectedAfterSelector(_ selector: JSONPathSelector?) -> JSONPathError {
        guard case .filter = selector else { return unexpected("Expected \",\" or \"]\" after the selector") }
        switch next {
        case "=": return JSONPathError("Equality is written \"==\".", at: position)
        case "&": return JSONPathError("\"And\" is written \"&&\".", at: position)
        case "|": return JSONPathError("\"Or\" is written \"||\".", at: position)
        default: return unexpected("Expected an operator, \",\" or \"]\" after the filter")
        }
    }

    private mutating func parseSelector() throws(JSONPathError) -> JSONPathSelector {
        switch next {
        case "'", "\"":
            return .name(Array(try parseString().utf8))
        case "*":
            position += 1
            return .wildcard
        case "?":
            position += 1
            skipBlanks()
            return .filter(try parseLogical())
        case ":":
            return try parseSlice(start: nil)
        case let scalar? where scalar == "-" || JSONPathLexicon.isDigit(scalar):
            let index = try parseInteger()
            let end = position
            skipBlanks()
            if next == ":" { return try parseSlice(start: index) }
            position = end
            return .index(index)
        case let scalar? where JSONPathLexicon.isNameFirst(scalar):
            throw JSONPathError("A name in brackets must be in quotes.", at: position)
        default:
            throw unexpected("Expected a selector: a name in quotes, an index, a slice, \"*\" or \"?\"")
        }
    }

    /// Parses a slice from its first colon.
    private mutating func parseSlice(start: Int?) throws(JSONPathError) -> JSONPathSelector {
        position += 1
        skipBlanks()
        let end = try parseOptionalInteger()
        let afterEnd = position
        skipBlanks()
        guard take(":") else {
            position = afterEnd
            return .slice(start: start, end: end, step: 1)
        }
        let afterColon = position
        skipBlanks()
        let step = try parseOptionalInteger()
        if step == nil { position = afterColon }
        return .slice(start: start, end: end, step: step ?? 1)
    }
}

// Going through the scalars.
extension JSONPathParser {
    var next: Unicode.Scalar? {
        position < scalars.count ? scalars[position] : nil
    }

    mutating func take(_ token: String) -> Bool {
        guard scalars[position...].starts(with: token.unicodeScalars) else { return false }
        position += token.unicodeScalars.count
        return true
    }

    @discardableResult
    mutating func skipBlanks() -> Bool {
        let start = position
        while let scalar = next, JSONPathLexicon.isBlank(scalar) { position += 1 }
        return position > start
    }

    func text(_ range: Range<Int>) -> String {
        String(String.UnicodeScalarView(scalars[range]))
    }

    func unexpected(_ expected: String) -> JSONPathError {
        let found = next.map { $0.value < 0x20 || $0.value == 0x7F ? "a control character" : "\"\($0)\"" }
        return JSONPathError("\(expected), found \(found ?? "the end of the query").", at: position)
    }

    /// Parses something that may contain itself, to a bounded depth.
    mutating func nested<Result>(
        _ parse: (inout JSONPathParser) throws(JSONPathError) -> Result
    ) throws(JSONPathError) -> Result {
        guard nesting < Self.maximumNesting else {
            throw JSONPathError("The query is nested over \(Self.maximumNesting) deep.", at: position)
        }
        nesting += 1
        defer { nesting -= 1 }
        return try parse(&self)
    }
}

/// The character classes of RFC 9535's grammar.
enum JSONPathLexicon {
    static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        scalar == " " || scalar == "\t" || scalar == "\n" || scalar == "\r"
    }

    static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        ("0"..."9").contains(scalar)
    }

    static func isNameFirst(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || scalar == "_" || scalar.value >= 0x80
    }

    static func isNameRest(_ scalar: Unicode.Scalar) -> Bool {
        isNameFirst(scalar) || isDigit(scalar)
    }

    static func isFunctionNameFirst(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar)
    }

    static func isFunctionNameRest(_ scalar: Unicode.Scalar) -> Bool {
        isFunctionNameFirst(scalar) || scalar == "_" || isDigit(scalar)
    }

    /// Whether a name may follow a dot.
    static func isShorthand(_ name: String) -> Bool {
        guard let first = name.unicodeScalars.first, isNameFirst(first) else { return false }
        return name.unicodeScalars.allSatisfy(isNameRest)
    }
}
