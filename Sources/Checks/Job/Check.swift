public import HTTPVocabulary
public import SourceDiagnostics

/// One request through one route, and what is expected of the answer.
public struct Check: Sendable {
    /// The name, unique in its job file.
    public var name: String
    /// The route's code.
    public var route: String
    /// The sub-path behind `/run/`, as written in the job file, without a leading slash; empty calls `/run` itself.
    public var path: String
    /// The query parameters in order, as the upstream is to receive them.
    public var parameters: [QueryParameter] = []
    /// The HTTP method.
    public var method = HTTPMethod.get
    /// Header fields of this check.
    public var headerFields: HTTPFields = [:]
    /// The request's body.
    public var body: RequestBody?
    /// The bound on one attempt; `nil` waits 30 s longer than the route waits for its target, and 35 s where that is not
    /// known.
    public var timeout: Duration?
    /// When and how often a failed attempt is repeated.
    public var retry = RetryPolicy()
    /// The author's labels.
    public var tags: [String] = []
    /// Why the check is not run; `nil` runs it.
    public var skip: Waiver?
    /// Whether the job file asks to run only checks marked so.
    public var only = false
    /// Why a failure of this check does not fail the run; `nil` lets it.
    public var allowFailure: Waiver?
    /// What is expected of the answer.
    public var expectation = Expectation()
    /// Where the job file has the check.
    public var position: SourcePosition
    /// What the check's texts were made from, if any of them came from a variable or a row.
    package var origin: CheckOrigin?
    /// Who the check is from run to run, once somebody needs to know.
    package var identity: CheckIdentity?

    /// Creates a check in a program; everything else starts with the job language's default.
    ///
    /// - Parameters:
    ///   - name: The name, unique in its job.
    ///   - route: The route's code.
    ///   - path: The sub-path, without a leading slash.
    ///   - line: The line that reports name.
    ///   - column: The column that reports name.
    public init(name: String, route: String, path: String = "", line: Int = #line, column: Int = #column) {
        self.init(name: name, route: route, path: path, position: SourcePosition(line: line, column: column))
    }

    /// Creates a check that a job file has; everything else starts with the job language's default.
    public init(name: String, route: String, path: String = "", position: SourcePosition) {
        self.name = name
        self.route = route
        self.path = path
        self.position = position
    }
}

/// One query parameter, as the upstream is to receive it.
public struct QueryParameter: Sendable, Hashable {
    /// The name.
    public var name: String
    /// The value.
    public var value: String

    /// Creates a parameter.
    public init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

/// What a request carries.
public struct RequestBody: Sendable, Hashable {
    /// The bytes.
    public var bytes: [UInt8]
    /// What they are, unless the check's header fields name a media type.
    public var contentType: ContentType

    /// What the job language knows of a body; a check's own `Content-Type` may say more.
    public enum ContentType: Sendable, Hashable {
        /// JSON.
        case json
        /// Text in UTF-8.
        case text
        /// Bytes of any kind.
        case bytes

        /// The header field that says so.
        public var field: HTTPField {
            switch self {
            case .json: Self.jsonField
            case .text: Self.textField
            case .bytes: Self.bytesField
            }
        }

        private static let jsonField = HTTPField(name: .contentType, constant: "application/json")
        private static let textField = HTTPField(name: .contentType, constant: "text/plain; charset=utf-8")
        private static let bytesField = HTTPField(name: .contentType, constant: "application/octet-stream")
    }

    /// Creates a body.
    public init(bytes: [UInt8], contentType: ContentType) {
        self.bytes = bytes
        self.contentType = contentType
    }
}

/// A `true` or a reason in the job file, as `skip` and `allow-failure` take it.
public struct Waiver: Sendable, Hashable {
    /// The author's reason, if the job file gives one.
    public var reason: String?
    /// The last day on which it counts, if it ends; the reader of job files leaves out what has ended.
    public var until: CalendarDay?

    /// Creates a waiver.
    public init(reason: String? = nil, until: CalendarDay? = nil) {
        self.reason = reason
        self.until = until
    }
}
