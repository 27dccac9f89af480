import Checks
import DHIS2Simulator
import FoundationEssentials
import Glibc
import Testing

/// What a run leaves behind that is told to stop.
@Suite(.timeLimit(.minutes(5)))
struct InterruptTests {
    /// Which request is the first of a check: two look at the server.
    private static let firstRun = 3

    @Test(arguments: [
        ("/api/system/info", SimulatedFault.hang, 1, [] as [String], ""),
        ("/api/routes", .hang, 2, [], ""),
        (
            "/api/ping", .proxyPage(status: 503), 2, ["--wait-ready", "10m"],
            "; A proxy in front of 127.0.0.1:PORT answered 503: DHIS2 is down, still starting, or too slow for it."
        ),
        ("/api/ping", .hang, 1, ["--wait-ready", "10m"], ""),
    ])
    func aSignalBeforeTheChecksStartLeavesACompleteReport(
        path: String,
        fault: SimulatedFault,
        requests: Int,
        options: [String],
        known: String
    ) async throws {
        let server = ServedJob.server(FaultRule(path: path, fault: fault))
        try await ServedJob.ahead("checks: [{route: health}, {route: fhir}]", on: server) { served in
            let running = try served.binary.start(["run", "job.yaml", "--report-json", "r.json"] + options)
            try await served.simulator.waitForRequests(requests)
            running.signal(SIGINT)
            let outcome = try await running.outcome()
            #expect(outcome.status == 130)
            let report = try served.report("r.json")
            #expect(report.ending == .interrupted(signal: 2))
            #expect(report.suites[0].serverFault == nil)
            let reason = "The run was interrupted by SIGINT" + known.replacing("PORT", with: "\(served.simulator.port)")
            #expect(report.suites[0].results.count == 2)
            #expect(report.suites[0].results.allSatisfy { $0.reason?.hasPrefix(reason) == true })
        }
    }

    @Test func theJobFilesThatFollowAreReportedToo() async throws {
        let server = ServedJob.server(FaultRule(route: "health", fault: .hang))
        try await ServedJob.ahead("checks: [{route: health}]", on: server) { served in
            try Data("checks: [{route: fhir}]".utf8).write(to: URL(filePath: served.path("second.yaml")))
            let running = try served.binary.start(["run", "job.yaml", "second.yaml", "--report-json", "r.json"])
            try await served.simulator.waitForRequests(Self.firstRun)
            running.signal(SIGTERM)
            #expect(try await running.outcome().status == 143)
            #expect(try served.report("r.json").suites.flatMap(\.results).map(\.outcome) == [.notRun, .notRun])
            #expect(served.simulator.requests(to: "/api/system/info").count == 1)
        }
    }

    /// As `timeout` and systemd do it, both at once.
    @Test(arguments: [SIGTERM, SIGHUP, SIGINT])
    func aSecondSignalAtOnceBelongsToTheFirst(second: Int32) async throws {
        let server = ServedJob.server(FaultRule(route: "echo", fault: .hang))
        try await ServedJob.ahead("concurrency: 1\nchecks: [{route: health}, {route: echo}]", on: server) { served in
            let running = try served.binary.start(["run", "job.yaml", "--report-json", "r.json"])
            try await served.simulator.waitForRequests(Self.firstRun + 1)
            running.signal(SIGTERM)
            running.signal(second)
            let outcome = try await running.outcome()
            #expect(outcome.status == 143)
            #expect(outcome.output.contains("INCOMPLETE  2 checks: 1 passed, 1 not run"))
            let report = try served.report("r.json")
            #expect(report.ending == .interrupted(signal: SIGTERM))
            #expect(report.suites[0].results.map(\.outcome) == [.passed, .notRun])
            #expect(served.simulator.sessionsMade == 1)
            #expect(served.simulator.sessionCount == 0)
        }
    }

    @Test func aSignalWhileReportsAreWrittenLeavesWhatTheFirstOneSaid() async throws {
        let server = ServedJob.server(FaultRule(route: "health", fault: .hang))
        try await ServedJob.ahead("checks: [{route: health}]", on: server) { served in
            // Nobody reads the pipe, so that the report waits for a reader.
            #expect(mkfifo(served.path("pipe"), 0o600) == 0)
            let running = try served.binary.start(
                ["run", "job.yaml", "--report-json", "first.json", "--report-junit", "pipe"])
            try await served.simulator.waitForRequests(Self.firstRun)
            running.signal(SIGINT)
            _ = try await served.finishedReport("first.json")
            running.signal(SIGHUP)
            #expect(try await running.outcome().status == 130)
            #expect(try served.report("first.json").ending == .interrupted(signal: SIGINT))
        }
    }

    @Test func aReaderThatGoesAwayDoesNotKeepTheReportsFromBeingWritten() async throws {
        try await ServedJob.ahead("checks: [{route: health, expect: 418}, {route: fhir}]") { served in
            var ends: [Int32] = [0, 0]
            #expect(pipe(&ends) == 0)
            close(ends[0])
            let running = try served.binary.start(
                ["run", "job.yaml", "--report-json", "r.json"],
                standardOutput: ends[1]
            )
            close(ends[1])
            #expect(try await running.outcome().status == 1)
            #expect(try served.report("r.json").suites[0].results.map(\.outcome) == [.failed, .passed])
        }
    }
}
