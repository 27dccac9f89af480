extension SimulatedRoute {
    init(_ tree: JSONText, path: String) throws(SimulatorConfigurationError) {
        let map = try ConfigurationMap(
            tree,
            path: path,
            keys: [
                "uid", "code", "name", "url", "disabled", "public", "readers", "authorities", "allow-listed",
                "response-timeout-seconds", "headers", "auth", "upstream",
            ]
        )
        let code = try map.requiredString("code")
        let uid = try map.string("uid") ?? "R" + CRC32.name(of: code.utf8, count: 10)
        guard uid.utf8.count == 11, uid.utf8.allSatisfy(\.isASCIIAlphanumeric), uid.first?.isLetter == true else {
            throw map.problem("uid", "\"\(uid)\" is not a letter followed by ten letters or digits")
        }
        let url = try map.string("url") ?? "https://\(code).example.org/**"
        guard url.hasPrefix("https://") || url.hasPrefix("http://") else {
            throw map.problem("url", "\"\(url)\" starts neither with \"https://\" nor with \"http://\"")
        }
        self.init(
            uid: uid,
            code: code,
            name: try map.string("name"),
            url: url,
            disabled: try map.bool("disabled") ?? false,
            authorities: try map.strings("authorities") ?? [],
            isPublic: try map.bool("public") ?? true,
            readers: try map.strings("readers") ?? [],
            responseTimeoutSeconds: try map.integer("response-timeout-seconds", in: 1...60) ?? 5,
            headers: try map.headers("headers") ?? [:],
            auth: try map.tree("auth").map { tree throws(SimulatorConfigurationError) in
                try SimulatedRouteAuth(tree, path: map.pathOf("auth"))
            },
            isAllowListed: try map.bool("allow-listed") ?? true,
            upstream: try map.tree("upstream").map { tree throws(SimulatorConfigurationError) in
                try SimulatedUpstream(tree, path: map.pathOf("upstream"))
            } ?? .text("{}")
        )
    }
}

extension SimulatedRouteAuth {
    private enum Kind: String, CaseIterable {
        case basic = "http-basic"
        case token = "api-token"
        case headers = "api-headers"
        case queryParameters = "api-query-params"
        case clientCredentials = "oauth2-client-credentials"
    }

    init(_ tree: JSONText, path: String) throws(SimulatorConfigurationError) {
        let map = try ConfigurationMap(
            tree,
            path: path,
            keys: ["type", "username", "password", "token", "headers", "query-params", "client-id", "token-uri"]
        )
        switch try map.requiredChoice("type", of: Kind.self) {
        case .basic:
            self = .basic(username: try map.requiredString("username"), password: try map.requiredString("password"))
        case .token: self = .token(try map.requiredString("token"))
        case .headers: self = .headers(try map.headers("headers") ?? [:])
        case .queryParameters: self = .queryParameters(try map.headers("query-params") ?? [:])
        case .clientCredentials:
            self = .clientCredentials(
                token: try map.string("token"),
                clientID: try map.string("client-id") ?? "client",
                tokenURI: try map.string("token-uri") ?? "https://auth.example.org/token"
            )
        }
    }
}
