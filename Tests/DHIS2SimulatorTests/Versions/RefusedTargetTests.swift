import Testing

@testable import DHIS2Simulator

/// What Tomcat and Spring's firewall answer before DHIS2 sees a request.
@Suite struct RefusedTargetTests {
    private static func page(_ reply: SimulatedReply) -> (type: String, message: String?) {
        let parts = reply.bodyText.split(separator: "<p><b>Message</b> ", maxSplits: 1)
        let type = reply.bodyText.contains("<b>Type</b> Exception Report</p>") ? "exception" : "status"
        guard parts.count == 2 else { return (type, nil) }
        let message = parts[1].prefix { $0 != "<" }
        return (
            type,
            String(message).replacing("&#47;", with: "/").replacing("&quot;", with: "\"").replacing("&lt;", with: "<")
                .replacing("&gt;", with: ">")
        )
    }

    private static func expectUnmarked(_ reply: SimulatedReply, _ target: String) {
        #expect(reply.headers["Content-Type"] == "text/html;charset=utf-8", "\(target)")
        #expect(!reply.headers.contains("X-Content-Type-Options"), "\(target)")
        #expect(!reply.headers.contains("X-XSS-Protection"), "\(target)")
        #expect(reply.framing == .length, "\(target)")
    }

    @Test(
        arguments: [
            ("a%2Fb", "Invalid URI: [The encoded slash character is not allowed]"), ("a%5Cb", "Invalid URI"),
            ("a\\b", "Invalid URI"), ("%00", "Invalid URI"), ("%", "Invalid URI: [End of file (EOF)]"),
            ("%a", "Invalid URI: [End of file (EOF)]"), ("%zz", "Invalid URI: [The hexadecimal encoding is invalid]"),
            ("[x]", nil), ("{x}", nil), ("a|b", nil),
        ] as [(String, String?)]
    )
    func pathsThatTomcatRefuses(path: String, message: String?) throws {
        for version in OwnAnswerTests.versions {
            let reply = try OwnAnswerTests.instance(version).get("/api/routes/echo/run/" + path)
            #expect(reply.status == 400)
            #expect(Self.page(reply) == ("status", message))
            Self.expectUnmarked(reply, path)
        }
    }

    @Test(arguments: ["a^b", "a`b", "<x>", "é", "a?v=\"x\"", "a?v=<x>", "a?v=é"])
    func charactersThatTomcatRefuses(rest: String) throws {
        let shown = rest.replacing("é", with: "0xc30xa9")
        for version in OwnAnswerTests.versions {
            let reply = try OwnAnswerTests.instance(version).get("/api/" + rest)
            let message =
                "Invalid character found in the request target [/api/\(shown) ]. "
                + "The valid characters are defined in RFC 7230 and RFC 3986"
            #expect(reply.status == 400)
            #expect(Self.page(reply) == ("exception", message))
            Self.expectUnmarked(reply, rest)
        }
    }

    @Test(
        arguments: [
            ("a//b", "//"), ("a;b", ";"), ("%3Bx", "%3B"), ("100%25", "%25"), ("%2e%2e/x", "%2e"), ("%0a", "%0a"),
            ("a/../b", nil), ("./b", nil),
        ] as [(String, String?)]
    )
    func pathsThatTheFirewallRefuses(path: String, part: String?) throws {
        for version in OwnAnswerTests.versions {
            let reply = try OwnAnswerTests.instance(version).get("/api/routes/echo/run/" + path)
            Self.expectUnmarked(reply, path)
            guard version.hasPrefix("2.41") else {
                #expect(reply.status == 400)
                #expect(Self.page(reply) == ("status", nil))
                continue
            }
            let cause =
                part.map { "contained a potentially malicious String \"\($0)\"" } ?? "was not normalized."
            #expect(reply.status == 500)
            #expect(Self.page(reply) == ("exception", "The request was rejected because the URL \(cause)"))
        }
    }

    @Test(arguments: ["FOO", "PROPFIND", "get"])
    func methodsThatTheFirewallDoesNotKnow(method: String) throws {
        for version in OwnAnswerTests.versions {
            let reply = try OwnAnswerTests.instance(version).get("/api/me", method: method)
            #expect(reply.status == (version.hasPrefix("2.41") ? 500 : 400))
            Self.expectUnmarked(reply, method)
        }
    }

    @Test func refusesTRACEAsTomcat() throws {
        for version in OwnAnswerTests.versions {
            let reply = try OwnAnswerTests.instance(version).get("/api/me", method: "TRACE")
            #expect(reply.status == 405)
            #expect(reply.headers["Allow"] == "HEAD, DELETE, POST, GET, OPTIONS, PUT")
            #expect(Self.page(reply) == ("status", "TRACE method is not allowed"))
            Self.expectUnmarked(reply, "TRACE")
        }
    }

    @Test(arguments: ["/api/me?v=[x]", "/api/me?v={x}|\\", "/api/routes/echo/run/.hidden", "/api/routes/echo/run/a..b"])
    func takesWhatOnlyLooksWrong(target: String) throws {
        for version in OwnAnswerTests.versions {
            #expect(try OwnAnswerTests.instance(version).get(target).status == 200)
        }
    }

    @Test(arguments: OwnAnswerTests.versions)
    func bytesThatAreNotUTF8PassOn241Only(version: String) throws {
        let reply = try OwnAnswerTests.instance(version).get("/api/routes/echo/run/%FF")
        #expect(reply.status == (version.hasPrefix("2.41") ? 200 : 400))
    }

    @Test(arguments: [
        ("GET /a b HTTP/1.1", "Invalid character found in the HTTP protocol [b ]"),
        ("GET /a?v=a b c HTTP/1.1", "Invalid character found in the HTTP protocol [b ]"),
        ("GET /\(String(repeating: "x", count: 9000)) HTTP/1.1", "Request header is too large"),
    ])
    func requestLinesThatTomcatCannotRead(line: String, message: String) async throws {
        try await DHIS2Simulator.with(try .version("2.43.1")) { simulator in
            let client = try SocketClient(port: simulator.port)
            client.write(line + "\r\nHost: h\r\nConnection: close\r\n\r\n")
            let text = client.read(until: "</html>").text
            #expect(text.hasPrefix("HTTP/1.1 400 \r\nContent-Type: text/html;charset=utf-8\r\n"))
            #expect(text.contains("<p><b>Type</b> Exception Report</p><p><b>Message</b> \(message)</p>"))
        }
    }
}
