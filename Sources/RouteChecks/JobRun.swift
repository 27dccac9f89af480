public import Checks
import CurlHTTP
import DHIS2
public import FoundationEssentials
import Redaction
public import Runner

/// Runs jobs, one after the other, each against its own server.
///
/// ```swift
/// let job = Job(
///     name: "smoke",
///     server: ServerSettings(url: "https://dhis2.example.org", credentials: .token(token)),
///     checks: [Check(name: "CHAP answers", route: "chap", path: "health")]
/// )
/// let report = try await JobRun(job).report()
/// ```
///
/// A run keeps one session at each server and ends it; it can be made once and used once. What can be refused before a
/// request is sent, such as a URL or credentials that cannot be sent, is refused when the run is made. From then on a
/// run always ends in a report: a server that does not answer is one of its results.
public struct JobRun: Sendable {
    private struct Suite: Sendable {
        var plan: RunPlan
        var transport: CurlTransport
        var client: DHIS2Client
    }

    private let suites: [Suite]

    /// Makes ready to run all checks of jobs; no request is sent.
    ///
    /// Works out who the checks are (`Redactor.identify(_:)`), so that reports of the run can be compared with others.
    ///
    /// - Throws: As ``init(_:bodyMemory:)`` does.
    public init(_ first: Job, _ others: Job...) throws {
        var jobs = [first] + others
        Redactor(secretsOf: jobs).identify(&jobs)
        try self.init(jobs.map { RunPlan($0) })
    }

    /// The memory for bodies that a run has unless it is told otherwise: 256 MiB.
    public static let usualBodyMemory = 256 << 20

    /// Makes ready to run plans; no request is sent.
    ///
    /// No more checks are in flight than the process may have files open; a warning says so.
    ///
    /// - Parameters:
    ///   - plans: What to run.
    ///   - bodyMemory: How many bytes the bodies of all answers in flight may take together; see
    ///     ``CurlHTTP/CurlOptions/bodyMemory``.
    /// - Throws: ``UnusableJob`` when a server's URL or credentials cannot be used, `TransportError` when the system
    ///   refuses what the transport needs.
    public init(_ plans: [RunPlan], bodyMemory: Int = Self.usualBodyMemory) throws {
        var descriptors = DescriptorLimit.usage
        descriptors?.open += plans.count * DescriptorLimit.perTransport
        try DescriptorLimit.check(descriptors)
        suites = try plans.map { plan in
            let wanted = plan.job.concurrency
            let plan = plan.within(descriptors)
            var options = CurlOptions(plan.job)
            options.bodyMemory = bodyMemory
            // Idle connections have descriptors too.
            if plan.job.concurrency < wanted { options.maximumConnections = plan.job.concurrency }
            let transport = try CurlTransport(options: options)
            return Suite(plan: plan, transport: transport, client: try DHIS2Client(plan.job, transport: transport))
        }
    }

    /// Runs one check of the first plan, of which there must be one, once, and keeps all it saw.
    ///
    /// - Parameters:
    ///   - check: The check's place in the job.
    ///   - control: Cuts it off; what comes of it then says nothing.
    /// - Throws: `CheckRunner.ServerUnusable` when the check cannot be run at all.
    public func explanation(
        ofCheck check: Int,
        control: RunControl = RunControl()
    ) async throws(CheckRunner.ServerUnusable) -> Explanation {
        let suite = suites[0]
        let runner = CheckRunner(client: suite.client)
        let outcome: Result<Explanation, CheckRunner.ServerUnusable>
        do throws(CheckRunner.ServerUnusable) {
            outcome = .success(try await runner.explanation(ofCheck: check, in: suite.plan, control: control))
        } catch {
            outcome = .failure(error)
        }
        await runner.endSession(after: control)
        suite.transport.shutdown()
        return try outcome.get()
    }

    /// Runs every plan; whatever happens, each of them is in the report.
    ///
    /// - Parameters:
    ///   - control: Ends the run early.
    ///   - bounds: What bounds all plans together.
    ///   - gate: How long to wait for servers that are not up yet.
    ///   - onStart: Told when the run begins, before anything is sent.
    ///   - onEvent: Told each event as it happens.
    public func report(
        control: RunControl = RunControl(),
        bounds: RunBounds = RunBounds(),
        gate: ReadinessGate? = nil,
        onStart: (Date) -> Void = { _ in },
        onEvent: @escaping @Sendable (RunEvent) -> Void = { _ in }
    ) async -> RunReport {
        let clock = RunClock.system()
        let startedAt = clock.date()
        onStart(startedAt)
        var report = RunReport(toolVersion: Version.current, startedAt: startedAt, duration: .zero, suites: [])
        report.shard = suites.first?.plan.shard
        report.seed = suites.first?.plan.seed
        report.repeats = suites.first?.plan.repeats ?? 1
        let deadline = Task {
            guard let deadline = bounds.deadline else { return }
            // A sleep that is cut short means that the run is over.
            if (try? await clock.sleep(deadline)) != nil { control.end(.deadline) }
        }
        defer { deadline.cancel() }
        var ending: RunEnding?
        var endingOfAll: RunEnding?
        for (number, suite) in suites.enumerated() {
            var plan = suite.plan
            if let most = bounds.maximumFailures {
                let left = most - report.counts.failing
                if left <= 0 { control.end(.maximumFailures) }
                plan = plan.running { $0.maximumFailures = max(left, 1) }
            }
            let suiteControl = RunControl(partOf: control)
            let runner = CheckRunner(client: suite.client, clock: clock)
            // On libcurl's own thread neither a request nor its answer changes threads.
            let result = await withTaskExecutorPreference(suite.transport.taskExecutor) {
                await runner.run(plan, suite: number, control: suiteControl, gate: gate, onEvent: onEvent)
            }
            report.suites.append(result)
            ending = ending ?? suiteControl.ending
            // What comes from here on finds all checks of this job done.
            endingOfAll = control.ending
            report.duration = clock.elapsed()
            // Before the next job file opens one: a run never has two sessions at once.
            await runner.endSession(after: control)
            suite.transport.shutdown()
        }
        if let ending = endingOfAll ?? ending {
            report.ending = ending
        } else if report.suites.contains(where: { $0.serverFault != nil }) {
            report.ending = .serverUnusable
        }
        return report
    }
}

/// What bounds a whole run, all its jobs together.
public struct RunBounds: Sendable, Hashable {
    /// How long the run may take; `nil` does not bound it.
    public var deadline: Duration?
    /// After how many failures no further check starts, at least 1; `nil` does not bound them.
    public var maximumFailures: Int?

    /// Creates bounds.
    public init(deadline: Duration? = nil, maximumFailures: Int? = nil) {
        self.deadline = deadline
        self.maximumFailures = maximumFailures
    }
}
