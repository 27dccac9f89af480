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
        (.handshake, "dhis2.example:443 accepted the connection, but it was not ready for use within 2.5 s."),
    ])
    func saysWhatWasNotDoneInTime(phase: TransferFailure.Phase, message: String) {
        let error = failure(CURLE_OPERATION_TIMEDOUT) { $0.phase = phase }
        #expect(error.code == .connectTimeout)
        #expect(error.message == message)
    }

    @Test func saysThatTheProxyDidNotAcceptAConnectionInTime() {
        let error = failure(CURLE_OPERATION_TIMEDOUT) {
            $0.phase = .connect
            $0.text = "Failed to connect to proxy.example port 3128 after 2500 ms: Timeout was reached"
        }
        #expect(error.code == .connectTimeout)
        #expect(error.message == "The proxy to dhis2.example:443 did not accept a connection within 2.5 s.")
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
}
