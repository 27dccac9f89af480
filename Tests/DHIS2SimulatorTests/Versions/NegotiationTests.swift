import Testing

@testable import DHIS2Simulator

/// When DHIS2 can write an error of its own, as what, and what comes where it cannot.
@Suite struct NegotiationTests {
    private static let refused = "http://127.0.0.1:9/**"

    private static func instance(_ version: String) throws -> SimulatedInstance {
        try OwnAnswerTests.instance(version) {
            $0.changeRoute("unreachable") { $0.url = refused }
        }
    }

    @Test(arguments: [
        ("xml", false, false), ("csv", false, false), ("png", false, false), ("pdf", false, false),
        ("xls", false, false), ("xlsx", false, false), ("geojson", false, false), ("jsonp", false, false),
        ("CSV", false, false), ("json", true, false), ("txt", true, false), ("svg", true, false), ("jpg", true, false),
        ("html", true, true), ("js", true, true), ("css", true, true), ("gz", true, true), ("yaml", true, true),
        ("docx", true, true),
    ])
    func theEndOfThePathDecides(ending: String, isWritten: Bool, isDownload: Bool) throws {
        for version in OwnAnswerTests.versions {
            let reply = try Self.instance(version).get("/api/routes/unreachable/run/a.\(ending)")
            #expect(reply.status == (isWritten && version.hasPrefix("2.41") ? 503 : 500))
            #expect(reply.headers["Content-Type"]?.hasPrefix(isWritten ? "application/json" : "text/html") == true)
            #expect(reply.headers["Content-Disposition"] == (isDownload ? "inline;filename=f.txt" : nil))
            #expect(reply.headers["X-Content-Type-Options"] == "nosniff")
        }
        let inTheMiddle = try Self.instance("2.43.1").get("/api/routes/unreachable/run/x.\(ending)/y")
        #expect(inTheMiddle.headers["Content-Type"] == "application/json")
    }

    @Test(
        arguments: [
            ("application/json, */*;q=0.5", "application/json"), ("*/*", "application/json"), ("", "application/json"),
            ("application/*", "application/json"), ("application/geo+json", "application/geo+json"),
            ("application/json;q=0.1, text/csv", "application/json"), ("text/csv, */*;q=0.1", "application/json"),
            ("application/geo+json;q=0.2, application/json", "application/json"), ("text/csv", nil), ("text/html", nil),
            ("application/xml", nil), ("image/png", nil), ("application/json;q=0", nil),
        ] as [(String, String?)]
    )
    func writesTheTypeThatIsWantedMost(accept: String, type: String?) throws {
        let headers: HeaderList = accept.isEmpty ? [:] : ["Accept": accept]
        let reply = try Self.instance("2.43.1").get("/api/routes/nope/run", headers: headers)
        #expect(reply.status == (type == nil ? 500 : 404))
        #expect(reply.headers["Content-Type"] == type ?? "text/html;charset=utf-8")
        let old = try Self.instance("2.41.9.1").get("/api/routes/nope/run", headers: headers)
        #expect(old.headers["Content-Type"] == type.map { $0 + ";charset=UTF-8" } ?? "text/html;charset=utf-8")
    }

    @Test(arguments: [
        (
            "2.41.9.1", "nope/run",
            "Request processing failed; nested exception is org.hisp.dhis.feedback.NotFoundException: "
                + "Route nope not found"
        ),
        (
            "2.43.1", "nope/run",
            "Request processing failed: org.hisp.dhis.feedback.NotFoundException: Route not found: &#39;nope&#39;"
        ),
        (
            "2.41.9.1", "unreachable/run/x",
            "Request processing failed; nested exception is org.springframework.web.client.ResourceAccessException: "
                + "I&#47;O error on GET request for &quot;http:&#47;&#47;127.0.0.1:9&#47;x&quot;: Connect to "
                + "127.0.0.1:9 [&#47;127.0.0.1] failed: Connection refused; nested exception is "
                + "org.apache.http.conn.HttpHostConnectException: Connect to 127.0.0.1:9 [&#47;127.0.0.1] failed: "
                + "Connection refused"
        ),
        (
            "2.44.0-SNAPSHOT", "unreachable/run/x",
            "Request processing failed: org.springframework.web.reactive.function.client.WebClientRequestException: "
                + "io_uring connect(..) failed with error(-111): Connection refused"
        ),
    ])
    func thePageNamesTheCause(version: String, target: String, message: String) throws {
        let reply = try Self.instance(version).get("/api/routes/" + target, headers: ["Accept": "text/csv"])
        #expect(reply.status == 500)
        #expect(reply.framing == .chunked)
        #expect(reply.headers["Content-Language"] == "en")
        #expect(!reply.headers.contains("Cache-Control"))
        #expect(reply.bodyText.contains("<p><b>Type</b> Exception Report</p><p><b>Message</b> \(message)</p>"))
    }

    @Test(arguments: OwnAnswerTests.versions)
    func aRefusedTokenHasNoBodyWhereJSONIsNotWanted(version: String) throws {
        let reply = try Self.instance(version).get(
            "/api/me",
            headers: ["Accept": "text/csv"],
            token: SimulatorConfiguration.unknownToken
        )
        #expect(reply.status == 401)
        #expect(reply.headers["WWW-Authenticate"] == "ApiToken")
        #expect(!reply.headers.contains("Content-Type"))
        #expect(reply.body.isEmpty && reply.framing == .length)
    }

    @Test(arguments: OwnAnswerTests.versions)
    func guardsTheTargetsBytesOn241Only(version: String) throws {
        let reply = try OwnAnswerTests.instance(version).get("/api/routes/echo/run/a.hidden")
        #expect(reply.headers["Content-Disposition"] == (version.hasPrefix("2.41") ? "inline;filename=f.txt" : nil))
    }
}
