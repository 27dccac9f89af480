extension DHIS2Client {
    /// Asks `/api/system/info` whether this is a DHIS2 with routes that accepts the credentials.
    ///
    /// What it finds is kept for ``serverInfo()`` and ``origin(of:timeout:)``.
    ///
    /// - Parameter timeout: The bound on the request instead of the configuration's.
    public func preflight(timeout: Duration? = nil) async -> PreflightOutcome {
        await connection.preflight(timeout: timeout)
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
            return Preflight.problem(of: error, from: baseURL)
        }
    }

    /// Which layer gave the answer to a run.
    ///
    /// - Parameters:
    ///   - response: What ``RoutesAccessor/run(code:path:params:headers:useCache:method:body:timeout:)`` returned.
    ///   - timeout: The run's own bound, where it had one.
    public func origin(of response: RouteResponse, timeout: Duration? = nil) -> ResponseOrigin {
        var context = originContext(code: response.code, timeout: timeout)
        context.reference = response.reference
        context.route = response.route
        context.subPath = response.path
        context.method = response.method
        return ResponseOrigin(of: response.exchange, in: context)
    }

    /// Which layer is to blame that a run gave no answer.
    ///
    /// - Parameters:
    ///   - error: Why no answer came.
    ///   - code: The route's code.
    ///   - timeout: The run's own bound, where it had one.
    public func origin(of error: TransportError, code: String, timeout: Duration? = nil) -> ResponseOrigin {
        ResponseOrigin(of: error, in: originContext(code: code, timeout: timeout))
    }

    private func originContext(code: String, timeout: Duration?) -> OriginContext {
        OriginContext(
            code: code,
            server: baseURL,
            usesToken: connection.usesToken,
            version: connection.knownVersion,
            timeout: timeout ?? connection.configuration.timeout,
            preflight: connection.preflightKnowledge
        )
    }
}
