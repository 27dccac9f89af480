import CLibcurl
import DHIS2
import Glibc
import Testing

@testable import CurlHTTP

/// Which step failed, and with whom, where a proxy of the client's own is in between.
@Suite(.timeLimit(.minutes(5)))
struct ProxyPhaseTests {
    private static let request = TransportRequest(url: "https://dhis2.example/")

    private static func failure(_ code: CURLcode, _ change: (inout TransferFailure) -> Void) -> TransportError {
        var failure = TransferFailure(code: code, authority: Authority(url: "https://dhis2.example/"))
        failure.connectTimeout = .milliseconds(2500)
        failure.timeout = .seconds(30)
        change(&failure)
        return TransportError(failure)
    }

    /// What is known of a proxy, when time ran out, and what is said.
    struct SlowRow: Sendable, CustomTestStringConvertible {
        var proxy = "http://user:secret@proxy.example:3128"
        var phase: TransferFailure.Phase
        var text = ""
        var tunnelStatus = 0
        var code = TransportError.Code.proxy
        var named: TransportError.Phase
        var message: String

        var testDescription: String { "\(proxy) \(phase) \(text) \(tunnelStatus)" }

        static let all = [
            SlowRow(
                phase: .nameLookup,
                named: .nameLookup,
                message: """
                    The name lookup of the proxy proxy.example:3128 did not finish within 2.5 s: check this machine's DNS \
                    servers and the network to them.
                    """
            ),
            SlowRow(
                phase: .connect,
                named: .tcp,
                message: """
                    The proxy proxy.example:3128 did not accept a connection within 2.5 s (TCP): it is down, or a firewall \
                    drops the packets.
                    """
            ),
            SlowRow(
                phase: .handshake,
                text: "Proxy CONNECT aborted due to timeout",
                named: .tunnel,
                message: """
                    The proxy proxy.example:3128 accepted the connection, but did not open one to dhis2.example:443 within \
                    2.5 s (CONNECT): it waits for its own name lookup or TCP connection, or it hangs.
                    """
            ),
            SlowRow(
                phase: .handshake,
                text: "SSL connection timeout",
                tunnelStatus: 200,
                code: .connectTimeout,
                named: .tls,
                message: """
                    The proxy proxy.example:3128 opened a connection to dhis2.example:443, but the TLS handshake through it \
                    did not finish within 2.5 s.
                    """
            ),
            SlowRow(
                proxy: "https://proxy.example:3128",
                phase: .handshake,
                text: "SSL connection timeout",
                named: .tls,
                message: """
                    The proxy proxy.example:3128 accepted the connection, but the TLS handshake with it did not finish \
                    within 2.5 s: it hangs or is overloaded, or it does not speak TLS.
                    """
            ),
            SlowRow(
                proxy: "https://proxy.example:3128",
                phase: .handshake,
                text: "Proxy CONNECT aborted due to timeout",
                named: .tunnel,
                message: """
                    The proxy proxy.example:3128 accepted the connection, but did not open one to dhis2.example:443 within \
                    2.5 s (CONNECT): it waits for its own name lookup or TCP connection, or it hangs.
                    """
            ),
            SlowRow(
                proxy: "socks5://proxy.example:3128",
                phase: .handshake,
                text: "SSL connection timeout",
                code: .connectTimeout,
                named: .tls,
                message: """
                    The proxy proxy.example:3128 opened a connection to dhis2.example:443, but the TLS handshake through it \
                    did not finish within 2.5 s.
                    """
            ),
        ]
    }

    @Test(arguments: SlowRow.all)
    func saysWhatTookTooLong(row: SlowRow) {
        let error = Self.failure(CURLE_OPERATION_TIMEDOUT) {
            $0.phase = row.phase
            $0.text = row.text
            $0.tunnelStatus = row.tunnelStatus
            $0.proxy = ProxyName(.url(row.proxy), for: "https://dhis2.example/")
        }
        #expect(error.code == row.code)
        #expect(error.phase == row.named)
        #expect(error.message == row.message)
        #expect(error.proxy == "proxy.example:3128")
    }

