/// What came of one part of an expectation: held or not, with what was due and what came.
///
/// A ``Mismatch`` is the result of one that does not hold.
public struct ExpectationResult: Sendable, Hashable {
    /// Whether the answer is as expected.
    public var holds: Bool
    /// Which kind of expectation it was.
    public var kind: Mismatch.Kind
    /// Where in the answer: a header field's name, or a JSON path as the job file has it.
    public var location: String?
    /// What was expected, as a phrase such as `200` or `at least 3`.
    public var expected: String
    /// What came, as a phrase.
    public var actual: String
    /// The shortest part of the answer, or a comparison line by line, that shows it.
    public var excerpt: [String]

    /// Creates a result.
    public init(
        _ kind: Mismatch.Kind,
        location: String? = nil,
        holds: Bool,
        expected: String,
        actual: String,
        excerpt: [String] = []
    ) {
        self.holds = holds
        self.kind = kind
        self.location = location
        self.expected = expected
        self.actual = actual
        self.excerpt = excerpt
    }

    /// The result as a mismatch, unless the expectation holds.
    public var mismatch: Mismatch? {
        guard !holds else { return nil }
        return Mismatch(kind, location: location, expected: expected, actual: actual, excerpt: excerpt)
    }
}
