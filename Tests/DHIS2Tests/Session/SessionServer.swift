import DHIS2
import HTTPVocabulary
import Synchronization

/// A DHIS2 in memory that makes a session for each request with credentials and without a cookie of a living one.
final class SessionServer: HTTPTransport {
    struct State {
        var log: [TransportRequest] = []
        var living: Set<String> = []
        /// Sessions that DHIS2 has ended, and whose users it has not yet told.
        var ended: Set<String> = []
        var madeCount = 0
        /// Whether cookies reach the client.
        var givesCookies = true
        /// `Set-Cookie` fields beside that of a new session.
        var otherCookies: [String] = []
        /// Answers a request, counted from 0, in place of the server, which `nil` leaves it to.
        var answer: @Sendable (TransportRequest, Int) throws(TransportError) -> HTTPExchange? = { _, _ in nil }
    }

    static let base = "https://dhis.example.org/dhis"
    static let sessionEnd = "Location: /dhis/dhis-web-commons-security/logout.action"

    let state = Mutex(State())
    /// Holds back what is sent to a path with this beginning.
    let gate: (path: String, gate: Gate)?

    init(holding path: String? = nil, at gate: Gate = Gate()) {
        self.gate = path.map { ($0, gate) }
    }

    var log: [TransportRequest] { state.withLock { $0.log } }
    /// The logged URLs after the base, and `/api/` where it follows.
    var paths: [String] { log.map { Self.path(of: $0) } }
    var runs: [TransportRequest] { log.filter { $0.url.contains("/run") } }
    var madeCount: Int { state.withLock { $0.madeCount } }
    var livingCount: Int { state.withLock { $0.living.count } }

    func change(_ body: (inout State) -> Void) { state.withLock { body(&$0) } }

    /// Ends all sessions, as DHIS2 does when a user opens too many.
    func endSessions() {
        change { state in
            state.ended.formUnion(state.living)
            state.living = []
        }
    }

    func client(
        _ configuration: DHIS2Client.Configuration = DHIS2Client.Configuration(),
        credentials: DHIS2Credentials = .personalAccessToken("d2p_secret")
    ) throws(DHIS2Error) -> DHIS2Client {
        var configuration = configuration
        configuration.lookupRetries = 0
        return try DHIS2Client(
            baseURL: Self.base,
            credentials: credentials,
            transport: self,
            configuration: configuration
        )
    }

    /// A client that addresses routes by code, so that runs come first.
    func runner() throws(DHIS2Error) -> DHIS2Client { try client(.init(addressRoutesBy: .code)) }

    func send(_ request: TransportRequest) async throws(TransportError) -> HTTPExchange {
        let number = state.withLock { state in
            state.log.append(request)
            return state.log.count - 1
        }
        if let gate, Self.path(of: request).hasPrefix(gate.path) { await gate.gate.pass() }
        if Task.isCancelled { throw TransportError(.cancelled, message: "The request was cancelled.") }
        return try state.withLock { Self.outcome(of: request, number, &$0) }.get()
    }

    private static func outcome(
        of request: TransportRequest,
        _ number: Int,
        _ state: inout State
    ) -> Result<HTTPExchange, TransportError> {
        do throws(TransportError) {
            return .success(try state.answer(request, number) ?? answer(to: request, &state))
        } catch {
            return .failure(error)
        }
    }

    private static func answer(to request: TransportRequest, _ state: inout State) -> HTTPExchange {
        let path = path(of: request)
        let cookie = request.sessionID
        if path == "ping" { return .answer(200) }
        if path.hasSuffix("/logout.action") {
            if let cookie { state.living.remove(cookie) }
            return .marked(302, ["Location: /dhis/"])
        }
        if let cookie, state.ended.remove(cookie) != nil {
            return .marked(302, [sessionEnd, "Set-Cookie: JSESSIONID=; Expires=Thu, 01 Jan 1970 00:00:10 GMT; Path=/"])
        }
        var headers = ["Content-Type: application/json", "Set-Cookie: SESSION_EXPIRE=server_time=1; Path=/"]
        if cookie.map({ !state.living.contains($0) }) ?? true {
            state.madeCount += 1
            state.living.insert("s\(state.madeCount)")
            if state.givesCookies {
                headers.append("Set-Cookie: JSESSIONID=s\(state.madeCount); Path=/dhis; HttpOnly; SameSite=Lax")
                headers += state.otherCookies.map { "Set-Cookie: \($0)" }
            }
        }
        let body =
            if path == "system/info" {
                #"{"version":"2.43.1"}"#
            } else if path.hasPrefix("routes?") {
                #"{"pager":{"page":1,"total":1,"pageCount":1},"routes":[{"id":"chapchapch1","code":"chap","name":"c"}]}"#
            } else {
                #"{"id":"x"}"#
            }
        return .marked(200, headers, body: body)
    }

    private static func path(of request: TransportRequest) -> String {
        let path = request.url.dropFirst(base.count + 1)
        return String(path.hasPrefix("api/") ? path.dropFirst(4) : path)
    }
}

extension TransportRequest {
    /// The session whose cookie it carries.
    var sessionID: String? {
        let pairs = headerFields[.cookie]?.split(separator: "; ") ?? []
        return pairs.first { $0.hasPrefix("JSESSIONID=") }.map { String($0.dropFirst("JSESSIONID=".count)) }
    }
}
