import Checks
import DHIS2Simulator
import FoundationEssentials
import Testing

/// What `--last-failed` runs again: all but what has really passed.
@Suite(.timeLimit(.minutes(5)))
struct LastFailedTests {
    /// Two nights: the job file of the first one, and of the second.
    struct Nights: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var first: String
        var second: String
        /// The names of the checks that the second night has in its report.
        var again: [String]
        /// How the second night ends.
        var status: Int32
        /// Further options of the first night.
        var options: [String] = []
    }

    private static let nights = [
        Nights(
            testDescription: "hidden by only",
            first: "checks: [{route: health, name: a, only: true}, {route: health, name: b, expect: 418}]",
            second: "checks: [{route: health, name: a}, {route: health, name: b, expect: 418}]",
            again: ["b"],
            status: 1
        ),
        Nights(
            testDescription: "skipped",
            first: "checks: [{route: health, name: a}, {route: health, name: b, expect: 418, skip: soon}]",
            second: "checks: [{route: health, name: a}, {route: health, name: b, expect: 418}]",
            again: ["b"],
            status: 1
        ),
        Nights(
            testDescription: "allowed to fail",
            first: "checks: [{route: health, name: a}, {route: health, name: b, expect: 418, allow-failure: true}]",
            second: "checks: [{route: health, name: a}, {route: health, name: b, expect: 418}]",
            again: ["b"],
            status: 1
        ),
        Nights(
            testDescription: "another expectation",
            first: "checks: [{route: health, name: a}, {route: health, name: b}]",
            second: "checks: [{route: health, name: a}, {route: health, name: b, expect: 418}]",
            again: ["b"],
            status: 1
        ),
        Nights(
            testDescription: "another path, parameter, field, method and body",
            first: """
                defaults: {expect: {from: any, status: 100-599}}
                checks: [{route: health, name: a}, {route: health, name: b, params: {p: 1}}, \
                {route: health, name: c, headers: {X-A: '1'}}, {route: health, name: d}, \
                {route: health, name: e, method: POST, body: x}, {route: health, name: same}]
                """,
            second: """
                defaults: {expect: {from: any, status: 100-599}}
                checks: [{route: health, name: a, path: x}, {route: health, name: b, params: {p: 2}}, \
                {route: health, name: c, headers: {X-A: '2'}}, {route: health, name: d, method: DELETE}, \
                {route: health, name: e, method: POST, body: y}, {route: health, name: same}]
                """,
            again: ["a", "b", "c", "d", "e"],
            status: 0
        ),
        Nights(
            testDescription: "not selected",
            first: "checks: [{route: health, name: a}, {route: health, name: b, expect: 418}]",
            second: "checks: [{route: health, name: a}, {route: health, name: b, expect: 418}]",
            again: ["b"],
            status: 1,
            options: ["--name", "a"]
        ),
        Nights(
            testDescription: "twins, and one put in before",
            first: "checks: [{route: health, params: {p: 1}}, {route: health, params: {p: 2}, expect: 418}]",
            second: """
                checks: [{route: health, params: {p: 0}}, {route: health, params: {p: 1}}, \
                {route: health, params: {p: 2}, expect: 418}]
                """,
            again: ["GET health", "GET health (3)"],
            status: 1
        ),
        Nights(
            testDescription: "a row of a matrix, in another order",
            first: "checks: [{route: health, rows: [{s: 200}, {s: 418}, {s: 2xx}], expect: '${s}'}]",
            second: "checks: [{route: health, rows: [{s: 2xx}, {s: 418}, {s: 417}, {s: 200}], expect: '${s}'}]",
            again: ["GET health [s=418]", "GET health [s=417]"],
            status: 1
        ),
        Nights(
            testDescription: "what does not change the question",
            first:
                "checks: [{route: health, name: a}, {route: health, name: b}, {route: health, name: c, expect: 418}]",
            second: """
                concurrency: 1
                checks: [{route: health, name: b, tags: [new], timeout: 9s}, {route: health, name: c, expect: 418}, \
                {route: health, name: a, retry: {attempts: 2}, allow-failure: true}]
                """,
            again: ["c"],
            status: 1
        ),
    ]

    @Test(arguments: nights)
    func onlyARealPassSpares(nights: Nights) async throws {
        try await ServedJob.with(nights.first) { served in
            _ = try await served.binary.run(["run", "job.yaml", "--report-json", "old.json"] + nights.options)
            try served.write(nights.second, to: "job.yaml")
            let outcome = try await served.binary.run(
                ["run", "job.yaml", "--last-failed", "old.json", "--report-json", "new.json"]
            )
            #expect(outcome.status == nights.status, "\(outcome.errors)")
            #expect(try served.report("new.json").suites[0].results.map(\.name) == nights.again)
        }
    }

    @Test(arguments: ["skip: true", "only: true"])
    func whatStaysHiddenIsNoSuccess(key: String) async throws {
        let job =
            key.hasPrefix("skip")
            ? "[{route: health}, {route: health, params: {p: 1}, \(key)}]"
            : "[{route: health, \(key)}, {route: health, params: {p: 1}}]"
        try await ServedJob.with("checks: \(job)") { served in
            #expect(try await served.binary.run("run", "job.yaml", "--report-json", "old.json").status == 0)
            let outcome = try await served.binary.run("run", "job.yaml", "--last-failed", "old.json")
            #expect(outcome.status == 4)
            #expect(outcome.errors.contains("error: Nothing to run: the only "))
            // What is not selected does not matter.
            let options = ["--last-failed", "old.json", "--name", "GET health"]
            let selected = try await served.binary.run(["run", "job.yaml"] + options)
            #expect(selected.status == 0, "\(selected.errors)")
        }
    }

    @Test func anotherServerThatIsDownIsAsked() async throws {
        try await ServedJob.with("checks: [{route: health}]") { served in
            #expect(try await served.binary.run("run", "job.yaml", "--report-json", "old.json").status == 0)
            var elsewhere = served.binary
            elsewhere.environment["DHIS2_URL"] = "http://127.0.0.1:1"
            let outcome = try await elsewhere.run("run", "job.yaml", "--last-failed", "old.json")
            #expect(outcome.status == 3)
            #expect(
                outcome.errors.contains(
                    "note: The report is about another server than http://127.0.0.1:1, so all checks of job.yaml run.\n"
                )
            )
            // The same server in another spelling is the same.
            elsewhere.environment["DHIS2_URL"] = served.simulator.baseURL.replacing("http", with: "HTTP") + "/"
            #expect(try await elsewhere.run("run", "job.yaml", "--last-failed", "old.json").status == 0)
        }
    }

    @Test func aFileOfTheSameNameElsewhereHasNotPassed() async throws {
        try await ServedJob.with("name: n\nchecks: [{route: health}]") { served in
            #expect(try await served.binary.run("run", "job.yaml", "--report-json", "old.json").status == 0)
            try served.write("name: n\nchecks: [{route: health}]", to: "other.yaml")
            let options = ["--last-failed", "old.json", "--report-json", "new.json"]
            let outcome = try await served.binary.run(["run", "other.yaml"] + options)
            #expect(outcome.errors == "note: The report does not know other.yaml, so all of its checks run.\n")
            #expect(try served.report("new.json").counts.passed == 1)
            let both = try await served.binary.run(["run", "job.yaml", "other.yaml"] + options)
            #expect(both.status == 0)
            #expect(try served.report("new.json").suites.map(\.results.count) == [0, 1])
            #expect(
                try await served.binary.run("run", "./job.yaml", "--last-failed", "old.json").errors.contains("nothing")
            )
        }
    }

    @Test func aShardSparesItsOwnChecksOnly() async throws {
        try await ServedJob.with(ServedJob.forty) { served in
            _ = try await served.binary.run("run", "job.yaml", "--shard", "1/4", "--report-json", "1.json")
            let first = try served.report("1.json").suites[0].results
            let passed = Set(first.filter { $0.outcome == .passed }.map(\.index))
            _ = try await served.binary.run("run", "job.yaml", "--last-failed", "1.json", "--report-json", "2.json")
            let again = try served.report("2.json").suites[0].results.map(\.index)
            #expect(!passed.isEmpty && again == (0..<40).filter { !passed.contains($0) })
            // The same from the stream of events, and within the shard.
            _ = try await served.binary.run(
                "run",
                "job.yaml",
                "--shard",
                "1/4",
                "--report-ndjson",
                "1.ndjson",
                "--name",
                "check 1*"
            )
            let own = try await served.binary.run(
                "run",
                "job.yaml",
                "--shard",
                "1/4",
                "--last-failed",
                "1.ndjson",
                "--name",
                "check 1*"
            )
            #expect(own.errors.hasSuffix("so there is nothing to run again and no report to write\n"))
            #expect(own.status == 0)
        }
    }

    /// What a report can have in place of an identity: nothing that is not one spares a check.
    @Test(arguments: [
        "", #""identity":null,"#, #""identity":"","#, #""identity":7,"#, #""identity":["a"],"#,
        #""identity":"[redacted]","#,
        #""identity":"0123","#, #""identity":"-5","#, #""identity":" 5","#, #""identity":"18446744073709551616","#,
        #""identity":"7","#,
    ])
    func aReportWithoutIdentitiesSparesNothing(identity: String) async throws {
        try await ServedJob.with("checks: [{route: health, name: a}]") { served in
            #expect(try await served.binary.run("run", "job.yaml", "--report-json", "old.json").status == 0)
            let report = try served.text("old.json")
            let start = try #require(report.firstRange(of: #""identity":""#))
            let end = try #require(report[start.upperBound...].firstRange(of: #"","#))
            try served.write(
                report.replacingCharacters(in: start.lowerBound..<end.upperBound, with: identity),
                to: "old.json"
            )
            let options = ["run", "job.yaml", "--last-failed", "old.json", "--report-json", "new.json"]
            #expect(try await served.binary.run(options).status == 0)
            #expect(try served.report("new.json").counts.passed == 1)
            // Also of what else reads it.
            #expect(try await served.binary.run("merge", "old.json").status == 0)
            let same = try await served.binary.run("diff", "old.json", "new.json")
            #expect(same.status == 0)
            // The later report, of what has not passed, tells nothing of what is gone.
            let isAnother = identity.contains(#""7""#)
            #expect(same.output.hasSuffix(isAnother ? "1 added.\n" : ": nothing changed.\n"))
        }
    }

    /// The reports of a run that had nothing to run again say what its exit status says, and turn no failure green.
    @Test func nothingToRunAgainIsASuccess() async throws {
        try await ServedJob.with("name: n\nchecks: [{route: health, name: a}]") { served in
            let formats = ["json", "junit", "html", "markdown", "prometheus", "tap", "ctrf"]
            let reports = formats.flatMap { ["--report", "\($0)=r.\($0)"] }
            #expect(try await served.binary.run("run", "job.yaml", "--report-json", "old.json").status == 0)
            let again = ["run", "job.yaml", "--last-failed", "old.json"] + reports
            let sentence = "nothing failed in old.json."
            #expect(try await served.binary.run(again).status == 0)
            for read in [false, true] {
                if read {
                    let others = reports.map { $0.replacing("=r.", with: "=m.") }
                    let merge = try await served.binary.run(["merge", "r.json"] + others)
                    #expect(merge.status == 0)
                    #expect(merge.output.contains(sentence))
                    #expect(merge.output.contains("PASSED  0 checks"))
                }
                let name = read ? "m" : "r"
                #expect(try served.report("\(name).json").verdict == .passed)
                #expect(try served.text("\(name).prometheus").contains(#"routecheck_success{suite="n"} 1"#))
                #expect(try served.text("\(name).markdown").hasPrefix("## ✅ Passed"))
                #expect(try served.text("\(name).html").contains(#"<header class="verdict good">"#))
                for format in ["markdown", "html", "tap"] {
                    let text = try served.text("\(name).\(format)")
                    #expect(text.contains(sentence), "\(format): \(text)")
                }
            }
            // What was to be selected by name is not there: that is no success.
            #expect(try await served.binary.run(again + ["--name", "zzz"]).status == 4)
            #expect(try served.report("r.json").verdict == .nothingChecked)
            // Neither is what the report spares no more.
            #expect(try await served.binary.run(again).status == 0)
            try served.write("name: n\nchecks: [{route: health, name: a, expect: 418}]", to: "job.yaml")
            let failing = ["run", "job.yaml", "--last-failed", "r.json", "--report-json", "f.json"]
            #expect(try await served.binary.run(failing).status == 1)
            let diff = try await served.binary.run("diff", "r.json", "f.json", "--fail-on-regression")
            #expect(diff.status == 1)
            #expect(diff.output.contains("1 newly failing"))
            #expect(try await served.binary.run("merge", "r.json", "f.json").status != 0)
        }
    }

    /// Options that leave nothing to run, and the exit status.
    private static let nothingToRun: [(options: [String], status: Int32)] = [
        (["--last-failed", "old.json"], 0), (["--name", "zzz"], 4), (["--tags", "nope"], 4), (["--name", "c"], 4),
        (["--last-failed", "old.json", "--name", "zzz"], 4),
    ]

    /// A run that had nothing to run leaves reports that say nothing of the checks: none is gone, and none is new.
    @Test(arguments: nothingToRun)
    func whatWasNotSelectedIsNeitherGoneNorNew(options: [String], status: Int32) async throws {
        let job = "checks: [{route: health, name: a}, {route: health, name: b}, {route: health, name: c, skip: true}]"
        try await ServedJob.with(job) { served in
            #expect(try await served.binary.run("run", "job.yaml", "--report-json", "all.json").status == 0)
            try served.write(job.replacing(", {route: health, name: c, skip: true}", with: ""), to: "job.yaml")
            #expect(try await served.binary.run("run", "job.yaml", "--report-json", "old.json").status == 0)
            let isHidden = options == ["--name", "c"]
            if isHidden { try served.write(job, to: "job.yaml") }
            let full = isHidden ? "all.json" : "old.json"
            let empty = ["run", "job.yaml", "--report-json", "empty.json"] + options
            #expect(try await served.binary.run(empty).status == status)
            // It checked nothing, though, unless there was rightly nothing to check.
            let said = status == 0 ? "nothing changed" : "1 not comparable"
            for (old, new, worst) in [(full, "empty.json", status == 0 ? 0 : 1), ("empty.json", full, 0)] {
                let outcome = try await served.binary.run("diff", "--fail-on-regression", old, new)
                #expect(outcome.status == worst)
                #expect(outcome.output.hasSuffix(": \(said).\n"), "\(old) \(new): \(outcome.output)")
            }
            let all = try await served.binary.run("run", "job.yaml", "--last-failed", "empty.json")
            #expect(all.output.contains("2 passed"))
            #expect(!all.errors.contains("new or changed"), "\(all.errors)")
        }
    }

    @Test func aCheckOfWhichOneRepeatFailedRunsAgain() async throws {
        let fault = FaultRule(route: "health", times: 1, fault: .tooManyRequests(retryAfter: "0"))
        let job = "concurrency: 1\nchecks: [{route: health, name: a}, {route: fhir, name: b}]"
        try await ServedJob.with(job, on: ServedJob.server(fault)) { served in
            let first = try await served.binary.run("run", "job.yaml", "--repeat", "2", "--report-json", "old.json")
            #expect(first.status == 1)
            let options = ["run", "job.yaml", "--last-failed", "old.json", "--report-json", "new.json"]
            #expect(try await served.binary.run(options).status == 0)
            #expect(try served.report("new.json").suites[0].results.map(\.name) == ["a"])
        }
    }

    /// Two job files between which something changed that may not be hashed, since it is hidden in reports.
    static let hiddenEdits: [(String, String)] = [
        ("expect: {json: {$.password: {length: 5}}}", "expect: {json: {$.password: {length: 6}}}"),
        ("expect: {json: {$.password: {exists: true}}}", "expect: {json: {$.password: {exists: false}}}"),
        ("expect: {json: {$.password: {not: zzz}}}", "expect: {json: {$.password: {not: abcde}}}"),
        ("expect: {json: {$.password: abcde}}", "expect: {json: {$.password: zzzzz}}"),
        ("expect: {json: {'$.items[*].password': {count: 2}}}", "expect: {json: {'$.items[*].password': {count: 3}}}"),
        ("expect: {json: {$.n: 5}}", "expect: {json: {$.n: 6}}"),
        (#"expect: {body: {contains: '"password":"abcde"'}}"#, #"expect: {body: {contains: '"password":"abcdx"'}}"#),
        ("headers: {X-Api-Key: 'Key ${KEY}'}", "headers: {X-Api-Key: 'Bearer ${KEY}'}"),
        ("headers: {X-Api-Key: one}", "headers: {X-Api-Key: two}"),
        ("params: {password: one}", "params: {password: two}"), ("params: {q: v4}", "params: {q: v5}"),
        ("method: POST, body: {password: one}", "method: POST, body: {password: two}"),
    ]

    @Test(arguments: hiddenEdits)
    func aChangeOfWhatIsHiddenIsAChange(first: String, second: String) async throws {
        var configuration = SimulatorConfiguration.standard
        configuration.routes.append(
            SimulatedRoute(
                uid: "SecretSecr1",
                code: "secret",
                url: "https://secret.example/**",
                upstream: .text(#"{"password":"abcde","n":5,"items":[{"password":1},{"password":2}]}"#)
            )
        )
        func job(_ edit: String) -> String {
            """
            server: {redact: [n, '/v[0-9]/']}
            checks:
              - {route: secret, name: a, \(edit)}

            """
        }
        try await ServedJob.with(job(first), on: configuration) { served in
            var binary = served.binary
            binary.environment["KEY"] = "sesame-key"
            let night = try await binary.run("run", "job.yaml", "--report-json", "old.json")
            #expect(night.status == 0, "\(night.output)\(night.errors)")
            let same = try await binary.run("run", "job.yaml", "--last-failed", "old.json")
            #expect(same.errors.contains("note: nothing failed"))
            try served.write(job(second), to: "job.yaml")
            let again = try await binary.run("run", "job.yaml", "--last-failed", "old.json")
            #expect(!again.errors.contains("note: nothing failed"), "\(again.errors)")
        }
    }

    @Test func aFlakyCheckHasNotPassedWhereThatFailsTheRun() async throws {
        let job = "checks: [{route: health, retry: {attempts: 2, delay: 1ms}}]"
        let fault = FaultRule(route: "health", times: 1, fault: .tooManyRequests(retryAfter: "0"))
        try await ServedJob.with(job, on: ServedJob.server(fault)) { served in
            _ = try await served.binary.run("run", "job.yaml", "--report-json", "old.json")
            let lenient = try await served.binary.run("run", "job.yaml", "--last-failed", "old.json")
            #expect(lenient.errors.contains("note: nothing failed"))
            let strict = try await served.binary.run("run", "job.yaml", "--last-failed", "old.json", "--fail-on-flaky")
            #expect(strict.status == 0)
            #expect(strict.output.contains("1 passed"))
        }
    }
}

extension ServedJob {
    /// Puts a text into a file of the job's folder.
    func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: URL(filePath: path(name)))
    }
}

extension String {
    fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
        String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
    }
}
