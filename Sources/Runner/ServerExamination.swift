import Checks
import DHIS2

/// What a look at the server before a run brought: its version, or why it cannot be used.
struct ServerExamination: Sendable {
    /// The version, as the server or the job file gives it.
    var version: String?
    /// Why no check of the plan can run, if so.
    var fault: Fault?
    /// What spoke against the server when the look ended, whether or not checks can run.
    var doubt: Fault?
    /// Whether the fault or the doubt may pass by itself.
    var mayPass = false

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
    /// - Parameter timeout: The bound on the first request instead of the client's.
    init(of client: DHIS2Client, for plan: RunPlan, timeout: Duration? = nil) async {
        self.init()
        let server = plan.job.server
        version = server.version
        if server.probe {
            switch await client.preflight(timeout: timeout) {
            case .ready(let info, _): version = info.version.description
            case .failed(let problem):
                self = Self(problem)
                return
            }
        }
        do throws(DHIS2Error) {
            if server.addressRoutesBy == .uid {
                _ = try await client.routes.resolve(codes: plan.routeCodes)
            } else if !server.probe {
                // Nothing has told yet whether DHIS2's marks arrive here, without which nobody knows who answers.
                _ = try await client.routes.listAll(pageSize: 1)
            }
        } catch {
            doubt = Fault(listing: error)
            mayPass = error.mayPass
            if server.addressRoutesBy == .uid { fault = doubt }
        }
    }

    /// The examination of a server that cannot be used.
    init(_ problem: PreflightProblem) {
        fault = Fault(problem)
        doubt = fault
        mayPass = problem.mayPass
    }
}

extension DHIS2Error {
    /// Whether it may pass by itself, as with a server that is starting.
    fileprivate var mayPass: Bool {
        problem?.mayPass ?? statusCode.map { $0 == 429 || $0 >= 500 } ?? false
    }
}
