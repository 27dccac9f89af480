import Checks
import FoundationEssentials
import Reports
import SourceDiagnostics
import Testing

struct ReportMergeTests {
    private let start = Date(timeIntervalSince1970: 1_795_478_400)

    private func result(_ index: Int, _ outcome: Outcome = .passed, start: Duration = .seconds(1)) -> CheckResult {
        let check = Check(name: "check \(index)", route: "a", position: SourcePosition(line: index + 1, column: 1))
        var result = CheckResult(of: check, index: index, outcome: outcome)
        if outcome != .notRun {
            result.start = start
            result.duration = .seconds(1)
            result.attempts = [Attempt(number: 1, start: start, duration: .seconds(1), outcome: outcome)]
        }
        return result
    }

    /// A report of a job of four checks.
    private func input(
        _ name: String,
        shard: Shard?,
        results: [CheckResult],
        later: Double = 0,
        change: (inout RunReport) -> Void = { _ in }
    ) -> ReportMerge.Input {
        let startedAt = start.addingTimeInterval(later)
        let suite = SuiteReport(
            name: "job",
            file: "job.yaml",
            serverURL: "https://dhis2.example",
            startedAt: startedAt,
            duration: .seconds(3),
            results: results,
            plan: PlanSummary(fingerprint: "00000000000000aa", planned: results.count, total: 4)
        )
        var report = RunReport(toolVersion: "1", startedAt: startedAt, duration: .seconds(3), suites: [suite])
        report.shard = shard
        change(&report)
        return ReportMerge.Input(name: name, report: report)
    }

    private func shards(
        _ change: (inout RunReport) -> Void = { _ in },
        results: [CheckResult]? = nil
    ) -> [ReportMerge.Input] {
        [
            input("1.json", shard: Shard(index: 1, count: 2), results: [result(0), result(3)]),
            input(
                "2.ndjson",
                shard: Shard(index: 2, count: 2),
                results: results ?? [result(1, .failed), result(2)],
                later: 10,
                change: change
            ),
        ]
    }

    private func problems(_ inputs: [ReportMerge.Input]) -> [String] {
        do throws(ReportMergeError) {
            _ = try ReportMerge(inputs).report()
            return []
        } catch {
            return error.problems
        }
    }

    @Test func keepsEachWarningOfTheServerOnce() throws {
        let shards = shards { report in
            report.suites[0].warnings = ["The list is odd."] + (report.shard?.index == 2 ? ["So is the order."] : [])
        }
        let report = try ReportMerge(shards).report()
        #expect(report.suites[0].warnings == ["The list is odd.", "So is the order."])
    }

    @Test func joinsShardsInTheJobFilesOrder() throws {
        let report = try ReportMerge(shards()).report()
        #expect(report.suites.count == 1)
        #expect(report.suites[0].results.map(\.index) == [0, 1, 2, 3])
        #expect(report.suites[0].plan == PlanSummary(fingerprint: "00000000000000aa", planned: 4, total: 4))
        #expect(report.counts.failed == 1)
        #expect(report.shard == nil)
        #expect(report.ending == .completed)
    }

    @Test func countsTimesFromTheEarliestStart() throws {
        let report = try ReportMerge(shards()).report()
        #expect(report.startedAt == start)
        #expect(report.duration == .seconds(13))
        #expect(report.suites[0].duration == .seconds(13))
        #expect(report.suites[0].results.map(\.start) == [1, 11, 11, 1].map { Duration.seconds($0) })
        #expect(report.suites[0].results[1].attempts[0].start == .seconds(11))
    }

    @Test func takesAReportThatIsNotDividedAsItIs() throws {
        let whole = input("whole.json", shard: nil, results: (0..<4).map { result($0) })
        let report = try ReportMerge([whole]).report()
        #expect(JSONRenderer().bytes(for: report) == JSONRenderer().bytes(for: whole.report))
    }

    @Test func joinsRunsOfDifferentJobFiles() throws {
        let first = input("first.json", shard: nil, results: (0..<4).map { result($0) })
        let second = input("second.json", shard: nil, results: (0..<4).map { result($0) }) { report in
            report.suites[0].file = "other.yaml"
            report.suites[0].plan?.fingerprint = "00000000000000bb"
        }
        #expect(try ReportMerge([first, second]).report().suites.map(\.file) == ["job.yaml", "other.yaml"])
    }

    @Test(arguments: [
        ([RunEnding.completed, .completed], RunEnding.completed),
        ([.completed, .deadline], .deadline),
        ([.maximumFailures, .serverUnusable], .serverUnusable),
        ([.serverUnusable, .interrupted(signal: 15)], .interrupted(signal: 15)),
        // The results are all there: nothing was lost by the kill.
        ([.completed, .interrupted(signal: 9)], .completed),
    ])
    func endsAsThePartThatFaredWorst(endings: [RunEnding], ending: RunEnding) throws {
        var inputs = shards()
        for (index, ending) in endings.enumerated() { inputs[index].report.ending = ending }
        #expect(try ReportMerge(inputs).report().ending == ending)
    }

    @Test func aKilledShardIsMissed() throws {
        let report = try ReportMerge(
            shards({ $0.ending = .interrupted(signal: 9) }, results: [result(1), result(2, .notRun)])
        ).report()
        #expect(report.ending == .interrupted(signal: 9))
        #expect(report.counts.notRun == 1)
    }

    @Test func keepsTheFaultOfAServerThatOneShardCouldNotUse() throws {
        let fault = Fault(layer: .network, code: "connection-refused", message: "It refused.")
        let report = try ReportMerge(shards({ $0.suites[0].serverFault = fault })).report()
        #expect(report.suites[0].serverFault == fault)
    }

