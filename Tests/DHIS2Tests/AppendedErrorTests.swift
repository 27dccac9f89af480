import DHIS2
import HTTPVocabulary
import Testing

/// Answers that a target broke off, as DHIS2 passes them on, and those that only look like it.
@Suite struct AppendedErrorTests {
    private static let marks: [(String, String)] = [
        ("Content-Security-Policy", "frame-ancestors 'self';"), ("X-Content-Type-Options", "nosniff"),
        ("Content-Type", "application/json;charset=UTF-8"),
    ]
    private static let envelope = #"{"httpStatus":"Internal Server Error","httpStatusCode":500,"status":"ERROR"}"#
    private static let reset =
        #"{"httpStatus":"Internal Server Error","httpStatusCode":500,"status":"ERROR","message":"recvAddress(..) failed with "#
        + #"error(-104): Connection reset by peer"}"#

    private static func exchange(_ status: Int, _ body: String, isMarked: Bool = true) -> HTTPExchange {
        let fields = isMarked ? marks : [("Content-Type", "application/json")]
        return HTTPExchange(
            statusCode: status,
            headerSection: Array(fields.map { "\($0): \($1)\r\n" }.joined().utf8),
            body: Array(body.utf8)
        )
    }

    private static func origin(
        _ status: Int,
        _ body: String,
        version: String = "2.43.1",
        marksArrive: Bool? = true,
        isMarked: Bool = true
    ) throws -> ResponseOrigin {
        let context = OriginContext(
            code: "chap",
            server: try BaseURL("http://dhis2.example.org"),
            version: ServerVersion(version),
            preflight: PreflightKnowledge(
                marks: marksArrive.map { $0 ? .securityHeaders : [] },
                credentialsAccepted: true
            )
        )
        return ResponseOrigin(of: exchange(status, body, isMarked: isMarked), in: context)
    }

