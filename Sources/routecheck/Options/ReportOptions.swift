import Arguments
import Checks
import Glibc
import Redaction
import Reports

/// Which reports are written, and where to.
struct ReportOptions {
    /// A kind of report, by the name that its option ends with.
    enum Kind: String, CaseIterable {
        case junit
        case json
        case html
        case markdown
        case ctrf
        case tap
        case prometheus
        case ndjson

        fileprivate var summary: String {
            switch self {
            case .junit: "Write JUnit XML; - is standard output, here and below."
            case .json: "Write JSON; `routecheck schema report` prints its schema."
            case .html: "Write a self-contained HTML page."
            case .markdown: "Write Markdown."
            case .ctrf: "Write CTRF, the Common Test Report Format."
            case .tap: "Write TAP version 14."
            case .prometheus: "Write metrics for Prometheus's textfile collector."
            case .ndjson: "Write events as they happen; `routecheck merge` reads them after a crash."
            }
        }
    }

    private var destinations: [Kind: String] = [:]
    var annotatesForGitHub: Bool?
    var addsGitHubSummary = false
    var baseline: String?
    var failsOnRegression = false
    var addsFileAttributes = false

    static var group: OptionGroup<Self> {
        let files = Kind.allCases.map { kind in
            Option<Self>.value("report-\(kind.rawValue)", .file(), kind.summary) { $0.destinations[kind] = $1 }
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
        return OptionGroup("Reports", files + others)
    }

    /// The reports that were asked for, in the order of the options.
    ///
    /// - Parameters:
    ///   - comparison: What has changed since an earlier run, for the reports that show it.
    ///   - includesEvents: Whether the stream of events is among them, which a run writes as it goes on.
    func targets(_ comparison: RunComparison?, includesEvents: Bool) -> [ReportWriter.Target] {
        var targets = Kind.allCases.filter { includesEvents || $0 != .ndjson }.compactMap { kind in
            destinations[kind].map { path in
                let renderer = renderer(of: kind, comparison)
                return ReportWriter.Target(renderer: renderer, destination: ReportWriter.Destination(path))
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

    private func renderer(of kind: Kind, _ comparison: RunComparison?) -> any ReportRenderer {
        switch kind {
        case .junit: JUnitRenderer(includesFileAttributes: addsFileAttributes)
        case .json: JSONRenderer()
        case .html: HTMLRenderer(comparison: comparison)
        case .markdown: MarkdownRenderer(comparison: comparison)
        case .ctrf: CTRFRenderer()
        case .tap: TAPRenderer()
        case .prometheus: PrometheusRenderer()
        case .ndjson: NDJSONRenderer()
        }
    }

    private var files: [String] { Kind.allCases.compactMap { destinations[$0] } }

    /// Where the stream of events goes.
    var eventPath: String? { destinations[.ndjson] }

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
    ///   - replaceable: Reports that are read before anything is written, so that a JSON report or an event stream may
    ///     take their place.
    func check(besides inputs: [String] = [], replaceable: [String?] = []) throws(UsageProblem) {
        try ReportPlaces.refuseClashes(among: files)
        let successors = [destinations[.json], destinations[.ndjson]].compactMap(\.self)
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
        options.destinations[.junit] = "\(folder)/junit.xml"
        options.destinations[.json] = "\(folder)/report.json"
        options.destinations[.html] = "\(folder)/report.html"
        return options
    }
}
