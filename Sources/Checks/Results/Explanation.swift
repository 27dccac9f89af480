/// Everything that one attempt of a check shows: for the person who wants to know why.
public struct Explanation: Sendable, Hashable {
    /// The result, with its one attempt.
    public var result: CheckResult
    /// What DHIS2's list says of the route, a fact a line; empty where it does not show the route or was not asked.
    public var route: [String]
    /// What was noticed of the server that may matter to the check, each a sentence.
    public var warnings: [String]
    /// The request line, such as `GET https://dhis2.example/api/routes/RouteUidAa1/run/health`.
    public var request: String
    /// The header fields that were sent, as `Name: value`.
    public var requestHeaders: [String]
    /// The size of the request's body in bytes, if it had one.
    public var requestBodySize: Int?
    /// The header fields of the answer, as received; `nil` when no answer came.
    public var responseHeaders: [String]?
    /// The beginning of the answer's body as text; `nil` when there is none or it is binary.
    public var bodyExcerpt: String?
    /// Whether the excerpt is less than the whole body.
    public var isExcerptCut: Bool
    /// Which layer answered, or is to blame that none did; also for an answer that is as expected.
    public var origin: Fault
    /// Every part of the expectation, held or not; empty when no answer came.
    public var expectations: [ExpectationResult]

    /// Creates an explanation.
    public init(
        result: CheckResult,
        request: String,
        requestHeaders: [String],
        requestBodySize: Int? = nil,
        responseHeaders: [String]? = nil,
        bodyExcerpt: String? = nil,
        isExcerptCut: Bool = false,
        origin: Fault,
        expectations: [ExpectationResult] = [],
        route: [String] = [],
        warnings: [String] = []
    ) {
        self.result = result
        self.request = request
        self.requestHeaders = requestHeaders
        self.requestBodySize = requestBodySize
        self.responseHeaders = responseHeaders
        self.bodyExcerpt = bodyExcerpt
        self.isExcerptCut = isExcerptCut
        self.origin = origin
        self.expectations = expectations
        self.route = route
        self.warnings = warnings
    }
}
