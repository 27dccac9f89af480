import ArgumentParser
import Glibc
import Reports

/// Which reports are written, and where to.
struct ReportOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Write JUnit XML; - is standard output, here and below.", valueName: "file"))
    var reportJunit: String?

    @Option(help: ArgumentHelp("Write JSON; `routecheck schema report` prints its schema.", valueName: "file"))
    var reportJson: String?

    @Option(help: ArgumentHelp("Write an HTML page that needs nothing beside it.", valueName: "file"))
    var reportHtml: String?

    @Option(help: ArgumentHelp("Write Markdown.", valueName: "file"))
    var reportMarkdown: String?

    @Option(help: ArgumentHelp("Write CTRF, the Common Test Report Format.", valueName: "file"))
    var reportCtrf: String?

    @Option(help: ArgumentHelp("Write TAP version 14.", valueName: "file"))
    var reportTap: String?

    @Option(help: ArgumentHelp("Write metrics for Prometheus's textfile collector.", valueName: "file"))
    var reportPrometheus: String?

    @Option(help: ArgumentHelp("Write events as they happen, for `routecheck merge` after a crash.", valueName: "file"))
    var reportNdjson: String?

    @Flag(help: "Give each JUnit test case its job file and line, beyond the strict schemas.")
    var junitFileAttributes = false

    /// The reports that were asked for, in the order of the options.
    var targets: [ReportWriter.Target] {
        let choices: [(any ReportRenderer, String?)] = [
            (JUnitRenderer(includesFileAttributes: junitFileAttributes), reportJunit),
            (JSONRenderer(), reportJson),
            (HTMLRenderer(), reportHtml),
            (MarkdownRenderer(), reportMarkdown),
            (CTRFRenderer(), reportCtrf),
            (TAPRenderer(), reportTap),
            (PrometheusRenderer(), reportPrometheus),
        ]
        return choices.compactMap { renderer, path in
            path.map { ReportWriter.Target(renderer: renderer, path: $0) }
        }
    }

    /// Whether no report was asked for.
    var isEmpty: Bool { allPaths.isEmpty }

    /// Whether one of the reports goes to standard output.
    var usesStandardOutput: Bool { allPaths.contains("-") }

    /// The files that the reports go to.
    var paths: [String] { allPaths.filter { $0 != "-" } }

    private var allPaths: [String] { targets.map(\.path) + [reportNdjson].compactMap(\.self) }

    mutating func validate() throws {
        if allPaths.count(where: { $0 == "-" }) > 1 {
            throw ValidationError("Only one report can go to standard output.")
        }
        if let twice = paths.first(where: { path in paths.filter { $0 == path }.count > 1 }) {
            throw ValidationError("Two reports cannot go to the same file, \(twice).")
        }
    }
}

extension ReportOptions {
    /// The usual reports, in a new folder for temporary files.
    static func inNewFolder(named name: String) throws -> Self {
        let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(base)/\(name)-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw SystemError(path: base) }
        let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return try parse([
            "--report-junit", "\(folder)/junit.xml", "--report-json", "\(folder)/report.json",
            "--report-html", "\(folder)/report.html",
        ])
    }
}
