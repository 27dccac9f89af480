import Checks
import DHIS2Simulator
import FoundationEssentials
import Glibc
import Testing

/// How a run is divided, repeated, bounded and begun, as a user of the binary sees it.
@Suite(.timeLimit(.minutes(2)))
struct RunOptionTests {
    /// Forty checks, three of which fail.
    private let forty =
        "checks:\n"
        + (0..<40).map { "  - {route: health, name: check \($0), expect: \($0 % 16 == 5 ? 418 : 200)}" }.joined(separator: "\n")

    // MARK: Shards

    @Test func fourShardsMergeIntoTheUndividedRun() async throws {
        try await ServedJob.with(forty) { served in
            #expect(try await served.binary.run("run", "job.yaml", "--report-json", "whole.json").status == 1)
            var names: [String] = []
            for index in 1...4 {
                // One of them leaves nothing but its events.
                let option = index == 3 ? "--report-ndjson" : "--report-json"
                let name = index == 3 ? "3.ndjson" : "\(index).json"
                let outcome = try await served.binary.run("run", "job.yaml", "--shard", "\(index)/4", option, name)
                #expect([0, 1].contains(outcome.status))
                #expect(try served.report(name).shard == Shard(index: index, count: 4))
                names.append(name)
            }
            let merge = try await served.binary.run(
                ["merge"] + names + ["--report-json", "merged.json", "--report-junit", "merged.xml"]
            )
            #expect(merge.status == 1)
            #expect(merge.output.contains("37 passed"))
            #expect(try served.text("merged.xml").contains(#"tests="40" failures="3" errors="0""#))
            let merged = try served.report("merged.json")
            let whole = try served.report("whole.json")
            #expect(merged.suites[0].results.map(\.name) == whole.suites[0].results.map(\.name))
            #expect(merged.suites[0].results.map(\.outcome) == whole.suites[0].results.map(\.outcome))
            #expect(merged.shard == nil)

            let gap = try await served.binary.run(["merge"] + names.dropLast() + ["--report-json", "gap.json"])
            #expect(gap.status == 2)
            #expect(gap.errors == "error: Shard 4/4 of job.yaml is missing.\n")
            #expect(!FileManager.default.fileExists(atPath: served.path("gap.json")))
        }
    }

    @Test(arguments: [
        (["--shard", "auto"], ["CI_NODE_INDEX": "2", "CI_NODE_TOTAL": "4"], Shard(index: 2, count: 4)),
        (["--shard-count", "4"], ["JOB_COMPLETION_INDEX": "0"], Shard(index: 1, count: 4)),
        // Nobody asked for a shard.
        ([], ["CI_NODE_INDEX": "2", "CI_NODE_TOTAL": "4"], nil),
    ])
    func takesTheShardFromTheEnvironmentOnlyIfTold(
        options: [String],
        environment: [String: String],
        shard: Shard?
    ) async throws {
        try await ServedJob.with(forty) { served in
            var binary = served.binary
            binary.environment.merge(environment) { $1 }
            _ = try await binary.run(["run", "job.yaml", "--report-json", "r.json"] + options)
            let report = try served.report("r.json")
            #expect(report.shard == shard)
            #expect((report.counts.total == 40) == (shard == nil))
        }
    }

    @Test(arguments: [
        ["--shard", "0/4"], ["--shard", "5/4"], ["--shard", "1"], ["--shard", "1/0"],
        ["--shard", "1/4", "--shard-count", "4"],
        ["--shard", "auto"], ["--repeat", "0"], ["--shuffle", "-1"], ["--rate", "5"], ["--deadline", "5"],
        ["--max-failures", "0"], ["--route-concurrency", "513"], ["--wait-ready", "soon"],
    ])
    func refusesWhatMakesNoSense(options: [String]) async throws {
        try await ServedJob.with(forty) { served in
            let outcome = try await served.binary.run(["run", "job.yaml"] + options)
            #expect(outcome.status == 64)
            #expect(served.simulator.requestCount == 0)
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
        try await ServedJob.with(forty) { served in
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
            try Data(green.utf8).write(to: URL(filePath: served.path("green.json")))
            #expect(try await served.binary.run("run", "job.yaml", "--last-failed", "green.json").status == 4)
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
                let outcome = try await served.binary.run(["run", "job.yaml"] + options)
                #expect(outcome.status == status)
                #expect(outcome.output.contains("1 flaky"))
                #expect(outcome.errors.contains("--fail-on-flaky") == (status == 1))
            }
        }
    }

