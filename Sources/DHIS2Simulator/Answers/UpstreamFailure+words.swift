/// What DHIS2 says of a failed exchange with a target.
struct FailureWords {
    /// The message of the exception in DHIS2's HTTP client; `nil` where it has none.
    let message: String?
    /// The Java class of the exception.
    let exception: String
}

extension UpstreamFailure {
    /// As Apache's client puts it, which 2.40 and 2.41 have.
    ///
    /// - Parameter url: The address that was called at last, which is another than the route's after a redirect.
    func apacheWords(of url: String) -> FailureWords {
        let (host, port) = UpstreamAddress.hostAndPort(of: url)
        let place = "\(host):\(port) [\(Self.resolved(host))]"
        switch self {
        case .refused:
            return FailureWords(
                message: "Connect to \(place) failed: Connection refused",
                exception: "org.apache.http.conn.HttpHostConnectException"
            )
        case .unresolvable:
            return FailureWords(
                message: "\(host): Name or service not known",
                exception: "java.net.UnknownHostException"
            )
        case .tls:
            return FailureWords(message: Self.untrusted, exception: "javax.net.ssl.SSLHandshakeException")
        case .tlsTimeout:
            return FailureWords(
                message: "Connect to \(place) failed: Read timed out",
                exception: "org.apache.http.conn.ConnectTimeoutException"
            )
        case .reset:
            return FailureWords(message: "Connection reset", exception: "java.net.SocketException")
        case .closes:
            return FailureWords(
                message: "\(host):\(port) failed to respond",
                exception: "org.apache.http.NoHttpResponseException"
            )
        case .badChunk(let line):
            return FailureWords(
                message: "Bad chunk header: \(line)",
                exception: "org.apache.http.MalformedChunkCodingException"
            )
        case .garbage:
            return FailureWords(message: nil, exception: "org.apache.http.client.ClientProtocolException")
        case .poolExhausted:
            return FailureWords(
                message: "Timeout waiting for connection from pool",
                exception: "org.apache.http.conn.ConnectionPoolTimeoutException"
            )
        case .connectTimeout:
            return FailureWords(
                message: "Connect to \(place) failed: connect timed out",
                exception: "org.apache.http.conn.ConnectTimeoutException"
            )
        case .timeout, .brokeOff:
            return FailureWords(message: "Read timed out", exception: "java.net.SocketTimeoutException")
        }
    }

    /// As Netty puts it, DHIS2's client from 2.42 on; `nil` where the exception has no message.
    func nettyWords(of url: String, _ transport: SimulatedTransport) -> String? {
        let (host, port) = UpstreamAddress.hostAndPort(of: url)
        switch self {
        case .refused:
            let address = "\(Self.resolved(host)):\(port)"
            return switch transport {
            case .ioUring: "io_uring connect(..) failed with error(-111): Connection refused"
            case .epoll: "finishConnect(..) failed with error(-111): Connection refused: \(address)"
            case .nio: "Connection refused: \(address)"
            }
        case .unresolvable: return "Failed to resolve '\(host)' [A(1), AAAA(28)] after 2 queries "
        case .tls: return Self.untrusted
        case .tlsTimeout: return "handshake timed out after 10000ms"
        case .reset: return Self.nettyReset(transport)
        case .closes: return "Connection prematurely closed BEFORE response"
        case .badChunk: return "Invalid character in chunk size"
        case .garbage(let line):
            // Netty takes the first word for the version.
            return "invalid version format: \(line.prefix { $0 != " " }.uppercased())"
        case .poolExhausted:
            return "Pool#acquire(Duration) has been pending for more than the configured timeout of 45000ms"
        case .connectTimeout: return "connection timed out: \(Self.resolved(host)):\(port)"
        case .timeout, .brokeOff: return nil
        }
    }

    /// The end of a connection while an answer was awaited or read.
    static func nettyReset(_ transport: SimulatedTransport) -> String {
        switch transport {
        case .ioUring: "io_uring read(..) failed with error(-104): Connection reset by peer"
        case .epoll: "recvAddress(..) failed with error(-104): Connection reset by peer"
        case .nio: "Connection reset"
        }
    }

    private static let untrusted =
        "PKIX path building failed: sun.security.provider.certpath.SunCertPathBuilderException: "
        + "unable to find valid certification path to requested target"

    /// A host as Java shows it once its address is known: the name, if it is one, and the address.
    private static func resolved(_ host: String) -> String {
        let isAddress = host.utf8.allSatisfy { $0.isDigit || $0 == UInt8(ascii: ".") } || host.hasPrefix("[")
        return isAddress ? "/\(host)" : "\(host)/203.0.113.10"
    }
}

extension SimulatedInstance {
    /// The transport that is configured, or that the version takes on Linux.
    var transport: SimulatedTransport { configuration.transport ?? (minorVersion <= 42 ? .epoll : .ioUring) }

    /// DHIS2's own error for a failed exchange: never a 502, in any release.
    ///
    /// - Parameter redirect: Where a redirect led that was followed.
    func failed(
        _ failure: UpstreamFailure,
        _ upstreamRequest: UpstreamRequest,
        redirect: String? = nil,
        limit: Duration,
        _ request: SimulatedRequest
    ) -> SimulatedReply {
        var reply = error(envelope(for: failure, upstreamRequest, redirect: redirect), to: request)
        switch failure {
        case .connectTimeout(let after): reply.delay = after
        // Netty's own limit, whatever the route allows; Apache's is the route's.
        case .tlsTimeout: reply.delay = era == .b ? limit : .seconds(10)
        default: break
        }
        return reply
    }

    private func envelope(
        for failure: UpstreamFailure,
        _ upstreamRequest: UpstreamRequest,
        redirect: String?
    ) -> Envelope {
        guard era == .b else {
            return Envelope(
                500,
                failure.nettyWords(of: upstreamRequest.url, transport),
                exception: "org.springframework.web.reactive.function.client.WebClientRequestException"
            )
        }
        let words = failure.apacheWords(of: redirect ?? upstreamRequest.url)
        let nested = words.exception + (words.message.map { ": " + $0 } ?? "")
        // Spring leaves the query out of this message.
        let address = upstreamRequest.url.prefix { $0 != "?" }
        return Envelope(
            503,
            "I/O error on \(upstreamRequest.method) request for \"\(address)\": \(words.message ?? "null"); "
                + "nested exception is \(nested)",
            exception: "org.springframework.web.client.ResourceAccessException"
        )
    }
}
