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

    @Flag(help: "Exit with 1 if checks newly fail or did not run this time, or a route is slower.")
    var failOnRegression = false

    @OptionGroup var output: OutputOptions

    mutating func validate() throws {
        let paths = [reportMarkdown, reportHtml].compactMap(\.self)
        for path in paths {
            guard let identity = ReportFile.identity(of: path) else { continue }
            if let input = [old, new].first(where: { $0 != "-" && ReportFile.identity(of: $0) == identity }) {
                throw ValidationError("The report \(path) would overwrite \(input), which the command reads.")
            }
        }
        if paths.count == 2, paths[0] == paths[1] {
            throw ValidationError("Two reports cannot go to the same place, \(paths[0]).")
        }
    }

    func run() throws {
        let read = try RunReport.all(readFrom: [old, new])
        let current = read[1]
        let comparison = RunComparison(baseline: read[0], current: current)
        let terminal = Terminal(reportMarkdown == "-" || reportHtml == "-" ? .standardError : .standardOutput)
        let renderer = ConsoleRenderer(style: output.style(on: terminal), verbosity: output.verbosity)
        terminal.write(renderer.text(of: comparison))
        do throws(SystemError) {
            if let reportMarkdown { try write(MarkdownRenderer().bytes(of: comparison), to: reportMarkdown) }
            if let reportHtml {
                try write(HTMLRenderer(comparison: comparison).bytes(for: current), to: reportHtml)
            }
        } catch {
            throw CommandFailure(.reportNotWritten, "cannot write the report \(error)")
        }
        if failOnRegression, comparison.hasRegression {
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
