import CLibcurl
import DHIS2
import Glibc
import Testing

@testable import CurlHTTP

/// What is said of failures that are hard to bring about.
struct DiagnosisTests {
    private let authority = Authority(url: "https://dhis2.example/secret?token=secret")

    private func failure(_ code: CURLcode, _ change: (inout TransferFailure) -> Void = { _ in }) -> TransportError {
        var failure = TransferFailure(code: code, authority: authority)
        failure.connectTimeout = .seconds(10)
        failure.timeout = .milliseconds(2500)
        change(&failure)
        return TransportError(failure)
    }

    @Test(arguments: [
        (TransferFailure.Phase.nameLookup, "The host name \"dhis2.example\" was not resolved within 2.5 s."),
        (.connect, "dhis2.example:443 did not accept a connection within 2.5 s."),
        (.handshake, "dhis2.example:443 accepted the connection, but the TLS handshake did not finish within 2.5 s."),
    ])
    func saysWhatWasNotDoneInTime(phase: TransferFailure.Phase, message: String) {
        let error = failure(CURLE_OPERATION_TIMEDOUT) { $0.phase = phase }
        #expect(error.code == .connectTimeout)
        #expect(error.message == message)
        #expect(error.phase == [.nameLookup: .nameLookup, .connect: .tcp, .handshake: .tls][phase])
    }

    @Test(arguments: [
        (
            "proxy.example port 3128", TransportError.Code.proxy,
            "The proxy proxy.example:3128, which https_proxy names, could not be connected to: No route to host."
        ),
        ("dhis2.example port 443", .connect, "dhis2.example:443 could not be connected to: No route to host."),
        ("", .connect, "dhis2.example:443 could not be connected to: No route to host."),
    ])
    func tellsTheEnvironmentsProxyFromTheServerByWhomLibcurlNames(
        peer: String,
        code: TransportError.Code,
        message: String
    ) {
        let error = failure(CURLE_COULDNT_CONNECT) {
            $0.systemError = EHOSTUNREACH
            $0.text = peer.isEmpty ? "" : "Failed to connect to \(peer) after 3 ms: Couldn't connect to server"
            $0.proxy = ProxyName(.fromEnvironment, for: "https://dhis2.example/") {
                ["https_proxy": "proxy.example:3128", "NO_PROXY": "intern.example"][$0]
            }
        }
        #expect(error.code == code)
        #expect(error.message == message)
    }

    @Test(arguments: [
        (CurlOptions.Proxy.none, "http://h/", nil as String?),
        (.url("http://user:p%40ss@proxy.example:3128"), "http://h/", "proxy proxy.example:3128"),
        (.url("proxy.example"), "http://h/", "proxy proxy.example:1080"),
        (.url("https://proxy.example/"), "http://h/", "proxy proxy.example:443"),
        (.url("socks5://u:80@[::1]:9050/"), "http://h/", "proxy [::1]:9050"),
        (.fromEnvironment, "http://h/", "proxy plain.example:1, which http_proxy names,"),
        (.fromEnvironment, "https://h/", "proxy all.example:3, which ALL_PROXY names,"),
    ])
    func namesTheProxyWithoutItsCredentials(proxy: CurlOptions.Proxy, url: String, name: String?) {
        let environment = [
            "http_proxy": "http://user:secret@plain.example:1", "HTTP_PROXY": "http://upper.example:2",
            "https_proxy": "", "ALL_PROXY": "all.example:3",
        ]
        #expect(ProxyName(proxy, for: url) { environment[$0] }?.description == name)
    }

    /// The user of a proxy's URL is for an HTTP proxy that surely was on the way.
    @Test(arguments: [
        ("http://u:p@proxy.example:3128", "", 3128, true), ("u:p@proxy.example:3128", "", 3128, true),
        ("https://u@proxy.example:3128", "", 3128, true), ("http://proxy.example:3128", "", 3128, false),
        ("http://@proxy.example:3128", "", 3128, false), ("http://proxy.example:3128/a@b", "", 3128, false),
        ("socks5h://u:p@proxy.example:3128", "", 3128, false),
        ("http://u:p@proxy.example:3128", "dhis2.example", 3128, true),
        ("http://u:p@proxy.example:3128", "dhis2.example", 80, false),
    ])
    func knowsWhetherTheProxyWasSentCredentials(proxy: String, exceptions: String, port: Int, wasSent: Bool) {
        let environment = ["http_proxy": proxy, "no_proxy": exceptions]
        let name = ProxyName(.fromEnvironment, for: "http://dhis2.example/") { environment[$0] }
        #expect(name?.hasSentCredentials(onPort: port) == wasSent)
        #expect(name?.description.contains("u:p") == false)
    }

