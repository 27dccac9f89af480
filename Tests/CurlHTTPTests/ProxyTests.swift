import CurlHTTP
import DHIS2
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ProxyTests {
    @Test func sendsThroughTheProxy() async throws {
        try await LoopbackServer.answering { ok($0.line) }.serving { proxy in
            try await withTransport {
                $0.proxy = .url("http://\(proxy.authority)")
            } _: { transport in
                let exchange = try await transport.send(TransportRequest(url: "http://nosuchhost.invalid/a%2520b"))
                #expect(exchange.bodyText == "GET http://nosuchhost.invalid/a%2520b HTTP/1.1")
            }
        }
    }

    @Test func saysThatTheProxyRefusedTheTunnel() async throws {
        let refusal = "HTTP/1.1 403 Forbidden\r\nX-Proxy: yes\r\nContent-Length: 0\r\n\r\n"
        try await LoopbackServer.answering { _ in refusal }.serving { proxy in
            try await withTransport {
                $0.proxy = .url("http://user:secret@\(proxy.authority)")
            } _: { transport in
                let error = try await failure(of: transport, TransportRequest(url: "https://nosuchhost.invalid/"))
                #expect(error.code == .proxy)
                #expect(error.message == "The proxy refused the connection to nosuchhost.invalid:443 with status 403.")
            }
        }
    }

    @Test func saysThatTheProxyRefusedTheConnection() async throws {
        let refusing = try RefusingPort()
        try await withTransport {
            $0.proxy = .url("http://user:secret@127.0.0.1:\(refusing.port)")
        } _: { transport in
            let error = try await failure(of: transport, TransportRequest(url: "http://nosuchhost.invalid/"))
            #expect(error.code == .refused)
            #expect(error.message == "The proxy to nosuchhost.invalid:80 refused the connection.")
        }
    }

    @Test func saysThatTheProxysNameDoesNotResolve() async throws {
        try await withTransport {
            $0.proxy = .url("http://user:secret@nosuchproxy.invalid:3128")
        } _: { transport in
            let error = try await failure(of: transport, TransportRequest(url: "http://127.0.0.1/"))
            #expect(error.code == .nameResolution)
            #expect(error.message == "The name of the proxy to 127.0.0.1:80 could not be resolved.")
        }
    }
}
