extension SimulatedUser {
    init(_ tree: JSONTree, path: String) throws(SimulatorConfigurationError) {
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

    init(_ tree: JSONTree, path: String) throws(SimulatorConfigurationError) {
        let stateKeys = ["state", "methods", "addresses", "referrers"]
        let map = try ConfigurationMap(tree, path: path, keys: ["token", "username"] + stateKeys)
        let given = stateKeys.filter(map.has)
        guard given.count <= 1 else {
            throw SimulatorConfigurationError(
                path: path,
                message: "only one of \(given.joined(separator: ", ")) can be given"
            )
        }
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
