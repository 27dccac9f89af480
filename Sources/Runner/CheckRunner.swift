public import Checks
public import DHIS2
import FoundationEssentials

/// Runs the checks of a plan, so many at a time as its job allows.
public struct CheckRunner: Sendable {
    let client: DHIS2Client
    let clock: RunClock
    private let random: @Sendable () -> Double

    /// Creates a runner.
    ///
    /// - Parameters:
    ///   - client: The client of the job's server.
    ///   - clock: The run's clock; results count from its start.
    ///   - random: Random numbers in 0…1 for the jitter of retries.
    public init(
        client: DHIS2Client,
        clock: RunClock = .system(),
        random: @escaping @Sendable () -> Double = { .random(in: 0...1) }
    ) {
        self.client = client
        self.clock = clock
        self.random = random
    }

    /// Runs a plan to its end; a failed check never stops another one.
    ///
    /// - Parameters:
    ///   - plan: What to run.
    ///   - suite: The plan's place among the run's suites, counted from 0, for the events.
    ///   - control: Ends the run early; what has not finished by then is reported as not run.
    ///   - gate: How long to wait for a server that is not up yet; `nil` takes it as it is.
    ///   - onEvent: Called with each event as it happens, from whichever task it happens in.
    /// - Returns: Exactly one result for each entry of the plan, in the job file's order.
    public func run(
        _ plan: RunPlan,
        suite: Int = 0,
        control: RunControl = RunControl(),
        gate: ReadinessGate? = nil,
        onEvent: @escaping @Sendable (RunEvent) -> Void = { _ in }
    ) async -> SuiteReport {
        let run = SuiteRun(
            plan: plan,
            suite: suite,
            client: client,
            clock: clock,
            random: random,
            control: control,
            gate: gate,
            onEvent: onEvent
        )
        return await run.report()
    }
}
