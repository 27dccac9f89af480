public import HTTPVocabulary
public import JSONDocument
public import Matching

/// What is expected of an answer; all of it must hold.
public struct Expectation: Sendable {
    /// Which statuses are right.
    public var status: StatusSet = .successful
    /// Which layer must have answered.
    public var from: ExpectedOrigin = .upstream
    /// What the header fields must be like.
    public var headers: [HeaderExpectation] = []
    /// The media type, parameters ignored.
    public var contentType: String?
    /// What the body's text must be like.
    public var body: Matcher?
    /// What the body's JSON must be like.
    public var json: [JSONExpectation] = []
    /// The longest time from the start of the attempt to the last byte.
    public var maximumDuration: Duration?
    /// The largest body in bytes.
    public var maximumSize: Int?

    /// Creates the expectation of a check that says nothing: 2xx from the upstream.
    public init() {}
}

/// Which layer must have answered for a check to pass.
public enum ExpectedOrigin: String, Sendable, Hashable, CaseIterable {
    /// The route's target.
    case upstream
    /// DHIS2 itself, the route included.
    case dhis2
    /// Whoever answered.
    case any
}

/// What a header field must be like.
public struct HeaderExpectation: Sendable {
    /// The field's name.
    public var name: HTTPFieldName
    /// What its value must be like.
    public var matcher: Matcher

    /// Creates an expectation.
    public init(name: HTTPFieldName, matcher: Matcher) {
        self.name = name
        self.matcher = matcher
    }
}

/// What the nodes that a path selects must be like.
public struct JSONExpectation: Sendable {
    /// The path, RFC 9535.
    public var path: JSONPath
    /// What the selected nodes must be like.
    public var matcher: Matcher

    /// Creates an expectation.
    public init(path: JSONPath, matcher: Matcher) {
        self.path = path
        self.matcher = matcher
    }
}
