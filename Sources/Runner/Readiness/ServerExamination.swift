import Checks
import DHIS2
import Matching

/// What a look at the server before a run brought: its version, or why it cannot be used.
///
/// One look is enough for a server that is up. With a ``ReadinessGate`` the ``ReadinessWait`` looks again and again,
/// until the server is ready, cannot become so by itself, or patience ends.
struct ServerExamination: Sendable {
    /// The version, as the server or the job file gives it.
    var version: String?
    /// Why no check of the plan can run, if so.
    var fault: Fault?
    /// What spoke against the server when the look ended, whether or not checks can run.
    var doubt: Fault?
    /// Whether the fault or the doubt may pass by itself.
    var mayPass = false
    /// How long the server asks to wait before it is asked again, in seconds or as a date; see `Retry-After`.
    var retryAfter: String?
    /// What was noticed that may matter to the checks, each a sentence.
    var warnings: [String] = []

    /// Creates the examination of a server that nobody asked.
    init() {}

    /// Asks the server who it is and which routes it has, in as few requests as it allows, once it is up.
    ///
    /// A task that is cancelled meanwhile is no fault of the server.
    init(
        of client: DHIS2Client,
        for plan: RunPlan,
        gate: ReadinessGate?,
        clock: RunClock,
        random: @escaping @Sendable () -> Double
    ) async {
        if let gate {
            let wait = ReadinessWait(gate: gate, client: client, plan: plan, clock: clock, random: random)
            self = await wait.examination()
        } else {
            await self.init(of: client, for: plan)
            // What the end of the run cut off tells nothing.
            if Task.isCancelled { doubt = nil }
        }
        if Task.isCancelled { fault = nil }
    }

    /// Asks the server who it is and which routes it has, in as few requests as it allows.
    ///
    /// A failure that may pass within a moment is tried again, unless a wait does so anyway.
    ///
    /// - Parameter timeout: The bound on the first request instead of the client's, as a wait sets it.
    init(of client: DHIS2Client, for plan: RunPlan, timeout: Duration? = nil) async {
        self.init()
        await ask(client, for: plan, timeout: timeout)
        guard fault == nil, let marks = Self.warning(ofMarksOn: client) else { return }
        note(marks, for: plan)
    }

    /// Keeps a warning, which keeps a strict job from running.
    private mutating func note(_ warning: Warning, for plan: RunPlan) {
        guard plan.job.isStrict else {
            warnings.append(warning.message)
            return
        }
        guard fault == nil else { return }
        let message = "\(warning.message) With --strict, this warning is an error."
        fault = Fault(layer: warning.layer, code: warning.code, message: message)
        doubt = fault
    }

    private mutating func ask(_ client: DHIS2Client, for plan: RunPlan, timeout: Duration?) async {
        let server = plan.job.server
        for notice in plan.notices {
            note(Warning(layer: notice.layer, code: notice.code, message: notice.message), for: plan)
        }
        guard fault == nil else { return }
        version = server.version
        let repeats = timeout == nil
        if server.probe {
            switch await client.preflight(timeout: timeout, repeats: repeats) {
            case .ready(let info, _):
                version = info.version.description
                if let fault = Fault(of: plan.job, against: info.version, at: client.baseURL) {
                    self.fault = fault
                    doubt = fault
                    return
                }
                if server.version == nil, let warning = Self.warning(ofOrderIn: plan, version: info.version) {
                    note(warning, for: plan)
                }
            case .failed(let problem):
                self = Self(problem)
                return
            }
        }
        do throws(DHIS2Error) {
            if server.addressRoutesBy == .uid {
                let resolution = try await client.routes.resolve(codes: plan.routeCodes, repeats: repeats)
                if let warning = Self.warning(of: resolution.unreadable) { note(warning, for: plan) }
            } else if !server.probe {
                // Nothing has told yet whether DHIS2's marks arrive here, without which nobody knows who answers.
                _ = try await client.routes.listAll(pageSize: 1, repeats: repeats)
            }
        } catch {
            doubt = Fault(listing: error)
            mayPass = error.mayPass
            retryAfter = error.retryAfter
            if server.addressRoutesBy == .uid { fault = doubt }
        }
    }

    /// Says of a server that is up, but does not answer those who have credentials, what DHIS2 needs for that.
    fileprivate mutating func blameDatabase(of client: DHIS2Client) {
        let message = """
            \(client.baseURL.hostAndPort) says that it is up, but it does not answer requests with credentials: its \
            database may be down, or other requests hold all connections to it.
            """
        doubt?.code = OriginReason.database.description
        doubt?.message = message
        if fault != nil { fault = doubt }
    }

    /// The examination of a server that cannot be used.
    init(_ problem: PreflightProblem) {
        fault = Fault(problem)
        doubt = fault
        mayPass = problem.mayPass
        retryAfter = problem.retryAfter
    }
}

extension DHIS2Error {
    /// Whether it may pass by itself, as with a server that is starting.
    fileprivate var mayPass: Bool {
        problem?.mayPass ?? statusCode.map { $0 == 429 || $0 >= 500 } ?? false
    }
}

/// Polls a server until DHIS2 answers, accepts the credentials and lists its routes.
struct ReadinessWait {
    let gate: ReadinessGate
    let client: DHIS2Client
    let plan: RunPlan
    let clock: RunClock
    let random: @Sendable () -> Double

    /// The longest that one answer is waited for: a server that hangs while it starts is asked again.
    private static let longestRequest = Duration.seconds(10)
    /// The same for the question whether it is up, which takes DHIS2 no time.
    private static let longestPing = Duration.seconds(5)

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
            let asked = server.retryAfter.flatMap { RetryAfter.seconds($0, at: clock.date()) } ?? 0
            // Whatever cuts the sleep short cancels the next look too.
            try? await clock.sleep(min(max(delay, .seconds(min(asked, 86_400))), left))
        }
    }

    /// Asks first whether DHIS2 is up, without credentials, and only then whether it takes them and shows its routes.
    ///
    /// Something in front may keep the path from whoever has no credentials, or send them to a login. That says
    /// nothing of those who have some.
    private func look() async -> ServerExamination {
        let left = gate.end - clock.elapsed()
        let timeout = min(max(left, .seconds(1)), Self.longestRequest)
        if let problem = await client.ping(timeout: min(timeout, Self.longestPing)) {
            let isDown = problem.statusCode.map { $0 == 429 || $0 >= 500 } ?? true
            if isDown { return ServerExamination(problem) }
        }
        var server = await ServerExamination(of: client, for: plan, timeout: timeout)
        if server.doubt?.code == OriginReason.starting.description { server.blameDatabase(of: client) }
        return server
    }
}

/// How long a run waits for its server to be up, and who is told what it waits for.
public struct ReadinessGate: Sendable {
    /// How long the wait may take.
    public var patience: Duration
    /// When patience ends, counted on the run's clock: one patience for all servers of a run.
    public var end: Duration
    /// Told a sentence when the wait begins, when its reason changes, and when it is over.
    public var tell: @Sendable (String) -> Void

    /// Creates a gate whose patience begins with the run.
    public init(patience: Duration, tell: @escaping @Sendable (String) -> Void) {
        self.patience = patience
        end = patience
        self.tell = tell
    }
}