    @Test func saysWhichShardIsMissing() {
        #expect(problems([shards()[0]]) == ["Shard 2/2 of job.yaml is missing."])
        let one = input("1.json", shard: Shard(index: 2, count: 4), results: [result(0)])
        #expect(problems([one]) == ["Shards 1/4, 3/4, 4/4 of job.yaml are missing."])
    }

    @Test func saysWhatWouldCountTwice() {
        let all = shards()
        #expect(
            problems(all + [input("again.json", shard: Shard(index: 1, count: 2), results: [result(0), result(3)])])
                == ["1.json is shard 1/2 of job.yaml, and so is again.json: its checks would count twice."]
        )
        let whole = input("whole.json", shard: nil, results: (0..<4).map { result($0) })
        #expect(
            problems(all + [whole])
                == [
                    "whole.json is the whole of job.yaml, and 1.json is shard 1/2 of job.yaml: the same checks would count twice."
                ]
        )
    }

    @Test func saysWhatDoesNotBelongTogether() {
        #expect(
            problems(shards({ $0.shard = Shard(index: 2, count: 3) }))
                == [
                    "1.json is shard 1/2 of job.yaml, but 2.ndjson is shard 2/3 of job.yaml: they divide the run differently."
                ]
        )
        #expect(
            problems(shards({ $0.suites[0].plan?.fingerprint = "00000000000000bb" }))
                == [
                    "1.json is shard 1/2 of job.yaml, but 2.ndjson is shard 2/2 of job.yaml with other checks: the job files, or what is selected from them, differ."
                ]
        )
        #expect(
            problems(shards({ $0.suites[0].serverURL = "https://other.example" }))
                == [
                    "1.json is shard 1/2 of job.yaml at https://dhis2.example, but 2.ndjson is shard 2/2 of job.yaml at https://other.example: they asked different servers."
                ]
        )
        #expect(
            problems(shards({ $0.suites[0].plan?.total = 8 }))
                == [
                    "1.json is shard 1/2 of job.yaml, but 2.ndjson is shard 2/2 of job.yaml with another number of repeats."
                ]
        )
    }

    @Test func saysWhatIsNotWhole() {
        #expect(
            problems(shards({ $0.suites[0].results.removeLast() }))
                == ["2.ndjson is shard 2/2 of job.yaml, and holds 1 of its 2 results."]
        )
    }

    @Test func aRunOfNothingIsNoPartOfAWhole() {
        let nothing = input("killed.ndjson", shard: nil, results: []) { $0.suites = [] }
        #expect(problems([nothing]) == ["killed.ndjson holds no suite: nothing was run."])
        #expect(problems(shards() + [nothing]) == ["killed.ndjson holds no suite: nothing was run."])
    }

    @Test func aKilledRunWhosePlanIsNotKnownIsNotComplete() throws {
        let whole = input("killed.ndjson", shard: nil, results: [result(0)]) { report in
            report.ending = .interrupted(signal: 9)
            report.suites[0].plan = nil
        }
        #expect(try ReportMerge([whole]).report().ending == .interrupted(signal: 9))
    }

    @Test func saysThatShardsDoNotMakeTheWhole() {
        var divided = shards(results: [result(1)])
        #expect(problems(divided) == ["1.json, 2.ndjson together hold 3 of the 4 results of job.yaml."])
        divided = shards(results: [result(1), result(3)])
        #expect(problems(divided) == ["1.json and 2.ndjson both hold the check \"check 3\"."])
    }

    @Test func remarksThatDifferentVersionsWroteTheParts() {
        #expect(ReportMerge(shards()).remarks == [])
        #expect(
            ReportMerge(shards({ $0.toolVersion = "2" })).remarks
                == ["The reports were written by different versions of routecheck: 1.json by 1, 2.ndjson by 2."]
        )
    }

    @Test func rebuildsAKilledRunFromItsPlan() throws {
        let whole = input("whole", shard: Shard(index: 1, count: 1), results: []) { $0.repeats = 2 }.report
        var stream = EventStream()
        var bytes = stream.firstLine(toolVersion: "1", startedAt: start, shard: whole.shard, seed: 7, repeats: 2)
        bytes += stream.line(planning: whole.suites[0], number: 0)
        for index in [0, 0, 1, 1] { bytes += stream.line(planning: result(index, .notRun), suite: 0) }
        var skipped = result(2, .skipped)
        skipped.attempts = []
        bytes += stream.line(planning: skipped, suite: 0)
        bytes += stream.lines(for: .suiteStarted(whole.suites[0]))
        bytes += stream.lines(for: .checkFinished(suite: 0, result(0)))
        bytes += stream.lines(for: .attemptFinished(suite: 0, check: 1, result(1, .failed).attempts[0]))
        let report = try RunReport(ndjson: bytes)
        #expect(report.shard == Shard(index: 1, count: 1))
        #expect(report.seed == 7)
        #expect(report.repeats == 2)
        #expect(report.ending == .interrupted(signal: 9))
        let suite = report.suites[0]
        #expect(suite.results.map(\.index) == [0, 0, 1, 1, 2])
        #expect(
            suite.results.map(\.outcome).sorted { $0.rawValue < $1.rawValue } == [
                .notRun, .notRun, .notRun, .passed, .skipped,
            ]
        )
        #expect(suite.results.filter { $0.index == 1 }.flatMap(\.attempts).map(\.outcome) == [.failed])
        #expect(
            suite.results.filter { $0.outcome == .notRun }.allSatisfy {
                $0.reason == "The run was killed before the check ended."
            }
        )
        #expect(suite.plan == PlanSummary(fingerprint: "00000000000000aa", planned: 0, total: 4))
    }
}
