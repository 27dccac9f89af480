public import DHIS2Behaviour
public import HTTPVocabulary

// The client, its accessor and their lookups share one `DHIS2Connection`, which alone sends requests. Rooms below this
// one know no client: they read answers, decide who gave them, and keep cookies.

/// A client of one DHIS2 server.
///
/// ```swift
/// let client = try DHIS2Client(
///     baseURL: "https://play.example.org/dhis",
///     credentials: .personalAccessToken(token),
///     transport: CurlTransport()
/// )
/// let response = try await client.routes.run(code: "chap", path: "health", params: ["verbose": "1"])
/// ```
///
/// Every request carries the credentials and, unless it is told otherwise, `Accept: application/json, */*;q=0.5` and
/// `Cache-Control: no-cache`, which DHIS2 passes on to the targets of routes: a cached answer says nothing of them. None
/// carries `X-Requested-With`, although it would turn DHIS2's redirect to the login page into a 401: DHIS2 forwards it
/// to the targets of routes, and a redirect that is not followed says as much.
///
/// All requests share one session at DHIS2: the client keeps the cookies of the first answer in memory and sends them
/// with every later request, until DHIS2 ends the session or refuses the credentials. Without it each request would make
/// a session, and DHIS2 ends the oldest of a user's sessions when there are more than ten, whoever waits in it. Nothing
/// is sent in parallel before the session is open; where a run of a route comes first, `/api/me?fields=id` is asked
/// before it. A session keeps a password that has been changed in use until it ends. A request with a `Cookie` or an
/// `Authorization` field of its own stays outside the session, and ``Configuration/keepsSession`` switches it off. Call
/// ``close(within:)`` at the end, or the session stays at DHIS2 for an hour.
public final class DHIS2Client: Sendable {
    /// The server's address.
    public var baseURL: BaseURL { connection.baseURL }
    /// Runs and lists routes.
    public let routes: RoutesAccessor

    let connection: DHIS2Connection

    /// Creates a client; no request is sent.
    ///
    /// - Parameters:
    ///   - baseURL: The server's address with its context path, without `/api`.
    ///   - credentials: Who asks.
    ///   - transport: What sends the requests.
    ///   - configuration: Everything else.
    /// - Throws: ``DHIS2Error/Code/invalidBaseURL``, ``DHIS2Error/Code/invalidCredentials``.
    public convenience init(
        baseURL: String,
        credentials: DHIS2Credentials,
        transport: any HTTPTransport,
        configuration: Configuration = Configuration()
    ) throws(DHIS2Error) {
        try self.init(
            baseURL: baseURL,
            credentials: credentials,
            transport: transport,
            configuration: configuration,
            retryTools: .system()
        )
    }

    /// Creates a client whose retries take time and chance from elsewhere.
    package init(
        baseURL: String,
        credentials: DHIS2Credentials,
        transport: any HTTPTransport,
        configuration: Configuration = Configuration(),
        retryTools: RetryTools
    ) throws(DHIS2Error) {
        connection = try DHIS2Connection(
            baseURL: BaseURL(baseURL),
            credentials: credentials,
            transport: transport,
            configuration: configuration,
            retryTools: retryTools
        )
        routes = RoutesAccessor(connection: connection)
    }

    /// Gets a path of DHIS2's API and decodes the answer.
    ///
    /// ```swift
    /// let me = try await client.get("me", query: ["fields": "id,username"], as: Me.self)
    /// ```
    ///
    /// - Parameters:
    ///   - path: What follows `/api/`, percent-encoded.
    ///   - query: The query, as plain text.
    ///   - type: What the JSON answer is decoded as.
    /// - Throws: ``DHIS2Error`` when no answer came, its status is not 2xx, or it is not the JSON that was expected.
    public func get<Value: Decodable>(
        _ path: String,
        query: QueryParameters = [:],
        as type: Value.Type = Value.self
    ) async throws(DHIS2Error) -> Value {
        try await connection.get(path, query: query, as: type)
    }

    /// Gets a path of DHIS2's API and returns the answer whatever its status.
    ///
    /// - Parameters:
    ///   - path: What follows `/api/`, percent-encoded.
    ///   - query: The query, as plain text.
    ///   - headers: Header fields that replace the client's of the same name.
    ///   - timeout: The bound on the request instead of the configuration's.
    /// - Throws: ``TransportError`` when no complete answer came.
    public func getResponse(
        _ path: String,
        query: QueryParameters = [:],
        headers: HTTPFields = [:],
        timeout: Duration? = nil
    ) async throws(TransportError) -> HTTPExchange {
        try await connection.getResponse(path, query: query, headers: headers, timeout: timeout)
    }

    /// What the server says of itself.
    ///
    /// Asked for once and kept, however many tasks want to know at the same time; a failure is not kept.
    ///
    /// - Throws: ``DHIS2Error`` with the sentence of the ``PreflightProblem``.
    public func serverInfo() async throws(DHIS2Error) -> ServerInfo {
        try await connection.serverInfo()
    }

    /// The server's version where it is pinned or already known.
    public var knownVersion: ServerVersion? { connection.knownVersion }
}

