import CurlHTTP
import DHIS2
import Testing

@Suite(.enabled(if: OpenSSL.isInstalled), .timeLimit(.minutes(5)))
struct TLSTests {
    /// Sends one request to a TLS server and returns the answer, or the error with its port as PORT.
    private func send(
        host: String = "localhost",
        days: Int = 2,
        serverArguments: (Certificates) -> [String] = { _ in [] },
        options: (inout CurlOptions.TLS, Certificates) throws -> Void
    ) async throws -> Result<HTTPExchange, TransportError> {
        let certificates = try Certificates()
        let certificate = try certificates.issue("server", days: days)
        let server = try TLSServer(certificate: certificate, arguments: serverArguments(certificates))
        var tls = CurlOptions.TLS()
        try options(&tls, certificates)
        return try await withTransport {
            $0.tls = tls
        } _: { transport in
            do throws(TransportError) {
                return .success(try await transport.send(TransportRequest(url: "https://\(host):\(server.port)/")))
            } catch {
                var error = error
                error.message = error.message.replacing(server.port, with: "PORT")
                return .failure(error)
            }
        }
    }

    private func message(_ result: Result<HTTPExchange, TransportError>) throws -> String {
        let error = try #require(throws: TransportError.self) { try result.get() }
        #expect(error.code == .tls)
        return error.message
    }

    @Test func trustsTheGivenAuthority() async throws {
        let exchange = try await send { $0.certificateAuthorities = $1.authority }.get()
        #expect(exchange.statusCode == 200)
        let timings = exchange.timings
        #expect(timings.connect > .zero)
        #expect(timings.tlsHandshake >= timings.connect)
        #expect(timings.firstByte >= timings.tlsHandshake)
    }

    @Test func saysThatTheAuthorityIsUnknown() async throws {
        #expect(
            try message(await send { _, _ in })
                == "The TLS certificate of localhost:PORT was not accepted: unable to get local issuer certificate."
        )
    }

    @Test func acceptsAnyCertificateWhenToldTo() async throws {
        #expect(try await send { tls, _ in tls.verifiesServer = false }.get().statusCode == 200)
    }

    @Test func saysThatTheCertificateIsForAnotherHost() async throws {
        let result = try await send(host: "127.0.0.1") { $0.certificateAuthorities = $1.authority }
        #expect(
            try message(result)
                == "The TLS certificate of 127.0.0.1:PORT was not accepted: "
                + "certificate subject name 'localhost' does not match target host name '127.0.0.1'."
        )
    }

    @Test func saysThatTheCertificateHasExpired() async throws {
        let result = try await send(days: -1) { $0.certificateAuthorities = $1.authority }
        #expect(
            try message(result)
                == "The TLS certificate of localhost:PORT was not accepted: certificate has expired."
        )
    }

    @Test func showsTheClientCertificate() async throws {
        let result = try await send(serverArguments: { ["-Verify", "1", "-CAfile", $0.authority] }) {
            $0.certificateAuthorities = $1.authority
            let client = try $1.issue("client")
            $0.clientCertificate = client + ".pem"
            $0.clientKey = client + ".key"
        }
        #expect(try result.get().statusCode == 200)
    }

    @Test func saysThatTheServerWantsAClientCertificate() async throws {
        let result = try await send(serverArguments: { ["-Verify", "1", "-CAfile", $0.authority] }) {
            $0.certificateAuthorities = $1.authority
        }
        let message = try message(result)
        #expect(message.hasPrefix("localhost:PORT ended the TLS connection: "))
        #expect(message.contains("alert certificate required"))
    }

    @Test func saysThatItCannotLoadTheAuthorities() async throws {
        let message = try message(await send { tls, _ in tls.certificateAuthorities = "/nonexistent/ca.pem" })
        #expect(message.hasPrefix("The certificate authorities could not be loaded: "))
        #expect(message.contains("/nonexistent/ca.pem"))
    }

    @Test func saysThatItCannotLoadTheClientCertificate() async throws {
        let result = try await send {
            $0.certificateAuthorities = $1.authority
            $0.clientCertificate = "/nonexistent/client.pem"
        }
        let message = try message(result)
        #expect(message.hasPrefix("The client certificate could not be used: "))
    }
}
