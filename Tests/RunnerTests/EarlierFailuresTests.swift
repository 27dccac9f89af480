import Checks
import FoundationEssentials
import Runner
import Testing

/// Which checks run again after a report, and what is said of the others.
struct EarlierFailuresTests {
    private let names = ["passed", "failed", "allowed", "cut off", "new"]

    private func job(_ file: String = "job.yaml", name: String = "job") -> Job {
        RunnerTests.job(Array(repeating: "a", count: names.count)) { job in
            for index in names.indices { job.checks[index].name = names[index] }
            job.file = file
            job.name = name
        }
    }

    private func suite(_ file: String = "job.yaml", name: String = "job", passes: Bool = false) -> SuiteReport {
        let job = job()
        var suite = SuiteReport(
            name: name,
            file: file,
            serverURL: "",
            startedAt: .init(timeIntervalSince1970: 0),
            duration: .zero,
            results: []
        )
        for (index, outcome) in [Outcome.passed, .failed, .failed, .notRun].enumerated() {
            var check = job.checks[index]
            if index == 2 { check.allowFailure = Waiver() }
            suite.results.append(CheckResult(of: check, index: index, outcome: passes ? .passed : outcome))
        }
        return suite
    }

    private func failures(
        _ suites: SuiteReport...,
        of job: Job? = nil,
        shard: Shard? = nil,
        ending: RunEnding = .completed
    ) -> EarlierFailures {
        var report = RunReport(
            toolVersion: "1",
            startedAt: .init(timeIntervalSince1970: 0),
            duration: .zero,
            ending: ending,
            suites: suites
        )
        report.shard = shard
        return EarlierFailures(in: report, of: [job ?? self.job()])
    }

    private func selected(_ failures: EarlierFailures, of job: Job) -> [String] {
        job.checks.filter { failures.contains($0, of: job) }.map(\.name)
    }

    @Test func runsAgainWhatDidNotPass() {
        let failures = failures(suite())
        #expect(selected(failures, of: job()) == ["failed", "cut off"])
        #expect(failures.remarks(on: [job()]) == ["1 check of job.yaml is not in the report, so it does not run."])
        #expect(!failures.areNone(of: [job()]))
    }

    @Test func knowsAJobFileThatHasMovedByItsName() {
        #expect(selected(failures(suite("elsewhere/job.yaml")), of: job()) == ["failed", "cut off"])
    }

    @Test func aJobThatTheReportDoesNotKnowRunsWhole() {
        let failures = failures(suite("other.yaml", name: "other", passes: true))
        #expect(selected(failures, of: job()) == names)
        #expect(failures.remarks(on: [job()]) == ["The report does not know job.yaml, so all of its checks run."])
    }

    @Test func aNameThatTwoSuitesHaveTellsNothing() {
        let suites = (suite("a.yaml"), suite("b.yaml", passes: true))
        let moved = failures(suites.0, suites.1, of: job("c.yaml"))
        #expect(selected(moved, of: job("c.yaml")) == names)
        #expect(moved.remarks(on: [job("c.yaml")]) == ["The report does not know c.yaml, so all of its checks run."])
        #expect(selected(failures(suites.0, suites.1, of: job("b.yaml")), of: job("b.yaml")) == [])
    }

    @Test func namesFailedChecksThatAreThereNoMore() {
        var job = job()
        job.checks[1].name = "renamed"
        let failures = failures(suite(), of: job)
        #expect(selected(failures, of: job) == ["cut off"])
        #expect(
            failures.remarks(on: [job])
                == [
                    "2 checks of job.yaml are not in the report, so they do not run.",
                    "job.yaml no longer has the check \"failed\", which failed; if it has another name now, it does not run.",
                ]
        )
    }

    @Test func saysThatNothingFailedIfAllChecksAreKnown() {
        var known = job()
        known.checks.removeLast()
        let failures = failures(suite(passes: true))
        #expect(failures.areNone(of: [known]))
        #expect(selected(failures, of: known) == [])
        // Of a check that is new since then nobody knows.
        #expect(!failures.areNone(of: [job()]))
    }

    @Test func isNotSatisfiedWithARunThatDidNotPass() {
        var known = job()
        known.checks.removeLast()
        for ending in [RunEnding.deadline, .interrupted(signal: 2), .maximumFailures, .serverUnusable] {
            let failures = failures(suite(passes: true), ending: ending)
            #expect(!failures.areNone(of: [known]))
            #expect(failures.remarks(on: [known]).contains { $0.contains("its run did not pass") })
        }
    }

    @Test func saysThatAShardsReportKnowsItsOwnChecksAlone() {
        #expect(
            failures(suite(), shard: Shard(index: 1, count: 4)).remarks(on: [job()])
                == ["The report holds shard 1/4 alone, so checks of other shards do not run."]
        )
    }
}
