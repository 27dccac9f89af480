import DHIS2Simulator
import Testing

/// What HTTP asks of a server, on the wire.
@Suite(.timeLimit(.minutes(5)))
struct ProtocolTests {
    private static let credentials = "Host: h\r\nAuthorization: ApiToken \(SimulatorConfiguration.standardToken)\r\n"

    /// Sends a text and reads until the server ends the connection; a last request asks for that.
    private static func answers(to text: String, closes: Bool = false) async throws -> String {
        try await DHIS2Simulator.with { simulator in
            let client = try SocketClient(port: simulator.port)
            client.write(text + (closes ? "" : RawConnection.request("/api/ping", close: true)))
            let answer = client.read()
            #expect(answer.ending == .closed)
            return answer.text
        }
    }

    private static let end = """
        HTTP/1.1 200 \r\nVary: Origin\r\nVary: Access-Control-Request-Method\r\n\
        Vary: Access-Control-Request-Headers\r\nContent-Length: 0\r\nConnection: close\r\n\r\n
        """

    @Test(arguments: ["Expect: 100-continue", "expect: 100-CONTINUE", "Expect: x\r\nExpect: y ,, 100-Continue"])
    func welcomesABodyThatWaitsForIt(field: String) async throws {
        try await DHIS2Simulator.with { simulator in
            let client = try SocketClient(port: simulator.port)
            client.write(
                "POST /api/routes/echo/run HTTP/1.1\r\n\(Self.credentials)\(field)\r\nContent-Length: 5\r\n\r\n"
            )
            let welcome = "HTTP/1.1 100 \r\n\r\n"
            #expect(client.read(upTo: welcome.utf8.count).text == welcome)
            #expect(simulator.requestCount == 0)
            client.write("hello")
            #expect(client.read(until: #""body":"hello"}"#).text.hasPrefix("HTTP/1.1 200 \r\n"))
        }
    }

    @Test(arguments: [
        "POST /api/routes/echo/run HTTP/1.0\r\n\(credentials)Connection: keep-alive\r\nExpect: 100-continue\r\n",
        "POST /api/routes/echo/run HTTP/1.1\r\n\(credentials)Expect: something\r\n",
    ])
    func welcomesNobodyElse(head: String) async throws {
        let text = try await Self.answers(to: head + "Content-Length: 5\r\n\r\nhello")
        #expect(text.hasPrefix("HTTP/1.1 200 \r\n"))
        #expect(text.contains(#""body":"hello"}HTTP/1.1 200 \#r\#n"#))
    }

    @Test(arguments: [
        ("1.0", "", true), ("1.0", "Connection: x\r\n", true), ("1.0", "Connection: Keep-Alive\r\n", false),
        ("1.0", "Connection: a\r\nConnection: b, keep-alive\r\n", false),
        ("1.0", "Connection: keep-alive, close\r\n", true), ("1.1", "", false),
        ("1.1", "Connection: keep-alive\r\n", false),
        ("1.1", "Connection: a, CLOSE\r\n", true), ("1.1", "Connection: keep-alive\r\nConnection: Close\r\n", true),
        ("1.1", "Connection: closed\r\n", false),
    ])
    func keepsAConnectionWhereItIsAskedTo(version: String, fields: String, closes: Bool) async throws {
        let request = "GET /api/system/ping HTTP/\(version)\r\n\(Self.credentials)\(fields)\r\n"
        let text = try await Self.answers(to: request)
        #expect(text.hasSuffix(closes ? "pong" : "pong\(Self.end)"))
        #expect(text.hasPrefix("HTTP/1.1 200 \r\n"))
        #expect(text.ranges(of: "Connection: close\r\n").count == 1)
        #expect(!text.contains("keep-alive"))
    }

    @Test(arguments: ["\r\n", "\n", "\r\n\r\n\n\r\n"])
    func overlooksEmptyLinesBeforeARequest(lines: String) async throws {
        let request = "GET /api/system/ping HTTP/1.1\r\n\(Self.credentials)\r\n"
        let text = try await Self.answers(to: lines + request + lines + request + lines)
        #expect(text.hasSuffix("pong\(Self.end)"))
        #expect(text.ranges(of: "pong").count == 2)
    }

