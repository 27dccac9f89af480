public import HTTPVocabulary

/// Sends HTTP requests to DHIS2; the one seam between this module and an HTTP engine.
///
/// An implementation does not follow redirects, keeps no cookies (the client does) and never turns a status into an
/// error: a DHIS2 login page behind a redirect, or a session that masks bad credentials, would otherwise look like
/// success.
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
