/// A service behind a route, evaluated in the process: no connection is made.
package struct SimulatedUpstream: Sendable {
    let answer: @Sendable (UpstreamRequest) -> UpstreamOutcome

    /// An upstream that decides by itself, on the connection's thread; while it blocks, the server cannot be stopped.
    ///
    /// Where its reply has a delay, it is asked twice about one request: first how long it takes, then, when that is
    /// over, what it answers.
    package init(_ answer: @escaping @Sendable (UpstreamRequest) -> UpstreamOutcome) {
        self.answer = answer
    }

    /// Always the same answer.
    package static func always(_ reply: UpstreamReply) -> SimulatedUpstream {
        SimulatedUpstream { _ in .reply(reply) }
    }

    /// Always the same text.
    package static func text(
        _ text: String,
        status: Int = 200,
        type: String = "application/json",
        headers: HeaderList = [:],
        delay: Duration = .zero
    ) -> SimulatedUpstream {
        var fields = headers
        if !fields.contains("Content-Type") { fields.add("Content-Type", type) }
        return always(UpstreamReply(status: status, headers: fields, body: Array(text.utf8), delay: delay))
    }

    /// Always a status without a body.
    package static func empty(status: Int = 204, headers: HeaderList = [:]) -> SimulatedUpstream {
        always(UpstreamReply(status: status, headers: headers))
    }

    /// Never an answer.
    package static func failing(_ failure: UpstreamFailure) -> SimulatedUpstream {
        SimulatedUpstream { _ in .failure(failure) }
    }

    /// A redirect, which era D passes on without its `Location` and era B follows to an answer for GET.
    package static func redirecting(
        to location: String,
        status: Int = 302,
        followed: UpstreamReply = UpstreamReply()
    ) -> SimulatedUpstream {
        redirecting(to: location, status: status, headers: [:], followedTo: always(followed))
    }

    /// A redirect with further headers, to what another upstream answers.
    package static func redirecting(
        to location: String,
        status: Int,
        headers: HeaderList,
        followedTo other: SimulatedUpstream
    ) -> SimulatedUpstream {
        var redirect = UpstreamReply(status: status, headers: ["Location": location])
        redirect.headers.add(headers)
        return SimulatedUpstream { [redirect] in .redirect(redirect, followed: other.answer($0)) }
    }

    /// One answer a sub-path; 404 with FastAPI's JSON for the others.
    package static func paths(_ replies: [String: UpstreamReply]) -> SimulatedUpstream {
        paths(replies.mapValues(always))
    }

    /// One upstream a sub-path, `*` standing for any characters; 404 with FastAPI's JSON for the others.
    ///
    /// Of several that fit, the sub-path itself wins, then the longest.
    package static func paths(_ upstreams: [String: SimulatedUpstream]) -> SimulatedUpstream {
        let patterns = upstreams.filter { $0.key.utf8.contains(UInt8(ascii: "*")) }
            .sorted { ($0.key.utf8.count, $0.key) > ($1.key.utf8.count, $1.key) }
        return SimulatedUpstream { request in
            let path = request.subPath
            let found =
                upstreams[path] ?? patterns.first { FaultRule.matches(path, pattern: $0.key) }?.value
            return found?.answer(request) ?? .reply(.json(#"{"detail":"Not Found"}"#, status: 404))
        }
    }
}

extension SimulatedUpstream {
    /// An upstream that reports what reached it, as JSON.
    ///
    /// Members: `method`, `url`, `path`, `subPath`, `rawQuery` (or null), `params` (name to list of decoded values),
    /// `pairs` (the same as a list of two-element lists, in order), `headers` (lower-case name to list of values) and
    /// `body`.
    package static let echo = SimulatedUpstream { request in
        .reply(.json(report(of: request).text))
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
