internal import CLibcurl
internal import DHIS2
internal import Glibc
import Text

extension TransportError {
    /// The transport cannot work for want of something from the system.
    static func unavailable(_ reason: String, errorNumber: CInt = 0) -> TransportError {
        let cause = errorNumber == 0 ? "" : ": \(systemMessage(errorNumber))"
        return TransportError(.unavailable, message: "The HTTP client cannot work: \(reason)\(cause).")
    }

    /// The error for a failed transfer.
    init(_ failure: TransferFailure) {
        let (code, message) = failure.diagnosis
        self.init(
            code,
            message: message,
            phase: failure.step.phase,
            timings: failure.timings,
            proxy: failure.isProxied ? failure.proxy?.authority.description : nil,
            begunAnswer: failure.begunAnswer
        )
    }
}

extension TransferFailure {
    fileprivate var diagnosis: (TransportError.Code, String) {
        if let overflow { return diagnosis(of: overflow) }
        if let localDiagnosis { return localDiagnosis }
        if let decodingFault { return diagnosis(of: decodingFault) }
        if tunnelStatus != 0, !(200..<300).contains(tunnelStatus) { return tunnelDiagnosis }
        return switch code {
        case CURLE_URL_MALFORMAT:
            (.invalidRequest, "The URL cannot be used: \(reason).")
        case CURLE_COULDNT_RESOLVE_HOST:
            (.nameResolution, "The host name \"\(authority.host)\" could not be resolved.")
        case _ where text.hasPrefix("Unsupported proxy"):
            (.proxy, "The proxy's URL cannot be used; it should look like http://proxy.example:3128.")
        case CURLE_COULDNT_RESOLVE_PROXY:
            (.proxy, "The name lookup of the \(proxyName) failed: check the proxy's address, and this machine's DNS.")
        case CURLE_PROXY:
            (.proxy, "The \(proxyName) failed: \(reason).")
        case _ where step == .tunnel && isBrokenOff:
            (.proxy, "The \(proxyName) broke the connection before it had opened one to \(authority) (CONNECT).")
        case _ where step.phase == .tls && isBrokenOff:
            brokenHandshakeDiagnosis
        case CURLE_COULDNT_CONNECT:
            connectDiagnosis
        case CURLE_OPERATION_TIMEDOUT:
            timeoutDiagnosis
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS:
            (.tls, "The TLS certificate of \(handshakePeer) was not accepted: \(certificateReason).")
        case CURLE_SSL_CONNECT_ERROR where text.contains("wrong version number"):
            // OpenSSL's words for a first record that is no TLS at all.
            step == .proxyTLS
                ? (.tls, "The \(proxyName) does not speak TLS: write its URL with http://, or name another port.")
                : (.tls, "\(authority) does not speak TLS: write the URL with http://, or name another port.")
        case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CIPHER, CURLE_USE_SSL_FAILED:
            (.tls, "The TLS handshake with \(handshakePeer) failed: \(reason).")
        case CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CRL_BADFILE:
            (.tls, "The certificate authorities could not be loaded: \(reason).")
        case CURLE_SSL_CERTPROBLEM, CURLE_SSL_ENGINE_NOTFOUND, CURLE_SSL_ENGINE_SETFAILED:
            (.tls, "The client certificate could not be used: \(reason).")
        case CURLE_GOT_NOTHING:
            (.reset, "\(authority) closed the connection without an answer.")
        case CURLE_SEND_ERROR, CURLE_RECV_ERROR:
            brokenConnectionDiagnosis
        case CURLE_UNSUPPORTED_PROTOCOL where phase == .nameLookup:
            (.invalidRequest, "The URL's scheme is neither http nor https.")
        case CURLE_UNSUPPORTED_PROTOCOL where step == .tunnel, CURLE_WEIRD_SERVER_REPLY where step == .tunnel:
            (.proxy, "What the \(proxyName) answered to CONNECT is not HTTP: \(reason).")
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY:
            (.protocolViolation, "What \(authority) answered is not HTTP: \(reason).")
        case CURLE_PARTIAL_FILE:
            (.protocolViolation, "The answer of \(authority) broke off: \(reason).")
        // libcurl has a bound of its own on a header line, and once had no other code for it.
        case CURLE_OUT_OF_MEMORY where phase == .answer || phase == .waiting:
            (.tooLarge, "\(authority) sent a header field that is too long.")
        case CURLE_OUT_OF_MEMORY:
            (.unavailable, "The HTTP client cannot work: out of memory.")
        default:
            (.protocolViolation, "The exchange with \(authority) failed: \(reason).")
        }
    }

