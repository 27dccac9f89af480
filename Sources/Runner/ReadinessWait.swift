import Checks
import DHIS2
import Matching

/// Polls a server until DHIS2 answers, accepts the credentials and lists its routes.
struct ReadinessWait {
    let gate: ReadinessGate
    let client: DHIS2Client
    let plan: RunPlan
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

    /// Waits until the server is ready, and returns the look that found it so, or the last one that did not.
    ///
    /// What does not pass by itself, such as refused credentials, ends the wait at once.
    func examination() async -> ServerExamination {
        var told: String?
        var attempt = 0
        var last: Fault?
        while true {
            var server = await look()
            if Task.isCancelled {
                if server.doubt != nil { server.doubt = last }
                return server
            }
            guard let problem = server.doubt, server.mayPass || server.fault != nil else {
                if told != nil { gate.tell("\(client.baseURL) is ready.") }
                return server
            }
            guard server.mayPass else { return server }
            last = problem
            let left = gate.end - clock.elapsed()
            guard left > .zero else {
                var fault = problem
                fault.message =
                    "\(client.baseURL) was not ready within \(AmountText.duration(gate.patience)). \(problem.message)"
                server.fault = fault
                return server
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

    /// Asks first whether DHIS2 is up, without credentials, and only then whether it takes them and shows its routes.
    ///
    /// Something in front may keep the path from whoever has no credentials, or send them to a login. That says
    /// nothing of those who have some.
    private func look() async -> ServerExamination {
        let left = gate.end - clock.elapsed()
        let timeout = min(max(left, .seconds(1)), Self.longestRequest)
        if let problem = await client.ping(timeout: timeout) {
            let isDown = problem.statusCode.map { $0 == 429 || $0 >= 500 } ?? true
            if isDown { return ServerExamination(problem) }
        }
        return await ServerExamination(of: client, for: plan, timeout: timeout)
    }
}
