public import Checks
public import DHIS2
import FoundationEssentials

// The runner is the way into this module. A plan (`Planning`) becomes a suite's run (`Suite`), which looks at the
// server first (`Readiness`), then hands out checks to workers. Each check is tried as often as its policy says
// (`Attempts`), and each answer is held against what is expected of it (`Evaluation`). `Timing` has the clock, the
// pauses and the end that comes early; `Translation` turns checks into DHIS2's terms, and what DHIS2 says into the
// terms of reports.

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

extension CheckRunner {
    /// How long the end of a session may take.
    private static let closingBound = Duration.seconds(2)
    /// How long it may take once somebody wants the program to end.
    private static let hurriedBound = Duration.milliseconds(300)

    /// Ends the session that the client has at DHIS2, so that a run leaves none; never fails.
    ///
    /// It takes 2 s at most, 300 ms after an interrupt, whether that came before or comes meanwhile. It works in a
    /// task that has been cancelled too.
    ///
    /// - Parameter control: The control of the run.
    public func endSession(after control: RunControl = RunControl()) async {
        let closing = client.beginClosing(within: control.signal != nil ? Self.hurriedBound : Self.closingBound)
        let hurry = Task { [clock] in
            guard control.ending?.cancels != true else { return }
            await control.waitForEnd(untilCancelled: true)
            guard control.signal != nil, (try? await clock.sleep(Self.hurriedBound)) != nil else { return }
            closing.cancel()
        }
        await closing.value
        hurry.cancel()
    }
}
