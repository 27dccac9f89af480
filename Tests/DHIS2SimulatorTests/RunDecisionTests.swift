import DHIS2Simulator
import Testing

@Suite struct RunDecisionTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let era: SimulatedEra
        let target: String
        let status: Int
        let body: String

        init(_ era: SimulatedEra, _ target: String, _ status: Int, _ body: String) {
            self.era = era
            self.target = target
            self.status = status
            self.body = body
        }

        var testDescription: String { "\(era) \(target)" }
    }

    static func envelope(_ phrase: String, _ status: Int, _ message: String, code: String? = nil) -> String {
        let start = #"{"httpStatus":"\#(phrase)","httpStatusCode":\#(status),"status":"ERROR","message":"\#(message)""#
        return start + (code.map { #","errorCode":"\#($0)"}"# } ?? "}")
    }

    @Test(arguments: [
        Case(
            .b,
            "nope/run",
            404,
            envelope("Not Found", 404, "Route nope not found", code: "E1005")
        ),
        Case(
            .d,
            "nope/run",
            404,
            envelope("Not Found", 404, "Route not found: 'nope'", code: "E1005")
        ),
        Case(
            .e,
            "disabled/run",
            404,
            envelope("Not Found", 404, "Route not found: 'disabled'", code: "E1005")
        ),
        Case(
            .d,
            "DisabledR20/run",
            404,
            envelope("Not Found", 404, "Route not found: 'DisabledR20'", code: "E1005")
        ),
        Case(
            .b,
            "forbidden/run",
            403,
            envelope("Forbidden", 403, "User not authorized", code: "E1006")
        ),
        Case(
            .d,
            "forbidden/run",
            403,
            envelope("Forbidden", 403, "User not authorized to execute route", code: "E1006")
        ),
        Case(.d, "private/run", 200, #"{"status":"UP"}"#),
        Case(.b, "not-allowed/run", 200, "{}"),
        Case(.d, "not-allowed/run", 503, ""),
        Case(.e, "not-allowed/run", 502, envelope("Bad Gateway", 502, "An unexpected error occurred")),
        Case(.b, "broken-auth/run", 200, "{}"),
        Case(.d, "broken-auth/run", 502, envelope("Bad Gateway", 502, "An error occurred during authentication")),
        Case(
            .b,
            "health/run/x",
            400,
            envelope("Bad Request", 400, "Route '1000' does not allow sub-paths", code: "E1003")
        ),
        Case(.d, "health/run/x", 502, envelope("Bad Gateway", 502, "Route '1000' does not allow sub-paths")),
        Case(.d, "health/run/", 502, envelope("Bad Gateway", 502, "Route '1000' does not allow sub-paths")),
        Case(.d, "health/run", 200, #"{"status":"UP"}"#),
        Case(.d, "HealthRt001/run", 200, #"{"status":"UP"}"#),
        Case(.d, "chap/run/health", 200, #"{"status":"success","message":"healthy"}"#),
        Case(.d, "chap/run", 200, #"{"name":"chap","version":"1.4.0"}"#),
        Case(.d, "chap/run/", 200, #"{"name":"chap","version":"1.4.0"}"#),
        Case(.d, "chap/run/nowhere", 404, #"{"detail":"Not Found"}"#),
        Case(.d, "empty/run", 204, ""),
        Case(.d, "failing/run", 500, #"{"error":"database is down"}"#),
        Case(.d, "unauthorized/run", 401, #"{"detail":"token missing"}"#),
    ])
    func decidesInTheOrderOfTheRouteLayer(_ expected: Case) {
        let reply = SimulatedInstance(.standard(expected.era)).get("/api/routes/" + expected.target)
        #expect(reply.status == expected.status)
        #expect(reply.bodyText == expected.body)
    }

    @Test(arguments: [
        Case(
            .b,
            "unreachable/run",
            503,
            envelope(
                "Service Unavailable",
                503,
                #"I/O error on GET request for \"https://unreachable.example.org/\": Connect to "#
                    + "unreachable.example.org:443 [unreachable.example.org/203.0.113.10] failed: Connection refused; "
                    + "nested exception is org.apache.http.conn.HttpHostConnectException: Connect to "
                    + "unreachable.example.org:443 [unreachable.example.org/203.0.113.10] failed: Connection refused"
            )
        ),
        Case(
            .d,
            "unreachable/run",
            500,
            envelope(
                "Internal Server Error",
                500,
                "finishConnect(..) failed with error(-111): Connection refused: "
                    + "unreachable.example.org/203.0.113.10:443"
            )
        ),
        Case(
            .d,
            "unresolvable/run",
            500,
            envelope(
                "Internal Server Error",
                500,
                "Failed to resolve 'unresolvable.example.org' [A(1), AAAA(28)] after 2 queries "
            )
        ),
        Case(
            .e,
            "untrusted/run",
            500,
            envelope(
                "Internal Server Error",
                500,
                "PKIX path building failed: sun.security.provider.certpath.SunCertPathBuilderException: "
                    + "unable to find valid certification path to requested target"
            )
        ),
        Case(
            .d,
            "resetting/run",
            500,
            envelope(
                "Internal Server Error",
                500,
                "recvAddress(..) failed with error(-104): Connection reset by peer"
            )
        ),
        Case(.d, "too-slow/run", 504, ""),
        Case(
            .b,
            "too-slow/run?secret=1",
            503,
            envelope(
                "Service Unavailable",
                503,
                #"I/O error on GET request for \"https://too-slow.example.org/late\": Read timed out; "#
                    + "nested exception is java.net.SocketTimeoutException: Read timed out"
            )
        ),
        Case(
            .b,
            "stalled/run",
            503,
            envelope(
                "Service Unavailable",
                503,
                #"I/O error on GET request for \"https://stalled.example.org/stalled\": Read timed out; "#
                    + "nested exception is java.net.SocketTimeoutException: Read timed out"
            )
        ),
    ])
    func tellsOfUnreachableUpstreamsAsEachEraDoes(_ expected: Case) {
        let reply = SimulatedInstance(.standard(expected.era)).get("/api/routes/" + expected.target)
        #expect(reply.status == expected.status)
        #expect(reply.bodyText == expected.body)
    }

    @Test func timesOutAfterTheRoutesOwnTime() {
        let instance = SimulatedInstance(.standard(.d))
        #expect(instance.get("/api/routes/too-slow/run").delay == .seconds(1))
        #expect(instance.get("/api/routes/slow/run").delay == .milliseconds(600))

        let slow = SimulatorConfiguration.route(.d, upstream: .text("late", delay: .seconds(6)))
        let reply = SimulatedInstance(slow).get("/api/routes/up/run")
        #expect(reply.status == 504)
        #expect(reply.delay == .seconds(5))
    }

    @Test func passesRedirectsOnWithoutLocationAndOnlyTheOldEraFollows() {
        let new = SimulatedInstance(.standard(.d)).get("/api/routes/moved/run")
        #expect(new.status == 302)
        #expect(!new.headers.contains("Location"))
        let old = SimulatedInstance(.standard(.b))
        #expect(old.get("/api/routes/moved/run").bodyText == "moved\n")
        #expect(old.get("/api/routes/moved/run", method: "POST").status == 302)
    }

    @Test(arguments: [(SimulatedEra.b, SimulatedReply.Framing.length), (.d, .chunked), (.e, .length)])
    func unpacksCompressedAnswers(era: SimulatedEra, framing: SimulatedReply.Framing) {
        let reply = SimulatedInstance(.standard(era)).get("/api/routes/compressed/run")
        #expect(reply.framing == framing)
        #expect(!reply.headers.contains("Content-Encoding"))
        #expect(reply.bodyText == #"{"compressed":true}"#)
    }

    @Test func sendsHalfOfABodyThatStalls() {
        let reply = SimulatedInstance(.standard(.d)).get("/api/routes/stalled/run")
        #expect(reply.status == 200)
        #expect(reply.framing == .stalled(.seconds(1)))
    }

    @Test(arguments: [("GET", 200), ("HEAD", 200), ("POST", 200), ("PUT", 200), ("PATCH", 200), ("DELETE", 200)])
    func runsWithTheMethodsOfHTTP(method: String, status: Int) {
        let reply = SimulatedInstance(.standard(.d)).get("/api/routes/echo/run", method: method)
        #expect(reply.status == status)
        #expect(reply.bodyText.hasPrefix(#"{"method":"\#(method)""#))
    }

    @Test func tellsItsMethodsWithoutCallingTheTarget() {
        let upstream = SimulatedUpstream { _ in
            Issue.record("the target was called")
            return .failure(.refused)
        }
        let reply = SimulatedInstance(.route(.d, upstream: upstream)).get("/api/routes/up/run", method: "OPTIONS")
        #expect(reply.status == 200)
        #expect(reply.headers["Allow"] == "GET,HEAD,POST,PUT,DELETE,PATCH,OPTIONS")
        #expect(reply.headers["Accept-Patch"] == "")
        #expect(reply.body.isEmpty)
    }

    @Test(arguments: [
        ("/api/42/routes/health/run", 200), ("/api/28/routes/health/run", 200),
        ("/api/43/routes/health/run", 404), ("/api/27/routes/health/run", 404), ("/api/42/ping", 200),
    ])
    func takesVersionsInThePathUpToItsOwn(target: String, status: Int) {
        #expect(SimulatedInstance(.standard(.d)).get(target).status == status)
    }
}
