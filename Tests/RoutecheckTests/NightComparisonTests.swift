import Checks
import FoundationEssentials
import Testing

/// What `diff` and `--baseline` say of two nights.
@Suite(.timeLimit(.minutes(5)))
struct NightComparisonTests {
    private static let two = "name: n\nchecks: [{route: health, name: a}, {route: health, name: b}]"

    /// The last line of a comparison of two reports.
    private func summary(_ served: ServedJob, _ old: String, _ new: String) async throws -> String {
        let outcome = try await served.binary.run("diff", old, new)
        #expect(outcome.status == 0 && outcome.errors == "")
        return outcome.output.split(separator: "\n").last.map(String.init) ?? ""
    }

    @Test func tellsOfOutagesAndRecoveries() async throws {
        try await ServedJob.with(Self.two) { served in
            var down = served.binary
            down.environment["DHIS2_URL"] = "http://127.0.0.1:1"
            #expect(try await served.binary.run("run", "job.yaml", "--report-json", "up.json").status == 0)
            #expect(try await down.run("run", "job.yaml", "--report-json", "down.json").status == 3)
            let heading = "Compared with the baseline: "
            #expect(try await summary(served, "down.json", "up.json") == heading + "2 recovered.")
            #expect(
                try await summary(served, "down.json", "down.json") == heading
                    + "1 server still unusable, 2 still not run."
            )
            #expect(try await summary(served, "up.json", "down.json") == heading + "1 server unusable, 2 did not run.")
            #expect(try await summary(served, "up.json", "up.json") == heading + "nothing changed.")
            // A run says the same of itself, and so does a merge.
            let run = try await served.binary.run("run", "job.yaml", "--baseline", "down.json")
            #expect(run.output.hasSuffix(heading + "2 recovered.\n"))
            let merged = try await served.binary.run("merge", "down.json", "--baseline", "down.json")
            #expect(merged.output.hasSuffix(heading + "1 server still unusable, 2 still not run.\n"))
            let verbose = try await served.binary.run("diff", "down.json", "down.json", "-v")
            #expect(verbose.output.hasPrefix("Server still unusable\n  n\n"))
            #expect(verbose.output.contains("Still not run\n  n: a\n"))
        }
    }

    @Test(arguments: [
        // Two checks with derived names, of which the second fails; then the job file changes.
        ("{route: health, params: {p: 0}}, @", "1 added, 1 still failing"),
        ("@, {route: fhir}", "1 added, 1 still failing"),
        ("{route: health, params: {p: 2}, expect: 418}, {route: health, params: {p: 1}}", "1 still failing"),
        ("{route: health, params: {p: 2}, expect: 418}", "1 removed, 1 still failing"),
        ("{route: health, params: {p: 1}}", "1 removed"),
        ("{route: health, params: {p: 1}}, {route: health, params: {p: 2}}", "1 fixed"),
        ("{route: health, params: {p: 1}}, {route: health, params: {p: 2}, expect: 418, skip: true}", "1 now skipped"),
    ])
    func pairsChecksWhateverTheirNumbers(checks: String, summary: String) async throws {
        let before = "{route: health, params: {p: 1}}, {route: health, params: {p: 2}, expect: 418}"
        try await ServedJob.with("checks: [\(before)]") { served in
            #expect(try await served.binary.run("run", "job.yaml", "--report-json", "old.json").status == 1)
            try served.write("checks: [\(checks.replacing("@", with: before))]", to: "job.yaml")
            let options = ["run", "job.yaml", "--report-json", "new.json", "--baseline", "old.json"]
            let run = try await served.binary.run(options)
            #expect(run.output.hasSuffix("Compared with the baseline: \(summary).\n"))
            #expect(
                try await self.summary(served, "old.json", "new.json") == "Compared with the baseline: \(summary)."
            )
        }
    }

    /// What is not selected is not gone, whoever compares, and not new the next night.
    @Test(arguments: [["--tags", "smoke"], ["--name", "a*"], ["--shard", "1/2"], ["--last-failed", "all.json"]])
    func whatIsNotSelectedIsNotRemoved(options: [String]) async throws {
        let checks = (0..<8).map { number in
            "{route: health, name: \(number == 0 ? "a" : "c\(number)"), tags: [\(number == 0 ? "smoke" : "slow")]}"
        }
        try await ServedJob.with("checks: [\(checks.joined(separator: ", ")), {route: fhir, expect: 418}]") { served in
            _ = try await served.binary.run("run", "job.yaml", "--report-json", "all.json")
            _ = try await served.binary.run(["run", "job.yaml", "--report-json", "part.json"] + options)
            let count = try served.report("part.json").counts.total
            #expect((1..<9).contains(count))
            let failing = try served.report("part.json").counts.failing
            let expected = "Compared with the baseline: " + (failing == 0 ? "nothing changed" : "1 still failing") + "."
            #expect(try await summary(served, "all.json", "part.json") == expected)
            // The failing check is not new either, where it was not selected before.
            let back = try await served.binary.run("diff", "part.json", "all.json")
            #expect(!back.output.contains("Added") && !back.output.contains("Removed"))
            guard options[0] != "--shard" else { return }
            let merged = try await served.binary.run("merge", "part.json", "--baseline", "all.json")
            #expect(merged.output.hasSuffix(expected + "\n"))
            let plan = try #require(try served.report("part.json").suites[0].plan)
            let selection = try #require(plan.selection)
            #expect(
                [selection.tags, selection.names.first, selection.lastFailed].compactMap(\.self) == [options[1]]
            )
        }
    }

    @Test func reportsRecordThatOnlyHidChecks() async throws {
        try await ServedJob.with("checks: [{route: health, name: a, only: true}, {route: health, name: b}]") { served in
            let options = ["run", "job.yaml", "--report-json", "r.json", "--report-ndjson", "r.ndjson"]
            let run = try await served.binary.run(options)
            #expect(run.status == 0)
            for name in ["r.json", "r.ndjson"] {
                #expect(try served.report(name).suites[0].plan?.selection == SelectionRecord(only: true))
            }
            #expect(try await served.binary.run("merge", "r.ndjson", "--report-json", "m.json").status == 0)
            #expect(try served.report("m.json").suites[0].plan?.selection == SelectionRecord(only: true))
        }
    }
}