    private static let broken: [(status: Int, body: String)] = [
        // Cut at the length that the target had announced (2.42.5.2, 2.43.1).
        (200, #"{"half":{"httpStatus":"Internal Server Error","httpStatusCode":500,"status":"ERROR","message":"io_ur"#),
        (200, #"{"half":{"httpStatus":"Internal Server Error","httpStatusCode":500,"status":"ERROR","message":"Conne"#),
        // A stall ends short of it.
        (200, #"{"half":\#(envelope)"#), (201, "[1,2,\(envelope)"), (404, #"{"half":\#(reset)"#), (500, "x\(reset)"),
        // The whole error under a status of DHIS2's own (2.44).
        (500, #"{"half":\#(reset)"#),
        // Less and less of it, as far as it can be told.
        (200, #"[1,{"httpStatus":"Internal Server Error","httpStatusCode":500,"status":"ERR"#),
        (200, #"[1,{"httpStatus":"Internal Server Error","httpStatusCode":500,"#),
        (200, #"[1,{"httpStatus":"Internal Server Error","httpStatusCode":5"#),
        (200, #"[1,{"httpStatus":"Internal Server Error","httpSt"#), (200, #"[1,{"httpStatus":"Internal Server Error"#),
        (200, #"[1,{"httpStatus":"Int"#), (200, #"[1,{"httpStatus":""#),
        (200, "plain text, and then \(envelope)"), (200, "<html><body>half\(envelope)"),
        (200, #"{"a":"\#(envelope)"#), (200, #"{"a":"\"\#(envelope)"#),
        (200, #"x{"httpStatus":"A \"quoted\" error","httpStatusCode":500,"status":"ERROR","message":"a \"b\\"}"#),
        (
            200,
            #"x{"httpStatus":"E","httpStatusCode":500,"status":"ERROR","message":"m","response":{"a":[1,{"b":"}"}]}}"#
        ),
    ]

    @Test(arguments: broken)
    func breaksOff(status: Int, body: String) throws {
        for version in ["2.42.5", "2.43.1", "2.44"] {
            let origin = try Self.origin(status, body, version: version)
            #expect(origin.reason == .targetBrokeOff)
            #expect(origin.layer == .upstream)
            #expect(origin.isNoAnswer)
        }
        // Also where a proxy takes DHIS2's marks away.
        #expect(try Self.origin(status, body, marksArrive: false, isMarked: false).reason == .targetBrokeOff)
    }

    /// Before 2.42 DHIS2 reads bodies whole, so that what a body ends with is the target's.
    @Test func oldServersAppendNothing() throws {
        #expect(try Self.origin(200, "x\(Self.envelope)", version: "2.41.9.1").reason == .answered)
    }

    private static let whole: [(status: Int, body: String)] = [
        // Nothing but an error, whole or cut.
        (500, envelope), (500, reset), (200, envelope), (500, #"{"httpStatus":"Internal Server Err"#),
        // Too little to tell.
        (200, #"[1,{"httpStatus":"#), (200, #"[1,{"httpStat"#), (200, "[1,{"), (200, ""), (200, "{}"), (200, "x"),
        // An error that a target's own answer holds: something follows.
        (200, #"{"error":\#(envelope)}"#), (200, "[\(envelope)]"), (200, "[\(envelope),\(envelope)]"),
        (200, envelope + "\n\(envelope)" + "\n"), (200, "<pre>\(envelope)</pre>"),
        // One that is quoted in a text of JSON.
        (200, #"{"log":"{\"httpStatus\":\"Not Found\",\"httpStatusCode\":404,\"status\":\"ERROR\"}"}"#),
        (200, #"["{\"httpStatus\":\""]"#), (200, #""{\"httpStatus\":\"Not Found\"}""#),
        // An answer that a target has written so itself: DHIS2 appends nothing but a 500.
        (200, "\n\(envelope)"), (404, " \(envelope)"), (200, "\u{FEFF}\(envelope)"),
        (200, #"{"line":1}{"httpStatus":"OK","httpStatusCode":200,"status":"OK","message":"done"}"#),
        (200, #"x{"httpStatus":"Bad Gateway","httpStatusCode":502,"status":"ERROR"}"#),
        (200, #"x{"httpStatus":"E","httpStatusCode":500,"status":"OK"}"#),
        (200, #"[1,{"httpStatus":"E","httpStatusCode":4"#),
        // Something else that begins so.
        (200, #"[1,{"httpStatus":"x","other":1}"#), (200, #"[1,{"httpStatus":"","httpStatusCode":1,"status":"E"}"#),
        (200, #"x{"httpStatus":"a","httpStatusCode":1,"state":"E"}"#), (200, #"x{"httpStatus":200}"#),
    ]

    @Test(arguments: whole)
    func isJudgedAsBefore(status: Int, body: String) throws {
        let origin = try Self.origin(status, body)
        #expect(origin.reason != .targetBrokeOff)
        #expect(!origin.isNoAnswer)
    }

    @Test func whatDidNotPassThroughDHIS2HasNothingOfItAppended() throws {
        let origin = try Self.origin(200, "x" + Self.envelope, marksArrive: true, isMarked: false)
        #expect(origin.layer == .proxy)
    }

    @Test(arguments: [
        "java.net.SocketException: Connection reset",
        "org.apache.http.ConnectionClosedException: Premature end of Content-Length delimited message body",
    ])
    func saysSoOfOldServers(cause: String) throws {
        let message =
            "Error while extracting response for type [class [B] and content type [application/json]; nested exception is "
        let body =
            #"{"httpStatus":"Service Unavailable","httpStatusCode":503,"status":"ERROR","message":"\#(message)\#(cause)"}"#
        let origin = try Self.origin(503, body, version: "2.41.9")
        #expect(origin.reason == .targetBrokeOff)
        #expect(
            origin.sentence
                == "The target of the route \"chap\" broke off in the middle of its answer: \(cause)"
        )
    }

    @Test func saysWhatHappened() throws {
        #expect(
            try Self.origin(200, #"{"half":"# + Self.reset).sentence == """
                The target of the route "chap" broke off in the middle of its answer (200); DHIS2 2.43.1 passed on what it \
                had and appended an error of its own: recvAddress(..) failed with error(-104): Connection reset by peer
                """
        )
    }

    /// A body of which only the beginning is kept is known by its end.
    @Test(arguments: [0, 1, 100_000])
    func looksAtTheEndOfWhatIsNotKept(kept: Int) throws {
        let body = Array((String(repeating: "1,", count: 100_000) + Self.reset).utf8)
        var exchange = Self.exchange(200, "")
        exchange.body = Array(body.prefix(kept))
        exchange.bodySize = body.count
        exchange.truncatedEnd = body.suffix(HTTPExchange.longestEnd)
        let context = OriginContext(code: "chap", server: try BaseURL("http://dhis2.example.org"))
        #expect(ResponseOrigin(of: exchange, in: context).reason == .targetBrokeOff)
    }

    /// A connection that nothing more comes from, or that closes early, after DHIS2 has appended its error.
    @Test(arguments: [TransportError.Code.timeout, .reset, .protocolViolation])
    func isKnownWhereTheAnswerNeverEnds(code: TransportError.Code) throws {
        let context = OriginContext(code: "chap", server: try BaseURL("http://dhis2.example.org"))
        let broken = TransportError(code, message: "x", begunAnswer: Self.exchange(200, #"{"half":"# + Self.envelope))
        #expect(ResponseOrigin(of: broken, in: context).reason == .targetBrokeOff)
        let cut = TransportError(code, message: "x", begunAnswer: Self.exchange(200, #"{"half":"#))
        #expect(ResponseOrigin(of: cut, in: context).reason != .targetBrokeOff)
    }

    /// Any half of any error that has begun, after any bytes.
    @Test func anyCutIsFound() throws {
        let bytes = Array(Self.reset)
        for count in 15...bytes.count {
            let body = #"{"half":"# + String(bytes.prefix(count))
            #expect(try Self.origin(200, body).reason == .targetBrokeOff, "\(count)")
        }
    }
}
