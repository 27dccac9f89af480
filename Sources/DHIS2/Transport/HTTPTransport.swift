public import HTTPVocabulary

/// Sends HTTP requests to DHIS2; the one seam between this module and an HTTP engine.
///
/// An implementation does not follow redirects, keeps no cookies (the client does) and never turns a status into an
/// error: a DHIS2 login page behind a redirect, or a session that masks bad credentials, would otherwise look like
/// success.
///
/// A ``TransportRequest`` goes in; an ``HTTPExchange`` or a ``TransportError`` comes out; none of
/// them knows of DHIS2.
public protocol HTTPTransport: Sendable {
    /// Sends one request and returns the answer, whatever its status.
    ///
    /// Cancelling the task removes the transfer and throws ``TransportError/Code/cancelled``.
    ///
    /// - Throws: ``TransportError`` when no complete answer came.
    func send(_ request: TransportRequest) async throws(TransportError) -> HTTPExchange
}

/// A request as it goes onto the wire.
public struct TransportRequest: Sendable, Hashable {
    /// The HTTP method.
    public var method: HTTPMethod
    /// The absolute `http` or `https` URL, percent-encoded by the caller and sent as it stands.
    public var url: String
    /// The request's header fields, without `Host` and `Content-Length`.
    public var headerFields: HTTPFields
    /// The request's body, if it has one.
    public var body: [UInt8]?
    /// The bound on the whole exchange, from its start to the last byte of the body.
    public var timeout: Duration
    /// The most bytes of the answer's body that are kept; the rest is read and counted.
    public var keptBody: Int

    /// Creates a request.
    public init(
        method: HTTPMethod = .get,
        url: String,
        headerFields: HTTPFields = [:],
        body: [UInt8]? = nil,
        timeout: Duration = .seconds(30),
        keptBody: Int = .max
    ) {
        self.method = method
        self.url = url
        self.headerFields = headerFields
        self.body = body
        self.timeout = timeout
        self.keptBody = keptBody
    }
}

/// Why no complete answer came.
public struct TransportError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of failure it was.
    public var code: Code
    /// A sentence that says what happened, without secrets.
    public var message: String
    /// In which part of the exchange it happened; `nil` where the transport does not say.
    public var phase: Phase?
    /// How far the exchange had come.
    public var timings: PhaseTimings
    /// The host and port of the client's own proxy, where one was surely on the way.
    public var proxy: String?
    /// What had come of the answer, if its header section had: the status, the section and the end of the body.
    public var begunAnswer: HTTPExchange?

    /// Creates an error; what is left out is unknown.
    public init(
        _ code: Code,
        message: String,
        phase: Phase? = nil,
        timings: PhaseTimings = PhaseTimings(),
        proxy: String? = nil,
        begunAnswer: HTTPExchange? = nil
    ) {
        self.code = code
        self.message = message
        self.phase = phase
        self.timings = timings
        self.proxy = proxy
        self.begunAnswer = begunAnswer
    }

    /// The message.
    public var description: String { message }

    /// Whether some of the answer's body had come.
    public var hadBegunBody: Bool { begunAnswer.map { $0.bodySize > 0 } ?? false }
}

extension TransportError {
    /// A kind of transport failure; more may be added.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Kind: String {
            case invalidRequest = "invalid-request"
            case nameResolution = "name-resolution"
            case proxy
            case proxyAuthentication = "proxy-authentication"
            case refused
            case connect
            case tls
            case connectTimeout = "connect-timeout"
            case timeout
            case reset
            case protocolViolation = "protocol"
            case undecodable
            case truncatedBody = "truncated-body"
            case tooLarge = "too-large"
            case cancelled
            case localLimit = "local-limit"
            case unavailable
        }

        private let kind: Kind

        /// The request cannot be sent: its URL is malformed or its scheme is not http or https.
        public static let invalidRequest = Self(kind: .invalidRequest)
        /// The host name does not resolve.
        public static let nameResolution = Self(kind: .nameResolution)
        /// The proxy between here and DHIS2 cannot be reached, refused the tunnel or answered nonsense.
        public static let proxy = Self(kind: .proxy)
        /// The proxy between here and DHIS2 wants credentials before it opens a tunnel.
        public static let proxyAuthentication = Self(kind: .proxyAuthentication)
        /// The host refused the connection.
        public static let refused = Self(kind: .refused)
        /// The connection could not be made for another reason, such as no route to the host.
        public static let connect = Self(kind: .connect)
        /// The TLS handshake or the certificate check failed.
        public static let tls = Self(kind: .tls)
        /// The connection did not stand in time.
        public static let connectTimeout = Self(kind: .connectTimeout)
        /// The connection stood, but the answer was not complete in time.
        public static let timeout = Self(kind: .timeout)
        /// The connection broke before the answer was complete.
        public static let reset = Self(kind: .reset)
        /// What came is not HTTP, or breaks off against its own length.
        public static let protocolViolation = Self(kind: .protocolViolation)
        /// The body is not what its `Content-Encoding` says.
        public static let undecodable = Self(kind: .undecodable)
        /// The body came to its end, but what its `Content-Encoding` packed did not.
        public static let truncatedBody = Self(kind: .truncatedBody)
        /// The answer's header section, or its decoded body, is larger than a client should accept.
        public static let tooLarge = Self(kind: .tooLarge)
        /// The task was cancelled.
        public static let cancelled = Self(kind: .cancelled)
        /// A limit of this machine or of the client itself ended the exchange: no descriptor, port, thread or memory was left
        /// for it.
        public static let localLimit = Self(kind: .localLimit)
        /// The transport cannot work: the system refuses it a thread, memory or descriptors, or a file that its
        /// options name.
        public static let unavailable = Self(kind: .unavailable)

        /// The code in kebab-case, as reports show it.
        public var description: String { kind.rawValue }
    }
}

extension Duration {
    /// The duration for a sentence, such as `30 s`, `1.5 s` or `250 ms`.
    package var inWords: String {
        let (seconds, attoseconds) = components
        let milliseconds = attoseconds / 1_000_000_000_000_000
        guard milliseconds != 0 else { return "\(seconds) s" }
        guard seconds != 0 else { return "\(milliseconds) ms" }
        var fraction = String(String(1000 + milliseconds).dropFirst())
        while fraction.hasSuffix("0") { fraction.removeLast() }
        return "\(seconds).\(fraction) s"
    }
}
