import Checks
import DHIS2
import HTTPVocabulary
import Runner
import Synchronization
import Testing

struct CheckRunnerTests {
    private func run(
        _ job: Job,
        on server: FakeServer,
        clock: RunClock = .system(),
        control: RunControl = RunControl(),
        onEvent: @escaping @Sendable (RunEvent) -> Void = { _ in }
    ) async throws -> SuiteReport {
        let runner = CheckRunner(client: try server.client(), clock: clock, random: { 0.5 })
        return await runner.run(RunPlan(job), control: control, onEvent: onEvent)
    }

    @Test func keepsTheJobFilesOrderWhateverFinishesFirst() async throws {
        let server = FakeServer { _, number in
            for _ in 0..<(50 - number) { await Task.yield() }
            return .dhis2(200)
        }
        let report = try await run(job((0..<50).map { ["a", "b", "c"][$0 % 3] }) { $0.concurrency = 10 }, on: server)
        #expect(report.results.map(\.name) == (0..<50).map { "check \($0)" })
        #expect(report.counts.passed == 50)
        #expect(server.mostInFlight <= 10)
        #expect(report.serverVersion == "2.42.4")
    }

    @Test func keepsToTheConcurrencyOfARoute() async throws {
        let server = FakeServer { _, _ in
            await Task.yield()
            return .dhis2(200)
        }
        let report = try await run(
            job(Array(repeating: "a", count: 40)) { job in
                job.concurrency = 16
                job.routeConcurrency = 2
            },
            on: server
        )
        #expect(report.counts.passed == 40)
        #expect(server.mostInFlight <= 2)
    }

