import FoundationEssentials

extension SimulatedUpstream {
    private enum Failure: String, CaseIterable {
        case refused
        case unresolvable
        case tls
        case tlsTimeout = "tls-timeout"
        case reset
        case closes
        case badChunk = "bad-chunk"
        case garbage
        case poolExhausted = "pool-exhausted"
        case connectTimeout = "connect-timeout"
        case timeout
        case brokeOff = "broke-off"
    }

    private static let kinds = ["echo", "fails", "redirect", "paths"]

    init(_ tree: JSONText, path: String) throws(SimulatorConfigurationError) {
        let map = try ConfigurationMap(
            tree,
            path: path,
            keys: Self.kinds + ["after-ms", "line", "then"] + Self.brokenKeys + UpstreamReply.keys
        )
        let kind = try map.onlyOne(of: Self.kinds)
        try Self.refuseKeysWithoutEffect(map)
        switch kind {
        case "echo": self = .echo
        case "fails": self = .failing(try Self.failure(tree, map))
        case "redirect":
            self = .redirecting(
                to: try map.requiredString("redirect"),
                status: try map.integer("status", in: 300...399) ?? 302,
                headers: try map.headers("headers") ?? [:],
                followedTo: try map.tree("then").map { tree throws(SimulatorConfigurationError) in
                    try SimulatedUpstream(tree, path: map.pathOf("then"))
                } ?? .always(UpstreamReply())
            )
        case "paths": self = .paths(try Self.upstreams(map))
        default: self = .always(try UpstreamReply(tree, path: path))
        }
    }

    private static let brokenKeys = ["announced-length", "ending"]

    /// Keys that go with one kind of failure only.
    private static func refuseKeysWithoutEffect(_ map: ConfigurationMap) throws(SimulatorConfigurationError) {
        let failure = try map.choice("fails", of: Failure.self)
        if failure != .brokeOff, let key = brokenKeys.first(where: map.has) {
            throw map.problem(key, "only a target that fails with \"broke-off\" has it")
        }
        if failure != .badChunk, failure != .garbage, map.has("line") {
            throw map.problem("line", "only a target that fails with \"bad-chunk\" or \"garbage\" has it")
        }
        if !map.has("redirect"), map.has("then") {
            throw map.problem("then", "only a target that redirects has it")
        }
    }

    private static func brokenReply(
        _ tree: JSONText,
        _ map: ConfigurationMap
    ) throws(SimulatorConfigurationError) -> BrokenUpstreamReply {
        BrokenUpstreamReply(
            try UpstreamReply(tree, path: map.path, otherKeys: ["fails"] + brokenKeys),
            announcedLength: try map.integer("announced-length", in: 0...(.max)),
            ending: try map.choice("ending", of: BrokenUpstreamReply.Ending.self) ?? .closes
        )
    }

    private static func failure(
        _ tree: JSONText,
        _ map: ConfigurationMap
    ) throws(SimulatorConfigurationError) -> UpstreamFailure {
        let after = try map.milliseconds("after-ms")
        switch try map.choice("fails", of: Failure.self) {
        case .refused, nil: return .refused
        case .unresolvable: return .unresolvable
        case .tls: return .tls
        case .tlsTimeout: return .tlsTimeout
        case .reset: return .reset
        case .closes: return .closes
        case .badChunk: return .badChunk(line: try map.string("line") ?? "zz")
        case .garbage: return .garbage(line: try map.string("line") ?? "SSH-2.0-OpenSSH_9.2p1")
        case .poolExhausted: return .poolExhausted
        case .connectTimeout: return .connectTimeout(after: after ?? .seconds(30))
        case .timeout: return .timeout(after: after)
        case .brokeOff: return .brokeOff(try brokenReply(tree, map))
        }
    }

    private static func upstreams(
        _ map: ConfigurationMap
    ) throws(SimulatorConfigurationError) -> [String: SimulatedUpstream] {
        guard case .object(let members)? = map.tree("paths") else {
            throw map.problem("paths", "expected a map of sub-paths to upstreams")
        }
        var upstreams: [String: SimulatedUpstream] = [:]
        for (name, tree) in members {
            upstreams[name] = try SimulatedUpstream(tree, path: "\(map.pathOf("paths")).\(name)")
        }
        return upstreams
    }
}

extension UpstreamReply {
    static let keys = [
        "status", "type", "headers", "body", "json", "base64", "delay-ms", "compressed", "chunked", "stalls",
        "early-hints",
    ]

    /// - Parameter otherKeys: Keys of the same map that say something else.
    init(_ tree: JSONText, path: String, otherKeys: [String] = []) throws(SimulatorConfigurationError) {
        let map = try ConfigurationMap(tree, path: path, keys: Self.keys + otherKeys)
        let body = try Self.body(map)
        var headers = try map.headers("headers") ?? [:]
        if !headers.contains("Content-Type"), let type = try Self.type(map, hasBody: body != nil) {
            headers.add("Content-Type", type)
        }
        self.init(
            status: try map.integer("status", in: 200...599) ?? 200,
            headers: headers,
            body: body ?? [],
            delay: try map.milliseconds("delay-ms") ?? .zero,
            isCompressed: try map.bool("compressed") ?? false,
            isChunked: try map.bool("chunked") ?? false,
            stallsInBody: try map.bool("stalls") ?? false,
            sendsEarlyHints: try map.bool("early-hints") ?? false
        )
    }

    private static func body(_ map: ConfigurationMap) throws(SimulatorConfigurationError) -> [UInt8]? {
        _ = try map.onlyOne(of: ["body", "json", "base64"])
        if let text = try map.string("body") ?? map.tree("json")?.text { return Array(text.utf8) }
        guard let text = try map.string("base64") else { return nil }
        guard let bytes = Data(base64Encoded: text) else { throw map.problem("base64", "expected bytes in base64") }
        return Array(bytes)
    }

    /// The given type, or one that fits a body; none where the file says null.
    private static func type(
        _ map: ConfigurationMap,
        hasBody: Bool
    ) throws(SimulatorConfigurationError) -> String? {
        if case .null? = map.tree("type") { return nil }
        if let type = try map.string("type") { return type }
        guard hasBody else { return nil }
        return map.has("json") ? "application/json" : map.has("base64") ? "application/octet-stream" : "text/plain"
    }
}
