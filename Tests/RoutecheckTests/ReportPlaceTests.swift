import Checks
import DHIS2Simulator
import FoundationEssentials
import Glibc
import Testing

/// Where reports go, and what must not become of the files there.
@Suite(.timeLimit(.minutes(5)))
struct ReportPlaceTests {
    private static let failing =
        "checks: [{route: health, name: a, expect: 418}, {route: health, name: b, expect: 418}]"

    @Test(arguments: [
        (["--report-json", "./job.yaml"], "the report ./job.yaml would overwrite job.yaml, which the command reads"),
        (["--report-json", "link.yaml"], "the report link.yaml would overwrite job.yaml, which the command reads"),
        (
            ["--report-json", "./x", "--report-junit", "x"],
            "two reports cannot go to the same file, x, also written ./x"
        ),
        (
            ["--report-tap", "new/../x", "--report-junit", "x"],
            "two reports cannot go to the same file, x, also written new/../x"
        ),
        (["--report-tap", "x", "--report-junit", "x"], "two reports cannot go to the same file, x"),
        (
            ["--report-tap", "new.link", "--report-junit", "x"],
            "two reports cannot go to the same file, x, also written new.link"
        ),
        (
            ["--baseline", "old.json", "--report-junit", "./old.json"],
            "the report ./old.json would overwrite old.json, which the command reads"
        ),
        (
            ["--last-failed", "old.json", "--report-html", "old.json"],
            "the report old.json would overwrite old.json, which the command reads"
        ),
    ])
    func refusesToOverwriteWhatIsRead(options: [String], message: String) async throws {
        try await ServedJob.with(Self.failing) { served in
            try Data("{}".utf8).write(to: URL(filePath: served.path("old.json")))
            try FileManager.default.createSymbolicLink(
                atPath: served.path("link.yaml"),
                withDestinationPath: served.path("job.yaml")
            )
            try FileManager.default.createSymbolicLink(atPath: served.path("new.link"), withDestinationPath: "x")
            let outcome = try await served.binary.run(["run", "job.yaml"] + options)
            #expect(outcome.status == 64)
            #expect(outcome.errors.hasPrefix("error: \(message)\n"))
            #expect(served.simulator.requestCount == 0)
            #expect(try served.text("job.yaml") == Self.failing)
        }
    }

    @Test func standardInputIsReadToo() async throws {
        try await ServedJob.with(Self.failing) { served in
            var shell = served.binary
            shell.executable = "/bin/sh"
            let line = #""$0" run - --report-json ./job.yaml <job.yaml"#
            let outcome = try await shell.run("-c", line, served.binary.executable)
            #expect(outcome.status == 64)
            let message = "the report ./job.yaml would overwrite standard input, which the command reads"
            #expect(outcome.errors.hasPrefix("error: \(message)\n"))
            #expect(try served.text("job.yaml") == Self.failing)
        }
    }

    @Test func aFileThatAJobNamesIsNoPlaceForAReport() async throws {
        try await ServedJob.with("server: {token-file: t}\nchecks: [{route: health}]") { served in
            var binary = served.binary
            let token = try #require(binary.environment["DHIS2_PAT"])
            binary.environment["DHIS2_PAT"] = nil
            try Data(token.utf8).write(to: URL(filePath: served.path("t")))
            let outcome = try await binary.run("run", "job.yaml", "--report-json", "./t")
            #expect(outcome.status == 2)
            #expect(outcome.errors.hasPrefix("job.yaml:1:22: error: cannot read \"t\": a report would overwrite it\n"))
            #expect(try served.text("t") == token)
            binary.environment["GITHUB_STEP_SUMMARY"] = "t"
            #expect(try await binary.run("run", "job.yaml", "--github-summary").status == 2)
            #expect(try served.text("t") == token)
            #expect(try await binary.run("run", "job.yaml").status == 0)
        }
    }

    @Test func aReportMayTakeThePlaceOfTheOneItIsComparedWith() async throws {
        try await ServedJob.with("checks: [{route: health}]") { served in
            let options = ["run", "job.yaml", "--report-json", "r.json"]
            #expect(try await served.binary.run(options).status == 0)
            let outcome = try await served.binary.run(options + ["--baseline", "r.json"])
            #expect(outcome.status == 0)
            #expect(outcome.output.contains("Compared with the baseline: nothing changed.\n"))
        }
    }

    @Test func severalReportsMayGoNowhere() async throws {
        try await ServedJob.with("checks: [{route: health}]") { served in
            let options = ["--report-json", "/dev/null", "--report-junit", "/dev/null"]
            let outcome = try await served.binary.run(["run", "job.yaml"] + options)
            #expect(outcome.status == 0)
        }
    }

    /// One reader would get two reports in each other's lines.
    @Test func twoReportsCannotGoToOnePipe() async throws {
        try await ServedJob.with("checks: [{route: health}]") { served in
            #expect(mkfifo(served.path("p"), 0o600) == 0)
            let options = ["--report-tap", "p", "--report-json", "./p"]
            let outcome = try await served.binary.run(["run", "job.yaml"] + options)
            #expect(outcome.status == 64)
            #expect(outcome.errors.hasPrefix("error: two reports cannot go to the same file, "))
        }
    }