    /// Up to 2.43 an empty 503 is DHIS2's own where the target is not allowed; one that answers another check is.
    @Test(arguments: [true, false])
    func anotherAnswerOfTheTargetTellsWhoseAnEmpty503Is(isAnswered: Bool) async throws {
        let server = FakeServer(codes: ["a"]) { request, _ in
            request.url.hasSuffix("/later") && isAnswered ? .dhis2(200) : .dhis2(503)
        }
        var plan = job(["a", "a"]) { $0.concurrency = 1 }
        plan.checks[1].path = "later"
        let finished = Mutex<[CheckResult]>([])
        let report = try await run(plan, on: server) { event in
            if case .checkFinished(_, let result) = event { finished.withLock { $0.append(result) } }
        }
        let fault = try #require(report.results[0].fault)
        #expect(fault.layer == (isAnswered ? .upstream : .route))
        #expect(fault.certainty == (isAnswered ? .likely : .possible))
        #expect(
            fault.message
                == (isAnswered
                    ? #"The target of the route "a" (a.example) answered 503 where 2xx was expected."#
                    : """
                    DHIS2 2.42.4 may not call the target of the route "a" (a.example): its route.remote_servers_allowed does not \
                    name the host, or the target is plain http. The target of the route "a" (a.example) may have answered 503 \
                    without a body itself.
                    """)
        )
        // Each is told once, and as the report has it.
        let told = finished.withLock { $0 }.sorted { $0.name < $1.name }
        #expect(told.map(\.fault) == report.results.map(\.fault))
        #expect(report.counts.failed == (isAnswered ? 1 : 2))
    }

    /// A check of which nobody knows yet whether it has failed does not count as one that has.
    @Test func anAnswerThatBecomesClearEndsNoRun() async throws {
        let server = FakeServer(codes: ["a"]) { request, _ in
            request.url.hasSuffix("/later") ? .dhis2(200) : .dhis2(503)
        }
        var plan = job(["a", "a"]) { job in
            job.concurrency = 1
            job.maximumFailures = 1
        }
        plan.checks[0].expectation.status = StatusSet([.code(503)])
        plan.checks[1].path = "later"
        let control = RunControl()
        let report = try await run(plan, on: server, control: control)
        #expect(report.results.map(\.outcome) == [.passed, .passed])
        #expect(control.ending == nil)
    }

    @Test func anAnswerThatBecomesClearCanBeTheExpectedOne() async throws {
        let server = FakeServer(codes: ["a"]) { request, _ in
            request.url.hasSuffix("/later") ? .dhis2(200) : .dhis2(503)
        }
        var plan = job(["a", "a"]) { $0.concurrency = 1 }
        plan.checks[0].expectation.status = StatusSet([.code(503)])
        plan.checks[1].path = "later"
        let report = try await run(plan, on: server)
        #expect(report.results.map(\.outcome) == [.passed, .passed])
    }

    /// 2.41, which writes its own answers in chunks, and with a charset.
    private struct OldServer: HTTPTransport {
        let answer: String

        func send(_ request: TransportRequest) async throws(TransportError) -> HTTPExchange {
            let body =
                if request.url.contains("/run") { answer } else if request.url.contains("routes?") {
                    #"{"routes":[{"id":"RouteUid100","code":"a","name":"a","url":"https://a.example/**"}]}"#
                } else { #"{"version":"2.41.9.1"}"# }
            var exchange = HTTPExchange.dhis2(request.url.contains("/run") ? 400 : 200, body)
            let fields = """
                Content-Security-Policy: frame-ancestors 'self'\r\nX-Content-Type-Options: nosniff\r\n\
                Content-Type: application/json;charset=UTF-8\r\nTransfer-Encoding: chunked\r\n
                """
            exchange.headerSection = Array(fields.utf8)
            return exchange
        }
    }

    /// 2.41 answers with a 400 of its own where a target's status has no name.
    @Test(arguments: [(520, Outcome.passed), (200, .failed), (400, .failed)])
    func judgesTheStatusThatDHIS2CouldNotPassOn(expected: Int, outcome: Outcome) async throws {
        let envelope =
            #"{"httpStatus":"Bad Request","httpStatusCode":400,"status":"ERROR","message":"No matching constant for [520]"}"#
        var plan = job(["a"])
        plan.checks[0].expectation.status = StatusSet([.code(expected)])
        let client = try DHIS2Client(
            baseURL: "https://dhis2.example",
            credentials: .personalAccessToken("d2p_test"),
            transport: OldServer(answer: envelope)
        )
        let report = await CheckRunner(client: client, random: { 0.5 }).run(RunPlan(plan))
        let result = report.results[0]
        #expect(result.outcome == outcome)
        #expect(result.attempts.last?.status == 520)
        if outcome == .failed {
            #expect(result.fault?.layer == .upstream)
            #expect(
                result.fault?.message
                    == #"The target of the route "a" (a.example) answered 520 where \#(expected) was expected."#
            )
        }
    }

    /// What a target may have said itself keeps the status that it has.
    @Test(arguments: ["[200]", "[404]", "[599]"])
    func takesNoStatusFromATargetsWords(text: String) async throws {
        let envelope =
            #"{"httpStatus":"Bad Request","httpStatusCode":400,"status":"ERROR","message":"No matching constant for \#(text)"}"#
        var plan = job(["a"])
        plan.checks[0].expectation.status = StatusSet([.range(200...599)])
        let result = try await run(plan, on: FakeServer(always: .dhis2(400, envelope))).results[0]
        #expect(result.attempts.last?.status == 400)
    }

    @Test func anUnmarkedAnswerIsNoPassWhereNobodyWasAsked() async throws {
        // A cache or a portal that answers every run in DHIS2's place, and not with a page.
        let portal = HTTPExchange(statusCode: 200, headerSection: Array("Content-Type: text/plain\r\n".utf8))
        func outcome(marksArrive: Bool) async throws -> (SuiteReport, FakeServer) {
            let server = FakeServer(marksItsList: marksArrive) { _, _ in portal }
            var configuration = DHIS2Client.Configuration()
            configuration.addressRoutesBy = .code
            configuration.skipVersionProbe = true
            let client = try DHIS2Client(
                baseURL: "https://dhis2.example",
                credentials: .personalAccessToken("d2p_test"),
                transport: server,
                configuration: configuration
            )
            let plan = RunPlan(
                job(["a"]) { job in
                    job.server.probe = false
                    job.server.addressRoutesBy = .code
                }
            )
            return (await CheckRunner(client: client).run(plan), server)
        }
        let (report, server) = try await outcome(marksArrive: true)
        #expect(report.results.map(\.outcome) == [.failed])
        #expect(report.results[0].fault?.layer == .proxy)
        #expect(server.requestCount == 2)
        // Where a proxy strips the marks there is nothing to miss.
        #expect(try await outcome(marksArrive: false).0.results.map(\.outcome) == [.passed])
    }

    @Test func aLookupThatFailedIsRepeatedLikeTheRequest() async throws {
        let lookups = Atomic(0)
        let server = FakeServer(
            onLookup: {
                lookups.wrappingAdd(1, ordering: .relaxed).newValue == 1
                    ? HTTPExchange(statusCode: 503, headerSection: Array("Content-Type: text/html\r\n".utf8)) : nil
            },
            answer: { request, _ in
                // A uid that has gone stale is looked up again.
                guard request.url.contains("RouteUid100") else { return .dhis2(200) }
                let message = "Route not found: 'RouteUid100'"
                return .dhis2(404, #"{"httpStatusCode":404,"status":"ERROR","message":"\#(message)"}"#)
            }
        )
        let report = try await run(
            job(["a"]) { $0.checks[0].retry.attempts = 2 },
            on: server,
            clock: sleepingClock()
        )
        #expect(report.results[0].attempts.count == 2)
        #expect(lookups.load(ordering: .relaxed) == 2)
    }

    @Test func aFailedCheckStopsNoOther() async throws {
        let server = FakeServer { _, number throws(TransportError) in
            if number == 0 { throw TransportError(.reset, message: "The connection broke.") }
            return .dhis2(number == 1 ? 500 : 200)
        }
        let report = try await run(job(["a", "b", "c"]) { $0.concurrency = 1 }, on: server)
        #expect(report.results.map(\.outcome) == [.error, .failed, .passed])
        #expect(report.results[0].fault?.layer == .network)
        #expect(report.results[1].fault?.layer == .upstream)
        #expect(report.results[1].attempts[0].mismatches.map(\.message) == ["status: expected 2xx, got 500"])
        #expect(report.results[2].fault == nil)
    }

    @Test func aRouteThatIsMissingIsAnErrorWhateverStatusIsExpected() async throws {
        let server = FakeServer(
            always: .dhis2(
                404,
                #"{"httpStatus":"Not Found","httpStatusCode":404,"status":"ERROR","message":"Route not found: 'gone'","errorCode":"E1005"}"#
            )
        )
        let report = try await run(
            job(["gone", "gone"]) { job in
                job.checks[0].expectation.status = StatusSet([.code(404)])
                job.checks[1].expectation.status = StatusSet([.code(404)])
                job.checks[1].expectation.from = .dhis2
            },
            on: server
        )
        #expect(report.results.map(\.outcome) == [.error, .passed])
        #expect(report.results[0].fault?.layer == .route)
        #expect(report.results[0].fault?.code == "route-not-found")
    }

    @Test func anUnusableServerRunsNothingAndReportsEverything() async throws {
        struct Refusing: HTTPTransport {
            func send(_ request: TransportRequest) async throws(TransportError) -> HTTPExchange {
                throw TransportError(.refused, message: "The host dhis2.example:443 refused the connection.")
            }
        }
        let client = try DHIS2Client(
            baseURL: "https://dhis2.example",
            credentials: .personalAccessToken("t"),
            transport: Refusing()
        )
        let report = await CheckRunner(client: client).run(RunPlan(job(["a", "b"])))
        #expect(report.serverFault?.layer == .network)
        #expect(report.results.map(\.outcome) == [.notRun, .notRun])
        #expect(report.results[0].reason == report.serverFault?.message)
    }

    @Test func repeatsWhatThePolicyNamesWithGrowingDelays() async throws {
        let server = FakeServer { _, number in .dhis2(number < 3 ? 503 : 200) }
        let slept = SleptTime()
        let report = try await run(
            job(["a"]) { job in
                job.checks[0].retry.attempts = 5
                job.checks[0].retry.delay = .seconds(1)
            },
            on: server,
            clock: sleepingClock(slept)
        )
        #expect(report.results[0].isFlaky)
        #expect(report.results[0].attempts.map(\.status) == [503, 503, 503, 200])
        #expect(report.results[0].attempts.map(\.outcome) == [.failed, .failed, .failed, .passed])
        #expect(slept.all == [.seconds(1), .seconds(2), .seconds(4)])
        #expect(report.results[0].duration == .seconds(7))
    }

    @Test func repeatsNothingElse() async throws {
        let server = FakeServer(always: .dhis2(500))
        let report = try await run(job(["a"]) { $0.checks[0].retry.attempts = 5 }, on: server)
        #expect(report.results[0].attempts.count == 1)
    }

    @Test func repeatsAPostOnlyIfTold() async throws {
        let server = FakeServer(always: .dhis2(503))
        let report = try await run(
            job(["a", "a"]) { job in
                for index in job.checks.indices {
                    job.checks[index].method = .post
                    job.checks[index].retry.attempts = 3
                }
                job.checks[1].retry.includesNonIdempotent = true
            },
            on: server,
            clock: sleepingClock()
        )
        #expect(report.results.map(\.attempts.count) == [1, 3])
    }

    @Test func stopsStartingAfterTheLargestNumberOfFailures() async throws {
        let server = FakeServer(always: .dhis2(500))
        let control = RunControl()
        let report = try await run(
            job(Array(repeating: "a", count: 10)) { job in
                job.concurrency = 1
                job.maximumFailures = 3
            },
            on: server,
            control: control
        )
        #expect(report.counts.failed == 3)
        #expect(report.counts.notRun == 7)
        #expect(control.ending == .maximumFailures)
    }

    @Test func reportsWhatAnInterruptCutOff() async throws {
        let control = RunControl()
        let server = FakeServer { _, number throws(TransportError) in
            if number < 2 { return .dhis2(200) }
            control.end(.interrupted(signal: 15))
            while !Task.isCancelled { await Task.yield() }
            throw TransportError(.cancelled, message: "The request was cancelled.")
        }
        let report = try await run(
            job(Array(repeating: "a", count: 6)) { $0.concurrency = 1 },
            on: server,
            control: control
        )
        #expect(report.results.map(\.outcome) == [.passed, .passed, .notRun, .notRun, .notRun, .notRun])
        #expect(report.results[5].reason == "The run was interrupted by SIGTERM.")
    }

    @Test func reportsWhatTheDeadlineCutOff() async throws {
        let server = FakeServer { _, _ throws(TransportError) in
            while !Task.isCancelled { await Task.yield() }
            throw TransportError(.cancelled, message: "The request was cancelled.")
        }
        let control = RunControl()
        let report = try await run(
            job(["a", "b"]) { $0.deadline = .seconds(600) },
            on: server,
            clock: sleepingClock(),
            control: control
        )
        #expect(report.results.map(\.outcome) == [.notRun, .notRun])
        #expect(control.ending == .deadline)
    }

    @Test func tellsEveryCheckOnceWhateverItsOutcome() async throws {
        let finished = Mutex<[Int]>([])
        let report = try await run(
            job(["a", "b", "c"]) { $0.checks[1].skip = Waiver(reason: "later") },
            on: FakeServer(always: .dhis2(200))
        ) { event in
            if case .checkFinished(_, let result) = event { finished.withLock { $0.append(result.index) } }
        }
        #expect(finished.withLock { $0.sorted() } == [0, 1, 2])
        #expect(report.results.map(\.outcome) == [.passed, .skipped, .passed])
        #expect(report.results[1].reason == "later")
    }
}