extension DHIS2Client {
    /// What a client may be told beyond its server and credentials.
    public struct Configuration: Sendable, Hashable {
        /// Whether never to ask the server for its version.
        ///
        /// For tokens that may not read `/api/system/info`. Unless ``version`` is set, the server then counts as one
        /// of the newest.
        public var skipVersionProbe: Bool
        /// The server's version, instead of asking the server; a release line such as `2.42` is enough.
        public var version: ServerVersion?
        /// Header fields that every request carries.
        public var headers: HTTPFields
        /// The bound on each request that is not given its own; `nil` makes it 35 s, and for a run 30 s more than the route
        /// waits for its target.
        ///
        /// DHIS2 itself waits up to 30 s for a connection to a target or to its database, and says so afterwards.
        public var timeout: Duration?
        /// How runs address routes.
        public var addressRoutesBy: RouteAddressing
        /// Whether all requests share one session at DHIS2, which keeps only ten for a user; otherwise each one makes a
        /// session of its own.
        public var keepsSession: Bool
        /// How often a request that asks DHIS2 itself is repeated: what ``DHIS2Client/get(_:query:as:)``,
        /// ``DHIS2Client/getResponse(_:query:headers:timeout:)``, ``DHIS2Client/serverInfo()``,
        /// ``DHIS2Client/preflight(timeout:)`` and the look-ups and lists of routes send; 0 or less never repeats.
        ///
        /// It is repeated when no connection stood or it broke, and after a 502, 503 or 504 that DHIS2 has not marked as its
        /// own, after some 250 ms and twice as long before each further time. All attempts keep to the bound of one; a
        /// connection that did not stand in time is not tried again. Runs of routes are never repeated for this.
        public var lookupRetries: Int
        /// How long such a request waits in all for what `Retry-After` asks of it.
        ///
        /// With a 429 or 503, whoever it is from. The bound on the request does not run meanwhile. ``lookupRetries`` do not
        /// count these waits, but 0 of them means no wait either.
        public var retryAfterPatience: Duration

        /// Creates a configuration; what is left out has its default.
        public init(
            skipVersionProbe: Bool = false,
            version: ServerVersion? = nil,
            headers: HTTPFields = [:],
            timeout: Duration? = nil,
            addressRoutesBy: RouteAddressing = .uid,
            keepsSession: Bool = true,
            lookupRetries: Int = 2,
            retryAfterPatience: Duration = .seconds(10)
        ) {
            self.skipVersionProbe = skipVersionProbe
            self.version = version
            self.headers = headers
            self.timeout = timeout
            self.addressRoutesBy = addressRoutesBy
            self.keepsSession = keepsSession
            self.lookupRetries = lookupRetries
            self.retryAfterPatience = retryAfterPatience
        }
    }
}

extension DHIS2Client {
    /// Asks `/api/system/info` whether this is a DHIS2 with routes that accepts the credentials.
    ///
    /// What it finds is kept for ``serverInfo()`` and for naming who answered.
    ///
    /// - Parameter timeout: The bound on the request instead of the configuration's.
    public func preflight(timeout: Duration? = nil) async -> PreflightOutcome {
        await connection.preflight(timeout: timeout)
    }

    /// As ``preflight(timeout:)``; a failure that may pass within a moment is tried again only if that is asked for.
    package func preflight(timeout: Duration?, repeats: Bool) async -> PreflightOutcome {
        await connection.preflight(timeout: timeout, repeats: repeats)
    }

    /// Lets every request that the client sends of its own accord wait for its turn: all but the first of a run, whose turn
    /// is for its caller to wait for, and the end of the session.
    ///
    /// - Parameter pace: Waits until another request may be sent; throws when the task is cancelled meanwhile.
    package func setPace(_ pace: (@Sendable () async throws -> Void)?) {
        connection.setPace(pace)
    }

    /// Asks `/api/ping`, which needs no credentials, whether DHIS2 is up.
    ///
    /// - Parameter timeout: The bound on the request instead of the configuration's.
    /// - Returns: `nil` when DHIS2 is up, or what speaks against it.
    public func ping(timeout: Duration? = nil) async -> PreflightProblem? {
        do {
            let exchange = try await connection.ping(timeout: timeout)
            return Preflight.problem(ofPing: exchange, from: baseURL)
        } catch {
            return Preflight.problem(of: error, from: baseURL, knowing: connection.preflightKnowledge)
        }
    }
}

extension DHIS2Client {
    /// The header fields that a request carries, the credentials included, the cookies of the session not.
    ///
    /// - Parameter own: Fields of the request that replace the client's of the same name.
    public func headerFields(adding own: HTTPFields = [:]) -> HTTPFields {
        connection.headers(with: own)
    }
}

extension DHIS2Client {
    /// Ends the client's session at DHIS2, if it has one, so that none is left of those that DHIS2 keeps for a user.
    ///
    /// One request that may fail without anyone noticing. It is sent even if the task has been cancelled. Call it when
    /// no request is in flight: one that is may open a session again, as does the next one that is sent.
    ///
    /// - Parameter bound: How long it may take.
    public func close(within bound: Duration = .seconds(2)) async {
        await beginClosing(within: bound).value
    }

    /// Begins what ``close(within:)`` does; cancelling the task gives up.
    package func beginClosing(within bound: Duration) -> Task<Void, Never> {
        connection.beginClosing(within: bound)
    }
}
