import Checks
import FoundationEssentials
import Testing

/// What `run`, `merge`, `diff` and `demo` make of an earlier run.
@Suite(.timeLimit(.minutes(5)))
struct ComparisonCommandTests {
    private static let regression =
        "error: something is worse than in the baseline, which --fail-on-regression does not allow\n"

    /// A job of two checks, reported once as it is and once with one of them failing though allowed to.
    private func withTwoNights(_ body: (ServedJob) async throws -> Void) async throws {
        let good = "name: n\nchecks: [{route: health, name: a}, {route: health, name: b, expect: 200}]"
        try await ServedJob.with(good) { served in
            #expect(try await served.binary.run("run", "job.yaml", "--report-json", "old.json").status == 0)
            try Data(good.replacing("200", with: "418").utf8).write(to: URL(filePath: served.path("job.yaml")))
            #expect(try await served.binary.run("run", "job.yaml", "--report-json", "new.json").status == 1)
            try await body(served)
        }
    }

    @Test func mergeComparesAndFailsOnARegression() async throws {
        try await withTwoNights { served in
            let options = ["merge", "new.json", "--baseline", "old.json", "--fail-on-regression"]
            let outcome = try await served.binary.run(options + ["--report-markdown", "m.md"])
            #expect(outcome.status == 1)
            #expect(outcome.output.hasSuffix("Compared with the baseline: 1 newly failing.\n"))
            #expect(outcome.errors == Self.regression)
            // Nothing that a pipeline keeps looks better than the exit status.
            let files = ["merge", "old.json", "--baseline", "new.json", "--report-json", "same.json"]
            #expect(try await served.binary.run(files).status == 0)
            #expect(try served.report("same.json").verdict == .passed)
            let worse = options + ["--report-json", "worse.json", "--report-ndjson", "worse.ndjson", "-q"]
            #expect(try await served.binary.run(worse).status == 1)
            #expect(try served.text("worse.json").contains("\"verdict\":\"failed\""))
            #expect(try served.text("worse.ndjson").contains("\"verdict\":\"failed\""))
            #expect(try served.text("m.md").contains("## Compared with the baseline: 1 newly failing"))
            let unchanged = ["merge", "old.json", "--baseline", "old.json", "--fail-on-regression"]
            let same = try await served.binary.run(unchanged)
            #expect(same.status == 0)
            #expect(same.output.hasSuffix("Compared with the baseline: nothing changed.\n"))
            #expect(try await served.binary.run("merge", "old.json", "--baseline", "no.json").status == 2)
        }
    }

    @Test func checksThatWereNotSelectedAreNotRemoved() async throws {
        try await withTwoNights { served in
            let outcome = try await served.binary.run("run", "job.yaml", "--name", "a", "--baseline", "old.json")
            #expect(outcome.output.hasSuffix("Compared with the baseline: nothing changed.\n"))
        }
    }

    @Test func diffSaysWhyItFails() async throws {
        try await withTwoNights { served in
            let outcome = try await served.binary.run("diff", "old.json", "new.json", "--fail-on-regression")
            #expect(outcome.status == 1)
            #expect(outcome.errors == Self.regression)
        }
    }

    /// The report of a killed run, and that of an invalid job file, are no better than any run of before.
    @Test(arguments: ["old.json", "new.json"])
    func diffLetsNoReportPassThatHoldsNoRun(before: String) async throws {
        try await withTwoNights { served in
            try Data("checks: [{rout: health}]".utf8).write(to: URL(filePath: served.path("bad.yaml")))
            #expect(try await served.binary.run("run", "bad.yaml", "--report-json", "invalid.json").status == 2)
            let killed = try served.text("new.json").replacing(#""kind":"completed""#, with: #""kind":"unfinished""#)
            #expect(try killed != served.text("new.json"))
            try Data(killed.utf8).write(to: URL(filePath: served.path("killed.json")))
            for (after, reason) in [("killed", "did not come to its end"), ("invalid", "checked nothing")] {
                let line = ["diff", before, "\(after).json"]
                #expect(try await served.binary.run(line).status == 0)
                let outcome = try await served.binary.run(line + ["--fail-on-regression"])
                #expect(outcome.status == 1)
                let clause = "the later run \(reason), which --fail-on-regression does not allow"
                #expect(outcome.errors == "error: \(clause)\n")
                #expect(outcome.output.contains("the later run\n      There is nothing to compare."))
                let back = try await served.binary.run("diff", "\(after).json", "old.json", "--fail-on-regression")
                #expect(back.status == 0)
                #expect(back.output.contains("the earlier run\n      There is nothing to compare with."))
            }
        }
    }

    @Test func diffSaysMoreOrLessAsTold() async throws {
        try await withTwoNights { served in
            let normal = try await served.binary.run("diff", "new.json", "new.json")
            #expect(normal.output == "Compared with the baseline: 1 still failing.\n")
            let verbose = try await served.binary.run("diff", "new.json", "new.json", "-v")
            #expect(verbose.output.hasPrefix("Still failing\n  n: b\n"))
            let quiet = try await served.binary.run("diff", "new.json", "old.json", "-q")
            #expect(quiet.output == "Compared with the baseline: 1 fixed.\n")
        }
    }

    @Test func diffNamesBothReportsThatAreMissing() async throws {
        try await ServedJob.with("") { served in
            let outcome = try await served.binary.run("diff", "a.json", "b.json")
            #expect(outcome.status == 2)
            #expect(
                outcome.errors == """
                    error: cannot read the report a.json: No such file or directory
                    error: cannot read the report b.json: No such file or directory

                    """
            )
        }
    }

    @Test func theDemoComparesToo() async throws {
        try await ServedJob.with("") { served in
            let binary = served.binary
            #expect(try await binary.run("demo", "--report-json", "old.json").status == 0)
            let outcome = try await binary.run("demo", "--baseline", "old.json")
            #expect(outcome.output.contains("Compared with the baseline: "))
            #expect(outcome.errors.contains("/report.html\n"))
        }
    }

    @Test func aNightWithoutFailuresLeavesNothingToRunAgain() async throws {
        try await withTwoNights { served in
            // The job file expects something else of one of the two by now, which has never passed.
            let changed = try await served.binary.run("run", "job.yaml", "--last-failed", "old.json")
            #expect(changed.status == 1)
            #expect(changed.errors == "note: 1 check of job.yaml is new or changed since the report, so it runs.\n")
            let outcome = try await served.binary.run("run", "job.yaml", "--last-failed", "old.json", "--name", "a")
            #expect(outcome.status == 0)
            #expect(
                outcome.errors
                    == "note: nothing failed in old.json, so there is nothing to run again and no report to write\n"
            )
            // All that is selected has passed, but the run has not.
            let other = try await served.binary.run("run", "job.yaml", "--last-failed", "new.json", "--name", "a")
            #expect(other.status == 4)
            #expect(other.errors == "error: No check is selected by --name 'a' and --last-failed new.json.\n")
        }
    }
}
