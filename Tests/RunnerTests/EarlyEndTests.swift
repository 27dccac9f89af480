import Checks
import DHIS2
import Runner
import Testing

/// What is left of a run that is ended before its checks are done.
struct EarlyEndTests {
    private func hang() async throws(TransportError) -> HTTPExchange {
        while !Task.isCancelled { await Task.yield() }
        throw TransportError(.cancelled, message: "The request was cancelled.")
    }

    private func run(
        _ job: Job,
        on server: any HTTPTransport,
        clock: RunClock = .system(),
        control: RunControl = RunControl(),
        gate: ReadinessGate? = nil
    ) async throws -> SuiteReport {
        let client = try DHIS2Client(
            baseURL: "https://dhis2.example",
            credentials: .personalAccessToken("d2p_test"),
            transport: server
        )
        let runner = CheckRunner(client: client, clock: clock, random: { 0.5 })
        return await runner.run(RunPlan(job), control: control, gate: gate)
    }

    @Test func aRetryThatTheEndCutsOffKeepsItsAttempts() async throws {
        let control = RunControl()
        let server = FakeServer { _, number throws(TransportError) in
            guard number > 0 else { return .dhis2(503) }
            control.end(.interrupted(signal: 2))
            return try await hang()
        }
        let report = try await run(
            job(["a"]) { $0.checks[0].retry.attempts = 5 },
            on: server,
            clock: sleepingClock(),
            control: control
        )
        #expect(report.results[0].outcome == .notRun)
        #expect(report.results[0].attempts.map(\.outcome) == [.failed, .notRun])
        #expect(report.results[0].attempts.map(\.status) == [503, nil])
        #expect(
            report.results[0].reason
                == "The run was interrupted by SIGINT; attempt 1: \(report.results[0].attempts[0].fault?.message ?? "")"
        )
        #expect(report.results[0].attempts[0].fault != nil)
    }

    @Test func aDelayThatTheEndCutsOffKeepsItsAttempts() async throws {
        let control = RunControl()
        var clock = RunClock.system()
        clock.sleep = { _ in
            control.end(.interrupted(signal: 15))
            while !Task.isCancelled { await Task.yield() }
            throw CancellationError()
        }
        let report = try await run(
            job(["a"]) { $0.checks[0].retry.attempts = 2 },
            on: FakeServer(always: .dhis2(503)),
            clock: clock,
            control: control
        )
        #expect(report.results[0].outcome == .notRun)
        #expect(report.results[0].attempts.map(\.outcome) == [.failed])
    }

    @Test func anEndDuringPreflightIsNoFaultOfTheServer() async throws {
        struct Silent: HTTPTransport {
            let control: RunControl
            func send(_ request: TransportRequest) async throws(TransportError) -> HTTPExchange {
                control.end(.interrupted(signal: 15))
                while !Task.isCancelled { await Task.yield() }
                throw TransportError(.cancelled, message: "The request was cancelled.")
            }
        }
        let control = RunControl()
        let report = try await run(job(["a", "b"]), on: Silent(control: control), control: control)
        #expect(report.serverFault == nil)
        #expect(report.results.map(\.outcome) == [.notRun, .notRun])
        #expect(report.results.map(\.reason) == Array(repeating: "The run was interrupted by SIGTERM.", count: 2))
    }

    @Test func anEndBeforeTheStartSendsNothing() async throws {
        let control = RunControl()
        control.end(.interrupted(signal: 15))
        let server = FakeServer(always: .dhis2(200))
        let report = try await run(job(["a"]), on: server, control: RunControl(partOf: control))
        #expect(server.requestCount == 0)
        #expect(report.results.map(\.outcome) == [.notRun])
    }

    @Test func aDeadlineBoundsPreflightToo() async throws {
        struct Silent: HTTPTransport {
            func send(_ request: TransportRequest) async throws(TransportError) -> HTTPExchange {
                while !Task.isCancelled { await Task.yield() }
                throw TransportError(.cancelled, message: "The request was cancelled.")
            }
        }
        let control = RunControl()
        let report = try await run(
            job(["a"]) { $0.deadline = .seconds(60) },
            on: Silent(),
            clock: sleepingClock(),
            control: control
        )
        #expect(control.ending == .deadline)
        #expect(report.serverFault == nil)
        #expect(report.results[0].reason == "The run's deadline passed.")
    }

    @Test func thePartOfARunEndsWithTheWholeButNotTheOtherWayRound() {
        let whole = RunControl()
        let first = RunControl(partOf: whole)
        first.end(.maximumFailures)
        #expect(whole.ending == nil)
        let second = RunControl(partOf: whole)
        whole.end(.deadline)
        // What is in flight there may hang.
        #expect(first.ending == .deadline)
        #expect(second.ending == .deadline)
        #expect(RunControl(partOf: whole).ending == .deadline)
        whole.end(.interrupted(signal: 2))
        #expect(whole.ending == .deadline)
    }

    @Test(arguments: [RunEnding.interrupted(signal: 2), .interrupted(signal: 15), .deadline])
    func aLaterEndCancelsWhatHangsAfterTheLargestNumberOfFailures(ending: RunEnding) async throws {
        let control = RunControl()
        let server = FakeServer { request, _ throws(TransportError) in
            if request.url.contains("RouteUid100") { return .dhis2(500) }
            // The other check has failed and ended the run by now, or does so in a moment.
            while control.ending == nil { await Task.yield() }
            control.end(ending)
            return try await hang()
        }
        let report = try await run(
            job(["b", "a"]) { job in
                job.concurrency = 2
                job.maximumFailures = 1
            },
            on: server,
            control: control
        )
        #expect(control.ending == ending)
        #expect(report.results.map(\.outcome) == [.notRun, .failed])
    }

    @Test func aLaterEndCutsOffADelayAfterTheLargestNumberOfFailures() async throws {
        let control = RunControl()
        var clock = RunClock.system()
        clock.sleep = { _ in
            while control.ending == nil, !Task.isCancelled { await Task.yield() }
            control.end(.interrupted(signal: 15))
            while !Task.isCancelled { await Task.yield() }
            throw CancellationError()
        }
        let report = try await run(
            job(["b", "a"]) { job in
                job.concurrency = 2
                job.maximumFailures = 1
                job.checks[0].retry.attempts = 2
            },
            on: FakeServer(always: .dhis2(503)),
            clock: clock,
            control: control
        )
        #expect(control.ending == .interrupted(signal: 15))
        #expect(report.results.map(\.outcome) == [.notRun, .failed])
    }

    @Test func aCheckThatWaitsForTheRateDoesNotStartAfterTheLargestNumberOfFailures() async throws {
        let server = FakeServer(always: .dhis2(500))
        var clock = RunClock.system()
        // Version, routes and the first check get their turns at once; whoever has to wait longer waits until the run is over.
        clock.sleep = { delay in
            if delay < .seconds(150) { return }
            while !Task.isCancelled { await Task.yield() }
            throw CancellationError()
        }
        let report = try await run(
            job(Array(repeating: "a", count: 8)) { job in
                job.rate = RequestRate(count: 1, per: .seconds(60))
                job.maximumFailures = 1
            },
            on: server,
            clock: clock
        )
        #expect(server.runRequests.count == 1)
        #expect(report.counts.failed == 1)
        #expect(report.counts.notRun == 7)
    }
}
