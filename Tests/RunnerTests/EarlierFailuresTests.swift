import Checks
import FoundationEssentials
import HTTPVocabulary
import Runner
import SourceDiagnostics
import Testing

/// Which checks run again after a report, and what is said of the others.
struct EarlierFailuresTests {
    private static let names = ["passed", "failed", "allowed", "skipped", "cut off", "flaky"]

    private func job(_ names: [String] = names, _ change: (inout Job) -> Void = { _ in }) -> Job {
        var job = RunnerTests.job(Array(repeating: "a", count: names.count)) { job in
            for index in names.indices { job.checks[index].name = names[index] }
        }
        change(&job)
        job.identify()
        return job
    }

    /// What a run of a job reports, check by check.
    private func suite(_ job: Job, _ outcomes: [Outcome]) -> SuiteReport {
        var suite = RunPlan(job).blankReport(startedAt: Date(timeIntervalSince1970: 0))
        suite.results = zip(job.checks.indices, outcomes).map { index, outcome in
            var result = CheckResult(of: job.checks[index], index: index, outcome: outcome)
            if job.checks[index].name == "allowed" { result.allowFailure = Waiver() }
            let attempts = job.checks[index].name == "flaky" ? 2 : 1
            result.attempts = (1..<attempts + 1).map { number in
                Attempt(number: number, start: .zero, duration: .zero, outcome: number < attempts ? .failed : outcome)
            }
            return result
        }
        return suite
    }

    private static let mixed: [Outcome] = [.passed, .failed, .failed, .skipped, .notRun, .passed]
    private static let green = [Outcome](repeating: .passed, count: names.count)

    private func report(_ suites: SuiteReport..., ending: RunEnding = .completed) -> RunReport {
        RunReport(
            toolVersion: "1",
            startedAt: Date(timeIntervalSince1970: 0),
            duration: .zero,
            ending: ending,
            suites: suites
        )
    }

    private func again(_ report: RunReport, _ job: Job) -> [String] {
        let failures = EarlierFailures(in: report, of: [job])
        return job.checks.filter { failures.contains($0, of: job) }.map(\.name)
    }

    private func isAllWell(_ report: RunReport, _ job: Job) -> Bool {
        EarlierFailures(in: report, of: [job]).areNone(of: [RunPlan(job)])
    }

    @Test func onlyARealPassSparesACheck() {
        let report = report(suite(job(), Self.mixed))
        #expect(again(report, job()) == ["failed", "allowed", "skipped", "cut off"])
        #expect(!isAllWell(report, job()))
        #expect(EarlierFailures(in: report, of: [job()]).remarks(on: [job()]) == [])
    }

    @Test(arguments: [
        ("skipped", [Outcome.passed, .skipped]), ("allowed", [.passed, .failed]), ("allowed", [.passed, .error]),
        ("cut off", [.passed, .notRun]), ("failed", [.passed, .failed]), ("failed", [.passed, .error]),
    ])
    func nothingElseIsAPass(name: String, outcomes: [Outcome]) {
        let job = job(["passed", name])
        let report = report(suite(job, outcomes))
        #expect(again(report, job) == [name])
        #expect(!isAllWell(report, job))
    }

    @Test func allIsWellIfEveryCheckPassed() {
        let report = report(suite(job(), Self.green))
        #expect(again(report, job()) == [])
        #expect(isAllWell(report, job()))
        let of = EarlierFailures(in: report, of: [job()])
        #expect(!of.areNone(of: [RunPlan(job()) { _ in false }]), "nothing selected is nothing shown")
        #expect(of.areNone(of: [RunPlan(job()) { $0.name == "passed" }]))
    }

    /// A change of a job.
    struct Change: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var apply: @Sendable (inout Job) -> Void

