extension SimulatorConfiguration {
    /// What the wildcard route `chap` answers, by sub-path.
    static var chapReplies: [String: UpstreamReply] {
        [
            "": json(#"{"name":"chap","version":"1.4.0"}"#),
            "health": json(#"{"status":"success","message":"healthy"}"#),
            "v1/models": json(#"{"models":[{"id":1,"name":"naive"},{"id":2,"name":"ewars"}]}"#),
            "v1/jobs": json(#"{"jobs":[]}"#),
        ]
    }

    /// A FHIR R4 search set of about 2 KB.
    static var fhirBundle: String {
        let entries = (1...8).map { number -> JSONText in
            .object([
                ("fullUrl", .string("https://fhir.example.org/fhir/Patient/\(number)")),
                (
                    "resource",
                    .object([
                        ("resourceType", .string("Patient")),
                        ("id", .string(String(number))),
                        ("active", .bool(number != 3)),
                        (
                            "name",
                            .array([
                                .object([
                                    ("use", .string("official")),
                                    ("family", .string("Example \(number)")),
                                    ("given", .array([.string("Test")])),
                                ])
                            ])
                        ),
                        ("gender", .string(number.isMultiple(of: 2) ? "female" : "male")),
                        ("birthDate", .string("198\(number)-01-01")),
                    ])
                ),
            ])
        }
        return JSONText.object([
            ("resourceType", .string("Bundle")),
            ("type", .string("searchset")),
            ("total", .number(entries.count)),
            ("entry", .array(entries)),
        ]).text
    }

    static let htmlPage = "<!doctype html>\n<title>Upstream</title>\n<h1>It works</h1>\n"

    /// 2 MiB of JSON, more than a client keeps by default.
    static let largeReply = UpstreamReply(
        headers: ["Content-Type": "application/json"],
        body: Array(#"{"data":""#.utf8) + Array(repeating: UInt8(ascii: "x"), count: 2 << 20) + Array(#""}"#.utf8)
    )

    static var stalledReply: UpstreamReply {
        var reply = json(#"{"data":"this sentence ends before its time"}"#)
        reply.stallsInBody = true
        return reply
    }

    private static func json(_ text: String) -> UpstreamReply {
        UpstreamReply(headers: ["Content-Type": "application/json"], body: Array(text.utf8))
    }
}
