import Arguments
import Checks
import Redaction
import Reports

/// `routecheck diff`.
struct DiffCommand: ExecutableCommand {
    var old = ""
    var new = ""
    var markdownPath: String?
    var htmlPath: String?
    var failsOnRegression = false
    var output = OutputOptions()

    static let command = command("diff", "Compare the JSON reports of two runs.") {
        CommandTable(
            Self(),
            discussion: [
                .paragraph(
                    """
                    Reports every check whose state changed, and counts those that still fail or still did not run; -v \
                    lists them. Checks are recognized when they are hidden, renumbered or moved within the job file.
                    """
                ),
                .paragraph("Exit status: 0, or with --fail-on-regression 1 if something is worse."),
            ],
            operands: [
                .required(.file("old"), "The JSON report of the earlier run.") { $0.old = $1 },
                .required(.file("new"), "The JSON report of the later run.") { $0.new = $1 },
            ],
            options: [
                OptionGroup(
                    "Comparison",
                    [
                        .value("report-markdown", .file(), "Write the comparison as Markdown; - is standard output.") {
                            $0.markdownPath = $1
                        },
                        .value("report-html", .file(), "Write the later run as an HTML page with the comparison.") {
                            $0.htmlPath = $1
                        },
                        .flag(
                            "fail-on-regression",
                            """
                            Exit with 1 if a check newly fails or did not run this time, the later run ended early or \
                            checked nothing, or a route is slower.
                            """
                        ) { $0.failsOnRegression = true },
                    ]
                ),
                OutputOptions.group.at(\.output),
            ]
        ) { $0 }
    }

    func check() throws(UsageProblem) {
        try output.check()
        let paths = files.map(\.path)
        try ReportPlaces.refuseClashes(among: paths)
        for path in paths where path != "-" { try ReportPlaces.refuseToOverwrite([old, new], with: path) }
    }

    /// The reports that were asked for.
    private var files: [(format: ReportFormat, path: String)] {
        [(.markdown, markdownPath), (.html, htmlPath)].compactMap { format, path in
            path.map { (format, ReportPlaces.standardName(of: $0)) }
        }
    }

    func run() async throws {
        // The reports are written, whoever reads what is printed.
        SignalWatcher.ignoreBrokenPipes()
        let read: [RedactedReport]
        do {
            read = try RunReport.all(readFrom: [old, new]).map { RedactedReport(readBack: $0) }
        } catch {
            BlankReports(ReportSettings(files: files, inputs: [old, new])).writeInvalid(isAllKnown: true)
            throw error
        }
        let comparison = RunComparison(baseline: read[0], current: read[1])
        let current = comparison.judging(read[1], failsOnRegression: failsOnRegression)
        let terminal = Terminal(files.contains { $0.path == "-" } ? .standardError : .standardOutput)
        let renderer = ConsoleRenderer(style: output.style(on: terminal), verbosity: output.verbosity)
        let queue = OutputQueue()
        queue.show(renderer.text(of: comparison), on: terminal)
        var options = ReportFormat.Options()
        options.comparison = comparison
        let targets = files.map { format, path in
            let isPage = format.name == ReportFormat.html.name
            return ReportWriter.Target(
                renderer: isPage ? format.renderer(options) : ComparisonRenderer(comparison: comparison),
                destination: .place(path)
            )
        }
        let writing = ReportWriter(targets: targets, redactor: Redactor(secrets: []), output: queue).write(current)
        OutputQueue.drain([queue] + writing.queues, isHurried: { false })
        for failure in writing.failures {
            Terminal(.standardError).write("error: cannot write the report \(failure)\n")
        }
        guard writing.failures.isEmpty else { throw CommandFailure(.reportNotWritten) }
        // Without reports, what is printed is all.
        if let loss = queue.loss, files.isEmpty || !loss.isReaderGone { throw CommandFailure(lost: loss) }
        if failsOnRegression, let objection = comparison.objection {
            throw CommandFailure(.failed, "\(own: objection.clause)")
        }
    }
}

/// Writes what changed between two runs in Markdown, and nothing else of the later one.
private struct ComparisonRenderer: ReportRenderer {
    let comparison: RunComparison

    var syntax: ReportSyntax { MarkdownRenderer().syntax }

    func render<Sink: ReportSink>(_ report: RedactedReport, into sink: inout Sink) throws(Sink.Failure) {
        try sink.write(MarkdownRenderer().bytes(of: comparison))
    }
}