    @Test func readsChunksWithExtensionsAndTrailers() async throws {
        let body = "5;a=\"b;c\"\r\nhello\r\n1 ; x\r\n,\r\n006\r\n world\r\n000;last\r\nDigest: x\r\nX-Y: z\r\n\r\n"
        for fields in ["Transfer-Encoding: chunked\r\n", "transfer-encoding: CHUNKED\r\nExpect: 100-continue\r\n"] {
            let head = "POST /api/routes/echo/run HTTP/1.1\r\n\(Self.credentials)\(fields)\r\n"
            let text = try await Self.answers(to: head + body)
            #expect(text.hasSuffix(#""body":"hello, world"}"# + Self.end))
        }
    }

    @Test func chunksWinOverALengthAndTheConnectionEnds() async throws {
        let head = "POST /api/routes/echo/run HTTP/1.1\r\n\(Self.credentials)Content-Length: 3\r\n"
        let text = try await Self.answers(to: head + "Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n")
        #expect(text.hasSuffix(#""body":"ab"}"#))
        #expect(text.contains("\r\nConnection: close\r\n"))
    }

    @Test(arguments: ["/api/routes/health/run", "/api/routes/compressed/run", "/api/routes/nope/run", "/api/ping"])
    func sendsTheSameFieldsForHEADAndNoBody(target: String) async throws {
        let whole = try await Self.answers(to: RawConnection.request(target, close: true), closes: true)
        let head = try await Self.answers(to: RawConnection.request(target, method: "HEAD", close: true), closes: true)
        #expect(head.hasSuffix("\r\n\r\n"))
        #expect(whole.withoutSessions.hasPrefix(head.withoutSessions))
    }

    @Test(arguments: [
        ("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip\r\n\r\n", "501", "Not Implemented"),
        ("GET / HTTP/2.0\r\n\r\n", "505", "HTTP Version Not Supported"),
        ("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 67108865\r\n\r\n", "413", "Payload Too Large"),
        ("GET / HTTP/1.1\r\n\r\n", "400", "Bad Request"),
    ])
    func tellsWhyItRefuses(text: String, status: String, phrase: String) async throws {
        let answer = try await Self.answers(to: text, closes: true)
        #expect(answer.hasPrefix("HTTP/1.1 \(status) \r\nContent-Type: text/html;charset=utf-8\r\n"))
        #expect(answer.contains("<title>HTTP Status \(status) – \(phrase)</title>"))
    }

    @Test func answersMethodsThatNobodyKnows() async throws {
        let text = try await Self.answers(
            to: RawConnection.request("/api/me", method: "M-SEARCH", close: true),
            closes: true
        )
        #expect(text.hasPrefix("HTTP/1.1 400 \r\nContent-Type: text/html;charset=utf-8\r\n"))
    }

    @Test func bodiesOfAllSizesArriveWhole() async throws {
        let reader = SimulatedUpstream { request in
            let isSound = request.body.enumerated().allSatisfy { $1 == UInt8(truncatingIfNeeded: $0 &* 31) }
            return .reply(UpstreamReply(body: Array("\(request.body.count) \(isSound)".utf8)))
        }
        var configuration = SimulatorConfiguration.standard
        configuration.changeRoute("echo") { $0.upstream = reader }
        try await DHIS2Simulator.with(configuration) { simulator in
            let client = try SocketClient(port: simulator.port)
            for size in [0, 1, 8_191, 8_192, 8_193, 100_000, 3_000_000] {
                let body = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
                let head = "POST /api/routes/echo/run HTTP/1.1\r\n\(Self.credentials)"
                client.write(Array((head + "Content-Length: \(size)\r\n\r\n").utf8) + body)
                #expect(client.read(until: "\(size) true").text.hasPrefix("HTTP/1.1 200 "))
                client.write(head + "Transfer-Encoding: chunked\r\n\r\n")
                for start in stride(from: 0, to: size, by: 70_000) {
                    let part = body[start..<min(start + 70_000, size)]
                    client.write(Array("\(String(part.count, radix: 16))\r\n".utf8) + part + Array("\r\n".utf8))
                }
                client.write("0\r\n\r\n")
                #expect(client.read(until: "\(size) true").text.hasPrefix("HTTP/1.1 200 "))
            }
        }
    }
}
