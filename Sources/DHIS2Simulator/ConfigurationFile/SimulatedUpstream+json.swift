extension SimulatedUpstream {
    private enum Failure: String, CaseIterable {
        case refused
        case unresolvable
        case tls
        case reset
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
            keys: Self.kinds + ["after-ms"] + Self.brokenKeys + UpstreamReply.keys
        )
        let kind = try map.onlyOne(of: Self.kinds)
        if try map.choice("fails", of: Failure.self) != .brokeOff, let key = Self.brokenKeys.first(where: map.has) {
            throw map.problem(key, "only a target that fails with \"broke-off\" has it")
        }
        switch kind {
        case "echo": self = .echo
        case "fails": self = .failing(try Self.failure(tree, map))
        case "redirect":
            self = .redirecting(
                to: try map.requiredString("redirect"),
                status: try map.integer("status", in: 300...399) ?? 302
            )
        case "paths": self = .paths(try Self.replies(map))
        default: self = .always(try UpstreamReply(tree, path: path))
        }
    }

    private static let brokenKeys = ["announced-length", "ending"]

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
        case .reset: return .reset
        case .poolExhausted: return .poolExhausted
        case .connectTimeout: return .connectTimeout(after: after ?? .seconds(30))
        case .timeout: return .timeout(after: after)
        case .brokeOff: return .brokeOff(try brokenReply(tree, map))
        }
    }

    private static func replies(
        _ map: ConfigurationMap
    ) throws(SimulatorConfigurationError) -> [String: UpstreamReply] {
        guard case .object(let members)? = map.tree("paths") else {
            throw map.problem("paths", "expected a map of sub-paths to replies")
        }
        var replies: [String: UpstreamReply] = [:]
        for (name, tree) in members {
            replies[name] = try UpstreamReply(tree, path: "\(map.pathOf("paths")).\(name)")
        }
        return replies
    }
}

extension UpstreamReply {
    static let keys = [
        "status", "type", "headers", "body", "json", "delay-ms", "compressed", "stalls", "early-hints",
    ]

    /// - Parameter otherKeys: Keys of the same map that say something else.
    init(_ tree: JSONText, path: String, otherKeys: [String] = []) throws(SimulatorConfigurationError) {
        let map = try ConfigurationMap(tree, path: path, keys: Self.keys + otherKeys)
        _ = try map.onlyOne(of: ["body", "json"])
        let text = try map.string("body") ?? map.tree("json")?.text
        var headers = try map.headers("headers") ?? [:]
        if text != nil && !headers.contains("Content-Type") {
            headers.add("Content-Type", try map.string("type") ?? (map.has("json") ? "application/json" : "text/plain"))
        }
        self.init(
            status: try map.integer("status", in: 200...599) ?? 200,
            headers: headers,
            body: text.map { Array($0.utf8) } ?? [],
            delay: try map.milliseconds("delay-ms") ?? .zero,
            isCompressed: try map.bool("compressed") ?? false,
            stallsInBody: try map.bool("stalls") ?? false,
            sendsEarlyHints: try map.bool("early-hints") ?? false
        )
    }
}
