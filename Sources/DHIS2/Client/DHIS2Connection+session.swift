import DHIS2Behaviour
import HTTPVocabulary

/// An answer, and how the client's session had part in it.
struct SessionAnswer {
    var exchange: HTTPExchange
    /// Whether the request belonged to the client's session; otherwise it made one of its own.
    var isInSession: Bool
    /// Whether the request was sent a second time, because DHIS2 had ended the session of the first.
    var wasRepeated = false
}

// One session for all requests. DHIS2 makes one for each request with credentials that has no cookie of a session, keeps
// ten for a user, and ends the least recent one under whoever still waits in it.
extension DHIS2Connection {
    /// What a request is for, which decides how it comes to a session and who may refuse it.
    enum Purpose {
        /// It asks DHIS2 itself; its answer may open the session.
        case api
        /// It runs a route. Runs may take long, so a short request opens the session before them.
        case run(RouteTarget, path: String)
    }

    /// Sends a request in the client's session, which is opened before anything is sent beside it.
    ///
    /// Credentials go with it all the same. A request whose own header fields name other credentials or another cookie
    /// stays outside. When DHIS2 has ended the session, a request that may be repeated is, once, in a new one.
    func send(_ request: TransportRequest, as purpose: Purpose) async throws(TransportError) -> SessionAnswer {
        guard belongsToSession(request) else {
            return SessionAnswer(exchange: try await transport.send(request), isInSession: false)
        }
        var answer = SessionAnswer(exchange: try await converse(request, as: purpose), isInSession: true)
        if request.method.isIdempotent, saysSessionEnded(answer.exchange) {
            try await pace()
            answer.exchange = try await converse(request, as: purpose)
            answer.wasRepeated = true
        }
        return answer
    }

    /// A cookie masks a wrong password, so it is used with no other credentials than those that got it.
    private func belongsToSession(_ request: TransportRequest) -> Bool {
        let fields = request.headerFields
        return configuration.keepsSession && !fields.contains(.cookie)
            && (fields.isWritten(like: headers) || fields[.authorization] == headers[.authorization])
    }

    private func saysSessionEnded(_ exchange: HTTPExchange) -> Bool {
        Redirect.isSessionEnd(exchange, of: baseURL)
    }

    /// Waits until it is known whether there is a session, and sends a request with its cookies.
    private func converse(
        _ request: TransportRequest,
        as purpose: Purpose
    ) async throws(TransportError) -> HTTPExchange {
        var mayOpen =
            if case .api = purpose { !SessionRules.isWithoutCredentials(request.url.prefix { $0 != "?" }) } else {
                false
            }
        while true {
            switch session.step() {
            case .send(let part):
                return try await exchange(request, as: purpose, part)
            case .wait(let opening):
                guard await opening.outcome() != nil else {
                    throw TransportError(.cancelled, message: "The request was cancelled.")
                }
                // Whoever has waited in vain makes sure, so that it is the last to be waited for.
                mayOpen = false
            case .open(let part):
                if mayOpen { return try await exchange(request, as: purpose, part) }
                try await open(part, within: request.timeout)
                return try await exchange(request, as: purpose, session.nextPart())
            }
        }
    }

    /// Opens the session with a short request; whatever it is answered, the one that needed the session goes on.
    ///
    /// - Throws: ``TransportError`` when the task was cancelled.
    private func open(_ part: SessionState.Part, within timeout: Duration) async throws(TransportError) {
        let request = TransportRequest(
            url: apiURL + "me?fields=id",
            headerFields: headers,
            timeout: timeout,
            keptBody: 1024
        )
        do {
            try await pace()
            _ = try await exchange(request, as: .api, part, isFinal: true)
        } catch  where error.code == .cancelled {
            throw error
        } catch {
            // The request for whose sake it was sent will meet the same, and say so.
        }
    }

    /// Sends a request with what there is of a session, and takes from the answer what it says of it.
    ///
    /// - Parameter isFinal: Whether requests go on without a session when the answer brings none, whatever it is.
    private func exchange(
        _ request: TransportRequest,
        as purpose: Purpose,
        _ part: SessionState.Part,
        isFinal: Bool = false
    ) async throws(TransportError) -> HTTPExchange {
        var request = request
        if let session = part.session {
            if request.headerFields.isWritten(like: headers) {
                request.headerFields = session.headers
            } else {
                request.headerFields.append(session.field)
            }
        }
        let exchange: HTTPExchange
        do {
            exchange = try await transport.send(request)
        } catch {
            session.settle(part, isFinal: isFinal && error.code != .cancelled)
            throw error
        }
        let isGood = (200...299).contains(exchange.statusCode)
        session.take(
            exchange,
            to: part,
            isFromDHIS2: isFromDHIS2(exchange, isGood: isGood),
            isRefusal: isRefusal(exchange, to: request, as: purpose),
            isFinal: isFinal || isGood
        )
        return exchange
    }

    /// Whether DHIS2 refuses the credentials, or says that the session has ended.
    ///
    /// A `401` of a target says nothing of the client's credentials.
    private func isRefusal(_ exchange: HTTPExchange, to request: TransportRequest, as purpose: Purpose) -> Bool {
        switch exchange.statusCode {
        case 400: return HeaderFacts(exchange).challengesToken
        case 302, 401: break
        default: return false
        }
        switch purpose {
        case .run(let target, let path):
            let response = RouteResponse(
                exchange: exchange,
                url: request.url,
                method: request.method,
                path: path,
                target: target
            )
            return origin(of: response, timeout: request.timeout).layer == .dhis2
        case .api:
            return OriginDecision(ofOwnPath: exchange, on: self).originOfOwnPath.layer == .dhis2
        }
    }

    /// Whether an answer came from DHIS2 or passed it, so that its cookies are DHIS2's or its load balancer's: what
    /// stands in front may set cookies with a page of its own.
    private func isFromDHIS2(_ exchange: HTTPExchange, isGood: Bool) -> Bool {
        switch Passage(HeaderFacts(exchange), status: exchange.statusCode, due: preflightKnowledge.marks) {
        case .throughDHIS2, .stripped: true
        case .aroundDHIS2, .container: false
        case .unknown: isGood
        }
    }

    /// Begins to end the sessions at DHIS2, each with one request that carries its cookies and no credentials.
    ///
    /// The task is of its own, so that it also does its work for one that has been cancelled; cancelling it gives up.
    ///
    /// - Parameter bound: The bound on each request.
    func beginClosing(within bound: Duration) -> Task<Void, Never> {
        var fields = headers
        fields.remove(.authorization)
        let requests = session.takeAll().map { session in
            var fields = fields
            fields.append(session.field)
            return TransportRequest(
                url: baseURL.description + SessionRules.logoutPath,
                headerFields: fields,
                timeout: bound,
                keptBody: 0
            )
        }
        let transport = transport
        return Task {
            await withDiscardingTaskGroup { group in
                for request in requests {
                    // Best effort: DHIS2 ends a session by itself when nobody has used it for an hour.
                    group.addTask { _ = try? await transport.send(request) }
                }
            }
        }
    }
}
