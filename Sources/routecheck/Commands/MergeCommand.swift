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

    func run() async throws {
        var read: [ReportMerge.Input] = []
        var problems: [String] = []
        for path in inputs {
            do throws(CommandFailure) {
                read.append(ReportMerge.Input(name: path, report: try RunReport(readFrom: path)))
            } catch {
                problems += [error.message].compactMap(\.self)
            }
        }
        guard problems.isEmpty else { throw CommandFailure(.invalidJob, problems.joined(separator: "\nerror: ")) }
        let merge = ReportMerge(read)
        var report: RunReport
        do throws(ReportMergeError) {
            report = try merge.report()
        } catch {
            throw CommandFailure(.invalidJob, error.problems.joined(separator: "\nerror: "))
        }
        report.failsOnFlaky = failOnFlaky
        for remark in merge.remarks { Terminal(.standardError).write("note: \(remark)\n") }
        // What the reports held was redacted when they were written.
        let redactor = Redactor(secrets: [])
        var targets = reports.targets()
        if let path = reports.reportNdjson {
            targets.append(ReportWriter.Target(renderer: NDJSONRenderer(), path: path))
        }
        let failures = ReportWriter(targets: targets, redactor: redactor).write(RedactedReport(report, by: redactor))
        let terminal = Terminal(reports.usesStandardOutput ? .standardError : .standardOutput)
        let renderer = ConsoleRenderer(style: output.style(on: terminal), verbosity: output.verbosity)
        terminal.write(String(decoding: renderer.bytes(for: report), as: UTF8.self))
        for failure in failures { Terminal(.standardError).write("error: cannot write the report \(failure)\n") }
        // One part of a run may be empty, the whole must not be.
        if report.counts.total == 0, failures.isEmpty { throw CommandFailure(.nothingToRun) }
        try ExitStatus(of: report, reportsWritten: failures.isEmpty).throwIfFailure()
    }
}
