internal import Checks

/// The keys of the map form of `expect`.
enum ExpectKeys {
    static let headers = Key<Expectation>(
        "headers",
        .headerExpectations,
        "What response header fields must be like.",
        into: { $0.headers = $1 }
    )

    static let section = Section<Expectation>([
        Key(
            "status",
            .status,
            default: .value("2xx"),
            "A status, a class, a range or a list of them.",
            into: { $0.status = $1 }
        ),
        Key(
            "from",
            .choice(aliases: ["target": "upstream", "route": "upstream", "server": "dhis2", "all": "any"]),
            default: .value("upstream"),
            "Which layer must have answered.",
            into: { (expectation: inout Expectation, origin: ExpectedOrigin) in expectation.from = origin }
        ),
        headers,
        Key(
            "content-type",
            .mediaType,
            "The media type, parameters ignored.",
            into: { $0.contentType = $1 }
        ),
        Key("body", .textMatcher, "What the body's text must be like.", into: { $0.body = $1 }),
        Key(
            "json",
            .jsonExpectations,
            "JSONPath (RFC 9535) to what the selected nodes must be like.",
            into: { $0.json = $1 }
        ),
        Key(
            "max-duration",
            .duration,
            "The longest time from the start of the attempt to the last byte.",
            into: { $0.maximumDuration = $1 }
        ),
        Key("max-size", .size, "The largest body.", into: { $0.maximumSize = $1 }),
    ])
}
