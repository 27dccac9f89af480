import Checks
import DHIS2Simulator
import FoundationEssentials
import Glibc
import Testing

/// Output that cannot be written: never 0 for a report or a listing that was lost.
@Suite(.timeLimit(.minutes(5)))
struct LostOutputTests {
    /// Where standard output goes.
    enum Output: String, CaseIterable, Sendable {
        case closedAtStart, fullDisk, closedPipe
        /// The same where whoever started the command ignores the signal of a broken pipe, as Python does.
        case closedPipeWithoutSignal

        var isPipe: Bool { self == .closedPipe || self == .closedPipeWithoutSignal }
    }

    /// Commands that print and do nothing else.
    private static let printing = [
        "list job.yaml", "validate job.yaml", "validate job.yaml --diagnostics json",
        "run job.yaml --dry-run", "explain job.yaml", "schema job", "man", "completions bash", "help",
        "help run", "--version", "diff r.json r.json", "merge r.json", "simulate",
        "diff r.json r.json --report-markdown -",
    ]

    private func run(_ command: String, _ output: Output, in served: ServedJob) async throws -> BuiltBinary.Outcome {
        var shell = served.binary
        shell.executable = "/bin/sh"
        let line =
            switch output {
            case .closedAtStart: #"exec "$0" \#(command) >&-"#
            case .fullDisk: #"exec "$0" \#(command) >/dev/full"#
            case .closedPipe: #"exec "$0" \#(command)"#
            case .closedPipeWithoutSignal: #"trap '' PIPE; exec "$0" \#(command)"#
            }
        guard output.isPipe else { return try await shell.run("-c", line, served.binary.executable) }
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        close(ends[0])
        let running = try shell.start(["-c", line, served.binary.executable], standardOutput: ends[1])
        close(ends[1])
        return try await running.outcome()
    }

    @Test(arguments: Output.allCases)
    func aCommandThatOnlyPrintsFails(output: Output) async throws {
        try await ServedJob.with("checks: [{route: health}]") { served in
            #expect(try await served.binary.run("run", "job.yaml", "--report-json", "r.json").status == 0)
            for command in Self.printing {
                let outcome = try await run(command, output, in: served)
                let isReport = command.hasSuffix(" -")
                switch output {
                case .closedAtStart:
                    #expect(outcome.status == 5, "\(command)")
                    #expect(outcome.errors.contains("standard output: Bad file descriptor"), "\(command)")
                case .fullDisk:
                    #expect(outcome.status == 5, "\(command)")
                    #expect(outcome.errors.contains("standard output: No space left on device"), "\(command)")
                case .closedPipe, .closedPipeWithoutSignal:
                    let endings: [Int32] = isReport ? [5] : [141, -SIGPIPE]
                    #expect(endings.contains(outcome.status), "\(command): \(outcome.status)")
                }
            }
        }
    }

    @Test(arguments: Output.allCases)
    func aRunKeepsItsVerdictWhereItsReportsAreWritten(output: Output) async throws {
        try await ServedJob.with("checks: [{route: health}, {route: health, name: b, expect: 418}]") { served in
            let wholeRun = ["run job.yaml", "run job.yaml --report-json r.json", "merge r.json --report-tap r.tap"]
            for command in wholeRun {
                let outcome = try await run(command, output, in: served)
                #expect(outcome.status == (output == .fullDisk ? 5 : 1), "\(command)")
            }
            #expect(try served.report("r.json").counts.failed == 1)
            #expect(try served.text("r.tap").hasPrefix("TAP version 13\n1..2\n"))
            for command in ["run job.yaml --report-json -", "run job.yaml --report-ndjson /dev/stdout"] {
                let outcome = try await run(command, output, in: served)
                #expect(outcome.status == 5, "\(command)")
                #expect(outcome.errors.contains("error: cannot write the report standard output: "), "\(command)")
            }
        }
    }

    /// With a number that is free at the start, a file that is opened later would get what is printed.
    @Test(arguments: ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
    func noFileTakesTheNumberOfWhatIsClosed(closed: String) async throws {
        try await ServedJob.with("checks: [{route: health, name: c}]") { served in
            var shell = served.binary
            shell.executable = "/bin/sh"
            let line = #""$0" run job.yaml --report-tap r.tap --report-ndjson r.ndjson -v \#(closed)"#
            let outcome = try await shell.run("-c", line, served.binary.executable)
            #expect(outcome.status == 0)
            #expect(try served.text("r.tap") == "TAP version 13\n1..1\n# Job job (job.yaml)\nok 1 - c\n")
            #expect(try served.report("r.ndjson").counts.passed == 1)
        }
    }

    /// Who has seen enough of what is printed still gets the reports, and the verdict with them.
    @Test(arguments: [Output.closedPipe, .closedPipeWithoutSignal])
    func aComparisonWithAReportKeepsItsVerdict(output: Output) async throws {
        try await ServedJob.with("checks: [{route: health, name: a}]") { served in
            #expect(try await served.binary.run("run", "job.yaml", "--report-json", "r.json").status == 0)
            try Data("checks: [{route: health, name: a, expect: 418}]".utf8)
                .write(to: URL(filePath: served.path("job.yaml")))
            #expect(try await served.binary.run("run", "job.yaml", "--report-json", "f.json").status == 1)
            let command = "diff r.json f.json --report-html d.html"
            #expect(try await run(command + " --fail-on-regression", output, in: served).status == 1)
            #expect(try served.text("d.html").contains("</html>"))
            #expect(try await run(command, output, in: served).status == 0)
        }
    }
}
