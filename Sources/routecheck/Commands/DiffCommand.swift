import ArgumentParser
import Checks
import Reports

struct DiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Compare the JSON reports of two runs.",
        discussion: "Exit status: 0, or with --fail-on-regression 1 if something is worse."
    )

    @Argument(help: "The JSON report of the earlier run.")
    var old: String

    @Argument(help: "The JSON report of the later run.")
    var new: String

    @Option(help: ArgumentHelp("Write the comparison as Markdown; - is standard output.", valueName: "file"))
    var reportMarkdown: String?

    @Option(help: ArgumentHelp("Write the later run as an HTML page with the comparison.", valueName: "file"))
    var reportHtml: String?

    @Flag(help: "Exit with 1 if checks newly fail or do not run any more, or a route is slower.")
    var failOnRegression = false

    @OptionGroup var output: OutputOptions

    func run() throws {
        let current = try RunReport(readFrom: new)
        let comparison = RunComparison(baseline: try RunReport(readFrom: old), current: current)
        let terminal = Terminal(reportMarkdown == "-" || reportHtml == "-" ? .standardError : .standardOutput)
        terminal.write(ConsoleRenderer(style: output.style(on: terminal)).text(of: comparison))
        do throws(SystemError) {
            if let reportMarkdown { try write(MarkdownRenderer().bytes(of: comparison), to: reportMarkdown) }
            if let reportHtml {
                try write(HTMLRenderer(comparison: comparison).bytes(for: current), to: reportHtml)
            }
        } catch {
            throw CommandFailure(.reportNotWritten, "cannot write the report \(error)")
        }
        if failOnRegression, comparison.hasRegression { throw CommandFailure(.failed) }
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
