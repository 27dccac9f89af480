extension SimulatedUpstream {
    /// An upstream that reports what reached it, as JSON.
    ///
    /// Members: `method`, `url`, `path`, `subPath`, `rawQuery` (or null), `params` (name to list of decoded values),
    /// `pairs` (the same as a list of two-element lists, in order), `headers` (lower-case name to list of values) and
    /// `body`.
    package static let echo = SimulatedUpstream { request in
        .reply(
            UpstreamReply(
                headers: ["Content-Type": "application/json"],
                body: Array(report(of: request).text.utf8)
            )
        )
    }

    private static func report(of request: UpstreamRequest) -> JSONText {
        let parameters = request.parameters
        return .object([
            ("method", .string(request.method)),
            ("url", .string(request.url)),
            ("path", .string(request.path)),
            ("subPath", .string(request.subPath)),
            ("rawQuery", request.rawQuery.map(JSONText.string) ?? .null),
            ("params", grouped(parameters)),
            ("pairs", .array(parameters.map { .array([.string($0.name), .string($0.value)]) })),
            ("headers", grouped(request.headers.fields.map { ($0.name.lowercased(), $0.value) })),
            ("body", .string(String(decoding: request.body, as: UTF8.self))),
        ])
    }

    /// Values by name, names in the order of their first use.
    private static func grouped(_ pairs: [(name: String, value: String)]) -> JSONText {
        var names: [ByteKey] = []
        var values: [ByteKey: [JSONText]] = [:]
        for pair in pairs {
            let key = ByteKey(pair.name)
            if values[key] == nil { names.append(key) }
            values[key, default: []].append(.string(pair.value))
        }
        return .object(names.map { ($0.text, .array(values[$0] ?? [])) })
    }
}
