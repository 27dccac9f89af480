import Checks
import DHIS2
import FoundationEssentials
import Synchronization

/// One run of one plan: preflight, workers, and the report that comes of them.
///
/// The ``Schedule`` says which check may start, the ``WorkQueue`` hands it to the next free worker, a
/// ``CheckExecution`` runs it, and the ``ResultBoard`` keeps what came of it in its place, so that reports keep the job
/// file's order whatever finishes first.
final class SuiteRun: Sendable {
    private let plan: RunPlan
    private let suite: Int
    private let client: DHIS2Client
    private let clock: RunClock
    private let control: RunControl
    private let gate: ReadinessGate?
    private let random: @Sendable () -> Double
    private let onEvent: @Sendable (RunEvent) -> Void
    private let execution: CheckExecution
    private let board: ResultBoard
    /// Checks whose last answer may become clear by those of others, by entry.
    private let unclear = Mutex<[(entry: Int, outcome: CheckExecution.Outcome)]>([])

    init(
        plan: RunPlan,
        suite: Int,
        client: DHIS2Client,
        clock: RunClock,
        random: @escaping @Sendable () -> Double,
        control: RunControl,
        gate: ReadinessGate?,
        onEvent: @escaping @Sendable (RunEvent) -> Void
    ) {
        self.plan = plan
        self.suite = suite
        self.client = client
        self.clock = clock
        self.control = control
        self.gate = gate
        self.random = random
        self.onEvent = onEvent
        board = ResultBoard(count: plan.entries.count)
        execution = CheckExecution(
            client: client,
            clock: clock,
            limiter: RateLimiter(of: plan.job, for: client, on: clock),
            control: control,
            random: random
        )
    }

    /// Runs the plan within its deadline and puts the report together.
    func report() async -> SuiteReport {
        let start = clock.elapsed()
        let blank = plan.blankReport(startedAt: clock.date())
        let server = await untilEnded { [self] in await examineAndRun(blank) }
        var report = blank
        report.serverVersion = server.version
        report.serverFault = server.fault
        report.warnings = server.warnings
        report.results = finishedResults(server)
        report.duration = clock.elapsed() - start
        onEvent(.suiteFinished(report))
        return report
    }

    private func examineAndRun(_ report: SuiteReport) async -> ServerExamination {
        var server =
            control.ending == nil
            ? await ServerExamination(of: client, for: plan, gate: gate, clock: clock, random: random)
            : ServerExamination()
        var started = report
        started.serverVersion = server.version
        started.serverFault = server.fault
        started.warnings = server.warnings
        onEvent(.suiteStarted(started))
        if server.fault == nil, control.ending == nil {
            await runChecks()
            server.doubt = nil
        }
        return server
    }

    /// Does the work, and cancels it once the run is ended or its deadline passes.
    private func untilEnded(_ work: @escaping @Sendable () async -> ServerExamination) async -> ServerExamination {
        await withTaskGroup(of: ServerExamination?.self) { group in
            group.addTask { await work() }
            group.addTask { [control] in
                await control.waitForEnd(untilCancelled: true)
                return nil
            }
            if let deadline = plan.job.deadline {
                group.addTask { [clock, control] in
                    // A sleep that is cut short means that the work is done, and there is nothing to end.
                    if (try? await clock.sleep(deadline)) != nil { control.end(.deadline) }
                    return nil
                }
            }
            for await outcome in group {
                if let outcome {
                    group.cancelAll()
                    return outcome
                }
                if let ending = control.ending, ending.cancels { group.cancelAll() }
            }
            // The work always has an outcome, cancelled or not.
            return ServerExamination()
        }
    }

    private func runChecks() async {
        let entries = plan.startOrder.filter { plan.entries[$0].skipReason == nil }
        let schedule = Schedule(routes: entries.map { check(at: $0).route }, limitPerRoute: plan.job.routeConcurrency)
        let queue = WorkQueue(schedule)
        await withTaskCancellationHandler {
            await withDiscardingTaskGroup { group in
                for _ in 0..<min(plan.job.concurrency, entries.count) {
                    group.addTask { [self] in
                        while let item = await queue.next() {
                            let failures = await runCheck(entry: entries[item])
                            if let maximum = plan.job.maximumFailures, failures >= maximum {
                                control.end(.maximumFailures)
                                queue.stop()
                            }
                            queue.finish(item)
                        }
                    }
                }
            }
        } onCancel: {
            queue.stop()
        }
        for (entry, outcome) in unclear.withLock({ $0 }) {
            let result = outcome.settled(for: check(at: entry))
            onEvent(.checkFinished(suite: suite, result))
            if outcome.failsEitherWay {
                board.replace(result, entry: entry)
            } else {
                _ = board.post(result, entry: entry)
            }
        }
    }

    /// Runs the check of an entry; returns how many results fail the run by now.
    private func runCheck(entry: Int) async -> Int {
        let index = plan.entries[entry].check
        onEvent(.checkStarted(suite: suite, check: index))
        let outcome = await execution.run(check(at: entry), index: index) { attempt in
            onEvent(.attemptFinished(suite: suite, check: index, attempt))
        }
        if outcome.unclear != nil {
            unclear.withLock { $0.append((entry, outcome)) }
            return outcome.failsEitherWay ? board.post(outcome.result, entry: entry) : 0
        }
        var result = outcome.result
        if result.outcome == .notRun {
            let known = result.attempts.last { $0.fault != nil }
            result.reason = Self.sentence(
                endOfRun,
                adding: known.flatMap { attempt in attempt.fault.map { "attempt \(attempt.number): \($0.message)" } }
            )
        }
        onEvent(.checkFinished(suite: suite, result))
        return board.post(result, entry: entry)
    }

    private func check(at entry: Int) -> Check {
        plan.job.checks[plan.entries[entry].check]
    }

    /// A result for every entry: what came in, what was skipped, and what the end of the run cut off.
    private func finishedResults(_ server: ServerExamination) -> [CheckResult] {
        let reason = server.fault?.message ?? Self.sentence(endOfRun, adding: server.doubt?.message)
        var results = board.takeResults()
        return results.indices.map { entry in
            if let result = results[entry].take() { return result }
            let missing = plan.blankResult(of: plan.entries[entry], reason: reason)
            onEvent(.checkFinished(suite: suite, missing))
            return missing
        }
    }

    private static func name(ofSignal number: Int32) -> String {
        switch number {
        case 1: "SIGHUP"
        case 2: "SIGINT"
        case 15: "SIGTERM"
        default: "signal \(number)"
        }
    }

    /// Why the run ended before its checks did.
    private var endOfRun: String {
        switch control.ending {
        case .interrupted(let signal): "The run was interrupted by \(Self.name(ofSignal: signal))."
        case .deadline: "The run's deadline passed."
        case .maximumFailures: "The run stopped after its largest number of failures."
        case .serverUnusable, .completed, .unfinished, .invalidInput, nil: "The run ended before the check did."
        }
    }

    /// A sentence with what was known to be wrong by then.
    private static func sentence(_ sentence: String, adding detail: String?) -> String {
        detail.map { "\(sentence.dropLast()); \($0)" } ?? sentence
    }
}
