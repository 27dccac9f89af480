import ArgumentParser
import Checks
import Reports

struct MergeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: "Join the reports of a divided run, or rebuild those of a killed one.",
        discussion: """
            Takes the JSON reports and NDJSON event streams of all shards of a run, or of runs of different job files, \
            and gives one verdict: the exit status is that of the run as a whole. Shards that are missing or there \
            twice, and reports that do not belong together, are errors with status 2.
            """
    )

    @Argument(help: ArgumentHelp("The reports; - is standard input.", valueName: "report"))
    var inputs: [String]

    @OptionGroup var reports: ReportOptions
    @OptionGroup var output: OutputOptions

    @Flag(help: "Let a check that passed only after a retry fail the run.")
    var failOnFlaky = false

    mutating func validate() throws {
        try reports.refuseToOverwrite(inputs)
    }

    func run() async throws {
        let baseline = try reports.baselineReport()
        let read = zip(inputs, try RunReport.all(readFrom: inputs)).map { ReportMerge.Input(name: $0, report: $1) }
        let merge = ReportMerge(read)
        var report: RunReport
        do throws(ReportMergeError) {
            report = try merge.report()
        } catch {
            throw CommandFailure(.invalidJob, error.problems.joined(separator: "\nerror: "))
        }
        report.failsOnFlaky = failOnFlaky
        for remark in merge.remarks { Terminal(.standardError).write("note: \(remark)\n") }
        let isEmpty = report.counts.total == 0
        let terminal = Terminal(reports.usesStandardOutput ? .standardError : .standardOutput)
        let renderer = ConsoleRenderer(style: output.style(on: terminal), verbosity: output.verbosity)
        let queue = OutputQueue()
        let conclusion = RunConclusion(
            reports: reports,
            // What the reports held was redacted when they were written.
            redactor: Redactor(secrets: []),
            baseline: baseline,
            output: queue
        )
        let status = conclusion.status(of: report, includesEvents: true) { report, comparison in
            queue.add { terminal.write(String(decoding: renderer.bytes(for: report.report), as: UTF8.self)) }
            if let comparison { queue.add { terminal.write(renderer.text(of: comparison)) } }
        }
        // One part of a run may be empty, the whole must not be.
        try (isEmpty && status == .passed ? .nothingToRun : status).throwIfFailure()
    }
}
