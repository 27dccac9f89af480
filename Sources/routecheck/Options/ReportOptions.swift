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

    @Flag(help: "Exit with 1 if, compared with --baseline, checks newly fail or did not run, or a route is slower.")
    var failOnRegression = false

    @Flag(help: "Give each JUnit test case its job file and line, beyond the strict schemas.")
    var junitFileAttributes = false

    /// The reports that were asked for, in the order of the options.
    ///
    /// - Parameters:
    ///   - comparison: What has changed since an earlier run, for the reports that show it.
    ///   - includesEvents: Whether the stream of events is among them, which a run writes as it goes on.
    func targets(_ comparison: RunComparison?, includesEvents: Bool) -> [ReportWriter.Target] {
        let choices: [(any ReportRenderer, String?)] = [
            (JUnitRenderer(includesFileAttributes: junitFileAttributes), reportJunit),
            (JSONRenderer(), reportJson),
            (HTMLRenderer(comparison: comparison), reportHtml),
            (MarkdownRenderer(comparison: comparison), reportMarkdown),
            (CTRFRenderer(), reportCtrf),
            (TAPRenderer(), reportTap),
            (PrometheusRenderer(), reportPrometheus),
            (NDJSONRenderer(), includesEvents ? reportNdjson : nil),
        ]
        var targets = choices.compactMap { renderer, path in
            path.map { ReportWriter.Target(renderer: renderer, destination: ReportWriter.Destination($0)) }
        }
        if githubSummary, let path = ProcessEnvironment.variables["GITHUB_STEP_SUMMARY"] {
            let room = MarkdownRenderer.gitHubSummaryLimit - FileReader.size(of: path)
            let renderer = MarkdownRenderer(byteLimit: max(0, room), comparison: comparison)
            targets.append(ReportWriter.Target(renderer: renderer, destination: .endOfFile(path)))
        }
        if githubAnnotations ?? (ProcessEnvironment.variables["GITHUB_ACTIONS"] == "true") {
            // GitHub reads commands from both streams; standard output may hold a report.
            let destination: ReportWriter.Destination = usesStandardOutput ? .standardError : .standardOutput
            targets.append(ReportWriter.Target(renderer: AnnotationRenderer(), destination: destination))
        }
        return targets
    }

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

    /// What keeps reports from being written, as far as it can be told before there is anything to write.
    ///
    /// The stream of events is not looked at: it is opened as the run begins.
    var unwritable: [SystemError] {
        paths.filter { $0 != reportNdjson }.compactMap { ReportFile.problem(with: $0) }
    }

    /// Refuses to write a report over what the command reads.
    ///
    /// - Parameters:
    ///   - inputs: Files that are to stay as they are, such as job files.
    ///   - replaceable: Reports that are read before anything is written, so that a JSON report or an event stream may
    ///     take their place.
    func refuseToOverwrite(_ inputs: [String], replaceable: [String?] = []) throws(ValidationError) {
        let successors = [reportJson, reportNdjson].compactMap(\.self)
        let earlier = (replaceable + [baseline]).compactMap(\.self)
        for path in paths {
            guard let identity = ReportFile.identity(of: path) else { continue }
            let others = inputs + (successors.contains(path) ? [] : earlier)
            if let input = others.first(where: { $0 != "-" && ReportFile.identity(of: $0) == identity }) {
                throw ValidationError("The report \(path) would overwrite \(input), which the command reads.")
            }
        }
    }

    /// The report to compare with, if one is named.
    func baselineReport() throws -> RunReport? {
        try baseline.map { try RunReport(readFrom: $0) }
    }

    mutating func validate() throws {
        if files.filter({ $0 == "-" }).count > 1 {
            throw ValidationError("Only one report can go to standard output.")
        }
        var seen: [String: String] = [:]
        for path in paths {
            guard let identity = ReportFile.identity(of: path) else { continue }
            if let other = seen.updateValue(path, forKey: identity) {
                let spelling = other == path ? path : "\(other), also written \(path)"
                throw ValidationError("Two reports cannot go to the same file, \(spelling).")
            }
        }
        try refuseToOverwrite([])
        if failOnRegression, baseline == nil {
            throw ValidationError("--fail-on-regression needs --baseline.")
        }
        if githubSummary, ProcessEnvironment.variables["GITHUB_STEP_SUMMARY"] == nil {
            throw ValidationError("--github-summary needs GITHUB_STEP_SUMMARY, which GitHub Actions sets.")
        }
    }
}

extension ReportOptions {
    /// The options with the usual reports, in a new folder for temporary files.
    func inNewFolder(named name: String) throws -> Self {
        let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(base)/\(name)-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw SystemError(path: base) }
        let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        var options = self
        options.reportJunit = "\(folder)/junit.xml"
        options.reportJson = "\(folder)/report.json"
        options.reportHtml = "\(folder)/report.html"
        return options
    }
}
