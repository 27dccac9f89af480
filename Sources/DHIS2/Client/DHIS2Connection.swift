import DHIS2Behaviour
import FoundationEssentials
import HTTPVocabulary
import Synchronization

/// What the client and its accessor share: where the server is, how requests look, and what the server said of itself.
final class DHIS2Connection: Sendable {
    typealias InfoLookup = SharedOperation<ServerInfo, DHIS2Error>

    private struct Knowledge {
        var info: ServerInfo?
        var lookup: InfoLookup?
        var preflight: PreflightKnowledge
        /// The targets that have answered; what DHIS2 may not call never does.
        var answeringTargets: Set<String> = []
    }

    let baseURL: BaseURL
    let usesToken: Bool
    let configuration: DHIS2Client.Configuration
    /// The address of the API, ended by a `/`.
    let apiURL: String

    let transport: any HTTPTransport
    /// The header fields of a request that has none of its own, the session's cookie apart.
    let headers: HTTPFields
    let session: SessionKeeper
    private let retry: LookupRetry
    private let knowledge: Mutex<Knowledge>
    private let pacing = Mutex<Pace?>(nil)

    /// Waits until another request may be sent; throws when the task is cancelled meanwhile.
    typealias Pace = @Sendable () async throws -> Void

    init(
        baseURL: BaseURL,
        credentials: DHIS2Credentials,
        transport: any HTTPTransport,
        configuration: DHIS2Client.Configuration,
        retryTools: RetryTools
    ) throws(DHIS2Error) {
        if let fault = credentials.fault { throw DHIS2Error(.invalidCredentials, message: fault) }
        guard let authorization = HTTPField(name: .authorization, value: credentials.authorization) else {
            throw DHIS2Error(.invalidCredentials, message: "A header field cannot carry the credentials.")
        }
        self.baseURL = baseURL
        self.transport = transport
        self.configuration = configuration
        usesToken = if case .personalAccessToken = credentials { true } else { false }
        apiURL = baseURL.description + "/api/"
        var headers: HTTPFields = [
            .accept: ErrorFormat.accept,
            // No cache on the way may answer; DHIS2 passes the field on to targets.
            .cacheControl: "no-cache",
        ]
        headers.replace(with: configuration.headers)
        headers.set(authorization)
        self.headers = headers
        session = SessionKeeper(headers: headers)
        retry = LookupRetry(
            limit: configuration.lookupRetries,
            patience: configuration.retryAfterPatience,
            tools: retryTools
        )
        knowledge = Mutex(Knowledge(preflight: PreflightKnowledge()))
    }

    /// The header fields of a request: the client's, replaced name by name by the request's own.
    func headers(with own: HTTPFields) -> HTTPFields {
        guard !own.isEmpty else { return headers }
        var merged = headers
        merged.replace(with: own)
        return merged
    }

    /// The bound on a request that is not given its own.
    ///
    /// - Parameter route: The route that it runs, if it is one that the list shows.
    func patience(for route: Route? = nil) -> Duration {
        configuration.timeout ?? RouteBehaviour.patience(withRouteLimit: route?.responseTimeoutSeconds)
    }

    /// Gets a path under `/api`, in the client's session.
    ///
    /// - Parameter repeats: Whether what may pass within a moment is tried again, as the configuration says.
    func getResponse(
        _ path: String,
        query: QueryParameters,
        headers: HTTPFields,
        timeout: Duration?,
        keptBody: Int = .max,
        repeats: Bool = true
    ) async throws(TransportError) -> HTTPExchange {
        var url = apiURL
        url += path.utf8.first == UInt8(ascii: "/") ? path.dropFirst() : path[...]
        if !query.isEmpty { url += "?" + QueryEncoder.encodeForDHIS2(query) }
        let request = TransportRequest(
            url: url,
            headerFields: self.headers(with: headers),
            timeout: timeout ?? patience(),
            keptBody: keptBody
        )
        guard repeats else {
            try await pace()
            return try await send(request, as: .api).exchange
        }
        let pace = { () async throws(TransportError) in try await self.pace() }
        return try await retry(within: request.timeout, pacedBy: pace) { (timeout) async throws(TransportError) in
            var request = request
            request.timeout = timeout
            return try await send(request, as: .api).exchange
        }
    }

    /// Asks whether DHIS2 is up, without credentials and outside of any session: the one path outside its security.
    func ping(timeout: Duration?) async throws(TransportError) -> HTTPExchange {
        var headers = headers
        headers.remove(.authorization)
        try await pace()
        return try await transport.send(
            TransportRequest(url: apiURL + "ping", headerFields: headers, timeout: timeout ?? patience())
        )
    }

