/// What came, told to a person.
package struct Finding {
    /// What came, as a phrase.
    package var actual: String
    /// The shortest part of the answer, or a comparison line by line, that shows it; one line an entry.
    package var excerpt: [String]
    /// Whether a limit of our own, and nothing in the answer, is why there is no better one.
    package var isLimit: Bool

    package init(_ actual: String, excerpt: [String] = [], isLimit: Bool = false) {
        self.actual = actual
        self.excerpt = excerpt
        self.isLimit = isLimit
    }

    /// The patterns took too many steps.
    package static func givenUp(after steps: Int) -> Self {
        Self("no result: routecheck gave its patterns up after \(steps) steps; make them simpler", isLimit: true)
    }

    /// The finding with further lines.
    package func adding(_ lines: [String]) -> Self {
        Self(actual, excerpt: excerpt + lines, isLimit: isLimit)
    }
}
