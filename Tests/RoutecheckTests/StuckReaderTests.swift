import Checks
import DHIS2Simulator
import FoundationEssentials
import Glibc
import Testing

/// Runs that are told to stop while nobody takes what they have to say.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct StuckReaderTests {
    /// More to say than a pipe holds, and a check that never ends.
    private static let job = """
        concurrency: 8
        checks:
          - route: health
            name: ${number} \(String(repeating: "n", count: 900))
            expect: 418
            matrix: {number: [\((1...80).map(String.init).joined(separator: ", "))]}
          - {route: echo, name: last}
        """

    /// A second where nothing else runs.
    ///
    /// Beside other tests a process can wait longer than that for the machine alone; then what counts is that the run ends,
    /// as one that waits for its reader never does.
    private static let bound = Duration.seconds(
        ProcessInfo.processInfo.environment["ROUTECHECK_MOMENTS"] == nil ? 30 : 1
    )

    /// What the shell does with the command `$run`; the pipe `p` is there, and a reader of it, if any, never reads.
    private static let calls = [
        "exec $run --report-tap p", "exec $run --report-ndjson p",
        "exec $run --report-html p 3<>p", "exec $run --report-ndjson p 3<>p", "exec $run 3<>p >p",
        "exec $run 3<>p >p 2>&1", "exec $run --report-tap /dev/stderr 3<>p 2>p",
        "exec $run --report-ndjson - 3<>p >p 2>&1", "exec $run --report-tap /dev/fd/3 3<>p",
        "exec $run --github-annotations -v 3<>p >p 2>&1",
        "export GITHUB_STEP_SUMMARY=p; exec $run --github-summary",
    ]

    @Test(arguments: calls)
    func aSignalEndsTheRunWithinASecond(call: String) async throws {
        let server = ServedJob.server(FaultRule(route: "echo", fault: .hang))
        try await ServedJob.ahead(Self.job, on: server) { served in
            #expect(mkfifo(served.path("p"), 0o600) == 0)
            var shell = served.binary
            shell.executable = "/bin/sh"
            let script = #"run="$0 run job.yaml --report-json r.json"; "# + call
            let running = try shell.start(["-c", script, served.binary.executable])
            try await served.simulator.waitForRequests(83)
            let start = ContinuousClock.now
            running.signal(SIGTERM)
            let outcome = try await running.outcome()
            let time = ContinuousClock.now - start
            #expect(outcome.status == 143)
            #expect(time < Self.bound)
            let report = try served.report("r.json")
            #expect(report.ending == .interrupted(signal: SIGTERM))
            #expect(report.counts.total == 81)
        }
    }

    /// A deadline has ended the run already when the signal comes, and only the reader is waited for.
    @Test func aSignalEndsTheWaitOfARunThatIsOver() async throws {
        try await ServedJob.ahead(
            "deadline: 300ms\n" + Self.job,
            on: ServedJob.server(FaultRule(route: "echo", fault: .hang))
        ) {
            served in
            #expect(mkfifo(served.path("p"), 0o600) == 0)
            var shell = served.binary
            shell.executable = "/bin/sh"
            let script = #"exec "$0" run job.yaml --report-json r.json --report-html p 3<>p"#
            let running = try shell.start(["-c", script, served.binary.executable])
            #expect(try await served.finishedReport("r.json").ending == .deadline)
            let start = ContinuousClock.now
            running.signal(SIGTERM)
            let outcome = try await running.outcome()
            #expect(ContinuousClock.now - start < Self.bound)
            #expect(outcome.status == 143)
            #expect(
                outcome.errors.hasSuffix(
                    "error: cannot write the report p: not written completely, as its reader takes no more\n"
                )
            )
        }
    }

    @Test func aClosedTerminalEndsARunAsOtherSignalsDo() async throws {
        let server = ServedJob.server(FaultRule(route: "echo", fault: .hang))
        try await ServedJob.ahead("checks: [{route: echo}]", on: server) { served in
            let running = try served.binary.start(["run", "job.yaml", "--report-json", "r.json"])
            try await served.simulator.waitForRequests(3)
            running.signal(SIGHUP)
            #expect(try await running.outcome().status == 129)
            let report = try served.report("r.json")
            #expect(report.ending == .interrupted(signal: SIGHUP))
            #expect(report.suites[0].results[0].reason == "The run was interrupted by SIGHUP.")
        }
    }

    @Test func nohupHoldsTheSignalOff() async throws {
        let server = ServedJob.server(FaultRule(route: "echo", fault: .hang))
        try await ServedJob.ahead("checks: [{route: echo}]", on: server) { served in
            var shell = served.binary
            shell.executable = "/bin/sh"
            let script = #"trap '' HUP; exec "$0" run job.yaml --report-json r.json"#
            let running = try shell.start(["-c", script, served.binary.executable])
            try await served.simulator.waitForRequests(3)
            running.signal(SIGHUP)
            running.signal(SIGTERM)
            #expect(try await running.outcome().status == 143)
            #expect(try served.report("r.json").ending == .interrupted(signal: SIGTERM))
        }
    }
}
