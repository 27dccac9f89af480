package import JSONDocument
import Text

/// What came, told to a person.
package struct Finding {
    /// What came, as a phrase, without the reason.
    package var what: String
    /// Why it cannot be judged, as a sentence without its full stop.
    package var reason: String?
    /// The shortest part of the answer, or a comparison line by line, that shows it; one line an entry.
    package var excerpt: [String]
    /// Whether a limit of our own, and nothing in the answer, is why there is no better one.
    package var isLimit: Bool

    package init(_ what: String, because reason: String? = nil, excerpt: [String] = [], isLimit: Bool = false) {
        self.what = what
        self.reason = reason
        self.excerpt = excerpt
        self.isLimit = isLimit
    }

    /// What came, as a phrase.
    package var actual: String { reason.map { "\(what): \($0)" } ?? what }

    /// The patterns took too many steps.
    package static func givenUp(after steps: Int) -> Self {
        Self(
            "no result: routecheck gave its patterns up after \(steps.counting("step")); make them simpler",
            isLimit: true
        )
    }

    /// The finding with further lines.
    package func adding(_ lines: [String]) -> Self {
        Self(what, because: reason, excerpt: excerpt + lines, isLimit: isLimit)
    }
}

extension Finding {
    /// The finding of a body that could not be decoded: what it is instead of how it begins, with the same reason.
    package func of(_ undecoded: Finding?) -> Self {
        guard let undecoded else { return self }
        return Self(undecoded.what, because: reason, excerpt: undecoded.excerpt)
    }
}

/// Shows where two texts begin to differ.
package enum TextDifference {
    /// What came instead of a text: itself where both are short, or the place where they part.
    package static func finding(expected: String, actual: String) -> Finding {
        guard expected.utf8.count > Excerpt.limit, actual.utf8.count > Excerpt.limit else {
            return Finding(Excerpt.quoted(actual))
        }
        let offset = zip(expected.utf8, actual.utf8).prefix { $0 == $1 }.count
        let (line, column) = position(of: offset, in: actual)
        return Finding(
            "\(AmountText.roughSize(actual.utf8.count)) of text that differ from line \(line), column \(column)",
            excerpt: [
                "- " + Excerpt.quoted(expected, around: offset..<offset),
                "+ " + Excerpt.quoted(actual, around: offset..<offset),
            ]
        )
    }

    /// The line and the column of a byte, counted from 1, columns in Unicode scalars.
    private static func position(of offset: Int, in text: String) -> (line: Int, column: Int) {
        var (line, column) = (1, 1)
        for byte in text.utf8.prefix(offset) {
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        return (line, column)
    }
}

/// Shows nodes with their paths, one a line.
package enum NodeLines {
    /// The most lines for nodes; a further one says how many more there are.
    private static let limit = 4

    package static func lines(of nodes: [JSONNode]) -> [String] {
        var lines = nodes.prefix(limit).map { "\(path(of: $0)): \(Excerpt.json($0, limit: 60))" }
        if nodes.count > limit { lines.append("… and \(nodes.count - limit) more") }
        return lines
    }

    static func path(of node: JSONNode) -> String {
        path(node.path)
    }

    static func path(_ path: NormalizedPath) -> String {
        Excerpt.cut(path.shorthand, limit: 160)
    }
}