    @Test func theLargestNumberOfFailuresCountsOverAllJobFiles() async throws {
        let job = "concurrency: 1\nchecks: [{route: health, expect: 418}, {route: fhir, expect: 418}, {route: html, expect: 418}]"
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
        try await ServedJob.with("concurrency: 1\nchecks: [{route: fhir}, {route: health}]", on: ServedJob.server(hang)) { served in
            let outcome = try await served.binary.run(
                "run",
                "job.yaml",
                "--deadline",
                "700ms",
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
        try await ServedJob.with("checks: [{route: health}]") { served in
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

    // MARK: Events

    @Test func theEventsTellTheSameAsTheReport() async throws {
        try await ServedJob.with(forty) { served in
            _ = try await served.binary.run(
                "run",
                "job.yaml",
                "--report-json",
                "run.json",
                "--report-ndjson",
                "run.ndjson"
            )
            let merge = try await served.binary.run("merge", "run.ndjson", "--report-json", "merged.json")
            #expect(merge.status == 1)
            #expect(try served.text("merged.json") == served.text("run.json"))
        }
    }

    @Test func anEventStreamThatCannotBeWrittenDoesNotKeepTheRunFromGoingOn() async throws {
        try await ServedJob.with("checks: [{route: health}]") { served in
            for path in ["/proc/events.ndjson", "/dev/full"] {
                let outcome = try await served.binary.run(
                    "run",
                    "job.yaml",
                    "--report-ndjson",
                    path,
                    "--report-json",
                    "r.json"
                )
                #expect(outcome.status == 5)
                #expect(outcome.errors.hasPrefix("error: cannot write the report \(path): "))
                #expect(try served.report("r.json").counts.passed == 1)
            }
        }
    }

    @Test(arguments: [
        ("", "is empty"), ("{}", "not a report"), (#"{"event":"check-started"}"#, "not the start of a run"),
    ])
    func mergeNamesAFileThatIsNoReport(text: String, complaint: String) async throws {
        try await ServedJob.with("") { served in
            try Data(text.utf8).write(to: URL(filePath: served.path("bad.json")))
            let outcome = try await served.binary.run("merge", "bad.json")
            #expect(outcome.status == 2)
            #expect(outcome.errors.hasPrefix("error: bad.json "))
        }
    }

    // MARK: Simulator

    @Test func servesAConfigurationUntilInterrupted() async throws {
        try await withTemporaryFolder { folder in
            let configuration = #"{"routes":[{"code":"mine","upstream":{"json":{"fine":true}}}]}"#
            try Data(configuration.utf8).write(to: URL(filePath: "\(folder)/sim.json"))
            try Data("checks: [{route: mine}]".utf8).write(to: URL(filePath: "\(folder)/job.yaml"))
            var binary = BuiltBinary(folder: folder)
            var ends: [Int32] = [0, 0]
            #expect(pipe(&ends) == 0)
            let running = try binary.start(
                ["simulate", "--config", "sim.json", "--era", "b"],
                standardOutput: ends[1]
            )
            close(ends[1])
            var printed = ""
            var byte: UInt8 = 0
            while printed.count(where: { $0 == "\n" }) < 2, read(ends[0], &byte, 1) == 1 {
                printed.unicodeScalars.append(Unicode.Scalar(byte))
            }
            close(ends[0])
            for line in printed.split(separator: "\n") {
                let parts = line.dropFirst("export ".count).split(separator: "=", maxSplits: 1).map(String.init)
                binary.environment[parts[0]] = parts[1]
            }
            let outcome = try await binary.run("run", "job.yaml")
            #expect(outcome.status == 0)
            #expect(outcome.output.contains("DHIS2 2.41.9"))
            running.signal(SIGTERM)
            #expect(try await running.outcome().status == 0)
            let refused = try await binary.run("simulate", "--config", "job.yaml")
            #expect(refused.status == 2)
            #expect(refused.errors == "error: job.yaml: the configuration is not valid JSON\n")
        }
    }
}
