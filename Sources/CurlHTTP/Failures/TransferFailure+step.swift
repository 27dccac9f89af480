internal import CLibcurl
internal import DHIS2
internal import Glibc

/// What was being done when a transfer ended, and with whom.
///
/// A client's own proxy adds steps of its own: it is looked up and connected to in place of the server, may be spoken to
/// over TLS, and connects to the server by itself.
enum TransferStep {
    case nameLookup
    case connect
    /// The TLS handshake with the proxy.
    case proxyTLS
    /// The proxy connects to the server.
    case tunnel
    /// The TLS handshake with the server.
    case tls
    case waiting
    case answer

    var phase: TransportError.Phase {
        switch self {
        case .nameLookup: .nameLookup
        case .connect: .tcp
        case .proxyTLS, .tls: .tls
        case .tunnel: .tunnel
        case .waiting: .waiting
        case .answer: .answer
        }
    }
}

extension TransferFailure {
    var step: TransferStep {
        switch phase {
        case .nameLookup: .nameLookup
        case .connect: .connect
        case .handshake: handshakeStep
        case .waiting: .waiting
        case .answer: .answer
        }
    }

    /// A status of CONNECT shows that the proxy has done its part; otherwise libcurl's words tell TLS from the rest.
    private var handshakeStep: TransferStep {
        guard isProxied, tunnelStatus == 0, let proxy else { return .tls }
        let isTLS = Self.codesOfTLS.contains(code) || text.hasPrefix("SSL connection timeout")
        return switch proxy.kind {
        case .https where isTLS || code == CURLE_OPERATION_TIMEDOUT && !text.hasPrefix("Proxy CONNECT"): .proxyTLS
        case .socks where isTLS: .tls
        // No TLS is spoken to the server before the tunnel is open.
        case .http, .https, .socks: .tunnel
        }
    }

    private static let codesOfTLS: [CURLcode] = [
        CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS,
        CURLE_SSL_CIPHER, CURLE_USE_SSL_FAILED,
    ]

    /// Whether the proxy was surely on the way.
    ///
    /// Where hosts are excepted from the environment's proxy, libcurl shows by its words, by a status of CONNECT or by the
    /// port that it connected to which of the two it was.
    var isProxied: Bool {
        guard let proxy else { return false }
        return proxy.isForEveryHost || tunnelStatus != 0 || text.hasPrefix("Proxy CONNECT")
            || "\(connectedPort)" == proxy.authority.port && proxy.authority.port != authority.port
    }

    /// Whether the other side ended the connection without a word.
    var isBrokenOff: Bool {
        switch code {
        case CURLE_SSL_CONNECT_ERROR:
            // OpenSSL's words for the end of the connection; a fault of TLS comes as its "error:" with a number.
            text.contains("SSL_ERROR_SYSCALL") || text.contains("unexpected eof")
                || !text.contains("error:") && [ECONNRESET, EPIPE, ECONNABORTED].contains(systemError)
        case CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_GOT_NOTHING: !text.contains(" alert ")
        default: false
        }
    }

    /// The proxy after an article.
    var proxyName: String { proxy?.description ?? "proxy to \(authority)" }

    /// Whom the TLS handshake was with.
    var handshakePeer: String { step == .proxyTLS ? "the \(proxyName)" : authority.description }

    /// The proxy at the start of a sentence, if it is the one that was to be connected to.
    ///
    /// Where hosts are excepted from the proxy, libcurl says itself whom it means.
    var proxyAsPeer: String? {
        guard let proxy else { return nil }
        if !proxy.isForEveryHost {
            let isOther =
                text.hasPrefix("Failed to connect to ")
                && !text.hasPrefix("Failed to connect to \(bareHost) port \(authority.port) ")
            guard isOther else { return nil }
        }
        return "The \(proxyName)"
    }

    /// The host as libcurl writes it, an IPv6 address without brackets.
    private var bareHost: Substring {
        authority.host.hasPrefix("[") ? authority.host.dropFirst().dropLast() : authority.host[...]
    }
}