    private func diagnosis(of overflow: Overflow) -> (TransportError.Code, String) {
        switch overflow {
        case .headerSection:
            (
                .tooLarge,
                "\(authority) sent more than \(limits.headerSection.counting("byte")) of header fields, the most that routecheck reads."
            )
        case .body:
            (
                .tooLarge,
                "\(authority) sent a body of more than \(limits.body.counting("byte")), the most that routecheck reads."
            )
        case .memory(let bytes):
            (
                .tooLarge,
                "\(authority) sent a body of more than \(bytes.counting("byte")), half of the memory for bodies (--body-memory)."
            )
        }
    }

    /// What a limit of this machine, or of ourselves, has to do with it.
    private var localDiagnosis: (TransportError.Code, String)? {
        if pausedTime > .zero, [CURLE_PARTIAL_FILE, CURLE_RECV_ERROR].contains(code) || decodingFault == .truncated {
            return (
                .localLimit,
                """
                \(authority) ended the connection after routecheck had paused its answer for \(pausedTime.inWords): the \
                bodies in flight filled the memory for them. Raise --body-memory, or lower the concurrency.
                """
            )
        }
        let cannotLookUp = !canOpenSocket || text.hasPrefix("getaddrinfo() thread failed")
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST where cannotLookUp, CURLE_COULDNT_RESOLVE_PROXY where cannotLookUp:
            return (
                .localLimit,
                """
                This machine has no file descriptor or thread left to look up \(authority.host): lower the concurrency, or \
                raise the limit (ulimit -n, ulimit -u).
                """
            )
        case CURLE_COULDNT_CONNECT, CURLE_FAILED_INIT:
            guard let want = Self.wants[systemError] else { return nil }
            return (.localLimit, "This machine has \(want.what) left for a connection to \(authority)\(want.advice).")
        default: return nil
        }
    }

    /// What this machine lacks where a system call fails with one of these numbers, and what to do.
    private static let wants: [CInt: (what: String, advice: String)] = [
        EMFILE: ("no file descriptor", " (EMFILE): lower the concurrency, or raise the limit (ulimit -n)"),
        ENFILE: ("no file descriptor", " (ENFILE): too many files are open on the whole machine (fs.file-max)"),
        ENOBUFS: ("no buffer", " (ENOBUFS): lower the concurrency"),
        ENOMEM: ("no memory", " (ENOMEM): lower the concurrency"),
        EADDRNOTAVAIL: (
            "no free port or address",
            " (EADDRNOTAVAIL): lower the concurrency or the rate, or wait until closed connections are forgotten"
        ),
    ]

    private var connectDiagnosis: (TransportError.Code, String) {
        if let peer = proxyAsPeer {
            let cause =
                switch systemError {
                case ECONNREFUSED: "refused the connection: it does not run there, or its address is wrong"
                case ETIMEDOUT: "did not accept a connection in time"
                default: "could not be connected to: \(systemReason)"
                }
            return (.proxy, "\(peer) \(cause).")
        }
        return switch systemError {
        case ECONNREFUSED: (.refused, "\(authority) refused the connection.")
        case ETIMEDOUT: (.connectTimeout, "\(authority) did not accept a connection in time.")
        default: (.connect, "\(authority) could not be connected to: \(systemReason).")
        }
    }

    private var tunnelDiagnosis: (TransportError.Code, String) {
        if tunnelStatus == 407 {
            let refusal = ProxyRefusal.clause(hasCredentials: proxy?.hasCredentials == true)
            return (.proxyAuthentication, "The \(proxyName) \(refusal)")
        }
        return (
            .proxy, "The \(proxyName) refused the connection to \(authority) with status \(tunnelStatus)."
        )
    }

    private func diagnosis(of fault: DecodingFault) -> (TransportError.Code, String) {
        switch fault {
        case .truncated:
            let stream = contentEncoding.map { "\($0) stream" } ?? "coded stream"
            return (.truncatedBody, "The body from \(authority) broke off: its \(stream) does not end.")
        case .outOfMemory: return (.unavailable, "The HTTP client cannot work: out of memory.")
        case .unknownCoding: return undecodable("routecheck knows only \(BodyDecoder.acceptEncoding)")
        case .tooLarge: return diagnosis(of: Overflow.body)
        case .tooManyCodings: return undecodable("these are too many codings")
        case .broken(let words): return undecodable(words)
        case .trailing: return undecodable("more follows its end")
        }
    }

    private func undecodable(_ reason: String) -> (TransportError.Code, String) {
        let coding = contentEncoding ?? "it says"
        return (.undecodable, "The body from \(authority) could not be decoded as \(coding): \(reason).")
    }

    private var timeoutDiagnosis: (TransportError.Code, String) {
        let bound = min(connectTimeout, timeout).inWords
        return switch step {
        case .nameLookup: slowLookup(bound)
        case .connect:
            proxyAsPeer.map {
                (
                    .proxy,
                    """
                    \($0) did not accept a connection within \(bound) (TCP): it is down, or a firewall drops the packets.
                    """
                )
            } ?? (.connectTimeout, "\(authority) did not accept a connection within \(bound).")
        case .proxyTLS:
            (
                .proxy,
                """
                The \(proxyName) accepted the connection, but the TLS handshake with it did not finish within \(bound): \
                it hangs or is overloaded, or it does not speak TLS.
                """
            )
        case .tunnel:
            (
                .proxy,
                """
                The \(proxyName) accepted the connection, but did not open one to \(authority) within \(bound) (CONNECT): \
                it waits for its own name lookup or TCP connection, or it hangs.
                """
            )
        case .tls where isProxied:
            (
                .connectTimeout,
                """
                The \(proxyName) opened a connection to \(authority), but the TLS handshake through it did not finish \
                within \(bound).
                """
            )
        case .tls:
            (
                .connectTimeout,
                "\(authority) accepted the connection, but the TLS handshake did not finish within \(bound)."
            )
        case .waiting where timings.firstByte == .zero:
            (.timeout, "\(authority) did not answer within \(timeout.inWords).")
        case .waiting, .answer:
            (
                .timeout,
                "\(authority) began to answer, but did not finish within \(timeout.inWords); \(progress) had come."
            )
        }
    }

    private func slowLookup(_ bound: String) -> (TransportError.Code, String) {
        if isProxied {
            return (
                .proxy,
                """
                The name lookup of the \(proxyName) did not finish within \(bound): check this machine's DNS servers and \
                the network to them.
                """
            )
        }
        let orProxy = proxy.map { ", or that of the \($0)" } ?? ""
        return (.connectTimeout, "The host name \"\(authority.host)\"\(orProxy) was not resolved within \(bound).")
    }

    /// How much of the answer has come.
    private var progress: String {
        guard phase == .answer else { return "not even its header fields" }
        // The size that is announced is that of the packed body.
        guard let announcedSize, contentEncoding == nil else { return "\(bodySize.counting("byte")) of its body" }
        return "\(bodySize) of the \(announcedSize.counting("byte")) of its body"
    }

    /// The reason without the prefix that says what the sentence says already.
    private var certificateReason: String {
        for prefix in ["SSL certificate problem: ", "SSL: "] where reason.hasPrefix(prefix) {
            return String(reason.dropFirst(prefix.count))
        }
        return reason
    }

    private var brokenHandshakeDiagnosis: (TransportError.Code, String) {
        step == .proxyTLS
            ? (.proxy, "The \(proxyName) broke the connection during the TLS handshake.")
            : (.reset, "\(authority) broke the connection during the TLS handshake.")
    }

    private var brokenConnectionDiagnosis: (TransportError.Code, String) {
        switch systemError {
        case ECONNRESET, EPIPE, ECONNABORTED:
            (.reset, "\(authority) reset the connection \(moment).")
        case 0 where text.contains(" alert "):
            // TLS 1.3: the server judges the client's certificate only after the handshake.
            (.tls, "\(authority) ended the TLS connection: \(reason).")
        case 0 where text.contains("chunk"):
            // A body in chunks that is none has no code of its own.
            (.protocolViolation, "The answer of \(authority) is broken: \(reason).")
        default:
            (.reset, "The connection to \(authority) broke \(moment): \(systemReason).")
        }
    }

    private var moment: String {
        step == .answer ? "before its answer was complete" : "after the request was sent, without an answer"
    }
}
