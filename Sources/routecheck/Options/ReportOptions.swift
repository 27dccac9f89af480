import ArgumentParser
import Checks
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

    @Option(
        help: ArgumentHelp(
            "Write events as they happen; `routecheck merge` reads them after a crash.",
            valueName: "file"
        )
    )
    var reportNdjson: String?

    @Flag(
        inversion: .prefixedNo,
        help: "Print annotations for GitHub Actions; on by itself where GITHUB_ACTIONS is true."
    )
    var githubAnnotations: Bool?

    @Flag(help: "Append Markdown to the file that GITHUB_STEP_SUMMARY names.")
    var githubSummary = false

    @Option(help: ArgumentHelp("A JSON report of an earlier run to compare with.", valueName: "file"))
    var baseline: String?

    @Flag(help: "Exit with 1 if a check newly fails, or is slower, compared with --baseline.")
    var failOnRegression = false

    @Flag(help: "Give each JUnit test case its job file and line, beyond the strict schemas.")
    var junitFileAttributes = false

    /// The reports that were asked for, in the order of the options.
    ///
    /// - Parameter comparison: What has changed since an earlier run, for the reports that show it.
    func targets(_ comparison: RunComparison? = nil) -> [ReportWriter.Target] {
        let choices: [(any ReportRenderer, String?)] = [
            (JUnitRenderer(includesFileAttributes: junitFileAttributes), reportJunit),
            (JSONRenderer(), reportJson),
            (HTMLRenderer(comparison: comparison), reportHtml),
            (MarkdownRenderer(), reportMarkdown),
            (CTRFRenderer(), reportCtrf),
            (TAPRenderer(), reportTap),
            (PrometheusRenderer(), reportPrometheus),
        ]
        var targets = choices.compactMap { renderer, path in
            path.map { ReportWriter.Target(renderer: renderer, path: $0) }
        }
        if githubSummary, let path = ProcessEnvironment.variables["GITHUB_STEP_SUMMARY"] {
            let renderer = MarkdownRenderer(byteLimit: Self.stepSummaryLimit)
            targets.append(ReportWriter.Target(renderer: renderer, path: path, appends: true))
        }
        if githubAnnotations ?? (ProcessEnvironment.variables["GITHUB_ACTIONS"] == "true") {
            // GitHub reads commands from both streams; standard output may hold a report.
            let path = usesStandardOutput ? "/dev/stderr" : "-"
            targets.append(ReportWriter.Target(renderer: AnnotationRenderer(), path: path))
        }
        return targets
    }

    /// GitHub drops a step's summary of more than 1 MiB.
    private static let stepSummaryLimit = 1 << 20

    private var files: [String] {
        [
            reportJunit, reportJson, reportHtml, reportMarkdown, reportCtrf, reportTap, reportPrometheus, reportNdjson,
        ].compactMap(\.self)
    }

    /// Whether no report was asked for.
    var isEmpty: Bool { files.isEmpty }

    /// Whether one of the reports goes to standard output.
    var usesStandardOutput: Bool { files.contains("-") }

    /// The files that the reports go to.
    var paths: [String] { files.filter { $0 != "-" } }

    /// The report to compare with, if one is named.
    func baselineReport() throws -> RunReport? {
        try baseline.map { try RunReport(readFrom: $0) }
    }

    mutating func validate() throws {
        if files.filter({ $0 == "-" }).count > 1 {
            throw ValidationError("Only one report can go to standard output.")
        }
        if let twice = paths.first(where: { path in paths.filter { $0 == path }.count > 1 }) {
            throw ValidationError("Two reports cannot go to the same file, \(twice).")
        }
        if failOnRegression, baseline == nil {
            throw ValidationError("--fail-on-regression needs --baseline.")
        }
        if githubSummary, ProcessEnvironment.variables["GITHUB_STEP_SUMMARY"] == nil {
            throw ValidationError("--github-summary needs GITHUB_STEP_SUMMARY, which GitHub Actions sets.")
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
