import Checks
import DHIS2

/// What a look at the server before a run brought: its version, or why it cannot be used.
struct ServerExamination: Sendable {
    /// The version, as the server or the job file gives it.
    var version: String?
    /// Why no check of the plan can run, if so.
    var fault: Fault?

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
            let wait = ReadinessWait(
                gate: gate,
                client: client,
                probes: plan.job.server.probe,
                clock: clock,
                random: random
            )
            if let problem = await wait.problem() {
                self.init()
                fault = Task.isCancelled ? nil : Fault(problem)
                return
            }
        }
        await self.init(of: client, for: plan)
        if Task.isCancelled { fault = nil }
    }

    /// Asks the server who it is and which routes it has, in as few requests as it allows.
    init(of client: DHIS2Client, for plan: RunPlan) async {
        version = plan.job.server.version
        if plan.job.server.probe {
            switch await client.preflight() {
            case .ready(let info, _): version = info.version.description
            case .failed(let problem):
                fault = Fault(problem)
                return
            }
        }
        guard plan.job.server.addressRoutesBy == .uid else { return }
        do throws(DHIS2Error) {
            _ = try await client.routes.resolve(codes: plan.routeCodes)
        } catch {
            fault = Fault(listing: error)
        }
    }
}
