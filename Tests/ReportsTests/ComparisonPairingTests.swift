import Checks
import Redaction
import SourceDiagnostics
import Testing

@testable import Reports

/// Which checks of two runs are the same, and which are new or gone.
struct ComparisonPairingTests {
    @Test
    func pairsRepeatsOfOneCheckInTheirOrder() {
        var before = RunReport.run(milliseconds: [100, 100])
        var after = before
        for index in 0..<2 {
            before.suites[0].results[index].name = "same"
            after.suites[0].results[index].name = "same"
        }
        after.suites[0].results[1].outcome = .failed
        let comparison = RunComparison(baseline: before, current: after)
        #expect(comparison.newlyFailing.map(\.after?.index) == [1])
        #expect(comparison.added.isEmpty)
        #expect(comparison.removed.isEmpty)
    }

    @Test
    func takesAsRemovedOnlyWhatTheJobFileNoLongerHas() {
        let before = RunReport.run(milliseconds: [100, 100, 100])
        var after = before
        after.suites[0].results.removeLast(2)
        // The job file has lost check 1; check 2 was not selected.
        let jobs = [job(["check 0", "check 2"])]
        let comparison = RunComparison(baseline: before, current: after, jobs: jobs)
        #expect(comparison.removed.map(\.name) == ["check 1"])
        #expect(RunComparison(baseline: before, current: after).removed.map(\.name) == ["check 1", "check 2"])
        after.shard = Shard(index: 1, count: 2)
        #expect(RunComparison(baseline: before, current: after).removed.isEmpty)
    }

    @Test
    func countsTheRepeatsOfACheckOnce() {
        let once = RunReport.run(milliseconds: [100])
        var often = once
        often.suites[0].results = [CheckResult](repeating: once.suites[0].results[0], count: 20)
        #expect(RunComparison(baseline: often, current: once).isEmpty)
        #expect(RunComparison(baseline: once, current: often).isEmpty)
        var other = once
        other.suites[0].results[0].name = "other"
        #expect(RunComparison(baseline: often, current: other).removed.count == 1)
        #expect(RunComparison(baseline: other, current: often).added.count == 1)
    }

    /// A run that had nothing to run does not say which checks there are; an empty part of a run does, of its part.
    @Test func takesNothingAsGoneOrNewWhereNothingWasToRun() {
        let some = RunReport.run(milliseconds: [100, 100])
        var none = some
        none.suites[0].results = []
        for (before, after) in [(some, none), (none, some)] {
            let comparison = RunComparison(baseline: before, current: after)
            #expect(ComparisonSection.phrase(of: comparison) == "1 not comparable")
        }
        var (part, empty) = (some, none)
        (part.shard, empty.shard) = (Shard(index: 1, count: 2), Shard(index: 1, count: 2))
        #expect(RunComparison(baseline: part, current: empty).removed.count == 2)
        #expect(RunComparison(baseline: empty, current: part).added.count == 2)
    }

    @Test
    func tellsJobFilesOfTheSameNameApart() {
        var before = RunReport.run(milliseconds: [100])
        before.suites.append(before.suites[0])
        before.suites[1].file = "other.yaml"
        before.suites[1].results[0].outcome = .failed
        var after = before
        after.suites.swapAt(0, 1)
        #expect(RunComparison(baseline: before, current: after).isEmpty)
    }

    @Test
    func knowsAJobFileThatHasMovedByItsSuite() {
        let before = RunReport.run(milliseconds: [100])
        var after = before
        after.suites[0].file = "jobs/s.yaml"
        #expect(RunComparison(baseline: before, current: after).isEmpty)
        // Which of two has moved there nobody can tell.
        after.suites.append(after.suites[0])
        after.suites[1].file = "jobs/t.yaml"
        #expect(RunComparison(baseline: before, current: after).added.count == 2)
    }

    /// A run of checks with identities, given by their names and what they ask.
    private func run(of checks: [(name: String, who: UInt64, what: UInt64)], failing: Set<UInt64> = []) -> RunReport {
        var run = RunReport.run(milliseconds: checks.map { _ in 100 })
        run.suites[0].identity = SuiteIdentity(file: 1, name: 2, server: 3)
        for (index, check) in checks.enumerated() {
            run.suites[0].results[index].name = check.name
            run.suites[0].results[index].identity = CheckIdentity(name: check.who, fingerprint: check.what)
            if failing.contains(check.what) { run.suites[0].results[index].outcome = .failed }
        }
        return run
    }

