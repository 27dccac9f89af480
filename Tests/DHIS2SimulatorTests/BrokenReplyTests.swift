import DHIS2Simulator
import Testing

/// Targets that break off in the middle of their body, and what each version makes of it.
@Suite struct BrokenReplyTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let version: String
        let ending: BrokenUpstreamReply.Ending
        var half = #"{"half":"#
        var announced: Int? = 100
        let head: String
        let body: String

        var testDescription: String { "\(version) \(ending) \(half) of \(announced.map(String.init) ?? "chunks")" }
    }

    private static let envelope = #"{"httpStatus":"Internal Server Error","httpStatusCode":500,"status":"ERROR""#
    private static let closed = #","message":"Connection prematurely closed DURING response"}"#
    private static let typed = "HTTP/1.1 200 \r\nContent-Type: application/json;charset=UTF-8\r\n"
    private static let failed =
        "HTTP/1.1 500 \r\nCache-Control: no-cache, private\r\nContent-Type: application/json\r\n"
    private static let extraction =
        #"{"httpStatus":"Service Unavailable","httpStatusCode":503,"status":"ERROR","message":"Error while extracting "#
        + "response for type [class [B] and content type [application/json]; nested exception is "
    private static let unavailable =
        "HTTP/1.1 503 \r\nCache-Control: no-cache, private\r\nContent-Type: application/json;charset=UTF-8\r\n"

    private static let cases = [
        Case(
            version: "2.41.9.1",
            ending: .closes,
            head: unavailable,
            body: extraction + "org.apache.http.ConnectionClosedException: Premature end of Content-Length delimited "
                + #"message body (expected: 100; received: 8)"}"#
        ),
        Case(
            version: "2.41.9.1",
            ending: .resets,
            head: unavailable,
            body: extraction + #"java.net.SocketException: Connection reset"}"#
        ),
        Case(
            version: "2.41.9.1",
            ending: .closes,
            half: "",
            announced: nil,
            head: unavailable,
            body: extraction + "org.apache.http.ConnectionClosedException: Premature end of chunk coded message body: "
                + #"closing chunk expected"}"#
        ),
        Case(
            version: "2.42.5.2",
            ending: .closes,
            head: typed,
            body: #"{"half":\#(envelope),"message":"Conne"#
        ),
        Case(version: "2.42.5.2", ending: .resets, head: typed, body: #"{"half":\#(envelope),"message":"recvA"#),
        Case(version: "2.43.1", ending: .resets, head: typed, body: #"{"half":\#(envelope),"message":"io_ur"#),
        Case(version: "2.43.1", ending: .stalls, head: typed, body: #"{"half":\#(envelope)}"#),
        Case(version: "2.43.1", ending: .closes, announced: 142, head: typed, body: #"{"half":\#(envelope)\#(closed)"#),
        Case(version: "2.43.1", ending: .closes, announced: 20, head: typed, body: #"{"half":{"httpStatus"#),
        Case(version: "2.43.1", ending: .closes, announced: 5, head: typed, body: #"{"hal"#),
        Case(
            version: "2.43.1",
            ending: .closes,
            announced: 1000,
            head: typed,
            body: #"{"half":\#(envelope)\#(closed)"#
        ),
        Case(version: "2.43.1", ending: .closes, announced: nil, head: typed, body: #"{"half":\#(envelope)\#(closed)"#),
        Case(
            version: "2.43.1",
            ending: .closes,
            half: "",
            announced: 60,
            head: typed,
            body: String(envelope.prefix(60))
        ),
        Case(
            version: "2.44.0-SNAPSHOT",
            ending: .closes,
            head: failed,
            body: #"{"half":\#(envelope)\#(closed)"#
        ),
        Case(
            version: "2.44.0-SNAPSHOT",
            ending: .resets,
            head: failed,
            body:
                #"{"half":\#(envelope),"message":"io_uring read(..) failed with error(-104): Connection reset by peer"}"#
        ),
        Case(version: "2.44.0-SNAPSHOT", ending: .stalls, head: failed, body: #"{"half":\#(envelope)}"#),
        Case(
            version: "2.44.0-SNAPSHOT",
            ending: .closes,
            half: "<html>",
            announced: nil,
            head: failed,
            body: "<html>\(envelope)\(closed)"
        ),
    ]

    private static func configuration(_ expected: Case, timeLimit: Int = 1) throws -> SimulatorConfiguration {
        var configuration = try SimulatorConfiguration.version(expected.version)
        let part = UpstreamReply(headers: ["Content-Type": "application/json"], body: Array(expected.half.utf8))
        let broken = BrokenUpstreamReply(part, announcedLength: expected.announced, ending: expected.ending)
        configuration.changeRoute("health") {
            $0.upstream = .failing(.brokeOff(broken))
            $0.responseTimeoutSeconds = timeLimit
        }
        return configuration
    }

    @Test(arguments: cases)
    func answersAsRecorded(expected: Case) throws {
        let reply = SimulatedInstance(try Self.configuration(expected)).get("/api/routes/health/run")
        let head = String(decoding: reply.head(SimulatedReply.Manner()), as: UTF8.self)
        #expect(head.hasPrefix(expected.head), "\(head)")
        #expect(reply.bodyText == expected.body)
        #expect(reply.delay == (expected.ending == .stalls ? .seconds(1) : .zero))
        let length = reply.body.count
        switch expected.version.prefix(4) {
        case "2.41": #expect(reply.framing == .chunked)
        case "2.44": #expect(head.contains("\r\nContent-Length: \(length)\r\n"))
        default:
            #expect(head.contains("Content-Length:") == (expected.announced != nil))
            if let announced = expected.announced {
                #expect(head.contains("\r\nContent-Length: \(announced)\r\n"))
                #expect(length <= announced)
            }
        }
        #expect(reply.headers["X-Content-Type-Options"] == "nosniff")
    }

    @Test(arguments: cases.filter { $0.version == "2.43.1" })
    func saysNothingMoreWhereBytesAreMissing(expected: Case) throws {
        let reply = SimulatedInstance(try Self.configuration(expected)).get("/api/routes/health/run")
        let isShort = reply.body.count < expected.announced ?? 0
        #expect(reply.steps().dropFirst() == (isShort ? [.hang] : []))
        #expect(reply.steps(SimulatedReply.Manner(closes: true)).last == .close)
        #expect(reply.steps(SimulatedReply.Manner(omitsBody: true)).count == 1)
    }

    @Test(arguments: cases)
    func answersHEADWhole(expected: Case) throws {
        let reply = SimulatedInstance(try Self.configuration(expected)).get("/api/routes/health/run", method: "HEAD")
        #expect(reply.status == 200)
        guard let announced = expected.announced else { return }
        let head = String(decoding: reply.head(SimulatedReply.Manner(omitsBody: true)), as: UTF8.self)
        // 2.44 tells HEAD no length.
        let isTold = !expected.version.hasPrefix("2.44")
        #expect(head.contains("\r\nContent-Length: \(announced)\r\n") == isTold)
        #expect(isTold || !head.contains("Content-Length") && !head.contains("Transfer-Encoding"))
    }

    @Test func arrivesOverASocket() async throws {
        let expected = Case(version: "2.43.1", ending: .resets, head: "", body: "")
        try await DHIS2Simulator.with(try Self.configuration(expected)) { simulator in
            let client = try RawConnection(port: simulator.port)
            client.write(
                RawConnection.request("/api/routes/health/run") + RawConnection.request("/api/ping", close: true)
            )
            let text = client.read().text
            #expect(text.contains(#"{"half":\#(Self.envelope),"message":"io_urHTTP/1.1 200 "#))
        }
    }

    @Test func endsShortOverASocket() async throws {
        let expected = Case(version: "2.43.1", ending: .closes, announced: 500, head: "", body: "")
        try await DHIS2Simulator.with(try Self.configuration(expected)) { simulator in
            let kept = try SocketClient(port: simulator.port)
            kept.write(RawConnection.request("/api/routes/health/run") + RawConnection.request("/api/me"))
            #expect(kept.read(until: Self.closed).ending == .silent)
            let closing = try RawConnection(port: simulator.port)
            closing.write(RawConnection.request("/api/routes/health/run", close: true))
            let answer = closing.read()
            #expect(answer.ending == .closed)
            #expect(answer.text.body == #"{"half":\#(Self.envelope)\#(Self.closed)"#)
            #expect(simulator.requestCount == 2)
        }
    }

    @Test func timesOutWhereTheTargetBeginsTooLate() throws {
        var configuration = SimulatorConfiguration.standard
        let part = UpstreamReply(body: Array("x".utf8), delay: .seconds(9))
        configuration.changeRoute("health") {
            $0.upstream = .failing(.brokeOff(BrokenUpstreamReply(part, announcedLength: 2)))
        }
        let reply = SimulatedInstance(configuration).get("/api/routes/health/run")
        #expect(reply.status == 504)
        #expect(reply.delay == .seconds(5))
    }
}
