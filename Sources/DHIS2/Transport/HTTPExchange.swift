/// One answered request: status, header fields, a bounded body and how long each phase took.
public struct HTTPExchange: Sendable, Hashable {
    /// The status code of the answer, 100…999.
    public var statusCode: Int
    /// The header section as it was received: one `name: value` line per field, each ended by CR LF or LF, without
    /// the status line.
    ///
    /// A line that begins with a blank carries the one before it on.
    public var headerSection: [UInt8]
    /// The body as received after content decoding, cut at the transport's limit.
    public var body: [UInt8]
    /// The size of the whole body in bytes, including what was not kept.
    public var bodySize: Int
    /// The last bytes of a body of which not all was kept, at most ``longestEnd`` of them; otherwise empty.
    public var truncatedEnd: [UInt8] = []
    /// When each phase of the exchange ended.
    public var timings: PhaseTimings
    /// The client's own proxy where the status is 407, such as `proxy 10.0.0.1:3128`: what follows an article in a
    /// sentence, without credentials.
    public var proxy: String?

    /// Creates an exchange.
    public init(
        statusCode: Int,
        headerSection: [UInt8] = [],
        body: [UInt8] = [],
        bodySize: Int? = nil,
        timings: PhaseTimings = PhaseTimings()
    ) {
        self.statusCode = statusCode
        self.headerSection = headerSection
        self.body = body
        self.bodySize = bodySize ?? body.count
        self.timings = timings
    }

    /// How many bytes of the end of a body are kept where it is longer than what is kept of it: as much as an error of
    /// DHIS2's own takes, and more.
    public static let longestEnd = 4_096

    /// The end of the body, whether all of it was kept or not.
    var end: ArraySlice<UInt8> { isBodyTruncated ? truncatedEnd[...] : body.suffix(Self.longestEnd) }

    /// Whether the body was longer than what was kept.
    public var isBodyTruncated: Bool { bodySize > body.count }

    /// The body as text; bytes that are not UTF-8 become U+FFFD.
    public var bodyText: String { String(decoding: body, as: UTF8.self) }
}

/// When each phase of an exchange ended, counted from its start.
///
/// A phase that did not happen (a reused connection has no name lookup, connect or TLS handshake) is zero.
public struct PhaseTimings: Sendable, Hashable {
    /// The host name was resolved.
    public var nameLookup: Duration
    /// The TCP connection stood.
    public var connect: Duration
    /// The TLS handshake was done.
    public var tlsHandshake: Duration
    /// The first byte of the answer came.
    public var firstByte: Duration
    /// The last byte of the answer came.
    public var total: Duration

    /// Creates timings; what is left out is zero.
    public init(
        nameLookup: Duration = .zero,
        connect: Duration = .zero,
        tlsHandshake: Duration = .zero,
        firstByte: Duration = .zero,
        total: Duration = .zero
    ) {
        self.nameLookup = nameLookup
        self.connect = connect
        self.tlsHandshake = tlsHandshake
        self.firstByte = firstByte
        self.total = total
    }
}
