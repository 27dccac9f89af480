import Checks
import DHIS2Simulator
import FoundationEssentials
import Testing

/// Runs that ask much of the machine.
@Suite(.timeLimit(.minutes(5)))
struct StrainTests {
    /// Whether the binary runs under ThreadSanitizer, which takes many times the memory and the time.
    private static let isSanitized = ProcessInfo.processInfo.environment["TSAN_OPTIONS"] != nil

    /// The standard server with one more route, whose target answers at once.
    private static func server(answering body: String) -> SimulatorConfiguration {
        var configuration = SimulatorConfiguration.standard
        configuration.routes.append(
            SimulatedRoute(
                uid: "StrainStra1",
                code: "strain",
                url: "https://strain.example/**",
                upstream: .text(body, delay: .milliseconds(20))
            )
        )
        return configuration
    }

    private static func job(_ count: Int, _ settings: String = "", check: String) -> String {
        let row = "matrix: {number: [\((0..<count).map(String.init).joined(separator: ", "))]}"
        return "\(settings)\nchecks:\n  - {route: strain, \(row), \(check)}\n"
    }

    /// One path takes long to judge; what comes meanwhile is not slower for it.
    @Test(.disabled(if: isSanitized)) func slowJudgingIsNotTheTimeOfOtherAnswers() async throws {
        let members = (0..<500).map { #"{"a":\#($0),"b":"\#($0)"}"# }.joined(separator: ",")
        let body = #"{"list":[\#(members)]}"#
        let slow = #"$.list[?count($.list[?@.a > 0]) > 5]"#
        let job = """
            concurrency: 24
            checks:
              - {route: strain, matrix: {number: [1, 2, 3, 4]}, expect: {json: {'\(slow)': {count: 500}}}}
              - {route: strain, matrix: {number: [\((10..<60).map(String.init).joined(separator: ", "))]}, expect: {max-duration: 3s}}

            """
        try await ServedJob.with(job, on: Self.server(answering: body)) { served in
            let outcome = try await served.binary.run("run", "job.yaml", "--report-json", "r.json")
            let results = try served.report("r.json").suites[0].results
            #expect(outcome.status == 0, "\(outcome.output)")
            #expect(results.suffix(50).allSatisfy { $0.outcome == .passed })
        }
    }

    @Test func bodiesThatDoNotFitTogetherComeOneAfterAnother() async throws {
        let job = Self.job(40, "concurrency: 40", check: "expect: {body: {contains: end}}")
        let body = String(repeating: "0123456789", count: 200_000) + "end"
        try await ServedJob.with(job, on: Self.server(answering: body)) { served in
            let outcome = try await served.binary.run("run", "job.yaml", "--body-memory", "5MiB")
            #expect(outcome.status == 0, "\(outcome.output)")
        }
    }

    /// Sixty-four bodies of 6 MiB: as they are, and packed so that each comes out of 6 kB.
    @Test(.disabled(if: isSanitized), arguments: [false, true])
    func bodiesTakeNoMoreMemoryThanTheyMay(arePacked: Bool) async throws {
        let size = 6 << 20
        let job = Self.job(64, "concurrency: 64", check: "expect: {body: {exists: true}, max-size: 100MB}")
        var configuration = Self.server(answering: arePacked ? "" : String(repeating: "a", count: size))
        if arePacked { configuration.faults = [FaultRule(route: "strain", fault: .gzipBomb(bytes: size))] }
        try await ServedJob.with(job, on: configuration) { served in
            var shell = served.binary
            shell.executable = "/bin/sh"
            let outcome = try await shell.run(
                ["-c", Self.measuring, served.binary.executable, "run", "job.yaml", "--body-memory", "16MiB"]
            )
            #expect(outcome.status == 0, "\(outcome.output)")
            let memory = outcome.errors.split(separator: " ").dropLast().last.flatMap { Int($0) }
            #expect(try #require(memory, "\(outcome.errors)") < 150 * 1_024)
        }
    }

    /// Runs a program, and then prints the line `VmHWM: 1234 kB` of it: the most memory that it had at once.
    ///
    /// What the kernel counts for a process that has ended includes the process that started it.
    private static let measuring = """
        "$0" "$@" & child=$!
        while line=$(grep VmHWM /proc/$child/status 2>/dev/null); do most=$line; sleep 0.02; done
        wait $child; status=$?
        echo $most >&2
        exit $status
        """

    @Test func endlessBodiesEndInAReport() async throws {
        let job = Self.job(64, "concurrency: 64", check: "expect: {body: {contains: end}}")
        var configuration = Self.server(answering: "")
        configuration.faults = [FaultRule(route: "strain", fault: .endlessBody)]
        try await ServedJob.with(job, on: configuration) { served in
            let outcome = try await served.binary.run(
                "run",
                "job.yaml",
                "--body-memory",
                "2MiB",
                "--report-json",
                "r.json"
            )
            #expect(outcome.status == 1)
            let results = try served.report("r.json").suites[0].results
            #expect(results.count == 64)
            let codes = Set(results.map { $0.attempts.last?.fault?.code })
            #expect(codes == ["too-large"], "\(outcome.output)")
        }
    }

    /// The hard limit too, so that nothing can be raised.
    @Test(arguments: [64, 48])
    func fewDescriptorsMeanFewerChecksAtOnceAndAWarning(limit: Int) async throws {
        let job = Self.job(120, "concurrency: 60", check: "expect: 200")
        try await ServedJob.with(job, on: Self.server(answering: "{}")) { served in
            var shell = served.binary
            shell.executable = "/bin/sh"
            let script = "ulimit -n \(limit) && exec \"$0\" \"$@\""
            let run = ["-c", script, served.binary.executable, "run", "job.yaml", "--report-json", "r.json"]
            let outcome = try await shell.run(run)
            #expect(outcome.status == 0, "\(outcome.output)")
            let warnings = try served.report("r.json").suites[0].warnings
            #expect(warnings.count == 1)
            #expect(warnings.first?.contains("because this process can have no more open files than \(limit):") == true)
            #expect(outcome.output.contains("instead of 60"))
            let strict = try await shell.run(run + ["--strict"])
            #expect(strict.status == 3)
            #expect(strict.output.contains("With --strict, this warning is an error."))
        }
    }

    /// With fewer still the Swift runtime ends the process with a signal.
    @Test(arguments: [["run", "job.yaml"], ["explain", "job.yaml"]])
    func tooFewDescriptorsAreSaidSo(command: [String]) async throws {
        try await ServedJob.with(Self.job(1, check: "expect: 200"), on: Self.server(answering: "{}")) { served in
            var shell = served.binary
            shell.executable = "/bin/sh"
            let outcome = try await shell.run(
                ["-c", "ulimit -n 12 && exec \"$0\" \"$@\"", served.binary.executable] + command
            )
            #expect(outcome.status == 70)
            #expect(outcome.output.isEmpty)
            #expect(outcome.errors.hasPrefix("error: This process can have no more open files than 12, and has "))
            #expect(outcome.errors.hasSuffix(": too few are left to run checks. Raise the limit (ulimit -n).\n"))
        }
    }

    @Test func aSoftLimitIsRaised() async throws {
        let job = Self.job(200, "concurrency: 100", check: "expect: 200")
        try await ServedJob.with(job, on: Self.server(answering: "{}")) { served in
            var shell = served.binary
            shell.executable = "/bin/sh"
            let script = "ulimit -S -n 64 && exec \"$0\" \"$@\""
            let outcome = try await shell.run(
                ["-c", script, served.binary.executable, "run", "job.yaml", "--report-json", "r.json"]
            )
            #expect(outcome.status == 0, "\(outcome.output)")
            #expect(try served.report("r.json").suites[0].warnings == [])
        }
    }

    @Test(arguments: [("20000", "1200"), ("2000", "10000"), ("2000", "501")])
    func aPlanThatIsTooLargeIsRefusedBeforeItRuns(count: String, repeats: String) async throws {
        let job = Self.job(try #require(Int(count)), check: "expect: 200")
        try await ServedJob.with(job) { served in
            let outcome = try await served.binary.run("run", "job.yaml", "--repeat", repeats)
            #expect(outcome.status == 2)
            #expect(outcome.output.isEmpty)
            #expect(
                outcome.errors == """
                    error: the plan has \(count) checks, each \(repeats) times, more than one run can hold (1000000 results): \
                    repeat them less often, select fewer, or divide the run with --shard

                    """
            )
            let part = try await served.binary.run(
                "run",
                "job.yaml",
                "--repeat",
                repeats,
                "--shard",
                "1/5000",
                "--dry-run"
            )
            #expect(part.status != 2)
        }
    }

    @Test(arguments: ["1048575", "1MB", "-1", "many", ""])
    func aMemoryThatIsTooSmallIsRefused(value: String) async throws {
        let outcome = try await BuiltBinary(folder: "/").run("run", "job.yaml", "--body-memory", value)
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains("a size such as 64MiB, 1MiB or more"))
    }
}
