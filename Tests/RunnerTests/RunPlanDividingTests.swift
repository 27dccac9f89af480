import Checks
import FoundationEssentials
import SourceDiagnostics
import Testing

@testable import Runner

struct RunPlanDividingTests {
    private func plan(_ names: [String]) -> RunPlan {
        let checks = names.enumerated().map { index, name in
            Check(name: name, route: "a", position: SourcePosition(line: index + 1, column: 1))
        }
        return RunPlan(
            Job(name: "job", file: "job.yaml", server: ServerSettings(url: "https://dhis2.example"), checks: checks)
        )
    }

    private func names(_ plan: RunPlan) -> [String] {
        plan.entries.map { plan.job.checks[$0.check].name }
    }

    private let many = (0..<1_000).map { "GET health [facility=\($0)]" }

    @Test(arguments: [1, 2, 3, 4, 7, 16])
    func putsEveryCheckIntoExactlyOneShard(count: Int) {
        let shards = (1...count).map { plan(many).taking(Shard(index: $0, count: count)) }
        #expect(shards.flatMap(names).sorted() == many.sorted())
        #expect(shards.allSatisfy { $0.entries.count > 1_000 / count / 2 })
        #expect(shards.allSatisfy { $0.summary.total == 1_000 && $0.summary.planned == $0.entries.count })
    }

    @Test func keepsACheckInItsShardWhateverElseTheJobFileHas() {
        let shard = Shard(index: 2, count: 3)
        let all = names(plan(many).taking(shard))
        let some = many.filter { $0.hasSuffix("3]") }.reversed() as [String]
        #expect(Set(names(plan(some).taking(shard))) == Set(all).intersection(some))
    }

    /// These must never change: the shards of one run may be of different releases.
    @Test(arguments: [("GET health", 1), ("GET chap/v1/models", 2), ("über", 3), ("", 4)])
    func assignsNamesToShardsForGood(name: String, shard: Int) {
        #expect(RunPlan.shard(of: name, among: 4) == shard)
    }

    @Test func isNotEmptyWhenOnlyItsShardIs() {
        let plan = plan(["alone"])
        let shards = (1...2).map { plan.taking(Shard(index: $0, count: 2)) }
        #expect(shards.map(\.entries.count).sorted() == [0, 1])
        #expect(shards.allSatisfy { !$0.isEmpty })
    }

    @Test func repeatsRoundByRoundAndReportsSideBySide() {
        let plan = plan(["a", "b", "c"]).repeated(2)
        #expect(names(plan) == ["a", "a", "b", "b", "c", "c"])
        #expect(plan.startOrder.map { names(plan)[$0] } == ["a", "b", "c", "a", "b", "c"])
        #expect(plan.summary.total == 6)
    }

    @Test func shufflesTheOrderOfStartsAlone() {
        let plan = plan(many)
        let shuffled = plan.shuffled(seed: 7)
        #expect(shuffled.entries == plan.entries)
        #expect(shuffled.seed == 7)
        #expect(shuffled.startOrder.sorted() == plan.startOrder)
        #expect(shuffled.startOrder != plan.startOrder)
        #expect(shuffled.startOrder == plan.shuffled(seed: 7).startOrder)
        #expect(shuffled.startOrder != plan.shuffled(seed: 8).startOrder)
    }

    /// The first numbers of the generator for the seed 1234567, as its author's implementation gives them.
    @Test func drawsTheGeneratorsOwnNumbers() {
        var generator = SplitMix64(seed: 1_234_567)
        #expect(
            (0..<3).map { _ in generator.next() }
                == [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]
        )
    }

    @Test func tellsJobFilesAndSelectionsApart() {
        var job = plan(["a", "b"]).job
        let fingerprint = RunPlan(job).summary.fingerprint
        #expect(RunPlan(job) { $0.name == "a" }.summary.fingerprint != fingerprint)
        #expect(RunPlan(job).taking(Shard(index: 1, count: 2)).summary.fingerprint == fingerprint)
        job.fingerprint = 1
        #expect(RunPlan(job).summary.fingerprint != fingerprint)
        #expect(fingerprint.count == 16)
    }

    @Test func runsAgainByJobFileWhereTwoHaveTheSameName() {
        var first = plan(["a", "b"]).job
        var second = first
        first.file = "first.yaml"
        second.file = "second.yaml"
        first.identify()
        second.identify()
        func suite(_ job: Job, failed: Int?) -> SuiteReport {
            let moment = Date(timeIntervalSince1970: 0)
            let results = job.checks.indices.map { index in
                CheckResult(of: job.checks[index], index: index, outcome: index == failed ? .failed : .passed)
            }
            var suite = RunPlan(job).blankReport(startedAt: moment)
            suite.results = results
            return suite
        }
        var report = RunReport(
            toolVersion: "1",
            startedAt: Date(timeIntervalSince1970: 0),
            duration: .zero,
            suites: [suite(first, failed: 0), suite(second, failed: 1)]
        )
        let failures = EarlierFailures(in: report, of: [second, first])
        #expect(names(RunPlan(first) { failures.contains($0, of: first) }) == ["a"])
        #expect(names(RunPlan(second) { failures.contains($0, of: second) }) == ["b"])
        #expect(!failures.areNone(of: [RunPlan(first)]))
        report.suites[0] = suite(first, failed: nil)
        #expect(EarlierFailures(in: report, of: [first]).areNone(of: [RunPlan(first)]))
        // Of a job file that the report does not have nobody knows whether it failed.
        first.file = "third.yaml"
        first.name = "third"
        first.identify()
        #expect(!EarlierFailures(in: report, of: [first]).areNone(of: [RunPlan(first)]))
    }
}
