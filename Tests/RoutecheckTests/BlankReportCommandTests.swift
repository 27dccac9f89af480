import Checks
import DHIS2Simulator
import FoundationEssentials
import Glibc
import Testing

/// What is in the place of a report as long as there is none: nobody who publishes it takes an earlier run's for this one.
@Suite(.timeLimit(.minutes(5)))
struct BlankReportCommandTests {
    private static let job = "name: nightly\nchecks: [{route: health, name: a}, {route: echo, name: b}]"

    /// Which request is the first of a check: two look at the server.
    private static let firstRun = 3

    /// The reports that are regular files, and what only one that is not of a good run holds.
    private static let files: [(option: String, name: String, sign: String)] = [
        ("--report-junit", "r.xml", #"<testsuites name="routecheck" tests="1" failures="0" errors="1""#),
        ("--report-json", "r.json", #""total":0"#),
        ("--report-html", "r.html", #"<header class="verdict "#),
        ("--report-markdown", "r.md", "## ❌ "),
        ("--report-ctrf", "r.ctrf.json", #""tests":1,"passed":0,"failed":1"#),
        ("--report-tap", "r.tap", "\nBail out! "),
        ("--report-prometheus", "r.prom", #"routecheck_success{suite="nightly"} 0"#),
    ]

    private static let options = files.flatMap { [$0.option, $0.name] }

    /// Runs the job once well, so that there are reports, and calls back; what hangs then does so in the second run.
    private func afterAGoodNight(
        hangs: Bool = false,
        _ body: @escaping @Sendable (ServedJob) async throws -> Void
    ) async throws {
        var fault = FaultRule(route: "echo", fault: .hang)
        fault.after = 1
        let server = hangs ? ServedJob.server(fault) : .standard
        try await ServedJob.ahead(Self.job, on: server) { served in
            #expect(try await served.binary.run(["run", "job.yaml"] + Self.options).status == 0)
            #expect(try served.report("r.json").counts.passed == 2)
            try await body(served)
        }
    }

    private func expectBlank(_ served: ServedJob, _ ending: RunEnding, besides kept: String? = nil) throws {
        for (_, name, sign) in Self.files where name != kept {
            let text = try served.text(name)
            #expect(text.contains(sign), "\(name): \(text)")
            #expect(!text.contains("verdict good"))
        }
        #expect(try served.report("r.json").ending == ending)
        let names = try FileManager.default.contentsOfDirectory(atPath: served.binary.folder)
        #expect(!names.contains { $0.hasSuffix(".tmp") })
        // The metrics of checks are gone until the next run, but not when each last passed.
        let times = try served.text("r.prom").split(separator: "\n").filter {
            $0.hasPrefix("routecheck_check_last_success_timestamp_seconds{job=\"nightly\",check=")
        }
        #expect(times.count == 2)
    }

    @Test func aKilledRunLeavesReportsThatSaySo() async throws {
        try await afterAGoodNight(hangs: true) { served in
            let before = served.simulator.requestCount
            let running = try served.binary.start(["run", "job.yaml"] + Self.options)
            try await served.simulator.waitForRequests(before + Self.firstRun)
            try expectBlank(served, .unfinished)
            running.signal(SIGKILL)
            #expect(try await running.outcome().status == -SIGKILL)
            try expectBlank(served, .unfinished)
            // Nothing takes such a report for a run.
            let merged = try await served.binary.run("merge", "r.json", "--report-json", "m.json")
            #expect(merged.status == 2)
            #expect(merged.errors.hasPrefix("error: r.json does not hold a run. The run has not come to its end"))
            #expect(try served.report("m.json").ending == .invalidInput)
            try Data("name: nightly\nchecks: [{route: health, name: a}]".utf8)
                .write(to: URL(filePath: served.path("job.yaml")))
            let again = try await served.binary.run("run", "job.yaml", "--last-failed", "r.json", "--report-tap", "-")
            #expect(again.output.hasPrefix("TAP version 13\n1..1\n"))
            #expect(again.errors.hasPrefix("note: The report says nothing of the checks of job.yaml"))
        }
    }

    @Test(arguments: [
        (["bad.yaml"], RunEnding.invalidInput, 2 as Int32), (["missing.yaml"], .invalidInput, 2),
        (["job.yaml", "--baseline", "missing.json"], .invalidInput, 2),
        (["job.yaml", "--last-failed", "bad.yaml"], .invalidInput, 2),
        (["job.yaml", "--name", "none"], .completed, 4),
    ])
    func aRunThatDoesNotBeginLeavesReportsThatSaySo(
        arguments: [String],
        ending: RunEnding,
        status: Int32
    ) async throws {
        try await afterAGoodNight { served in
            try Data("checks: [{rout: health}]".utf8).write(to: URL(filePath: served.path("bad.yaml")))
            // A run that would send nothing reads no baseline.
            let dry = try await served.binary.run(["run"] + arguments + Self.options + ["--dry-run"])
            #expect(dry.status == (arguments.contains("--baseline") ? 0 : status))
            #expect(try served.report("r.json").counts.passed == 2)
            let outcome = try await served.binary.run(["run"] + arguments + Self.options)
            #expect(outcome.status == status)
            guard ending != .completed else {
                let report = try served.report("r.json")
                #expect(report.verdict == .nothingChecked && report.ending == .completed)
                #expect(try served.text("r.xml").contains(#"tests="0" failures="0" errors="0""#))
                #expect(try served.text("r.prom").contains(#"routecheck_success{suite="nightly"} 0"#))
                return
            }
            try expectBlank(served, ending)
        }
    }

    @Test func whatIsReadStaysUntilItIsReplaced() async throws {
        try await afterAGoodNight(hangs: true) { served in
            let before = served.simulator.requestCount
            let good = try served.text("r.json")
            let options = ["run", "job.yaml", "--report-json", "r.json", "--report-junit", "r.xml"]
            let running = try served.binary.start(options + ["--baseline", "./r.json"])
            try await served.simulator.waitForRequests(before + Self.firstRun)
            #expect(try served.text("r.json") == good)
            #expect(try served.text("r.xml").contains("errors=\"1\""))
            running.signal(SIGKILL)
            #expect(try await running.outcome().status == -SIGKILL)
            #expect(try served.text("r.json") == good)
            // Nothing failed in it, so nothing runs: it stays, and the other report is empty.
            let nothing = try await served.binary.run(options + ["--last-failed", "r.json"])
            #expect(nothing.status == 0)
            #expect(
                nothing.errors
                    == "note: nothing failed in r.json, so there is nothing to run again, and the reports are empty\n"
            )
            #expect(try served.text("r.json") == good)
            #expect(try served.text("r.xml").contains(#"tests="0" failures="0" errors="0""#))
        }
    }

    /// An invalid job file may name any file: what is no report is not replaced by one that only says that nothing ran.
    @Test(arguments: [
        ("checks: [{route: a, body-file: x, nonsense: 1}]", true), ("checks: [{route: a, body-file: x", true),
        ("checks: [{route: a, nonsense: 1}]", false), ("checks: [{", true),
    ])
    func whatIsNoReportStays(job: String, isForeign: Bool) async throws {
        try await ServedJob.with(job) { served in
            let text = isForeign ? "a token" : #"{"format":"routecheck-report"}"#
            try Data(text.utf8).write(to: URL(filePath: served.path("x")))
            #expect(try await served.binary.run("run", "job.yaml", "--report-json", "x").status == 2)
            let isKept = try served.text("x") == text
            #expect(isKept == isForeign)
        }
    }

    @Test func aWrongCommandLineTouchesNothing() async throws {
        try await afterAGoodNight { served in
            let good = try served.text("r.json")
            for wrong in [
                ["--nonsense"], ["--fail-on-regression"], ["--shard", "9"], ["--report-tap", "job.yaml"],
            ] {
                #expect(try await served.binary.run(["run", "job.yaml"] + Self.options + wrong).status == 64)
                #expect(try served.text("r.json") == good)
            }
        }
    }

    @Test func diffLeavesNoComparisonOfBefore() async throws {
        try await afterAGoodNight { served in
            let options = ["--report-markdown", "d.md", "--report-html", "d.html"]
            let same = try await served.binary.run(["diff", "r.json", "r.json"] + options)
            #expect(same.status == 0)
            #expect(try served.text("d.md").hasPrefix("## Compared with the baseline: nothing changed"))
            #expect(try await served.binary.run(["diff", "r.json", "missing.json"] + options).status == 2)
            #expect(try served.text("d.md").hasPrefix("## ❌ "))
            #expect(try served.text("d.html").contains("<header class=\"verdict bad\""))
        }
    }

    @Test func aShardThatIsNotKnownLeavesReportsThatSaySo() async throws {
        try await afterAGoodNight { served in
            let outcome = try await served.binary.run(["run", "job.yaml", "--shard", "auto"] + Self.options)
            #expect(outcome.status == 64)
            try expectBlank(served, .invalidInput)
        }
    }

    /// `ulimit -f` ends a process that writes too much with a signal, unless it takes it for a full disk.
    @Test func aLimitOnTheSizeOfFilesIsAFullDisk() async throws {
        try await afterAGoodNight { served in
            var shell = served.binary
            shell.executable = "/bin/sh"
            let line = #"ulimit -f 4; exec "$0" run job.yaml "$@""#
            let outcome = try await shell.run(["-c", line, served.binary.executable] + Self.options)
            #expect(outcome.status == 5)
            #expect(outcome.errors.contains("error: cannot write the report r.html: File too large\n"))
            #expect(try !served.text("r.html").contains("verdict good"))
            // Those that fit are whole.
            #expect(try served.text("r.tap").contains("\nok 2 - "))
            let names = try FileManager.default.contentsOfDirectory(atPath: served.binary.folder)
            #expect(!names.contains { $0.hasSuffix(".tmp") })
        }
    }
}