    @Test
    func pairsChecksByIdentityWhateverTheirNames() {
        // Twins, of which the second failed; a third one is put in before them, so that all numbers change.
        let before = run(of: [("GET a", 1, 10), ("GET a (2)", 1, 20)], failing: [20])
        let after = run(of: [("GET a", 1, 30), ("GET a (2)", 1, 10), ("GET a (3)", 1, 20)], failing: [20])
        let comparison = RunComparison(baseline: before, current: after)
        #expect(ComparisonSection.phrase(of: comparison) == "1 added, 1 still failing")
        #expect(comparison.added.map(\.name) == ["GET a"])
        #expect(comparison.stillFailing.map(\.name) == ["GET a (3)"])
        let back = RunComparison(baseline: after, current: before)
        #expect(back.removed.map(\.name) == ["GET a"])
        #expect(ComparisonSection.phrase(of: back) == "1 removed, 1 still failing")
        // A check that asks something else now is the same check.
        let changed = run(of: [("GET a", 1, 11), ("GET a (2)", 1, 20)], failing: [11])
        #expect(RunComparison(baseline: before, current: changed).newlyFailing.map(\.before?.name) == ["GET a"])
        // Hidden names do not tell checks apart.
        let hidden = run(of: [("GET *** b", 1, 10), ("GET *** b", 2, 20)], failing: [10])
        let fixed = run(of: [("GET x b", 2, 20), ("GET y b", 1, 10)])
        #expect(ComparisonSection.phrase(of: RunComparison(baseline: hidden, current: fixed)) == "1 fixed")
    }

    @Test
    func pairsChecksByNameWhereAReportHasNoIdentities() {
        var before = run(of: [("a", 1, 10), ("b", 2, 20)], failing: [20])
        let after = run(of: [("b", 2, 20), ("a", 1, 10)])
        for index in 0..<2 { before.suites[0].results[index].identity = nil }
        for (old, new) in [(before, after), (after, before)] {
            #expect(RunComparison(baseline: old, current: new).added.isEmpty)
            #expect(RunComparison(baseline: old, current: new).removed.isEmpty)
        }
        #expect(RunComparison(baseline: before, current: after).fixed.map(\.name) == ["b"])
        // One identity of the two that cannot be read leaves the other as it is.
        before = run(of: [("GET a", 1, 10), ("GET a (2)", 1, 20)], failing: [20])
        before.suites[0].results[0].identity = nil
        let next = run(of: [("GET a", 1, 20), ("GET a (2)", 1, 10)])
        #expect(RunComparison(baseline: before, current: next).fixed.map(\.after?.name) == ["GET a"])
    }

    @Test
    func takesAsRemovedOnlyWhatWasSelected() {
        var before = run(of: [("a", 1, 10), ("b", 2, 20), ("c", 3, 30)])
        before.suites[0].results[0].tags = ["smoke"]
        before.suites[0].results[1].tags = ["smoke"]
        var after = before
        after.suites[0].results.removeLast(2)
        func phrase(_ selection: SelectionRecord?, old: SelectionRecord? = nil, back: Bool = false) -> String {
            before.suites[0].plan = PlanSummary(fingerprint: "", planned: 3, total: 3, selection: old)
            after.suites[0].plan = PlanSummary(fingerprint: "", planned: 1, total: 1, selection: selection)
            let comparison = RunComparison(baseline: back ? after : before, current: back ? before : after)
            return ComparisonSection.phrase(of: comparison)
        }
        #expect(phrase(nil) == "2 removed")
        #expect(phrase(SelectionRecord(only: true)) == "2 removed")
        #expect(phrase(SelectionRecord(tags: "smoke")) == "1 removed")
        #expect(phrase(SelectionRecord(names: ["a"])) == "nothing changed")
        #expect(phrase(SelectionRecord(names: ["a", "c*"])) == "1 removed")
        #expect(phrase(SelectionRecord(lastFailed: "old.json")) == "nothing changed")
        #expect(
            phrase(SelectionRecord(names: ["\(Redactor.replacement)"])) == "nothing changed",
            "nobody knows what was hidden"
        )
        // The other way round nothing is new that was not selected before.
        #expect(phrase(nil, back: true) == "2 added")
        #expect(phrase(SelectionRecord(tags: "smoke"), back: true) == "1 added")
        #expect(phrase(SelectionRecord(names: ["a"]), back: true) == "nothing changed")
    }

    private func job(_ names: [String]) -> Job {
        let checks = names.enumerated().map { index, name in
            Check(name: name, route: "chap", position: SourcePosition(line: index + 1, column: 1))
        }
        return Job(name: "s", file: "s.yaml", server: ServerSettings(url: "https://x"), checks: checks)
    }
}
