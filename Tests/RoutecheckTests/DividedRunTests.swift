import Checks
import FoundationEssentials
import Redaction
import Reports
import Testing

/// Runs in parts, and what is made of the parts' reports and events.
@Suite(.timeLimit(.minutes(5)))
struct DividedRunTests {
    @Test func fourShardsMergeIntoTheUndividedRun() async throws {
        try await ServedJob.with(ServedJob.forty) { served in
            #expect(try await served.binary.run("run", "job.yaml", "--report-json", "whole.json").status == 1)
            var names: [String] = []
            for index in 1...4 {
                // One of them leaves nothing but its events.
                let option = index == 3 ? "--report-ndjson" : "--report-json"
                let name = index == 3 ? "3.ndjson" : "\(index).json"
                let outcome = try await served.binary.run("run", "job.yaml", "--shard", "\(index)/4", option, name)
                #expect([0, 1].contains(outcome.status))
                #expect(outcome.output.hasSuffix(", shard \(index)/4\n"))
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
            let report = try served.report("gap.json")
            #expect(report.ending == .invalidInput && report.verdict == .failed && report.suites.isEmpty)
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
        try await ServedJob.with(ServedJob.forty) { served in
            var binary = served.binary
            binary.environment.merge(environment) { $1 }
            _ = try await binary.run(["run", "job.yaml", "--report-json", "r.json"] + options)
            let report = try served.report("r.json")
            #expect(report.shard == shard)
            #expect((report.counts.total == 40) == (shard == nil))
        }
    }

    @Test func theEventsTellTheSameAsTheReport() async throws {
        try await ServedJob.with(ServedJob.forty) { served in
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

    @Test func mergeOfARunKilledBeforeItsPlanWasWrittenIsNoPass() async throws {
        try await ServedJob.with(ServedJob.forty) { served in
            _ = try await served.binary.run("run", "job.yaml", "--report-ndjson", "run.ndjson")
            let lines = try served.text("run.ndjson").split(separator: "\n", omittingEmptySubsequences: false)
            let reasons = [
                0: "The file is empty: the run was killed before it began.",
                1: "The run was killed before it had written its plan.",
                12: "The run was killed before it had written its plan: 10 of the 40 checks of job.yaml are there.",
            ]
            for (count, reason) in reasons {
                try Data(lines.prefix(count).map { "\($0)\n" }.joined().utf8)
                    .write(to: URL(filePath: served.path("cut.ndjson")))
                for inputs in [["cut.ndjson"], ["run.ndjson", "cut.ndjson"]] {
                    let merge = try await served.binary.run(["merge"] + inputs)
                    #expect(merge.status == 2)
                    #expect(
                        merge.errors == "error: cut.ndjson is no report of routecheck that can be read: \(reason)\n"
                    )
                }
            }
        }
    }

    @Test func saysThatAShardIsEmpty() async throws {
        try await ServedJob.with("checks: [{route: health, name: only}]") { served in
            let outputs = try await [
                served.binary.run("run", "job.yaml", "--shard", "1/2"),
                served.binary.run("run", "job.yaml", "--shard", "2/2"),
            ].map { ($0.status, $0.output) }
            #expect(outputs.allSatisfy { $0.0 == 0 })
            let empty = (1...2).filter { outputs[$0 - 1].1.contains("No check belongs to shard \($0)/2.\n") }
            #expect(empty.count == 1)
        }
    }

    @Test func mergeOfNothingIsNoPass() async throws {
        try await ServedJob.with("") { served in
            let start = Date(timeIntervalSince1970: 0)
            let suite = SuiteReport(
                name: "job",
                file: "job.yaml",
                serverURL: "https://dhis2.example",
                startedAt: start,
                duration: .zero,
                results: []
            )
            let report = RunReport(toolVersion: "1", startedAt: start, duration: .zero, suites: [suite])
            try Data(JSONRenderer().bytes(for: RedactedReport(readBack: report))).write(
                to: URL(filePath: served.path("none.json"))
            )
            let merge = try await served.binary.run("merge", "none.json")
            #expect(merge.status == 4)
            #expect(merge.output.contains("NOTHING CHECKED"))
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
                #expect(outcome.errors.contains("error: cannot write the report \(path): "))
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
}
