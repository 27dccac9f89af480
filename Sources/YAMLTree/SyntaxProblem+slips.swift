internal import SourceDiagnostics

/// Slips that everybody makes, and that libyaml's own words do not name.
extension SyntaxProblem {
    /// What to do about the problem, where it is one of these slips.
    ///
    /// - Parameter place: Where the problem is shown.
    func slip(at place: SourcePosition, in source: SourceText) -> String? {
        switch problem {
        case "could not find expected ':'":
            Self.missingSpace(in: Self.line(place.line, of: source))
        case "mapping values are not allowed in this context":
            // The line before was taken for the beginning of a text that goes on here.
            Self.missingSpace(in: Self.line(place.line - 1, of: source))
        case "did not find expected ',' or '}'", "did not find expected ',' or ']'":
            Self.isReference(at: place, in: source) ? "put \"${…}\" in quotes inside { } and [ ]" : nil
        default:
            nil
        }
    }

    /// What to do about a line in which a space is missing behind its `-` or its key.
    private static func missingSpace(in line: String) -> String? {
        var rest = line.drop { $0 == " " }
        while rest.hasPrefix("- ") { rest = rest.dropFirst().drop { $0 == " " } }
        if rest.first == "-", let next = rest.dropFirst().first, next != "-" {
            return "a space is missing behind \"-\""
        }
        let key = rest.prefix { $0.isASCII && ($0.isLetter || $0 == "-") }
        let value = rest.dropFirst(key.count)
        guard !key.isEmpty, value.first == ":", let next = value.dropFirst().first, next != " ", next != "/" else {
            return nil
        }
        return "a space is missing behind \"\(key):\""
    }

    /// Whether a place is the brace of a `${`.
    private static func isReference(at place: SourcePosition, in source: SourceText) -> Bool {
        line(place.line, of: source).unicodeScalars.prefix(place.column).suffix(2).elementsEqual("${".unicodeScalars)
    }

    private static func line(_ number: Int, of source: SourceText) -> String {
        let lines = source.bytes[source.textStart...].split(separator: 0x0A, omittingEmptySubsequences: false)
        guard lines.indices.contains(number - 1) else { return "" }
        return String(decoding: lines[number - 1].filter { $0 != 0x0D }, as: UTF8.self)
    }
}
