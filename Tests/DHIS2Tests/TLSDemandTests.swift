import DHIS2
import Testing

/// Ports that speak TLS and say so to whoever sends plain HTTP.
struct TLSDemandTests {
    struct Page: Sendable, CustomTestStringConvertible {
        var name: String
        var type = "text/html"
        var body: String
        var status = 400

        var exchange: HTTPExchange { .answer(status, ["Content-Type: \(type)"], body: body) }
        var testDescription: String { name }
    }

    static let plainHTTP = [
        Page(
            name: "nginx",
            body: """
                <html><head><title>400 The plain HTTP request was sent to HTTPS port</title></head><body><center><h1>400 Bad \
                Request</h1></center><center>The plain HTTP request was sent to HTTPS port</center></body></html>
                """
        ),
        Page(
            name: "Apache",
            body: """
                <title>400 Bad Request</title><p>Your browser sent a request that this server could not understand.<br />
                Reason: You're speaking plain HTTP to an SSL-enabled server port.<br />
                Instead use the HTTPS scheme to access this URL, please.<br /></p>
                """
        ),
        Page(
            name: "Tomcat",
            type: "text/plain;charset=UTF-8",
            body: "Bad Request\r\nThis combination of host and port requires TLS.\r\n"
        ),
        Page(name: "Go", type: "text/plain", body: "Client sent an HTTP request to an HTTPS server.\n"),
        Page(
            name: "CherryPy",
            type: "text/plain",
            body: "The client sent a plain HTTP request, but this server only speaks HTTPS on this port."
        ),
        Page(
            name: "IIS",
            body: """
                <title>IIS 10.0 Detailed Error - 403.4 - Forbidden</title>The page you are trying to access is secured with \
                Secure Sockets Layer (SSL).
                """,
            status: 403
        ),
    ]

    private static let http = "http://dhis.example.org:8443/dhis"

    private static func problem(_ page: Page, at base: String) throws -> PreflightProblem? {
        let outcome = Preflight.outcome(ofServerInfo: page.exchange, from: try BaseURL(base), usesToken: true)
        guard case .failed(let problem) = outcome else { return nil }
        return problem
    }

    @Test(arguments: plainHTTP)
    func saysToWriteHTTPS(page: Page) throws {
        let sentence = """
            dhis.example.org:8443 answered that plain HTTP was sent to an HTTPS port (\(page.status)). Write the server URL with \
            https://.
            """
        let problem = try #require(try Self.problem(page, at: Self.http))
        #expect(problem.message == sentence)
        #expect(problem.layer == .proxy)
        #expect(problem.reason == .httpsRequired)
        #expect(!problem.mayPass)
        for context in [OriginContext.known(), .blind] {
            var context = context
            context.server = try BaseURL(Self.http)
            let origin = ResponseOrigin(of: page.exchange, in: context)
            #expect(origin.sentence == sentence)
            #expect(origin.layer == .proxy)
            #expect(origin.reason == .httpsRequired)
            #expect(origin.certainty == problem.certainty)
        }
    }

    /// A proxy that is asked by https and passes requests on in plain.
    @Test(arguments: plainHTTP)
    func saysThatTheProxySendsPlainHTTP(page: Page) throws {
        let problem = try #require(try Self.problem(page, at: "https://dhis.example.org"))
        #expect(
            problem.message == """
                Something in front of DHIS2 on dhis.example.org sends plain HTTP to an HTTPS port behind it \
                (\(page.status)): let it use https there.
                """
        )
        #expect(problem.layer == .proxy)
        #expect(problem.mayPass)
    }

    /// A route with an `http` URL whose target wants `https`.
    @Test(arguments: plainHTTP)
    func saysThatTheTargetWantsHTTPS(page: Page) throws {
        var exchange = page.exchange
        exchange.headerSection += Array(HTTPExchange.marks.map { $0 + "\r\n" }.joined().utf8)
        let origin = ResponseOrigin(of: exchange, in: .known())
        #expect(origin.layer == .upstream)
        #expect(
            origin.sentence == """
                The target of the route "chap" (chap.example.org) answered \(page.status): it wants HTTPS. Write the route's URL \
                with https://.
                """
        )
    }

    @Test(arguments: ["No required SSL certificate was sent", "The SSL certificate error"])
    func saysThatACertificateIsWanted(words: String) throws {
        let page = Page(name: "nginx", body: "<html><head><title>400 \(words)</title></head></html>")
        let problem = try #require(try Self.problem(page, at: "https://dhis.example.org"))
        #expect(
            problem.message == """
                dhis.example.org wants a TLS certificate of the client (400): name one that it accepts in \
                server.tls.certificate.
                """
        )
        #expect(problem.layer == .proxy)
        #expect(!problem.mayPass)
        #expect(ResponseOrigin(of: page.exchange, in: .known()).reason == .proxyAuthentication)
    }

    /// DHIS2's own JSON, or a target's, may quote such words of somebody else.
    @Test func leavesJSONAlone() {
        let message = "The plain HTTP request was sent to HTTPS port"
        let origin = ResponseOrigin(of: .own(400, message), in: .known())
        #expect(origin.layer == .dhis2)
        #expect(origin.reason == .unexpectedAnswer)
    }
}
