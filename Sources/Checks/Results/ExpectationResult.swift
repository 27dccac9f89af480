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

/// One expectation that did not hold: where, what was due and what came.
public struct Mismatch: Sendable, Hashable {
    /// Which kind of expectation it was.
    public var kind: Kind
    /// Where in the answer: a header field's name, or a JSON path such as `$.items[3].id`.
    public var location: String?
    /// What was expected, as a phrase such as `200` or `at least 3`.
    public var expected: String
    /// What came, as a phrase.
    public var actual: String
    /// The shortest part of the answer, or a comparison line by line, that shows it.
    public var excerpt: [String]

    /// Creates a mismatch.
    public init(
        _ kind: Kind,
        location: String? = nil,
        expected: String,
        actual: String,
        excerpt: [String] = []
    ) {
        self.kind = kind
        self.location = location
        self.expected = expected
        self.actual = actual
        self.excerpt = excerpt
    }

    /// The mismatch in one line, such as `status: expected 200, got 502`.
    public var message: String {
        let subject = location.map { "\(kind.rawValue) \($0)" } ?? kind.rawValue
        return "\(subject): expected \(expected), got \(actual)"
    }
}

extension Mismatch {
    /// A kind of expectation, named as in the job file.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The status.
        case status
        /// The layer that answered.
        case from
        /// A header field.
        case header
        /// The media type.
        case contentType = "content-type"
        /// The body's text.
        case body
        /// The body's JSON.
        case json
        /// The longest duration.
        case maximumDuration = "max-duration"
        /// The largest size.
        case maximumSize = "max-size"
    }
}
