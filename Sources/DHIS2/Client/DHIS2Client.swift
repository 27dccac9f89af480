public import DHIS2Behaviour
public import HTTPVocabulary

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
/// Every request carries the credentials and, unless it is told otherwise, `Accept: application/json, */*;q=0.5`. None
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
    public init(
        baseURL: String,
        credentials: DHIS2Credentials,
        transport: any HTTPTransport,
        configuration: Configuration = Configuration()
    ) throws(DHIS2Error) {
        connection = try DHIS2Connection(
            baseURL: BaseURL(baseURL),
            credentials: credentials,
            transport: transport,
            configuration: configuration
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
