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
}
