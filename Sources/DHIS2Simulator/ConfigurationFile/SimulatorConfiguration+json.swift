import FoundationEssentials

extension SimulatorConfiguration {
    /// Reads a configuration from JSON.
    ///
    /// All keys are optional unless marked with an asterisk; what is left out is as in ``standard``, the routes and
    /// users included.
    ///
    /// - `era`: `b`, `d` or `e`; by default that of `version`, or else `d`. `version`: such as `2.42.4`.
    /// - `context-path`: such as `/dhis`. `accepts-tokens`, `content-security-policy`, `hides-marker`: booleans.
    ///   `log-limit`: a number. `max-sessions-per-user`: from 1 to 10000, or -1 for no limit. `transport`: `io_uring`,
    ///   `epoll` or `nio`; by default that of the version.
    /// - `proxy`: an nginx in front, a map of `read-timeout-ms` (60000), `body-limit` (1048576 bytes) and `error-page`
    ///   (a text that it shows instead of its pages for 502, 503 and 504); none by default.
    /// - `users`: maps of `username`*, `password`*, `authorities` and `obstacle` (`disabled`, `locked`, `two-factor`).
    /// - `tokens`: maps of `token`*, `username`* and at most one of `state` (`valid`, `expired`, `owner-barred`),
    ///   `methods`, `addresses`, `referrers`.
    /// - `routes`: maps of `code`*, `uid`, `name`, `url` (a wildcard by default), `disabled`, `public`, `readers`,
    ///   `authorities`, `response-timeout-seconds`, `headers`, `auth`, `allow-listed` and `upstream`.
    /// - `auth`: a map of `type`* (as DHIS2 names them) and `username` and `password`, or `token`, or `headers`, or
    ///   `query-params`, or `client-id` and `token-uri`; `oauth2-client-credentials` without `token` fails.
    /// - `upstream`: a reply, or a map of one of `echo` (true), `fails` (`refused`, `unresolvable`, `tls`,
    ///   `tls-timeout`, `reset`, `closes`, `bad-chunk`, `garbage`, `pool-exhausted`, `connect-timeout`, `timeout`,
    ///   `broke-off`), `redirect` (an address; with `status`, `headers` and `then`, the upstream that it leads to) or
    ///   `paths` (a map of sub-paths to upstreams, `*` standing for any characters; the longest that fits). `after-ms`
    ///   goes with `connect-timeout` and `timeout`, `line` (what came instead of HTTP) with `bad-chunk` and `garbage`.
    ///   With `fails: broke-off` the keys of a reply say what arrived before its end, `announced-length` how long the
    ///   body was to be (chunks by default), and `ending` how it ended (`closes`, `resets`, `stalls`).
    /// - A reply: a map of `status`, `type` (null for none), `headers`, one of `body` (text), `json` (any value) and
    ///   `base64` (bytes), `delay-ms`, `compressed`, `chunked` (it has no length), `stalls` and `early-hints`.
    /// - `faults`: maps of `fault`*, `method`, `path`, `route`, `after`, `times`, and what the fault takes; see
    ///   ``FaultRule`` and `FaultKind`.
    ///
    /// - Throws: ``SimulatorConfigurationError`` for anything that is not as described.
    package init(json: [UInt8]) throws(SimulatorConfigurationError) {
        let map = try ConfigurationMap(Self.parse(json), path: "", keys: Self.keys)
        self = .standard
        if let version = try map.string("version") {
            guard let era = SimulatedEra(version: version) else {
                throw map.problem("version", "\"\(version)\" is no version of DHIS2 from 2.40 on")
            }
            self.version = version
            self.era = era
        }
        if let era = try map.choice("era", of: SimulatedEra.self) {
            self.era = era
            if !map.has("version") { version = era.defaultVersion }
        }
        contextPath = try Self.contextPath(map) ?? contextPath
        acceptsTokens = try map.bool("accepts-tokens") ?? acceptsTokens
        sendsContentSecurityPolicy = try map.bool("content-security-policy") ?? sendsContentSecurityPolicy
        hidesMarker = try map.bool("hides-marker") ?? hidesMarker
        proxy =
            try map.tree("proxy").map { tree throws(SimulatorConfigurationError) in
                try SimulatedProxy(tree, path: "proxy")
            } ?? proxy
        transport = try map.choice("transport", of: SimulatedTransport.self) ?? transport
        logLimit = try map.integer("log-limit", in: 0...10_000_000) ?? logLimit
        maxSessionsPerUser = try Self.maxSessionsPerUser(map) ?? maxSessionsPerUser
        users =
            try map.values("users") { tree, path throws(SimulatorConfigurationError) in
                try SimulatedUser(tree, path: path)
            } ?? users
        tokens =
            try map.values("tokens") { tree, path throws(SimulatorConfigurationError) in
                try SimulatedToken(tree, path: path)
            } ?? tokens
        routes =
            try map.values("routes") { tree, path throws(SimulatorConfigurationError) in
                try SimulatedRoute(tree, path: path)
            } ?? routes
        faults =
            try map.values("faults") { tree, path throws(SimulatorConfigurationError) in
                try FaultRule(tree, path: path)
            } ?? faults
        try refuseContradictions()
    }

