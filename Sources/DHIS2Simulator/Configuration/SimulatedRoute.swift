/// A route of the simulated server.
package struct SimulatedRoute: Sendable {
    /// Eleven letters and digits, the first a letter.
    package var uid: String
    package var code: String?
    package var name: String
    /// The address; one that ends in `/**` takes sub-paths.
    package var url: String
    package var disabled: Bool
    /// Whoever holds one of these may run the route, listed or not.
    package var authorities: [String]
    /// Whether everyone may read it, which lists it and allows running it.
    package var isPublic: Bool
    /// Users who may read it all the same.
    package var readers: [String]
    /// 1 to 60 seconds.
    package var responseTimeoutSeconds: Int
    /// Headers that DHIS2 adds to what it sends upstream.
    package var headers: HeaderList
    package var auth: SimulatedRouteAuth?
    /// Whether `route.remote_servers_allowed` admits the address (2.42 and later).
    package var isAllowListed: Bool
    package var upstream: SimulatedUpstream

    package init(
        uid: String,
        code: String?,
        name: String? = nil,
        url: String,
        disabled: Bool = false,
        authorities: [String] = [],
        isPublic: Bool = true,
        readers: [String] = [],
        responseTimeoutSeconds: Int = 5,
        headers: HeaderList = [:],
        auth: SimulatedRouteAuth? = nil,
        isAllowListed: Bool = true,
        upstream: SimulatedUpstream
    ) {
        self.uid = uid
        self.code = code
        self.name = name ?? code ?? uid
        self.url = url
        self.disabled = disabled
        self.authorities = authorities
        self.isPublic = isPublic
        self.readers = readers
        self.responseTimeoutSeconds = responseTimeoutSeconds
        self.headers = headers
        self.auth = auth
        self.isAllowListed = isAllowListed
        self.upstream = upstream
    }

    /// Whether `/run/…` may go on after the slash.
    package var isWildcard: Bool { url.hasSuffix("/**") }

    /// The address without the asterisks; the slash before them stays.
    var baseURL: String { isWildcard ? String(url.dropLast(2)) : url }

    /// Whether a text is the route's uid or code.
    func isNamed(_ reference: String) -> Bool {
        uid.isSameBytes(as: reference) || code?.isSameBytes(as: reference) == true
    }

    func isReadable(by user: SimulatedUser) -> Bool {
        isPublic || user.isSuperuser || readers.contains(user.username)
    }

    func isRunnable(by user: SimulatedUser) -> Bool {
        isReadable(by: user) || authorities.contains { user.authorities.contains($0) }
    }
}

/// How a route authenticates upstream.
package enum SimulatedRouteAuth: Sendable, Equatable {
    case basic(username: String, password: String)
    case token(String)
    case headers(HeaderList)
    case queryParameters(HeaderList)
    /// OAuth 2 client credentials; without a token the fetch of one fails.
    case clientCredentials(
        token: String?,
        clientID: String = "client",
        tokenURI: String = "https://auth.example.org/token"
    )
}
