import Arguments
import Checks
import Glibc
import Redaction
import Reports

/// Which reports are written, and where to.
struct ReportOptions {
    /// The files of the reports, or `-`, by the names of their formats.
    private var destinations: [String: String] = [:]
    var annotatesForGitHub: Bool?
    var addsGitHubSummary = false
    var baseline: String?
    var failsOnRegression = false
    var addsFileAttributes = false

    static var group: OptionGroup<Self> {
        let general = Option<Self>.values(
            "report",
            .report,
            """
            Write a report in one of the formats below, e.g. html=report.html; - is standard output, here and below. \
            May be repeated.
            """
        ) { $0.destinations[$1.format.name] = $1.path }
        let files = ReportFormat.all.map { format in
            Option<Self>.value("report-\(format.name)", .file(), "Write \(format.summary).") {
                $0.destinations[format.name] = $1
            }
        }
        let others: [Option<Self>] = [
            .toggle(
                "github-annotations",
                "Print annotations for GitHub Actions; enabled automatically when GITHUB_ACTIONS is true."
            ) { $0.annotatesForGitHub = $1 },
            .flag("github-summary", "Append Markdown to the file that GITHUB_STEP_SUMMARY names.") {
                $0.addsGitHubSummary = true
            },
            .value("baseline", .file(), "Compare with this JSON report of an earlier run.") { $0.baseline = $1 },
            .flag(
                "fail-on-regression",
                "Exit with 1 if, compared with --baseline, a check newly fails or did not run, or a route is slower."
            ) { $0.failsOnRegression = true },
            .flag("junit-file-attributes", "Give each JUnit test case its job file and line; breaks strict schemas.") {
                $0.addsFileAttributes = true
            },
        ]
        return OptionGroup("Reports", [general] + files + others)
    }

    /// The reports that were asked for, in the order of the options.
    ///
    /// - Parameters:
    ///   - comparison: What has changed since an earlier run, for the reports that show it.
    ///   - includesEvents: Whether the stream of events is among them, which a run writes as it goes on.
    func targets(_ comparison: RunComparison?, includesEvents: Bool) -> [ReportWriter.Target] {
        var options = ReportFormat.Options()
        options.comparison = comparison
        options.includesFileAttributes = addsFileAttributes
        var targets = ReportFormat.all.filter { includesEvents || !$0.isStream }.compactMap { format in
            destinations[format.name].map { path in
                let destination = ReportWriter.Destination(path)
                return ReportWriter.Target(renderer: format.renderer(options), destination: destination)
            }
        }
        if addsGitHubSummary, let path = ProcessEnvironment.variables["GITHUB_STEP_SUMMARY"] {
            let room = MarkdownRenderer.gitHubSummaryLimit - FileReader.size(of: path)
            let renderer = MarkdownRenderer(byteLimit: max(0, room), comparison: comparison)
            targets.append(ReportWriter.Target(renderer: renderer, destination: .endOfFile(path)))
        }
        if annotatesForGitHub ?? (ProcessEnvironment.variables["GITHUB_ACTIONS"] == "true") {
            // GitHub reads commands from both streams; standard output may hold a report.
            let destination: ReportWriter.Destination = usesStandardOutput ? .standardError : .standardOutput
            targets.append(ReportWriter.Target(renderer: AnnotationRenderer(), destination: destination))
        }
        return targets
    }

    private var files: [String] { paths(where: { _ in true }) }

    private func paths(where isWanted: (ReportFormat) -> Bool) -> [String] {
        ReportFormat.all.filter(isWanted).compactMap { destinations[$0.name] }
    }

    /// Where the stream of events goes.
    var eventPath: String? { paths(where: \.isStream).first }

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
        paths.filter { $0 != eventPath }.compactMap { ReportFile.problem(with: $0) }
    }

    /// The report to compare with, if one is named.
    func baselineReport() throws -> RedactedReport? {
        try baseline.map { RedactedReport(readBack: try RunReport(readFrom: $0)) }
    }

    /// Refuses what contradicts itself, and reports that would take the place of what the command reads.
    ///
    /// - Parameters:
    ///   - inputs: Files that are to stay as they are, such as job files.
    ///   - replaceable: Reports that are read before anything is written, so that one that can be read back may take
    ///     their place.
    func check(besides inputs: [String] = [], replaceable: [String?] = []) throws(UsageProblem) {
        try ReportPlaces.refuseClashes(among: files)
        let successors = paths(where: \.isReadBack)
        let earlier = (replaceable + [baseline]).compactMap(\.self)
        for path in paths {
            try ReportPlaces.refuseToOverwrite(inputs + (successors.contains(path) ? [] : earlier), with: path)
        }
        if failsOnRegression, baseline == nil { throw UsageProblem("--fail-on-regression needs --baseline") }
        if addsGitHubSummary, ProcessEnvironment.variables["GITHUB_STEP_SUMMARY"] == nil {
            throw UsageProblem("--github-summary needs GITHUB_STEP_SUMMARY, which GitHub Actions sets")
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
        options.destinations[ReportFormat.junit.name] = "\(folder)/junit.xml"
        options.destinations[ReportFormat.json.name] = "\(folder)/report.json"
        options.destinations[ReportFormat.html.name] = "\(folder)/report.html"
        return options
    }
}