    private static let keys = [
        "era", "version", "context-path", "accepts-tokens", "content-security-policy", "hides-marker", "proxy",
        "transport", "log-limit", "max-sessions-per-user", "users", "tokens", "routes", "faults",
    ]

    private static func parse(_ json: [UInt8]) throws(SimulatorConfigurationError) -> JSONText {
        do {
            return try JSONDecoder().decode(JSONText.self, from: Data(json))
        } catch {
            throw SimulatorConfigurationError(path: "", message: "the configuration is not valid JSON")
        }
    }

    private static func maxSessionsPerUser(_ map: ConfigurationMap) throws(SimulatorConfigurationError) -> Int? {
        let key = "max-sessions-per-user"
        guard let number = try map.integer(key, in: -1...10_000) else { return nil }
        guard number != 0 else { throw map.problem(key, "expected -1 or a number from 1 to 10000, found 0") }
        return number
    }

    private static func contextPath(_ map: ConfigurationMap) throws(SimulatorConfigurationError) -> String? {
        guard let path = try map.string("context-path") else { return nil }
        let isSound = path.isEmpty || path.hasPrefix("/") && !path.hasSuffix("/")
        guard isSound else {
            throw map.problem("context-path", "\"\(path)\" must be empty, or start with \"/\" and not end with it")
        }
        return path
    }

    /// Two routes may not share a uid or a code, and tokens need their owners.
    private func refuseContradictions() throws(SimulatorConfigurationError) {
        for (index, route) in routes.enumerated() {
            let earlier = routes[..<index]
            if earlier.contains(where: { $0.uid.isSameBytes(as: route.uid) }) {
                throw SimulatorConfigurationError(
                    path: "routes[\(index)].uid",
                    message: "another route has the uid \"\(route.uid)\" already"
                )
            }
            if let code = route.code, earlier.contains(where: { $0.code?.isSameBytes(as: code) == true }) {
                throw SimulatorConfigurationError(
                    path: "routes[\(index)].code",
                    message: "another route has the code \"\(code)\" already"
                )
            }
        }
        // The standard tokens of users that a file leaves out are of no use, but no mistake of the file's either.
        for (index, token) in tokens.enumerated() where !Self.standardTokens.contains(token) {
            guard users.contains(where: { $0.username.isSameBytes(as: token.username) }) else {
                throw SimulatorConfigurationError(
                    path: "tokens[\(index)].username",
                    message: "there is no user \"\(token.username)\""
                )
            }
        }
        try refuseFaultsOfNothing()
    }

    /// Faults of routes that there are not would never happen.
    private func refuseFaultsOfNothing() throws(SimulatorConfigurationError) {
        func isThere(_ name: String) -> Bool { route(name) != nil }
        let laterNames = faults.compactMap { if case .renameRoute(let name) = $0.fault { name } else { nil } }
        for (index, rule) in faults.enumerated() {
            if let route = rule.route, !isThere(route), !laterNames.contains(route) {
                throw SimulatorConfigurationError(
                    path: "faults[\(index)].route",
                    message: "no route has the code or uid \"\(route)\""
                )
            }
            if case .renameRoute(let name) = rule.fault, isThere(name) {
                throw SimulatorConfigurationError(
                    path: "faults[\(index)].to",
                    message: "another route has the code \"\(name)\" already"
                )
            }
        }
    }
}

extension SimulatedProxy {
    init(_ tree: JSONText, path: String) throws(SimulatorConfigurationError) {
        let map = try ConfigurationMap(tree, path: path, keys: ["read-timeout-ms", "body-limit", "error-page"])
        self.init()
        readTimeout = try map.milliseconds("read-timeout-ms") ?? readTimeout
        bodyLimit = try map.integer("body-limit", in: 0...(.max)) ?? bodyLimit
        errorPage = try map.string("error-page")
    }
}

extension SimulatedUser {
    init(_ tree: JSONText, path: String) throws(SimulatorConfigurationError) {
        let map = try ConfigurationMap(tree, path: path, keys: ["username", "password", "authorities", "obstacle"])
        self.init(
            username: try map.requiredString("username"),
            password: try map.requiredString("password"),
            authorities: try map.strings("authorities") ?? [],
            obstacle: try map.choice("obstacle", of: Obstacle.self)
        )
    }
}

extension SimulatedToken {
    private enum PlainState: String, CaseIterable {
        case valid
        case expired
        case ownerBarred = "owner-barred"
    }

    init(_ tree: JSONText, path: String) throws(SimulatorConfigurationError) {
        let stateKeys = ["state", "methods", "addresses", "referrers"]
        let map = try ConfigurationMap(tree, path: path, keys: ["token", "username"] + stateKeys)
        _ = try map.onlyOne(of: stateKeys)
        let state: State
        if let methods = try map.strings("methods") {
            state = .methods(methods)
        } else if let addresses = try map.strings("addresses") {
            state = .addresses(addresses)
        } else if let referrers = try map.strings("referrers") {
            state = .referrers(referrers)
        } else {
            switch try map.choice("state", of: PlainState.self) ?? .valid {
            case .valid: state = .valid
            case .expired: state = .expired
            case .ownerBarred: state = .ownerBarred
            }
        }
        self.init(try map.requiredString("token"), username: try map.requiredString("username"), state: state)
    }
}