    /// The environment's proxy does not count for every host: the words and the port say whom libcurl connected to.
    @Test(arguments: [
        (TransferFailure.Phase.nameLookup, "", 0, TransportError.Code.connectTimeout, nil as String?),
        (.connect, "Failed to connect to dhis2.example port 443 after 9 ms: Timeout", 0, .connectTimeout, nil),
        (.connect, "Failed to connect to proxy.example port 3128 after 9 ms: Timeout", 0, .proxy, nil),
        (.handshake, "SSL connection timeout", 443, .connectTimeout, nil),
        (.handshake, "Proxy CONNECT aborted due to timeout", 3128, .proxy, "proxy.example:3128"),
        (.handshake, "Connection timed out", 3128, .proxy, "proxy.example:3128"),
    ])
    func tellsTheEnvironmentsProxyFromTheServer(
        phase: TransferFailure.Phase,
        text: String,
        port: Int,
        code: TransportError.Code,
        proxy: String?
    ) {
        let error = Self.failure(CURLE_OPERATION_TIMEDOUT) {
            $0.phase = phase
            $0.text = text
            $0.connectedPort = port
            $0.proxy = ProxyName(.fromEnvironment, for: "https://dhis2.example/") {
                ["https_proxy": "proxy.example:3128", "no_proxy": "intern.example"][$0]
            }
        }
        #expect(error.code == code)
        #expect(error.proxy == proxy)
    }

    @Test func namesBothWhoseNameMayHaveBeenLookedUp() {
        let error = Self.failure(CURLE_OPERATION_TIMEDOUT) {
            $0.proxy = ProxyName(.fromEnvironment, for: "https://dhis2.example/") {
                ["https_proxy": "proxy.example:3128", "no_proxy": "intern.example"][$0]
            }
        }
        #expect(
            error.message == """
                The host name "dhis2.example", or that of the proxy proxy.example:3128, which https_proxy names, was not \
                resolved within 2.5 s.
                """
        )
    }

    @Test(arguments: [
        ("http", "did not open one to dhis2.example:443 within 2 s (CONNECT)", TransportError.Phase.tunnel),
        ("https", "the TLS handshake with it did not finish within 2 s", .tls),
        ("socks5h", "did not open one to dhis2.example:443 within 2 s (CONNECT)", .tunnel),
    ])
    func saysThatAProxyHangs(scheme: String, words: String, phase: TransportError.Phase) async throws {
        try await LoopbackServer { $0.waitForEnd() }.serving { proxy in
            try await withTransport {
                $0.proxy = .url("\(scheme)://\(proxy.authority)")
                $0.connectTimeout = .seconds(2)
            } _: { transport in
                let error = try await CurlHTTPTests.failure(of: transport, Self.request)
                #expect(error.code == .proxy)
                #expect(error.phase == phase)
                #expect(error.message.contains(words))
            }
        }
    }

    @Test func saysThatTheHandshakeThroughTheProxyHangs() async throws {
        let tunnel: @Sendable (Connection) -> Void = {
            _ = $0.readRequest()
            $0.write("HTTP/1.1 200 OK\r\n\r\n")
            $0.waitForEnd()
        }
        try await LoopbackServer(tunnel).serving { proxy in
            try await withTransport {
                $0.proxy = .url("http://\(proxy.authority)")
                // Long enough for the tunnel, however busy the machine.
                $0.connectTimeout = .seconds(5)
            } _: { transport in
                let error = try await CurlHTTPTests.failure(of: transport, Self.request)
                #expect(error.code == .connectTimeout)
                #expect(error.phase == .tls)
                #expect(error.proxy == proxy.authority)
            }
        }
    }

    @Test(arguments: [("", "broke the connection before it had opened one"), ("SSH-2.0\r\n\r\n", "CONNECT")])
    func saysThatAProxyFailedBeforeTheTunnel(sent: String, words: String) async throws {
        try await LoopbackServer {
            _ = $0.readRequest()
            $0.write(sent)
        }.serving { proxy in
            try await withTransport {
                $0.proxy = .url("http://\(proxy.authority)")
            } _: { transport in
                let error = try await CurlHTTPTests.failure(of: transport, Self.request)
                #expect(error.code == .proxy)
                #expect(error.message.contains(words))
            }
        }
    }

    @Test func blamesTheProxyThatDoesNotSpeakTLS() async throws {
        try await LoopbackServer { $0.write("HTTP/1.1 400 Bad Request\r\n\r\n") }.serving { proxy in
            try await withTransport {
                $0.proxy = .url("https://\(proxy.authority)")
            } _: { transport in
                let error = try await CurlHTTPTests.failure(of: transport, Self.request)
                #expect(error.code == .tls)
                let advice = "write its URL with http://, or name another port."
                #expect(error.message == "The proxy \(proxy.authority) does not speak TLS: \(advice)")
            }
        }
    }
}