    /// Lets every request that the client sends of its own accord wait for its turn: all but the first of a run.
    func setPace(_ pace: Pace?) {
        pacing.withLock { $0 = pace }
    }

    /// Waits until the client may send a request of its own.
    ///
    /// - Throws: ``TransportError/Code/cancelled``.
    func pace() async throws(TransportError) {
        guard let pace = pacing.withLock({ $0 }) else { return }
        do {
            try await pace()
        } catch {
            throw TransportError(.cancelled, message: "The request was cancelled.")
        }
    }

    /// Gets and decodes a path under `/api`.
    func get<Value: Decodable>(
        _ path: String,
        query: QueryParameters,
        as type: Value.Type,
        repeats: Bool = true
    ) async throws(DHIS2Error) -> Value {
        let exchange: HTTPExchange
        do {
            exchange = try await getResponse(path, query: query, headers: [:], timeout: nil, repeats: repeats)
        } catch {
            throw DHIS2Error(Preflight.problem(of: error, from: baseURL, knowing: preflightKnowledge))
        }
        let value = try JSONAnswer.decode(type, from: exchange, to: path, of: self)
        learn(from: exchange)
        return value
    }

    /// Notes what a good answer proves, for servers that nobody may ask for their version.
    private func learn(from exchange: HTTPExchange) {
        let facts = HeaderFacts(exchange)
        knowledge.withLock {
            if $0.preflight.marks == nil {
                $0.preflight = PreflightKnowledge(marks: facts.marks, credentialsAccepted: true)
            }
        }
    }

    /// Notes that the target of a route has answered.
    func noteAnswer(of target: RouteTarget) {
        guard let origin = target.targetOrigin else { return }
        knowledge.withLock { _ = $0.answeringTargets.insert(origin) }
    }

    /// Whether the target of a route has answered, to a run of this route or of another one.
    func hasAnswered(_ target: RouteTarget) -> Bool {
        guard let origin = target.targetOrigin else { return false }
        return knowledge.withLock { $0.answeringTargets.contains(origin) }
    }

    /// What preflight has found so far.
    var preflightKnowledge: PreflightKnowledge { knowledge.withLock { $0.preflight } }

    /// The server's version where it is pinned or known already.
    var knownVersion: ServerVersion? { configuration.version ?? knowledge.withLock { $0.info?.version } }

    /// The version that runs are written for: pinned, known, or asked for; `nil` when asking is switched off.
    func version() async throws(DHIS2Error) -> ServerVersion? {
        if let known = knownVersion { return known }
        return configuration.skipVersionProbe ? nil : try await serverInfo().version
    }

    /// What the server says of itself, asked for once however many tasks want to know.
    func serverInfo() async throws(DHIS2Error) -> ServerInfo {
        enum Next {
            case known(ServerInfo)
            case wait(InfoLookup, isNew: Bool)
        }
        let next: Next = knowledge.withLock { knowledge in
            if let info = knowledge.info { return .known(info) }
            if let lookup = knowledge.lookup { return .wait(lookup, isNew: false) }
            let lookup = InfoLookup()
            knowledge.lookup = lookup
            return .wait(lookup, isNew: true)
        }
        switch next {
        case .known(let info): return info
        case .wait(let lookup, let isNew):
            if isNew { lookup.start { await self.askServerInfo() } }
            guard let outcome = await lookup.outcome() else {
                throw DHIS2Error(.cancelled, message: "The task was cancelled while it asked DHIS2 for its version.")
            }
            return try outcome.get()
        }
    }

    /// Asks the server afresh and keeps what it says.
    func preflight(timeout: Duration?, repeats: Bool = true) async -> PreflightOutcome {
        let outcome: PreflightOutcome
        do {
            let exchange = try await getResponse(
                "system/info",
                query: [:],
                headers: [:],
                timeout: timeout,
                keptBody: Preflight.largestInfo,
                repeats: repeats
            )
            outcome = Preflight.outcome(
                ofServerInfo: exchange,
                from: baseURL,
                usesToken: usesToken,
                knowing: preflightKnowledge
            )
        } catch {
            outcome = .failed(Preflight.problem(of: error, from: baseURL, knowing: preflightKnowledge))
        }
        if case .ready(let info, let found) = outcome {
            knowledge.withLock {
                $0.info = info
                $0.preflight = found
            }
        }
        return outcome
    }

    private func askServerInfo() async -> Result<ServerInfo, DHIS2Error> {
        let outcome = await preflight(timeout: nil)
        knowledge.withLock { $0.lookup = nil }
        switch outcome {
        case .ready(let info, _): return .success(info)
        case .failed(let problem): return .failure(DHIS2Error(problem))
        }
    }
}
