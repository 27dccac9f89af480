import Testing

@testable import DHIS2Simulator

/// What becomes of a body on its way to the target, as the echo route reports it.
@Suite struct ForwardedBodyTests {
    private static let form = "application/x-www-form-urlencoded"

    @Test(
        arguments: SimulatedEra.allCases,
        [
            ("POST", form, ""), ("POST", "\(form); charset=utf-8", ""),
            ("POST", "Application/X-WWW-Form-URLEncoded", ""),
            ("PUT", form, "a=1&b=2"), ("PATCH", form, "a=1&b=2"), ("POST", "text/plain", "a=1&b=2"),
            ("POST", "application/json; x=\(form)", "a=1&b=2"), ("POST", "", "a=1&b=2"),
        ]
    )
    func losesAFormThatIsPosted(era: SimulatedEra, sent: (method: String, type: String, reached: String)) {
        let reply = SimulatedInstance(.route(era)).get(
            "/api/routes/up/run",
            method: sent.method,
            headers: sent.type.isEmpty ? [:] : ["Content-Type": sent.type],
            body: "a=1&b=2"
        )
        #expect(reply.status == 200)
        #expect(reply.bodyText.hasSuffix(#""body":"\#(sent.reached)"}"#), "\(reply.bodyText)")
        let type = sent.type.isEmpty ? "" : #""content-type":["\#(sent.type)"]"#
        #expect(reply.bodyText.contains(type))
    }

    private static func request(_ type: String, _ body: String, method: String = "POST") -> SimulatedRequest {
        SimulatedRequest(method: method, target: "/", headers: ["Content-Type": type], body: Array(body.utf8))
    }

    /// The body that reaches the target, with an `X` for its boundary.
    private static func reached(_ type: String, _ body: String, _ era: SimulatedEra) throws -> String {
        let forwarded = try ForwardedBody(of: request(type, body), era: era)
        let start = "multipart/form-data;boundary="
        let newType = try #require(forwarded.contentType)
        #expect(newType.hasPrefix(start))
        return String(decoding: forwarded.bytes, as: UTF8.self).replacing(newType.dropFirst(start.count), with: "X")
    }

    private static let file =
        "--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\nhello\r\n--B--\r\n"

    @Test func writesAFileOnceUntil241() throws {
        let part =
            "Content-Disposition: form-data; name=\"f\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n"
            + "Content-Length: 5\r\n\r\nhello\r\n"
        #expect(try Self.reached("multipart/form-data; boundary=B", Self.file, .b) == "--X\r\n\(part)--X--\r\n")
    }

    @Test(arguments: [SimulatedEra.d, .e], ["multipart/form-data; boundary=B", "Multipart/Form-Data;Boundary=\"B\""])
    func writesEachFileTwiceFrom242On(era: SimulatedEra, type: String) throws {
        let field = "Content-Disposition: form-data; name=\"f\"\r\n\r\nhello\r\n"
        let file =
            "Content-Type: text/plain\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.txt\"\r\n\r\nhello\r\n"
        #expect(try Self.reached(type, Self.file, era) == "--X\r\n\(field)--X\r\n\(file)--X--\r\n")
    }

    @Test func writesFieldsOnce() throws {
        let body = "preamble\r\n--B\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n2\r\n" + Self.file
        let text = try Self.reached("multipart/form-data; boundary=B", body, .d)
        #expect(text.ranges(of: "name=\"a\"\r\n\r\n1\r\n2\r\n--X").count == 1)
        #expect(text.ranges(of: "name=\"f\"").count == 2)
    }

    @Test(arguments: [
        "", "--B", "--B--\r\n", "--B\r\n", "--B\r\nhello\r\n--B--", "--C\r\n\r\n\r\n--C--", "x--B\r\n\r\n\r\n--B--",
        "--B\r\nContent-Disposition: form-data\r\n\r\nx\r\n--B--", "--B\r\n--B\r\n--B--",
    ])
    func leavesOutWhatIsNoPart(body: String) throws {
        for era in SimulatedEra.allCases {
            #expect(try Self.reached("multipart/form-data; boundary=B", body, era) == "--X--\r\n")
        }
    }

    @Test func keepsBytesAndQuotes() throws {
        let disposition = "Content-Disposition: form-data; name=\"q\\\"x\"; filename=\"a;b.txt\""
        let body = Array("--B\r\n\(disposition)\r\n\r\n".utf8) + [0, 0xFF, 0x0D, 0x0A, 0x0D] + Array("\r\n--B--".utf8)
        let parts = MultipartPart.parts(of: body, boundary: "B")
        #expect(
            parts == [
                MultipartPart(name: "q\"x", filename: "a;b.txt", type: nil, content: [0, 0xFF, 0x0D, 0x0A, 0x0D])
            ]
        )
        let text = try Self.reached("multipart/form-data; boundary=B", "--B\r\n\(disposition)\r\n\r\n1\r\n--B--", .d)
        #expect(text.contains(disposition))
    }

    @Test(
        arguments: SimulatedEra.allCases,
        ["multipart/form-data", "multipart/mixed; boundary=", "multipart/form-data;x"]
    )
    func refusesPartsWithoutABoundary(era: SimulatedEra, type: String) {
        let reply = SimulatedInstance(.route(era)).get(
            "/api/routes/up/run",
            method: "POST",
            headers: ["Content-Type": type],
            body: Self.file
        )
        let message = "the request was rejected because no multipart boundary was found"
        #expect(reply.status == 500)
        #expect(reply.bodyText == RunDecisionTests.envelope("Internal Server Error", 500, message))
    }

    @Test func leavesPartsAloneThatAreNotPosted() throws {
        let request = Self.request("multipart/form-data; boundary=B", Self.file, method: "PUT")
        #expect(try ForwardedBody(of: request, era: .d).bytes == request.body)
    }
}

@Suite struct FieldParameterTests {
    @Test(arguments: [
        ("multipart/form-data; boundary=B", "B"), ("multipart/form-data;Boundary=\"a;b\"; x=y", "a;b"),
        ("m/f; boundary=\"a\\\"b\\\\\"", "a\"b\\"), ("m/f; x=\";boundary=C\"; boundary = D ", "D"),
        ("m/f; boundary=", ""), ("m/f; boundary=\"", "\""), ("m/f; boundary", nil), ("m/f", nil), ("", nil),
        ("m/f; boundary=B; boundary=C", "B"), ("boundary=B", nil), ("m/f; =x; boundary==", "="),
    ])
    func findsAParameter(value: String, boundary: String?) {
        #expect(FieldParameters(of: value)["boundary"] == boundary)
    }

    @Test(arguments: [
        ("Text/Plain", "text/plain"), (" a/b ; c=d", "a/b"), ("", ""), (";", ""), ("\"a;b\";c", "\"a;b\""),
    ])
    func tellsTheEssence(value: String, essence: String) {
        #expect(FieldParameters.essence(of: value) == essence)
    }
}
