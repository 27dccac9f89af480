/// Everything that decides how the simulated server answers.
package struct SimulatorConfiguration: Sendable {
    package var era: SimulatedEra
    /// What `/api/system/info` reports; also decides the login page and the range of API versions.
    package var version: String
    /// Empty, or a path such as `/dhis` below which everything hangs.
    package var contextPath: String
    package var users: [SimulatedUser]
    package var tokens: [SimulatedToken]
    /// Whether the server accepts tokens at all; without, a token counts as no credentials.
    package var acceptsTokens: Bool
    package var routes: [SimulatedRoute]
    package var faults: [FaultRule]
    /// Whether the marker of DHIS2's answers is a `Content-Security-Policy` (or else `X-Frame-Options`).
    package var sendsContentSecurityPolicy: Bool
    /// Whether a proxy in front takes the marker off every answer.
    package var hidesMarker: Bool
    /// How many of the latest requests the log keeps; none with 0.
    package var logLimit: Int
    /// How many sessions a user can have (`max.sessions.per_user`); no limit where it is less than 1, such as -1.
    package var maxSessionsPerUser: Int

    package init(
        era: SimulatedEra = .d,
        version: String? = nil,
        contextPath: String = "",
        users: [SimulatedUser] = SimulatorConfiguration.standardUsers,
        tokens: [SimulatedToken] = SimulatorConfiguration.standardTokens,
        acceptsTokens: Bool = true,
        routes: [SimulatedRoute] = [],
        faults: [FaultRule] = [],
        sendsContentSecurityPolicy: Bool = true,
        hidesMarker: Bool = false,
        logLimit: Int = 100_000,
        maxSessionsPerUser: Int = 10
    ) {
        self.era = era
        self.version = version ?? era.defaultVersion
        self.contextPath = contextPath
        self.users = users
        self.tokens = tokens
        self.acceptsTokens = acceptsTokens
        self.routes = routes
        self.faults = faults
        self.sendsContentSecurityPolicy = sendsContentSecurityPolicy
        self.hidesMarker = hidesMarker
        self.logLimit = logLimit
        self.maxSessionsPerUser = maxSessionsPerUser
    }

    /// The route that a uid, or else a code, names; disabled or not.
    package func route(_ reference: String) -> SimulatedRoute? {
        routes.first { $0.uid.isSameBytes(as: reference) }
            ?? routes.first { $0.code?.isSameBytes(as: reference) == true }
    }

    /// Changes the route that a uid, or else a code, names; does nothing when there is none.
    package mutating func changeRoute(_ reference: String, _ change: (inout SimulatedRoute) -> Void) {
        guard let index = indexOfRoute(reference) else { return }
        change(&routes[index])
    }

    /// Deletes the route that a uid, or else a code, names.
    package mutating func deleteRoute(_ reference: String) {
        guard let index = indexOfRoute(reference) else { return }
        routes.remove(at: index)
    }

    /// Lets every token expire that is valid.
    package mutating func expireTokens() {
        for index in tokens.indices where tokens[index].state == .valid { tokens[index].state = .expired }
    }

    private func indexOfRoute(_ reference: String) -> Int? {
        routes.firstIndex { $0.uid.isSameBytes(as: reference) }
            ?? routes.firstIndex { $0.code?.isSameBytes(as: reference) == true }
    }
}