        init(_ what: String, _ apply: @escaping @Sendable (inout Job) -> Void) {
            testDescription = what
            self.apply = apply
        }
    }

    @Test(arguments: [
        Change("route") { $0.checks[0].route = "b" }, Change("path") { $0.checks[0].path = "x" },
        Change("method") { $0.checks[0].method = .post },
        Change("parameters") { $0.checks[0].parameters = [QueryParameter(name: "a", value: "1")] },
        Change("body") { $0.checks[0].body = RequestBody(bytes: [0x31], contentType: .text) },
        Change("status") { $0.checks[0].expectation.status = StatusSet([.code(200)]) },
        Change("from") { $0.checks[0].expectation.from = .any },
        Change("media type") { $0.checks[0].expectation.contentType = "text/plain" },
        Change("duration") { $0.checks[0].expectation.maximumDuration = .seconds(1) },
        Change("size") { $0.checks[0].expectation.maximumSize = 10 },
        Change("name") { $0.checks[0].name = "renamed" },
    ])
    func anotherQuestionHasNeverPassed(change: Change) {
        let report = report(suite(job(), Self.green))
        let changed = job(Self.names, change.apply)
        #expect(again(report, changed) == [changed.checks[0].name])
        #expect(!isAllWell(report, changed))
    }

    @Test(arguments: [
        Change("tags") { $0.checks[0].tags = ["new"] }, Change("timeout") { $0.checks[0].timeout = .seconds(1) },
        Change("retry") { $0.checks[0].retry.attempts = 3 },
        Change("allow-failure") { $0.checks[0].allowFailure = Waiver() },
        Change("position") { $0.checks[0].position.line = 99 }, Change("skip") { $0.checks[0].skip = Waiver() },
        Change("concurrency") { $0.concurrency = 1 }, Change("token") { $0.server.credentials = .token("another") },
        Change("the file's bytes") { $0.fingerprint = 1 }, Change("order") { $0.checks.swapAt(0, 5) },
        Change("spelling of the URL") { $0.server.url = "HTTPS://DHIS2.example:443/" },
        Change("spelling of the file") { $0.file = "./job.yaml" },
    ])
    func theSameQuestionHasPassed(change: Change) {
        let report = report(suite(job(), Self.green))
        #expect(again(report, job(Self.names, change.apply)) == [])
    }

    @Test func anotherServerHasNotAnswered() {
        let report = report(suite(job(), Self.green))
        for url in ["http://dhis2.example", "https://dhis2.example:8443", "https://dhis2.example/dhis"] {
            let moved = job { $0.server.url = url }
            #expect(again(report, moved) == Self.names)
            #expect(
                EarlierFailures(in: report, of: [moved]).remarks(on: [moved])
                    == ["The report is about another server than \(url), so all checks of job.yaml run."]
            )
        }
    }

    @Test func anotherFileHasNotPassed() {
        let other = job { $0.file = "team/job.yaml" }
        let report = report(suite(job(), Self.green))
        #expect(again(report, other) == Self.names)
        #expect(
            EarlierFailures(in: report, of: [other]).remarks(on: [other])
                == ["The report does not know team/job.yaml, so all of its checks run."]
        )
    }

    @Test func aReportWithoutIdentitiesSparesNothing() {
        var suite = suite(job(), Self.green)
        for index in suite.results.indices { suite.results[index].identity = nil }
        #expect(again(report(suite), job()) == Self.names)
        suite.identity = nil
        #expect(again(report(suite), job()) == Self.names)
        #expect(
            EarlierFailures(in: report(suite), of: [job()]).remarks(on: [job()]) == [
                """
                The report does not say which checks of job.yaml it is about, as reports of version 0.1 do not, so all of \
                them run.
                """
            ]
        )
    }

    @Test func aShardHasItsOwnChecksOnly() {
        var part = suite(job(), Self.green)
        part.results.removeSubrange(1..<5)
        var report = report(part)
        report.shard = Shard(index: 1, count: 4)
        #expect(again(report, job()) == ["failed", "allowed", "skipped", "cut off"])
        let failures = EarlierFailures(in: report, of: [job()])
        #expect(
            failures.remarks(on: [job()])
                == ["The report holds shard 1/4 only; checks of other shards count as not passed."]
        )
        #expect(failures.areNone(of: [RunPlan(job()) { ["passed", "flaky"].contains($0.name) }]))
    }

    @Test func everyRepeatMustPass() {
        var suite = suite(job(), Self.green)
        var second = suite.results[0]
        second.outcome = .failed
        suite.results.insert(second, at: 1)
        #expect(again(report(suite), job()) == ["passed"])
    }

    /// Checks whose derived names differ in their numbers only are told apart by what they ask; those that ask the same
    /// have all passed or none has.
    @Test func twinsAreToldApartByWhatTheyAsk() {
        func twins(_ paths: [String]) -> Job {
            job(paths.indices.map { $0 == 0 ? "GET a" : "GET a (\($0 + 1))" }) { job in
                for (index, path) in paths.enumerated() {
                    job.checks[index].parameters = [QueryParameter(name: "p", value: path)]
                    job.checks[index].origin = index == 0 ? nil : CheckOrigin(stem: "GET a", hasDerivedName: true)
                }
            }
        }
        let before = twins(["x", "y", "y"])
        let report = report(suite(before, [.passed, .failed, .passed]))
        #expect(again(report, before) == ["GET a (2)", "GET a (3)"])
        // One more in front renumbers them all.
        #expect(again(report, twins(["new", "x", "y", "y"])) == ["GET a", "GET a (3)", "GET a (4)"])
        #expect(again(report, twins(["y", "y", "x"])) == ["GET a", "GET a (2)"])
        // The one that failed is gone, or the one that passed.
        #expect(again(report, twins(["x", "y"])) == ["GET a (2)"])
        let green = self.report(suite(before, [.passed, .passed, .passed]))
        #expect(again(green, twins(["x", "y"])) == [])
        // One has come that never ran.
        #expect(again(green, twins(["y", "y", "y", "x"])) == ["GET a", "GET a (2)", "GET a (3)"])
    }

    @Test func namesFailuresThatAreThereNoMore() {
        let report = report(suite(job(), Self.mixed))
        let renamed = job { $0.checks[1].name = "renamed" }
        let failures = EarlierFailures(in: report, of: [renamed])
        #expect(again(report, renamed) == ["renamed", "allowed", "skipped", "cut off"])
        #expect(
            failures.remarks(on: [renamed]) == [
                "1 check of job.yaml is new or changed since the report, so it runs.",
                """
                job.yaml no longer has the check "failed", which did not pass; if it has another name now, it runs as new.
                """,
            ]
        )
    }

    /// What a selection left out need not be new.
    @Test(arguments: [
        SelectionRecord(tags: "x"), SelectionRecord(names: ["passed"]), SelectionRecord(lastFailed: "old.json"),
    ])
    func doesNotCallNewWhatWasNotSelected(selection: SelectionRecord) {
        var some = suite(job(["passed"]), [.passed])
        some.plan?.selection = selection
        let remark = "2 checks of job.yaml are not in the report, whose run left checks out, so they run."
        let job = job(["passed", "b", "c"])
        #expect(EarlierFailures(in: report(some), of: [job]).remarks(on: [job]) == [remark])
        some.plan?.selection = SelectionRecord(only: true)
        let other = "2 checks of job.yaml are new or changed since the report, so they run."
        #expect(EarlierFailures(in: report(some), of: [job]).remarks(on: [job]) == [other])
    }

    @Test(arguments: [RunEnding.deadline, .interrupted(signal: 2), .maximumFailures, .serverUnusable])
    func isNotSatisfiedWithARunThatDidNotPass(ending: RunEnding) {
        let report = report(suite(job(), Self.green), ending: ending)
        #expect(!isAllWell(report, job()))
        #expect(
            EarlierFailures(in: report, of: [job()]).remarks(on: [job()])
                == ["Every check of job.yaml passed in the report, but its run did not pass: run all of them."]
        )
    }
}

/// Knows no secrets.
final class NoSecrets: SecretMask {
    func holdsSecret(_ text: String) -> Bool { false }
    func masked(words: String) -> String { masked(words) }
    func masked(_ text: String) -> String { text }
    func hidesValue(of name: String) -> Bool { false }
    func hidesValue(at location: String) -> Bool { false }
}

extension Job {
    /// Works out who the checks are, as a run with reports does.
    mutating func identify() {
        suiteIdentity = SuiteIdentity(of: self, by: NoSecrets())
        var identifier = CheckIdentifier(self, by: NoSecrets())
        for (place, identity) in identifier.identities(of: checks).enumerated() {
            checks[place].identity = identity
        }
    }
}