    @Test func mergeKeepsItsInputs() async throws {
        try await ServedJob.with("checks: [{route: health}]") { served in
            #expect(try await served.binary.run("run", "job.yaml", "--report-json", "r.json").status == 0)
            let outcome = try await served.binary.run("merge", "r.json", "--report-json", "./r.json")
            #expect(outcome.status == 64)
            #expect(try served.report("r.json").counts.passed == 1)
        }
    }

    @Test func whatCannotBeWrittenIsToldAtTheBeginningToo() async throws {
        try await ServedJob.with("checks: [{route: health}]") { served in
            let outcome = try await served.binary.run(
                "run",
                "job.yaml",
                "--report-junit",
                "/proc/junit.xml",
                "--report-json",
                "r.json"
            )
            #expect(outcome.status == 5)
            #expect(
                outcome.errors == """
                    warning: the report cannot be written: /proc/junit.xml: No such file or directory
                    error: cannot write the report /proc/junit.xml: No such file or directory

                    """
            )
            #expect(try served.report("r.json").counts.passed == 1)
        }
    }

    /// In a container every run has the same process number.
    @Test func aKilledRunWithTheSameNumberIsNoObstacle() async throws {
        try await ServedJob.with("checks: [{route: health}]") { served in
            var shell = served.binary
            shell.executable = "/bin/sh"
            let line = #"touch r.json.$$.tmp; exec "$0" run job.yaml --report-json r.json"#
            let outcome = try await shell.run("-c", line, served.binary.executable)
            #expect(outcome.status == 0)
            #expect(try served.report("r.json").counts.passed == 1)
        }
    }

    // MARK: GitHub

    @Test func annotationsLeaveAFileOfErrorsWhereItIs() async throws {
        try await ServedJob.with(Self.failing) { served in
            var shell = served.binary
            shell.executable = "/bin/sh"
            shell.environment["GITHUB_ACTIONS"] = "true"
            let line = #"echo before >err.log; "$0" run job.yaml --report-json - 2>>err.log"#
            let outcome = try await shell.run("-c", line, served.binary.executable)
            #expect(outcome.status == 1)
            let log = try served.text("err.log")
            #expect(log.hasPrefix("before\n"))
            #expect(log.contains("::error "))
            #expect(log.contains("FAILED  2 checks"))
        }
    }

    @Test func annotationsStandBetweenTheChecksAndTheSummary() async throws {
        try await ServedJob.with(Self.failing) { served in
            var binary = served.binary
            binary.environment["GITHUB_ACTIONS"] = "true"
            let lines = try await binary.run("run", "job.yaml").output.split(separator: "\n")
            let annotations = lines.indices.filter { lines[$0].hasPrefix("::error ") }
            let checks = lines.indices.filter { lines[$0].hasPrefix("✗") }
            let verdict = try #require(lines.firstIndex { $0.hasPrefix("FAILED") })
            #expect(annotations.count == 2)
            #expect(checks.count == 2)
            #expect(checks.allSatisfy { check in annotations.allSatisfy { check < $0 && $0 < verdict } })
        }
    }

    @Test(arguments: [
        ("job.yaml", [], "the report job.yaml would overwrite job.yaml, which the command reads"),
        (
            "./old.json", ["--baseline", "old.json"],
            "the report ./old.json would overwrite old.json, which the command reads"
        ),
        (
            "old.json", ["--last-failed", "./old.json"],
            "the report old.json would overwrite ./old.json, which the command reads"
        ),
        ("./x", ["--report-markdown", "x"], "two reports cannot go to the same file, x, also written ./x"),
        ("/dev/stdout", ["--report-json", "-"], "only one report can go to standard output"),
        ("", [], "--github-summary needs GITHUB_STEP_SUMMARY, which GitHub Actions sets"),
    ])
    func theStepsSummaryTakesNoOthersPlace(summary: String, options: [String], message: String) async throws {
        try await ServedJob.with(Self.failing) { served in
            try Data("{}".utf8).write(to: URL(filePath: served.path("old.json")))
            var binary = served.binary
            binary.environment["GITHUB_STEP_SUMMARY"] = summary
            let outcome = try await binary.run(["run", "job.yaml", "--github-summary"] + options)
            #expect(outcome.status == 64)
            #expect(outcome.errors.hasPrefix("error: \(message)\n"), "\(outcome.errors)")
            #expect(served.simulator.requestCount == 0)
            #expect(try served.text("job.yaml") == Self.failing)
            #expect(try served.text("old.json") == "{}")
        }
    }

    @Test func theStepsSummaryHasTheComparisonAndStaysWithinItsBound() async throws {
        try await ServedJob.with(Self.failing) { served in
            var binary = served.binary
            binary.environment["GITHUB_STEP_SUMMARY"] = "summary.md"
            #expect(try await binary.run("run", "job.yaml", "--report-json", "r.json").status == 1)
            let options = ["run", "job.yaml", "--baseline", "r.json", "--github-summary"]
            #expect(try await binary.run(options).status == 1)
            let whole = try served.text("summary.md")
            #expect(whole.contains("## Compared with the baseline: 2 still failing"))
            #expect(whole.contains("<details>"))
            let earlier = String(repeating: "x", count: (1 << 20) - 700)
            try Data(earlier.utf8).write(to: URL(filePath: served.path("summary.md")))
            #expect(try await binary.run(options).status == 1)
            let cut = try served.text("summary.md")
            #expect(cut.hasPrefix(earlier))
            #expect(cut.utf8.count <= 1 << 20)
            #expect(cut.contains("2 more did not fit"))
        }
    }
}
