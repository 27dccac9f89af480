import Testing

@testable import DHIS2Simulator

/// What DHIS2 says of a target that gave no answer, in the words of the HTTP client that its version has.
@Suite struct TargetFailureTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let failure: UpstreamFailure
        /// On 2.41, after the address of the request.
        let old: String
        /// On 2.43, with its default transport.
        let new: String

        var testDescription: String { "\(failure)" }
    }

    private static let cases = [
        Case(
            failure: .refused,
            old: "Connect to 192.0.2.1:81 [/192.0.2.1] failed: Connection refused; nested exception is "
                + "org.apache.http.conn.HttpHostConnectException: Connect to 192.0.2.1:81 [/192.0.2.1] failed: "
                + "Connection refused",
            new: "io_uring connect(..) failed with error(-111): Connection refused"
        ),
        Case(
            failure: .unresolvable,
            old: "192.0.2.1: Name or service not known; nested exception is java.net.UnknownHostException: 192.0.2.1: "
                + "Name or service not known",
            new: "Failed to resolve '192.0.2.1' [A(1), AAAA(28)] after 2 queries "
        ),
        Case(
            failure: .reset,
            old: "Connection reset; nested exception is java.net.SocketException: Connection reset",
            new: "io_uring read(..) failed with error(-104): Connection reset by peer"
        ),
        Case(
            failure: .closes,
            old: "192.0.2.1:81 failed to respond; nested exception is org.apache.http.NoHttpResponseException: "
                + "192.0.2.1:81 failed to respond",
            new: "Connection prematurely closed BEFORE response"
        ),
        Case(
            failure: .badChunk(line: "zz"),
            old: "Bad chunk header: zz; nested exception is org.apache.http.MalformedChunkCodingException: "
                + "Bad chunk header: zz",
            new: "Invalid character in chunk size"
        ),
        Case(
            failure: .garbage(line: "SSH-2.0-OpenSSH_9.2p1 Debian"),
            old: "null; nested exception is org.apache.http.client.ClientProtocolException",
            new: "invalid version format: SSH-2.0-OPENSSH_9.2P1"
        ),
        Case(
            failure: .tlsTimeout,
            old: "Connect to 192.0.2.1:81 [/192.0.2.1] failed: Read timed out; nested exception is "
                + "org.apache.http.conn.ConnectTimeoutException: Connect to 192.0.2.1:81 [/192.0.2.1] failed: "
                + "Read timed out",
            new: "handshake timed out after 10000ms"
        ),
    ]

    private static func reply(
        _ version: String,
        _ upstream: SimulatedUpstream,
        _ transport: SimulatedTransport? = nil
    ) throws -> SimulatedReply {
        try OwnAnswerTests.instance(version) {
            $0.transport = transport
            $0.changeRoute("health") {
                $0.url = "http://192.0.2.1:81/**"
                $0.upstream = upstream
            }
        }.get("/api/routes/health/run/x?secret=1")
    }

    @Test(arguments: cases)
    func tellsWhatFailed(expected: Case) throws {
        let old = try Self.reply("2.41.9.1", .failing(expected.failure))
        let start = #"I/O error on GET request for \"http://192.0.2.1:81/x\": "#
        #expect(old.status == 503)
        #expect(old.bodyText == RunDecisionTests.envelope("Service Unavailable", 503, start + expected.old))
        for version in ["2.43.1", "2.44.0-SNAPSHOT"] {
            let new = try Self.reply(version, .failing(expected.failure))
            #expect(new.status == 500)
            #expect(new.bodyText == RunDecisionTests.envelope("Internal Server Error", 500, expected.new))
            #expect(new.headers["Content-Type"] == "application/json")
        }
    }

    @Test(
        arguments: [
            (
                "2.42.5.2", nil, "finishConnect(..) failed with error(-111): Connection refused: /192.0.2.1:81",
                "recvAddress(..) failed with error(-104): Connection reset by peer"
            ),
            (
                "2.43.1", .epoll, "finishConnect(..) failed with error(-111): Connection refused: /192.0.2.1:81",
                "recvAddress(..) failed with error(-104): Connection reset by peer"
            ),
            ("2.43.1", .nio, "Connection refused: /192.0.2.1:81", "Connection reset"),
        ] as [(String, SimulatedTransport?, String, String)]
    )
    func theTransportWordsIt(version: String, transport: SimulatedTransport?, refused: String, reset: String) throws {
        for (failure, message) in [(UpstreamFailure.refused, refused), (.reset, reset)] {
            let reply = try Self.reply(version, .failing(failure), transport)
            #expect(reply.bodyText == RunDecisionTests.envelope("Internal Server Error", 500, message))
        }
    }

    @Test func aHandshakeHasNettysTimeOrTheRoutes() throws {
        #expect(try Self.reply("2.41.9.1", .failing(.tlsTimeout)).delay == .seconds(5))
        #expect(try Self.reply("2.43.1", .failing(.tlsTimeout)).delay == .seconds(10))
    }

    // MARK: Redirects

    @Test func nameWhereARedirectLedTo() throws {
        let upstream = SimulatedUpstream.redirecting(
            to: "http://192.0.2.9:1/there",
            status: 307,
            headers: ["Content-Type": "text/plain"],
            followedTo: .failing(.refused)
        )
        let old = try Self.reply("2.41.9.1", upstream)
        let place = "Connect to 192.0.2.9:1 [/192.0.2.9] failed: Connection refused"
        #expect(
            old.bodyText
                == RunDecisionTests.envelope(
                    "Service Unavailable",
                    503,
                    #"I/O error on GET request for \"http://192.0.2.1:81/x\": \#(place); nested exception is "#
                        + "org.apache.http.conn.HttpHostConnectException: \(place)"
                )
        )
        let new = try Self.reply("2.43.1", upstream)
        #expect(new.status == 307)
        #expect(new.headers["Content-Type"] == "text/plain;charset=UTF-8")
        #expect(!new.headers.contains("Location"))
    }

    // MARK: Paths

    @Test(arguments: [
        ("a", "exact"), ("a/b", "wide"), ("a/bc", "wide"), ("a/b/c", "wider"), ("z", #"{"detail":"Not Found"}"#),
    ])
    func theLongestPatternThatFitsAnswers(path: String, body: String) {
        let upstream = SimulatedUpstream.paths([
            "a": .text("exact"), "a/*": .text("wide"), "a/*/c": .text("wider"), "a*": .text("widest"),
        ])
        let reply = SimulatedInstance(.route(.d, upstream: upstream)).get("/api/routes/up/run/" + path)
        #expect(reply.bodyText == body)
    }
}
