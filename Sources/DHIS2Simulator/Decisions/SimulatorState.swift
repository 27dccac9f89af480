/// What changes while a simulated server runs: its configuration, the faults' turns, the sessions, the log.
///
/// A value, so that all of it changes under one lock and tests need no server. A request is decided in two steps: when
/// it has arrived, what is counted and looked up becomes a ``Decision``; when its time has come, in `+answer`, that
/// becomes bytes, by the server as it is then. Between the two nothing is locked.
struct SimulatorState: Sendable {
    private(set) var configuration: SimulatorConfiguration
    private(set) var instance: SimulatedInstance
    private(set) var requestCount = 0
    private(set) var sessions: SessionStore
    private var turns: [Int]
    private var log: [SimulatedRequest] = []

    init(_ configuration: SimulatorConfiguration) {
        self.configuration = configuration
        instance = SimulatedInstance(configuration)
        sessions = SessionStore(limit: configuration.maxSessionsPerUser)
        turns = Array(repeating: 0, count: configuration.faults.count)
    }

    /// What is to be done about a request.
    struct Decision: Sendable {
        /// The server as it is when the request has arrived.
        var instance: SimulatedInstance
        /// The fault that answers, if one is due.
        var fault: SimulatedFault?
        /// How much later the answer comes, because of faults that only delay.
        var delay: Duration = .zero
        /// How long the server is to be away, if the request orders a restart.
        var downtime: Duration?
        var session = RequestSession.none
    }

    /// Changes the configuration; a changed list of faults starts counting anew.
    mutating func update<Result>(_ change: (inout SimulatorConfiguration) throws -> Result) rethrows -> Result {
        let faults = configuration.faults
        defer {
            if configuration.faults != faults { turns = Array(repeating: 0, count: configuration.faults.count) }
            instance = SimulatedInstance(configuration)
            sessions.limit(to: configuration.maxSessionsPerUser)
        }
        return try change(&configuration)
    }

    /// The latest requests, oldest first.
    var requests: [SimulatedRequest] { Array(log.suffix(configuration.logLimit)) }

    mutating func clearLog() { log.removeAll() }

    /// Forgets all sessions, as a restart does.
    mutating func forgetSessions() { sessions.forgetAll() }

    /// Whether a request's session has expired since the request arrived.
    ///
    /// If so, the session is forgotten.
    mutating func takeExpiry(of session: RequestSession) -> Bool {
        session.active.map { sessions.forgetIfExpired($0.id) } ?? false
    }

    /// Notes a request, and finds its session and the faults that are due.
    mutating func take(_ request: SimulatedRequest) -> Decision {
        requestCount += 1
        record(request)
        var decision = faultDecision(request)
        if decision.downtime != nil {
            sessions.forgetAll()
        } else if decision.fault?.reachesDHIS2 ?? true {
            decision.session = sessions.enter(request, instance)
        }
        return decision
    }

    private mutating func faultDecision(_ request: SimulatedRequest) -> Decision {
        guard !configuration.faults.isEmpty else { return Decision(instance: instance) }
        let path = instance.pathInContext(request.path)
        let reference = path.flatMap(Self.routeReference)
        var due: [FaultRule] = []
        for (index, rule) in configuration.faults.enumerated()
        where matches(rule, request, path: path, reference: reference) {
            turns[index] += 1
            if rule.isDue(at: turns[index]) { due.append(rule) }
        }
        var decision = Decision(instance: instance)
        for rule in due {
            switch rule.fault {
            case .delay(let delay): decision.delay += delay
            case .restart(let downtime): decision.downtime = downtime
            case .deleteRoute, .renameRoute, .disableRoute, .expireTokens: change(rule)
            default: decision.fault = decision.fault ?? rule.fault
            }
        }
        decision.instance = instance
        return decision
    }

    private mutating func change(_ rule: FaultRule) {
        if rule.fault == .expireTokens {
            update { $0.expireTokens() }
            return
        }
        guard let reference = rule.route else { return }
        update { configuration in
            switch rule.fault {
            case .deleteRoute: configuration.deleteRoute(reference)
            case .disableRoute: configuration.changeRoute(reference) { $0.disabled = true }
            case .renameRoute(let code): configuration.changeRoute(reference) { $0.code = code }
            default: break
            }
        }
    }

    private mutating func record(_ request: SimulatedRequest) {
        guard configuration.logLimit > 0 else { return }
        // Dropping half at a time keeps the cost of each request constant.
        if log.count >= configuration.logLimit * 2 { log.removeFirst(configuration.logLimit) }
        log.append(request)
    }

    private func matches(
        _ rule: FaultRule,
        _ request: SimulatedRequest,
        path: Substring?,
        reference: String?
    ) -> Bool {
        if let method = rule.method, method != request.method { return false }
        if let pattern = rule.path {
            guard let path, FaultRule.matches(String(path), pattern: pattern) else { return false }
        }
        guard let wanted = rule.route else { return true }
        guard let reference else { return false }
        return reference.isSameBytes(as: wanted) || instance.route(reference)?.route.isNamed(wanted) == true
    }

    /// The uid or code in `/api[/NN]/routes/{reference}/run…`.
    private static func routeReference(in path: Substring) -> String? {
        let segments = path.utf8.split(separator: UInt8(ascii: "/")).map { Substring($0) }
        guard let routes = segments.firstIndex(of: "routes"), segments.count > routes + 2,
            segments[routes + 2] == "run"
        else { return nil }
        return QueryText.decodePath(segments[routes + 1])
    }
}