    @Test func saysWhyNoConnectionCouldBeMade() {
        let error = failure(CURLE_COULDNT_CONNECT) { $0.systemError = EHOSTUNREACH }
        #expect(error.code == .connect)
        #expect(error.message == "dhis2.example:443 could not be connected to: No route to host.")
    }

    @Test func saysThatTheKernelGaveUpConnecting() {
        let error = failure(CURLE_COULDNT_CONNECT) { $0.systemError = ETIMEDOUT }
        #expect(error.code == .connectTimeout)
        #expect(error.message == "dhis2.example:443 did not accept a connection in time.")
    }

    @Test func leavesOutWordsThatMayHoldCredentials() {
        let error = failure(CURLE_PROXY) { $0.text = "cannot use http://user:secret@proxy.example" }
        #expect(error.code == .proxy)
        #expect(error.message == "The proxy to dhis2.example:443 failed: proxy handshake error.")
    }

    @Test func keepsAReasonOnOneLineOfPlainText() {
        let error = failure(CURLE_SSL_CONNECT_ERROR) { $0.text = "evil\u{1B}[31m\nname." }
        #expect(error.code == .tls)
        #expect(error.message == "The TLS handshake with dhis2.example:443 failed: evil [31m name.")
    }

    @Test func saysThatMemoryIsShort() {
        #expect(failure(CURLE_OUT_OF_MEMORY).code == .unavailable)
    }

    @Test(arguments: [
        (EMFILE, "no file descriptor"), (ENFILE, "no file descriptor"), (ENOBUFS, "no buffer"), (ENOMEM, "no memory"),
        (EADDRNOTAVAIL, "no free port or address"),
    ])
    func namesTheLimitsOfTheMachine(number: CInt, want: String) {
        let error = failure(CURLE_COULDNT_CONNECT) { $0.systemError = number }
        #expect(error.code == .localLimit)
        #expect(error.message.hasPrefix("This machine has \(want) left for a connection to dhis2.example:443 ("))
    }

    @Test func tellsAFailedNameLookupFromALackOfDescriptors() {
        #expect(failure(CURLE_COULDNT_RESOLVE_HOST).code == .nameResolution)
        #expect(failure(CURLE_COULDNT_RESOLVE_HOST) { $0.canOpenSocket = false }.code == .localLimit)
        let thread = failure(CURLE_COULDNT_RESOLVE_HOST) { $0.text = "getaddrinfo() thread failed to start" }
        #expect(thread.code == .localLimit)
    }

    @Test(arguments: [CURLE_PARTIAL_FILE, CURLE_RECV_ERROR])
    func doesNotBlameAServerThatGaveUpOnAPausedAnswer(code: CURLcode) {
        #expect(failure(code).code != .localLimit)
        let error = failure(code) { $0.pausedTime = .seconds(61) }
        #expect(error.code == .localLimit)
        #expect(error.message.contains("had paused its answer for 61 s"))
    }
}

struct AuthorityTests {
    @Test(arguments: [
        ("http://dhis2.example/api?token=secret", "dhis2.example:80"),
        ("https://dhis2.example", "dhis2.example:443"),
        ("HTTPS://dhis2.example?x", "dhis2.example:443"),
        ("http://dhis2.example:8080/a:b@c", "dhis2.example:8080"),
        ("http://user:p@ss@dhis2.example:8080/", "dhis2.example:8080"),
        ("http://[::1]:8080/", "[::1]:8080"),
        ("http://[::1]/", "[::1]:80"),
        ("dhis2.example", "the server"),
        ("", "the server"),
    ])
    func namesHostAndPortOnly(url: String, expected: String) {
        #expect(Authority(url: url).description == expected)
    }
}
