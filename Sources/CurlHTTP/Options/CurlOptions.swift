/// How a ``CurlTransport`` connects, what it trusts and how much it accepts.
public struct CurlOptions: Sendable, Hashable {
    /// The value of the `User-Agent` header field.
    public var userAgent = "routecheck"
    /// The bound on name lookup, TCP connection and TLS handshake together, in whole milliseconds.
    public var connectTimeout: Duration = .seconds(10)
    /// How many idle connections are kept for reuse; at least the number of requests in flight, 1 or more.
    public var maximumConnections = 512
    /// What is trusted and shown in the TLS handshake.
    public var tls = TLS()
    /// Whether and through which proxy requests go.
    public var proxy = Proxy.fromEnvironment
    /// How much of an answer is accepted.
    public var limits = Limits()
    /// How many bytes all bodies together may take that are received or that the answers handed out still hold; `nil` does
    /// not bound them.
    ///
    /// A body of up to 16 KiB is not counted; one whose size was not announced counts twice, as it has to be moved when it
    /// grows. When the memory is used up, transfers pause, and the time for which they do
    /// counts against none of their limits; one of them always goes on, the oldest that waits. A body that is larger
    /// than half of the memory is refused. Memory is free again when the last copy of an answer is gone: who keeps answers, or
    /// their number is not bounded, must not set this.
    public var bodyMemory: Int?

    /// Creates the defaults.
    public init() {}
}

extension CurlOptions {
    /// What is trusted and shown in the TLS handshake.
    public struct TLS: Sendable, Hashable {
        /// A PEM file of certificate authorities that replaces the system's.
        public var certificateAuthorities: String?
        /// A PEM file with the client's certificate chain.
        public var clientCertificate: String?
        /// A PEM file with the client's private key, if it is not in ``clientCertificate``.
        public var clientKey: String?
        /// Whether the server's certificate and host name are checked.
        public var verifiesServer = true

        /// Creates the defaults: the system's authorities, no client certificate.
        public init() {}
    }

    /// Whether and through which proxy requests go.
    public enum Proxy: Sendable, Hashable {
        /// As `http_proxy`, `https_proxy`, `all_proxy` and `no_proxy` say.
        case fromEnvironment
        /// No proxy, whatever the environment says.
        case none
        /// Through the proxy at this URL, such as `http://proxy.example:3128`.
        case url(String)
    }

    /// How much of an answer is accepted, in bytes.
    public struct Limits: Sendable, Hashable {
        /// The size of the decoded body at which reading ends with an error, so that no compressed or endless
        /// answer takes unbounded time.
        public var body = 64 << 20
        /// The size of all header sections of one answer, interim ones included, at which reading ends with an error.
        public var headerSection = 256 << 10

        /// Creates the defaults.
        public init() {}
    }
}
