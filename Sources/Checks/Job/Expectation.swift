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

/// A set of HTTP status codes, such as `200`, `2xx`, `200-204` or `[200, 404]`.
public struct StatusSet: Sendable, Hashable, CustomStringConvertible {
    /// The parts, in the order they were written.
    public var parts: [Part]

    /// Creates a set from its parts.
    public init(_ parts: [Part]) {
        self.parts = parts
    }

    /// Every 2xx status.
    public static let successful = Self([.range(200...299)])

    /// Whether a status belongs to the set.
    public func contains(_ status: Int) -> Bool {
        parts.contains { part in
            switch part {
            case .code(let code): code == status
            case .range(let range): range.contains(status)
            }
        }
    }

    /// The set as a job file would have it.
    public var description: String {
        parts.map(\.description).joined(separator: ", ")
    }
}

extension StatusSet {
    /// One status or a range of them.
    public enum Part: Sendable, Hashable, CustomStringConvertible {
        /// One status, 100…599.
        case code(Int)
        /// Every status from the first to the last, both included.
        case range(ClosedRange<Int>)

        /// The part as a job file would have it.
        public var description: String {
            switch self {
            case .code(let code): "\(code)"
            case .range(let range) where range.lowerBound % 100 == 0 && range.upperBound == range.lowerBound + 99:
                "\(range.lowerBound / 100)xx"
            case .range(let range): "\(range.lowerBound)-\(range.upperBound)"
            }
        }
    }
}
