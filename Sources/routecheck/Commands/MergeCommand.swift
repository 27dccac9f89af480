import Arguments
import Checks
import Redaction
import Reports

/// `routecheck merge`.
struct MergeCommand: ExecutableCommand {
    var inputs: [String] = []
    var reports = ReportOptions()
    var output = OutputOptions()
    var failsOnFlaky = false

    static let command = command("merge", "Join the reports of a divided run, or rebuild those of a killed one.") {
        CommandTable(
            Self(),
            discussion: [
                .paragraph(
                    """
                    Takes the JSON reports and NDJSON event streams of all shards of a run, or of runs of different \
                    job files, and gives one verdict: the exit status is that of the run as a whole. Missing and \
                    duplicate shards, and reports that do not belong together, are errors with status 2.
                    """
                )
            ],
            operands: [
                .repeated(.file("report"), "The reports; - reads standard input.") {
                    $0.inputs.append($1)
                }
            ],
            options: [
                OptionGroup("Verdict", [ExecutionOptions.failOnFlaky { $0.failsOnFlaky = true }]),
                ReportOptions.group.at(\.reports),
                OutputOptions.group.at(\.output),
            ]
        ) { $0 }
    }

    func check() throws(UsageProblem) {
        try reports.check(besides: inputs)
        try output.check()
    }

    func run() async throws {
        // The reports are written, whoever reads what is printed.
        SignalWatcher.ignoreBrokenPipes()
        do throws(CommandFailure) {
            try join()
        } catch {
            if error.status == .invalidJob {
                BlankReports(reports.settingsWithoutBaseline(reading: inputs)).writeInvalid(isAllKnown: true)
            }
            throw error
        }
    }

    private func join() throws(CommandFailure) {
        let settings = try reports.settings(reading: inputs)
        let read = zip(inputs, try RunReport.all(readFrom: inputs)).map { ReportMerge.Input(name: $0, report: $1) }
        let redactor = Redactor(secrets: [])
        // What cannot be written is told at the end, which is near.
        _ = BlankReports(settings).write(redactor.redact(BlankReports.report(.unfinished)), by: redactor)
        let merge = ReportMerge(read)
        var report: RunReport
        do throws(ReportMergeError) {
            report = try merge.report()
        } catch {
            let problems = error.problems.map { "\(own: $0)" as Message }
            throw CommandFailure(.invalidJob, Message(problems, joinedBy: "\nerror: "))
        }
        report.failsOnFlaky = failsOnFlaky
        for remark in merge.remarks { Terminal(.standardError).write("note: \(own: remark)\n") }
        let console = output.settings(besides: settings)
        let (terminal, renderer) = (console.terminal, console.renderer)
        let queue = OutputQueue()
        let conclusion = Conclusion(settings, redactor: redactor, output: queue)
        let (merged, comparison) = settings.compared(RedactedReport(readBack: report))
        let status = conclusion.status(of: merged, comparison, includesEvents: true) { report, comparison in
            queue.show(String(decoding: renderer.bytes(for: report), as: UTF8.self), on: terminal)
            if let comparison { queue.show(renderer.text(of: comparison), on: terminal) }
        }
        // Without reports, what is printed is all.
        if reports.isEmpty, let loss = queue.loss, loss.isReaderGone { throw CommandFailure(lost: loss) }
        try status.throwIfFailure()
    }
}
