/// What was sent and what came, for the person who looks into a failure.
///
/// The values are as they were; whoever shows them passes them through the redactor.
public struct Evidence: Sendable, Hashable {
    /// The request line, such as `GET https://dhis2.example/api/routes/RouteUidAa1/run/health`.
    public var request: String
    /// The header fields of the answer, as received.
    public var headers: [String]
    /// The beginning of the body as text; `nil` when there is none or it is binary.
    public var bodyExcerpt: String?
    /// Whether the excerpt is less than the whole body.
    public var isExcerptCut: Bool
    /// Whether the answer is left out because so many checks failed that the report could not hold all of them.
    public var isAnswerOmitted: Bool

    /// Creates evidence.
    public init(
        request: String,
        headers: [String] = [],
        bodyExcerpt: String? = nil,
        isExcerptCut: Bool = false,
        isAnswerOmitted: Bool = false
    ) {
        self.request = request
        self.headers = headers
        self.bodyExcerpt = bodyExcerpt
        self.isExcerptCut = isExcerptCut
        self.isAnswerOmitted = isAnswerOmitted
    }

    /// The size of the answer's texts in bytes.
    public var answerSize: Int {
        headers.reduce(bodyExcerpt?.utf8.count ?? 0) { $0 + $1.utf8.count }
    }

    /// Leaves the answer out.
    public mutating func omitAnswer() {
        self = Self(request: request, isAnswerOmitted: true)
    }
}
