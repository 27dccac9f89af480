/// Everything that decides how the simulated server answers.
///
/// A value that tests and the demo write out; ``standard`` has one route of each kind. What stands behind a route is a
/// ``SimulatedUpstream``, a closure rather than a server, so that a test of a hundred targets opens one port.
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
    /// The nginx in front of the server, if there is one.
    package var proxy: SimulatedProxy?
    /// How DHIS2's HTTP client reaches targets (2.42 and later); `nil` stands for what the version takes by default.
    package var transport: SimulatedTransport?
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
        proxy: SimulatedProxy? = nil,
        transport: SimulatedTransport? = nil,
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
        self.proxy = proxy
        self.transport = transport
        self.logLimit = logLimit
        self.maxSessionsPerUser = maxSessionsPerUser
    }

    /// The route that a uid, or else a code, names; disabled or not.
    package func route(_ reference: String) -> SimulatedRoute? {
        indexOfRoute(reference).map { routes[$0] }
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

/// How a family of DHIS2 releases runs routes.
///
/// The letters are those of the project's reference on DHIS2's routes; A and C differ in ways no client should rely on.
/// Held against running servers: 2.41.9.1 for B, 2.42.5.2 and 2.43.1 for D, a snapshot of 2.44 for E. What 2.40 does in
/// another way than 2.41 is as read from its source, and 2.42.0 to 2.42.3 (C) are taken for D.
package enum SimulatedEra: String, Sendable, CaseIterable {
    /// 2.40.10 to 2.40.12 and 2.41.7 to 2.41.9: buffered, upstream errors passed on, parameters re-encoded.
    case b
    /// 2.42.4, 2.42.5, 2.43: streamed, parameters decoded once and sent on raw.
    case d
    /// 2.44: like D, with placeholders in the route's address.
    case e

    /// The version a server of this era reports unless told otherwise.
    package var defaultVersion: String {
        switch self {
        case .b: "2.41.9"
        case .d: "2.42.4"
        case .e: "2.44.0-SNAPSHOT"
        }
    }

    /// The era that a version such as `2.42.4` belongs to, or `nil` when it names no DHIS2 from 2.40 on.
    package init?(version: String) {
        guard let minor = Self.minor(of: version), minor >= 40 else { return nil }
        self = minor <= 41 ? .b : minor <= 43 ? .d : .e
    }

    static func minor(of version: String) -> Int? {
        let parts = version.split(separator: ".")
        guard parts.count >= 2, parts[0] == "2" else { return nil }
        return Int(parts[1].prefix { $0.isNumber })
    }
}
