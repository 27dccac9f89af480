import Checks
import Matching
import Text

/// Makes texts that look the same, and are not, show in what they differ.
enum LookAlike {
    /// Escapes in what was expected and what came, and in the lines of a comparison, what only looks the same.
    static func tellApart(in result: inout ExpectationResult) {
        (result.expected, result.actual) = apart(result.expected, result.actual)
        for index in result.excerpt.indices.dropLast() {
            let (before, after) = (result.excerpt[index], result.excerpt[index + 1])
            guard before.hasPrefix("- "), after.hasPrefix("+ ") else { continue }
            let (left, right) = apart(String(before.dropFirst(2)), String(after.dropFirst(2)))
            (result.excerpt[index], result.excerpt[index + 1]) = ("- \(left)", "+ \(right)")
        }
    }

    /// Two texts, with escapes where they look alike but for them.
    static func apart(_ left: String, _ right: String) -> (String, String) {
        guard !left.utf8.allSatisfy({ $0 < 128 }) || !right.utf8.allSatisfy({ $0 < 128 }),
            lookAlike(quotedPart(of: left), quotedPart(of: right))
        else { return (left, right) }
        let escaped = (
            VisibleText.escaping(left, where: isAccentOrSpace), VisibleText.escaping(right, where: isAccentOrSpace)
        )
        guard lookAlike(quotedPart(of: escaped.0), quotedPart(of: escaped.1)) else { return escaped }
        return (
            VisibleText.escaping(left) { !$0.isASCII }, VisibleText.escaping(right) { !$0.isASCII }
        )
    }

    /// Whether one text seems to hold the other although it does not.
    private static func lookAlike(_ left: String, _ right: String) -> Bool {
        guard !left.isEmpty, !right.isEmpty else { return false }
        let (shownLeft, shownRight) = (withPlainSpaces(left), withPlainSpaces(right))
        // Strings are equal where they are canonically equivalent, as they look.
        return holds(shownLeft, shownRight) && !holdsExactly(left, right)
            || holds(shownRight, shownLeft) && !holdsExactly(right, left)
    }

    private static func holds(_ text: String, _ part: String) -> Bool {
        text == part || text.contains(part)
    }

    private static func holdsExactly(_ text: String, _ part: String) -> Bool {
        SubstringSearch.firstOffset(of: part, in: text) != nil
    }

    /// What stands between the first quotation mark and the last, or the whole text.
    private static func quotedPart(of text: String) -> String {
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(of: "\""), let last = scalars.lastIndex(of: "\""), first < last else {
            return text
        }
        return String(scalars[scalars.index(after: first)..<last])
    }

    private static func withPlainSpaces(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { result.append(isSpace(scalar) ? " " : scalar) }
        return String(result)
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .spaceSeparator
    }

    private static func isAccentOrSpace(_ scalar: Unicode.Scalar) -> Bool {
        guard !scalar.isASCII else { return false }
        return switch scalar.properties.generalCategory {
        case .spaceSeparator, .nonspacingMark, .spacingMark, .enclosingMark: true
        default: false
        }
    }
}
