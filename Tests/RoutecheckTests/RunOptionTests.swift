import Checks
import DHIS2Simulator
import FoundationEssentials
import Glibc
import Testing

/// How a run is divided, repeated, bounded and begun, as a user of the binary sees it.
@Suite(.timeLimit(.minutes(5)))
struct RunOptionTests {
    @Test(arguments: [
        ["--shard", "0/4"], ["--shard", "5/4"], ["--shard", "1"], ["--shard", "1/0"],
        ["--shard", "1/4", "--shard-count", "4"],
        ["--shard", "auto"], ["--repeat", "0"], ["--shuffle", "-1"], ["--rate", "5"], ["--deadline", "5"],
        ["--max-failures", "0"], ["--route-concurrency", "513"], ["--wait-ready", "soon"],
    ])
    func refusesWhatMakesNoSense(options: [String]) async throws {
        try await ServedJob.with(ServedJob.forty) { served in
            let outcome = try await served.binary.run(["run", "job.yaml"] + options)
            #expect(outcome.status == 64)
            #expect(served.simulator.requestCount == 0)
        }
    }

    // MARK: Warnings

    private static let warning = """
        job.yaml: %: --concurrency: 100 runs in flight can stop the whole server for everyone: each holds one of DHIS2's \
        database connections (connection.pool.max_size, 80 by default) until its target answers
          help: use 64 or fewer

        """

