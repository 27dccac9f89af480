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
                            Exit with 1 if a check newly fails or did not run this time, the run ended early, or a route \
                            is slower.
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
        let paths = [markdownPath, htmlPath].compactMap(\.self)
        try ReportPlaces.refuseClashes(among: paths)
        for path in paths where path != "-" { try ReportPlaces.refuseToOverwrite([old, new], with: path) }
    }

    func run() async throws {
        let read = try RunReport.all(readFrom: [old, new]).map { RedactedReport(readBack: $0) }
        let comparison = RunComparison(baseline: read[0], current: read[1])
        let current = comparison.judging(read[1], failsOnRegression: failsOnRegression)
        let terminal = Terminal(markdownPath == "-" || htmlPath == "-" ? .standardError : .standardOutput)
        let renderer = ConsoleRenderer(style: output.style(on: terminal), verbosity: output.verbosity)
        terminal.write(rendered: renderer.text(of: comparison))
        do throws(SystemError) {
            if let markdownPath { try write(MarkdownRenderer().bytes(of: comparison), to: markdownPath) }
            if let htmlPath {
                try write(HTMLRenderer(comparison: comparison).bytes(for: current), to: htmlPath)
            }
        } catch {
            throw CommandFailure(.reportNotWritten, "cannot write the report \(error)")
        }
        if current.value.failure == .regression {
            throw CommandFailure(.failed, RunComparison.regressionMessage)
        }
    }

    private func write(_ bytes: [UInt8], to path: String) throws(SystemError) {
        if path == "-" {
            try Descriptor.write(bytes, to: Terminal.Stream.standardOutput.rawValue, path: "standard output")
        } else {
            let file = try ReportFile(target: path)
            try file.write(bytes)
            try file.commit()
        }
    }
}
