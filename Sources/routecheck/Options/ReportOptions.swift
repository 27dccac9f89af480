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
            May be repeated, once per format.
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
                """
                Exit with 1 if, compared with --baseline, a check newly fails or did not run, the run ended early, or a \
                route is slower.
                """
            ) { $0.failsOnRegression = true },
            .flag("junit-file-attributes", "Give each JUnit test case its job file and line; breaks strict schemas.") {
                $0.addsFileAttributes = true
            },
        ]
        return OptionGroup("Reports", [general] + files + others)
    }

    /// What the options, the environment and the report to compare with come to.
    ///
    /// - Parameter inputs: What the command reads beside the report to compare with.
    /// - Throws: `CommandFailure` when the report to compare with cannot be read.
    func settings(reading inputs: [String] = []) throws(CommandFailure) -> ReportSettings {
        var settings = settingsWithoutBaseline(reading: inputs)
        settings.baseline = try baseline.map { path throws(CommandFailure) in
            RedactedReport(readBack: try RunReport(readFrom: path))
        }
        return settings
    }

    /// The same before the report to compare with is read, or where it cannot be.
    func settingsWithoutBaseline(reading inputs: [String]) -> ReportSettings {
        let environment = ProcessEnvironment.variables
        return ReportSettings(
            files: files,
            includesFileAttributes: addsFileAttributes,
            summaryPath: addsGitHubSummary ? environment[Self.summaryVariable] : nil,
            annotatesForGitHub: annotatesForGitHub ?? (environment["GITHUB_ACTIONS"] == "true"),
            workspace: Workspace(environment["GITHUB_WORKSPACE"]),
            baseline: nil,
            failsOnRegression: failsOnRegression,
            earlierSuccesses: earlierSuccesses,
            inputs: inputs + [baseline].compactMap(\.self)
        )
    }

    /// When checks passed before this run, as the metrics say that this run's metrics replace.
    ///
    /// They are read before anything is written. Without them a report is only poorer, so that nothing here ends the run.
    private var earlierSuccesses: EarlierSuccesses {
        guard let path = destinations[ReportFormat.prometheus.name], case .file? = try? ReportPlace(of: path),
            FileReader.isRegularFile(path)
        else { return EarlierSuccesses() }
        do throws(SystemError) {
            // Not to read a quarter of a gigabyte first.
            guard FileReader.size(of: path) <= Self.metricsLimit else { throw SystemError(path: path, number: EFBIG) }
            return EarlierSuccesses(reading: try FileReader.bytes(of: path, limit: Self.metricsLimit))
        } catch {
            Terminal(.standardError).write(
                "warning: the last success of failing checks is unknown: the earlier metrics cannot be read: \(error)\n"
            )
            return EarlierSuccesses()
        }
    }

    /// The largest file of metrics that is read, in bytes; those of a hundred thousand checks take some 50 MB.
    private static let metricsLimit = 1 << 28

    /// The reports that were asked for, in the order of the formats; `-` is standard output however it was written.
    private var files: [(format: ReportFormat, path: String)] {
        ReportFormat.all.compactMap { format in
            destinations[format.name].map { (format, ReportPlaces.standardName(of: $0)) }
        }
    }

    /// Whether no report was asked for.
    var isEmpty: Bool { destinations.isEmpty }

    /// Whether checks must be known again from run to run: for what is compared, now or by a later command.
    var identifiesChecks: Bool { baseline != nil || files.contains { $0.format.isReadBack } }

    /// The files that the reports go to.
    var paths: [String] { files.map(\.path).filter { $0 != "-" } }

    /// All files that are written to: those of the reports, and that of the step's summary, as far as it can be used.
    var writtenPaths: [String] { paths + [try? summary()].compactMap(\.self).filter { $0 != "-" } }

    /// The variable of GitHub Actions that names the file for the step's summary.
    private static let summaryVariable = "GITHUB_STEP_SUMMARY"

    /// The file to whose end the summary goes, if it is asked for; `-` is standard output.
    private func summary() throws(UsageProblem) -> String? {
        guard addsGitHubSummary else { return nil }
        guard let path = try ProcessEnvironment.path(Self.summaryVariable) else {
            throw UsageProblem("--github-summary needs GITHUB_STEP_SUMMARY, which GitHub Actions sets")
        }
        return ReportPlaces.standardName(of: path)
    }

    /// Refuses what contradicts itself, and reports that would take the place of what the command reads.
    ///
    /// - Parameters:
    ///   - inputs: Files that are to stay as they are, such as job files.
    ///   - replaceable: Reports that are read before anything is written, so that one that can be read back may take
    ///     their place.
    func check(besides inputs: [String] = [], replaceable: [String?] = []) throws(UsageProblem) {
        let summary = try summary()
        try ReportPlaces.refuseClashes(among: files.map(\.path) + [summary].compactMap(\.self))
        let successors = files.filter(\.format.isReadBack).map(\.path)
        let earlier = (replaceable + [baseline]).compactMap(\.self)
        for path in paths {
            try ReportPlaces.refuseToOverwrite(inputs + (successors.contains(path) ? [] : earlier), with: path)
        }
        if let summary, summary != "-" { try ReportPlaces.refuseToOverwrite(inputs + earlier, with: summary) }
        if failsOnRegression, baseline == nil { throw UsageProblem("--fail-on-regression needs --baseline") }
    }
}

extension ReportOptions {
    /// The options with the usual reports, in a new folder for temporary files.
    func inNewFolder(named name: String) throws -> Self {
        let base = try ProcessEnvironment.path("TMPDIR") ?? "/tmp"
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