    @Test(
        arguments: [
            (["--concurrency", "100"], "warning", Int32(0)), (["--concurrency", "100", "--strict"], "error", 2),
            (["--concurrency", "64", "--strict"], nil, 0), (["--strict"], nil, 0),
        ] as [([String], String?, Int32)]
    )
    func warnsOfMoreRunsInFlightThanTheServerCanTake(options: [String], severity: String?, status: Int32) async throws {
        try await ServedJob.with("checks: [{route: health}]") { served in
            let outcome = try await served.binary.run(["run", "job.yaml"] + options)
            #expect(outcome.status == status)
            let expected = severity.map { Self.warning.replacing("%", with: $0) } ?? ""
            #expect(outcome.errors == expected)
            if status != 0 { #expect(served.simulator.requestCount == 0) }
        }
    }

    @Test func runsNothingOnAServerOfAnotherVersionThanThePin() async throws {
        let job = "server:\n  version: \"2.41\"\nchecks: [{route: health}]"
        try await ServedJob.with(job) { served in
            let outcome = try await served.binary.run("run", "job.yaml", "--report-json", "r.json")
            #expect(outcome.status == 3)
            let version = try #require(try served.report("r.json").suites[0].serverVersion)
            let message = """
                job.yaml:2:12: server.version is 2.41, but \(served.simulator.baseURL) runs DHIS2 \(version), so requests \
                would be written for the wrong version. Correct the version or leave it out.
                """
            #expect(outcome.output.contains("job: \(message)"))
            let fault = try served.report("r.json").suites[0].serverFault
            #expect(fault?.message == message)
            let explained = try await served.binary.run("explain", "job.yaml")
            #expect(explained.status == 3)
            #expect(explained.errors.contains(message))
        }
        try await ServedJob.with(job.replacing("server:", with: "server:\n  probe: false")) { served in
            let outcome = try await served.binary.run("run", "job.yaml")
            #expect(outcome.status == 0)
        }
    }

    // MARK: Order and repetition

    @Test func repeatsAndShufflesAndReportsInTheJobFilesOrder() async throws {
        try await ServedJob.with("checks: [{route: health}, {route: fhir}, {route: html}]") { served in
            let outcome = try await served.binary.run(
                "run",
                "job.yaml",
                "--repeat",
                "3",
                "--shuffle",
                "5",
                "--concurrency",
                "1",
                "--report-json",
                "r.json",
                "--report-junit",
                "r.xml"
            )
            #expect(outcome.status == 0)
            let report = try served.report("r.json")
            #expect(report.repeats == 3)
            #expect(report.seed == 5)
            #expect(report.suites[0].results.map(\.index) == [0, 0, 0, 1, 1, 1, 2, 2, 2])
            let starts = report.suites[0].results.map(\.start)
            #expect(starts != starts.sorted())
            let xml = try served.text("r.xml")
            #expect(xml.contains(#"<property name="routecheck.seed" value="5"/>"#))
            #expect(xml.contains(#"<property name="routecheck.repeats" value="3"/>"#))
        }
    }

    @Test func runsAgainOnlyWhatFailed() async throws {
        try await ServedJob.with(ServedJob.forty) { served in
            _ = try await served.binary.run("run", "job.yaml", "--report-json", "first.json")
            let again = try await served.binary.run(
                "run",
                "job.yaml",
                "--last-failed",
                "first.json",
                "--report-json",
                "second.json"
            )
            #expect(again.status == 1)
            #expect(try served.report("second.json").suites[0].results.map(\.index) == [5, 21, 37])
            let green = try served.text("first.json").replacing(#""outcome":"failed""#, with: #""outcome":"passed""#)
                .replacing(#""verdict":"failed""#, with: #""verdict":"passed""#)
            try Data(green.utf8).write(to: URL(filePath: served.path("green.json")))
            #expect(try await served.binary.run("run", "job.yaml", "--last-failed", "green.json").status == 0)
            let missing = try await served.binary.run("run", "job.yaml", "--last-failed", "missing.json")
            #expect(missing.status == 2)
            #expect(missing.errors == "error: cannot read the report missing.json: No such file or directory\n")
        }
    }

    // MARK: Bounds

    @Test func aFlakyCheckFailsTheRunOnlyIfTold() async throws {
        let job = "checks: [{route: health, retry: {attempts: 2, delay: 1ms}}]"
        let fault = FaultRule(route: "health", times: 1, fault: .tooManyRequests(retryAfter: "0"))
        for (options, status) in [([], Int32(0)), (["--fail-on-flaky"], 1)] {
            try await ServedJob.with(job, on: ServedJob.server(fault)) { served in
                let outcome = try await served.binary.run(
                    ["run", "job.yaml", "--report-json", "r.json"] + options
                )
                #expect(outcome.status == status)
                #expect(outcome.output.contains("1 flaky"))
                #expect(outcome.output.contains("PASSED") == (status == 0))
                #expect(outcome.output.contains("FAILED") == (status == 1))
                let reason = "1 check passed only after a retry, which --fail-on-flaky does not allow."
                #expect(outcome.output.contains(reason) == (status == 1))
                let merge = try await served.binary.run(["merge", "r.json"] + options)
                #expect(merge.status == status)
                #expect(merge.output.contains("PASSED") == (status == 0))
                #expect(merge.output.contains(reason) == (status == 1))
            }
        }
    }

    @Test func theLargestNumberOfFailuresCountsOverAllJobFiles() async throws {
        let job =
            "concurrency: 1\nchecks: [{route: health, expect: 418}, {route: fhir, expect: 418}, {route: html, expect: 418}]"
        try await ServedJob.with(job) { served in
            try Data(job.utf8).write(to: URL(filePath: served.path("second.yaml")))
            let outcome = try await served.binary.run(
                "run",
                "job.yaml",
                "second.yaml",
                "--max-failures",
                "4",
                "--report-json",
                "r.json"
            )
            #expect(outcome.status == 1)
            let report = try served.report("r.json")
            #expect(report.suites.map(\.counts.failed) == [3, 1])
            #expect(report.counts.notRun == 2)
            #expect(report.ending == .maximumFailures)
        }
    }

    @Test func aDeadlineEndsAHangingRun() async throws {
        let hang = FaultRule(route: "health", fault: .hang)
        try await ServedJob.with("concurrency: 1\nchecks: [{route: fhir}, {route: health}]", on: ServedJob.server(hang))
        { served in
            let outcome = try await served.binary.run(
                "run",
                "job.yaml",
                "--deadline",
                "12s",
                "--report-json",
                "r.json"
            )
            #expect(outcome.status == 1)
            let report = try served.report("r.json")
            #expect(report.ending == .deadline)
            #expect(report.suites[0].results.map(\.outcome) == [.passed, .notRun])
            #expect(report.suites[0].results[1].attempts.map(\.outcome) == [.notRun])
        }
    }

    @Test func aDeadlineEndsAHangingPreflight() async throws {
        let hang = FaultRule(path: "/api/system/info", fault: .hang)
        try await ServedJob.with("checks: [{route: fhir}]", on: ServedJob.server(hang)) { served in
            let outcome = try await served.binary.run(
                "run",
                "job.yaml",
                "--deadline",
                "300ms",
                "--report-json",
                "r.json"
            )
            #expect(outcome.status == 1)
            #expect(try served.report("r.json").suites[0].results.map(\.reason) == ["The run's deadline passed."])
        }
    }

    @Test func theCommandLinesRateWins() async throws {
        let job = "rate: 1/min\nchecks: [{route: health}, {route: fhir}, {route: html}]"
        try await ServedJob.with(job) { served in
            let outcome = try await served.binary.run("run", "job.yaml", "--rate", "1000/s")
            #expect(outcome.status == 0)
        }
    }

    // MARK: Readiness

    @Test func waitsForAServerThatStarts() async throws {
        let starting = FaultRule(path: "/api/ping", times: 2, fault: .proxyPage(status: 503))
        try await ServedJob.with("checks: [{route: health}]", on: ServedJob.server(starting)) { served in
            let outcome = try await served.binary.run("run", "job.yaml", "--wait-ready", "30s")
            #expect(outcome.status == 0)
            let host = "127.0.0.1:\(served.simulator.port)"
            #expect(
                outcome.errors == """
                    Waiting up to 30s for DHIS2: A proxy in front of \(host) answered 503: DHIS2 is down, still starting, \
                    or too slow for it.
                    http://\(host) is ready.

                    """
            )
            #expect(served.simulator.requests(to: "/api/ping").count == 3)
            #expect(served.simulator.requests(to: "/api/ping").allSatisfy { !$0.headers.contains("Authorization") })
        }
    }

    @Test func losesItsPatienceWithAServerThatIsNotThere() async throws {
        try await ServedJob.with("checks: [{route: health}]", host: "127.0.0.77") { served in
            try await served.simulator.stop()
            let outcome = try await served.binary.run("run", "job.yaml", "--wait-ready", "300ms")
            #expect(outcome.status == 3)
            #expect(outcome.output.contains("was not ready within 300ms. "))
        }
    }

    @Test func doesNotWaitForCredentialsToBeAccepted() async throws {
        try await ServedJob.with("checks: [{route: health}]") { served in
            var binary = served.binary
            binary.environment["DHIS2_PAT"] = SimulatorConfiguration.expiredToken
            let outcome = try await binary.run("run", "job.yaml", "--wait-ready", "10m")
            #expect(outcome.status == 3)
            #expect(outcome.errors.isEmpty)
            #expect(served.simulator.requestCount == 2)
        }
    }
}
