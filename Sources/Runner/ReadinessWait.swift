import Checks
import DHIS2

/// Polls a server until DHIS2 answers and accepts the credentials.
struct ReadinessWait {
    let gate: ReadinessGate
    let client: DHIS2Client
    /// Whether the credentials may be tried on `/api/system/info`.
    let probes: Bool
    let clock: RunClock
    let random: @Sendable () -> Double

    /// The longest that one answer is waited for: a server that hangs while it starts is asked again.
    private static let longestRequest = Duration.seconds(10)

    private static let policy: RetryPolicy = {
        var policy = RetryPolicy()
        policy.delay = .milliseconds(250)
        policy.factor = 1.5
        policy.maximumDelay = .seconds(5)
        return policy
    }()

    /// Waits; returns what still speaks against the server, or `nil` once it is ready.
    ///
    /// What does not pass by itself, such as refused credentials, ends the wait at once.
    func problem() async -> PreflightProblem? {
        var told: String?
        var attempt = 0
        while true {
            let problem = await look()
            guard var problem else {
                if told != nil { gate.tell("\(client.baseURL) is ready.") }
                return nil
            }
            let left = gate.end - clock.elapsed()
            guard problem.mayPass, !Task.isCancelled, left > .zero else {
                if problem.mayPass, !Task.isCancelled {
                    problem.message =
                        "\(client.baseURL) was not ready within \(AmountText.duration(gate.patience)). \(problem.message)"
                }
                return problem
            }
            if told != problem.message {
                let start =
                    told == nil ? "Waiting up to \(AmountText.duration(gate.patience)) for DHIS2" : "Still waiting"
                gate.tell("\(start): \(problem.message)")
                told = problem.message
            }
            attempt += 1
            let delay = RetryDelay.after(
                attempt: attempt,
                policy: Self.policy,
                retryAfter: nil,
                at: clock.date(),
                random: random()
            )
            // Whatever cuts the sleep short cancels the next look too.
            try? await clock.sleep(min(delay, left))
        }
    }

    /// Asks first whether DHIS2 is up, without credentials, and only then whether it takes them.
    private func look() async -> PreflightProblem? {
        let left = gate.end - clock.elapsed()
        let timeout = min(max(left, .seconds(1)), Self.longestRequest)
        if let problem = await client.ping(timeout: timeout) { return problem }
        guard probes else { return nil }
        switch await client.preflight(timeout: timeout) {
        case .ready: return nil
        case .failed(let problem): return problem
        }
    }
}
