import DHIS2Simulator

extension SimulatedInstance {
    /// Answers a request that carries the standard token, unless other credentials are given.
    func get(
        _ target: String,
        method: String = "GET",
        headers: HeaderList = [:],
        body: String = "",
        token: String? = SimulatorConfiguration.standardToken
    ) -> SimulatedReply {
        var all: HeaderList = ["Host": "dhis2.test"]
        if let token { all.add("Authorization", "ApiToken \(token)") }
        all.add(headers)
        return reply(to: SimulatedRequest(method: method, target: target, headers: all, body: Array(body.utf8)))
    }
}

extension SimulatorConfiguration {
    static func standard(_ era: SimulatedEra, version: String? = nil) -> SimulatorConfiguration {
        var configuration = standard
        configuration.era = era
        configuration.version = version ?? era.defaultVersion
        return configuration
    }

    static func route(
        _ era: SimulatedEra,
        url: String = "https://up.example.org/**",
        upstream: SimulatedUpstream = .echo,
        change: (inout SimulatedRoute) -> Void = { _ in }
    ) -> SimulatorConfiguration {
        var route = SimulatedRoute(uid: "AbcdefghijK", code: "up", url: url, upstream: upstream)
        change(&route)
        return SimulatorConfiguration(era: era, routes: [route])
    }
}
