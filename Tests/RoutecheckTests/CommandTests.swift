import Checks
import DHIS2Simulator
import FoundationEssentials
import Testing

/// The built binary against a real server, as a user would see it.
struct CommandTests {
    private func withServer<Result>(
        _ job: String,
        host: String = "127.0.0.1",
        _ body: (BuiltBinary, DHIS2Simulator) async throws -> Result
    ) async throws -> Result {
        try await DHIS2Simulator.with(host: host) { simulator in
            try await withTemporaryFolder { folder in
                try Data(job.utf8).write(to: URL(filePath: "\(folder)/job.yaml"))
                var binary = BuiltBinary(folder: folder)
                binary.environment["DHIS2_URL"] = simulator.baseURL
                binary.environment["DHIS2_PAT"] = SimulatorConfiguration.standardToken
                return try await body(binary, simulator)
            }
        }
    }

    private func file(_ name: String, in binary: BuiltBinary) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: "\(binary.folder)/\(name)")), as: UTF8.self)
    }

    @Test func aJobThatPassesExitsWithZero() async throws {
        try await withServer("checks: [{route: health}, {route: chap, path: health, expect: 200}]") { binary, _ in
            let outcome = try await binary.run("run", "job.yaml")
            #expect(outcome.status == 0)
            #expect(outcome.errors.isEmpty)
            #expect(outcome.output.contains("2 passed"))
        }
    }

    @Test func aFailedCheckSaysWhoIsAtFaultAndExitsWithOne() async throws {
        try await withServer("checks: [{route: unreachable}, {route: health}]") { binary, _ in
            let outcome = try await binary.run("run", "job.yaml")
            #expect(outcome.status == 1)
            #expect(outcome.output.contains("    route: DHIS2 2.42.4 could not reach"))
            #expect(outcome.output.contains("at job.yaml:1"))
        }
    }

    @Test func aBodyOfManyMebibytesIsJudgedAsAnyOther() async throws {
        var configuration = SimulatorConfiguration.standard
        let items = Array(repeating: #"{"id":"abcdefghijk","name":"é"}"#, count: 200_000).joined(separator: ",")
        configuration.routes.append(
            SimulatedRoute(
                uid: "HugeRoute01",
                code: "huge",
                url: "https://huge.example.org/",
                upstream: .text(#"{"items":[\#(items)],"last":1}"#)
            )
        )
        let job = """
            checks:
              - {route: huge, expect: {json: {$.last: 1, '$.items[*]': {count: 200000}}, body: {ends-with: '1}'}}}
              - {route: huge, expect: {max-size: 10MB}}
              - {route: huge, expect: {json: {$.last: 2}}}
            """
        try await ServedJob.with(job, on: configuration) { served in
            let outcome = try await served.binary.run("run", "job.yaml", "--report-json", "r.json")
            #expect(outcome.status == 1)
            let results = try served.report("r.json").suites[0].results
            #expect(results.map(\.outcome) == [.passed, .passed, .failed])
            #expect(results[2].attempts[0].mismatches.map(\.message) == ["json $.last: expected 2, got 1"])
        }
    }

    @Test func anExplainedFailureThatIsAllowedExitsWithZeroAsInARun() async throws {
        let job = "checks: [{route: health, expect: 418, allow-failure: until it is tea}]"
        try await withServer(job) { binary, _ in
            for command in ["run", "explain"] {
                let outcome = try await binary.run(command, "job.yaml")
                #expect(outcome.status == 0)
                #expect(outcome.output.contains("allowed to fail: until it is tea"))
            }
        }
    }

    @Test func aServerThatRefusesTheTokenExitsWithThreeAndReportsEveryCheck() async throws {
        try await withServer("checks: [{route: health}, {route: chap}]") { binary, simulator in
            var binary = binary
            binary.environment["DHIS2_PAT"] = SimulatorConfiguration.expiredToken
            let outcome = try await binary.run("run", "job.yaml", "--report-junit", "junit.xml")
            #expect(outcome.status == 3)
            #expect(outcome.output.contains("expired"))
            #expect(try file("junit.xml", in: binary).contains(#"tests="2""#))
            #expect(simulator.requests(to: "/api/routes*").isEmpty)
        }
    }

    @Test func aServerThatIsNotThereExitsWithThree() async throws {
        // An address of its own, because the kernel may give a freed port to a server of another test.
        try await withServer("checks: [{route: health}]", host: "127.0.0.5") { binary, simulator in
            try await simulator.stop()
            let outcome = try await binary.run("run", "job.yaml")
            #expect(outcome.status == 3)
            #expect(outcome.output.contains("refused"))
        }
    }

    @Test func aCheckOfARouteThatDoesNotExistIsAnErrorEvenIfItExpects404() async throws {
        try await withServer("checks: [{route: helth, expect: 404}]") { binary, _ in
            let outcome = try await binary.run("run", "job.yaml", "--report-json", "-")
            #expect(outcome.status == 1)
            #expect(outcome.output.contains(#""outcome":"error""#))
            #expect(outcome.errors.contains("health"))
        }
    }

    @Test(arguments: [
        ("checks: [{route: health}", "job.yaml:1:"),
        ("", "job.yaml"),
        ("checks: []", "job.yaml:1:9"),
        ("name: no checks", "job.yaml:1:1"),
        ("checks: [{route: health, metod: GET}]", #"did you mean "method"?"#),
        ("checks: [{route: health, path: '${NOT_SET}'}]", "NOT_SET"),
        ("server: {url: 'ftp://dhis2.example'}\nchecks: [{route: health}]", "job.yaml:1:15"),
        ("\u{0}\u{1}binary", "job.yaml"),
    ])
    func aBadJobFileExitsWithTwoAndSendsNothing(job: String, place: String) async throws {
        try await withServer(job) { binary, simulator in
            var binary = binary
            if job.contains("ftp:") { binary.environment["DHIS2_URL"] = nil }
            let outcome = try await binary.run("run", "job.yaml", "--report-junit", "junit.xml")
            #expect(outcome.status == 2)
            #expect(outcome.errors.contains(place))
            #expect(outcome.errors.contains("error:"))
            #expect(outcome.output.isEmpty)
            #expect(simulator.requestCount == 0)
            let report = String(
                decoding: try Data(contentsOf: URL(filePath: "\(binary.folder)/junit.xml")),
                as: UTF8.self
            )
            #expect(report.contains(#"<testsuites name="routecheck" tests="1" failures="0" errors="1""#))
            #expect(
                report.contains("There is no run to report: a job file, or a report to read, is missing or invalid.")
            )
        }
    }

    @Test(arguments: ["missing.yaml", "."])
    func aJobFileThatCannotBeReadIsNamed(path: String) async throws {
        try await withServer("") { binary, simulator in
            let outcome = try await binary.run("run", path)
            #expect(outcome.status == 2)
            #expect(outcome.errors.hasPrefix("\(path): error: cannot read the job file: "))
            #expect(simulator.requestCount == 0)
        }
    }

    @Test func aReportThatCannotBeWrittenIsNamedAndTheOthersAreWritten() async throws {
        try await withServer("checks: [{route: health}]") { binary, _ in
            let outcome = try await binary.run(
                "run",
                "job.yaml",
                "--report-junit",
                "/proc/junit.xml",
                "--report-json",
                "sub/report.json"
            )
            #expect(outcome.status == 5)
            #expect(outcome.errors.contains("/proc/junit.xml"))
            #expect(try file("sub/report.json", in: binary).contains(#""passed""#))
        }
    }

    @Test(arguments: [["run"], ["run", "job.yaml", "--concurrency", "0"], ["rum"]])
    func wrongUsageExitsWith64(arguments: [String]) async throws {
        try await withServer("") { binary, _ in
            let outcome = try await binary.run(arguments)
            #expect(outcome.status == 64)
            #expect(outcome.errors.contains("Usage: routecheck"))
        }
    }

    @Test(arguments: ["demo", "smoke", "ci", "nightly"])
    func anExampleJobPassesAgainstTheSimulator(name: String) async throws {
        let job = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "jobs/\(name).yaml")
        try await withServer("") { binary, simulator in
            let outcome = try await binary.run("run", job.path)
            #expect(outcome.status == 0)
            #expect(!simulator.requests(to: "/api/routes/*").isEmpty)
        }
    }

    @Test func aSignalLeavesACompleteReport() async throws {
        let checks = (0..<2_000).map { "  - {route: slow, name: check \($0)}" }.joined(separator: "\n")
        try await withServer("concurrency: 2\nchecks:\n\(checks)") { binary, simulator in
            let running = try binary.start(["run", "job.yaml", "--report-junit", "junit.xml"])
            // Two requests look at the server, the third is a check's.
            try await simulator.waitForRequests(3)
            running.signal(15)
            let outcome = try await running.outcome()
            #expect(outcome.status == 143)
            #expect(try file("junit.xml", in: binary).contains(#"tests="2000""#))
        }
    }
}
