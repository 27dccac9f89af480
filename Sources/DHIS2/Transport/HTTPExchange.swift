public import HTTPVocabulary

/// One answered request: status, header fields, a bounded body and how long each phase took.
public struct HTTPExchange: Sendable, Hashable {
    /// The status code of the answer, 100…999.
    public var statusCode: Int
    /// The reason phrase of the status line, without blanks around it; `nil` where the protocol has none (HTTP/2 and
    /// later) or the transport does not say.
    ///
    /// Tomcat, and with it DHIS2, leaves it empty; other servers write one (RFC 9112, section 4).
    public var reasonPhrase: String?
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
    /// Whether the client sent that proxy credentials, which it has refused then.
    public var hasProxyCredentials = false
    /// What lives as long as a copy of the exchange does.
    package var lease = Lease()

    /// Creates an exchange.
    public init(
        statusCode: Int,
        reasonPhrase: String? = nil,
        headerSection: [UInt8] = [],
        body: [UInt8] = [],
        bodySize: Int? = nil,
        timings: PhaseTimings = PhaseTimings()
    ) {
        self.statusCode = statusCode
        self.reasonPhrase = reasonPhrase
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

extension HTTPExchange {
    /// An object that the transport wants to outlive the answer's body; it does not make two exchanges differ.
    package struct Lease: Sendable, Hashable {
        private let object: (any AnyObject & Sendable)?

        /// Creates one that holds nothing, or an object.
        package init(_ object: (any AnyObject & Sendable)? = nil) {
            self.object = object
        }

        package static func == (left: Lease, right: Lease) -> Bool { true }

        package func hash(into hasher: inout Hasher) {}
    }
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

extension HTTPExchange {
    /// The header fields, parsed from the header section.
    ///
    /// A field is never left out because of its value; see `HTTPField.init(name:received:)`. Lines whose name is no
    /// token, or that have none, are no fields and left out. Each access parses anew; to look up one field use
    /// ``header(_:)``.
    public var headerFields: HTTPFields {
        var fields = HTTPFields()
        forEachField { bytes, name, value in
            if let name = HTTPFieldName(String(decoding: bytes[name], as: UTF8.self)) {
                fields.append(HTTPField(name: name, received: bytes.span.extracting(value)))
            }
            return true
        }
        return fields
    }

    /// The value of the first header field with a name, compared without regard to ASCII case.
    ///
    /// - Parameter name: The field name in lower-case ASCII.
    public func header(_ name: StaticString) -> String? {
        var found: String?
        forEachField { bytes, place, value in
            guard FieldLines.equals(bytes, place, name) else { return true }
            found = HTTPField.text(received: bytes.span.extracting(value))
            return false
        }
        return found
    }

    /// The values of all header fields with a name, joined with commas (RFC 9110, section 5.3).
    ///
    /// - Parameter name: The field name in lower-case ASCII.
    package func combinedHeader(_ name: StaticString) -> String? {
        var found: String?
        forEachField { bytes, place, value in
            guard FieldLines.equals(bytes, place, name) else { return true }
            let text = HTTPField.text(received: bytes.span.extracting(value))
            found = found.map { "\($0), \(text)" } ?? text
            return true
        }
        return found
    }

    /// The codings that values of `Content-Encoding` name, in lower case (RFC 9110, section 8.4); empty elements of the list
    /// count as none (section 5.6.1.2).
    package static func codings(ofContentEncoding value: String) -> [String] {
        value.split(separator: ",").map { $0.filter { !$0.isWhitespace }.lowercased() }.filter { !$0.isEmpty }
    }

    /// The lines of the header section as text, whatever is in them; a folded one is one line.
    package var headerLines: [String] {
        var lines: [String] = []
        FieldLines.forEach(in: headerSection) { bytes, line, _ in
            if !line.isEmpty { lines.append(String(decoding: bytes[line], as: UTF8.self)) }
            return true
        }
        return lines
    }

    /// Calls a closure for each line with a name until it returns `false`.
    ///
    /// - Parameter visit: Takes the bytes that hold the field, where in them its name is, and where its value, which
    ///   may have blanks around it.
    func forEachField(_ visit: (UnsafeBufferPointer<UInt8>, _ name: Range<Int>, _ value: Range<Int>) -> Bool) {
        FieldLines.forEach(in: headerSection) { bytes, line, colon in
            guard let colon else { return true }
            let name = FieldLines.name(bytes, from: line.lowerBound, to: colon)
            return name.isEmpty || visit(bytes, name, colon + 1..<line.upperBound)
        }
    }
}
