import CurlHTTP
import DHIS2
import Glibc
import Testing

@Suite(.timeLimit(.minutes(5)))
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
                #expect(
                    error.message
                        == "The proxy \(proxy.authority) refused the connection to nosuchhost.invalid:443 with status 403."
                )
            }
        }
    }

    @Test func saysThatTheProxyRefusedTheConnection() async throws {
        let refusing = try RefusingPort()
        try await withTransport {
            $0.proxy = .url("http://user:secret@127.0.0.1:\(refusing.port)")
        } _: { transport in
            let error = try await failure(of: transport, TransportRequest(url: "http://nosuchhost.invalid/"))
            #expect(error.code == .proxy)
            #expect(error.message == "The proxy 127.0.0.1:\(refusing.port) \(Self.refused)")
        }
    }

    private static let refused = "refused the connection: it does not run there, or its address is wrong."

    @Test func saysThatTheProxyRefusedTheConnectionWhenTheServerHasTheSameHost() async throws {
        let refusing = try RefusingPort()
        try await LoopbackServer.answering { ok($0.line) }.serving { server in
            try await withTransport {
                $0.proxy = .url("127.0.0.1:\(refusing.port)")
            } _: { transport in
                let error = try await failure(of: transport, TransportRequest(url: "http://\(server.authority)/"))
                #expect(error.code == .proxy)
                #expect(error.message == "The proxy 127.0.0.1:\(refusing.port) \(Self.refused)")
            }
        }
    }

    @Test func namesTheProxyThatWasOnTheWayOfABrokenAnswer() async throws {
        let script: @Sendable (Connection) -> Void = { _ = $0.readRequest() }
        try await LoopbackServer(script).serving { proxy in
            try await withTransport {
                $0.proxy = .url("http://user:secret@\(proxy.authority)")
            } _: { transport in
                let error = try await failure(of: transport, TransportRequest(url: "http://nosuchhost.invalid/"))
                #expect(error.code == .reset)
                #expect(error.proxy == proxy.authority)
            }
        }
    }

    @Test(
        arguments: [
            ("", "wants credentials of its own (407): write them into the proxy's URL."),
            ("@", "wants credentials of its own (407): write them into the proxy's URL."),
            ("user:secret@", "refused the credentials in the proxy's URL (407): check the user and the password."),
            ("user@", "refused the credentials in the proxy's URL (407): check the user and the password."),
            (
                "us%40er:sec%40ret@",
                "refused the credentials in the proxy's URL (407): check the user and the password."
            ),
        ]
    )
    func saysWhatTheProxyWants(credentials: String, clause: String) async throws {
        let refusal = "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"
        try await LoopbackServer.answering { _ in refusal }.serving { proxy in
            try await withTransport {
                $0.proxy = .url("http://\(credentials)\(proxy.authority)")
            } _: { transport in
                let error = try await failure(of: transport, TransportRequest(url: "https://nosuchhost.invalid/"))
                #expect(error.code == .proxyAuthentication)
                #expect(error.message == "The proxy \(proxy.authority) \(clause)")
                let exchange = try await transport.send(TransportRequest(url: "http://nosuchhost.invalid/"))
                #expect(exchange.statusCode == 407)
                #expect(exchange.proxy == "proxy \(proxy.authority)")
                #expect(exchange.hasProxyCredentials == clause.hasPrefix("refused"))
            }
        }
    }

    @Test func saysThatTheEnvironmentsProxyRefusedTheConnection() async {
        await #expect(processExitsWith: .success) {
            let refusing = try RefusingPort()
            let other = try RefusingPort()
            setenv("http_proxy", "http://user:secret@127.0.0.1:\(refusing.port)", 1)
            setenv("no_proxy", "localhost", 1)
            try await withTransport {
                $0.proxy = .fromEnvironment
            } _: { transport in
                let proxied = try await failure(
                    of: transport,
                    TransportRequest(url: "http://127.0.0.1:\(other.port)/")
                )
                #expect(proxied.code == .proxy)
                #expect(
                    proxied.message == """
                        The proxy 127.0.0.1:\(refusing.port), which http_proxy names, refused the connection: it does \
                        not run there, or its address is wrong.
                        """
                )
                let direct = try await failure(of: transport, TransportRequest(url: "http://localhost:\(other.port)/"))
                #expect(direct.code == .refused)
                #expect(direct.message == "localhost:\(other.port) refused the connection.")
            }
        }
    }

    @Test func saysThatTheProxysNameDoesNotResolve() async throws {
        try await withTransport {
            $0.proxy = .url("http://user:secret@nosuchproxy.invalid:3128")
        } _: { transport in
            let error = try await failure(of: transport, TransportRequest(url: "http://127.0.0.1/"))
            #expect(error.code == .proxy)
            #expect(
                error.message
                    == "The name lookup of the proxy nosuchproxy.invalid:3128 failed: check the proxy's address, and this machine's DNS."
            )
        }
    }

    @Test(arguments: ["gopher://user:secret@proxy.invalid", "http://user:secret@proxy.invalid:x"])
    func saysThatTheProxysURLCannotBeUsed(url: String) async throws {
        try await withTransport {
            $0.proxy = .url(url)
        } _: { transport in
            let error = try await failure(of: transport, TransportRequest(url: "http://127.0.0.1/"))
            #expect(error.code == .proxy)
            #expect(error.message == "The proxy's URL cannot be used; it should look like http://proxy.example:3128.")
        }
    }

    @Test func obeysTheEnvironment() async {
        await #expect(processExitsWith: .success) {
            try await LoopbackServer.answering { ok($0.line) }.serving { proxy in
                setenv("http_proxy", "http://\(proxy.authority)", 1)
                setenv("no_proxy", "127.0.0.1", 1)
                try await withTransport {
                    $0.proxy = .fromEnvironment
                } _: { transport in
                    let proxied = try await transport.send(TransportRequest(url: "http://nosuchhost.invalid/"))
                    #expect(proxied.bodyText == "GET http://nosuchhost.invalid/ HTTP/1.1")
                    let direct = try await transport.send(TransportRequest(url: "http://\(proxy.authority)/"))
                    #expect(direct.bodyText == "GET / HTTP/1.1")
                }
            }
        }
    }

    @Test func leavesTheEnvironmentAloneWhenToldTo() async {
        await #expect(processExitsWith: .success) {
            try await LoopbackServer.answering { ok($0.line) }.serving { server in
                setenv("http_proxy", "http://nosuchproxy.invalid", 1)
                try await withTransport {
                    $0.proxy = .none
                } _: { transport in
                    let exchange = try await transport.send(TransportRequest(url: "http://\(server.authority)/"))
                    #expect(exchange.bodyText == "GET / HTTP/1.1")
                }
            }
        }
    }
}
