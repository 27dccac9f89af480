import Checks
import Redaction
import Reports
import RouteChecks

/// What a run was asked for beside its jobs.
///
/// Plain values, decoded once: nothing of the command line or the environment goes further than this.
struct RunSettings {
    /// What bounds all job files together.
    var bounds = RunBounds()
    /// How many bytes the bodies of all answers in flight may take together.
    var bodyMemory = JobRun.usualBodyMemory
    /// Whether a check that passed only after a retry fails the run.
    var failsOnFlaky = false
    /// How long to wait for a server that is not up yet; `nil` does not wait.
    var patience: Duration?
    /// What is written.
    var reports: ReportSettings
    /// What is shown.
    var console: ConsoleSettings
}

/// What a run shows, and where.
struct ConsoleSettings {
    /// Standard output, or standard error where a report goes to standard output.
    var terminal: Terminal
    /// How it is shown.
    var renderer: ConsoleRenderer
}

/// Which reports are written, where to, and what they are compared with.
struct ReportSettings {
    /// The format and the destination of each report, in the order of the formats; `-` is standard output.
    var files: [(format: ReportFormat, path: String)]
    /// Whether each JUnit test case has its job file and line.
    var includesFileAttributes = false
    /// The file to whose end Markdown goes, for GitHub's page of the run.
    var summaryPath: String?
    /// Whether annotations for GitHub are printed.
    var annotatesForGitHub = false
    /// Where GitHub has the repository, to which annotations name files.
    var workspace = Workspace(nil)
    /// An earlier run to compare with.
    var baseline: RedactedReport?
    /// Whether a regression against the baseline fails the run.
    var failsOnRegression = false
    /// When checks passed before this run.
    var earlierSuccesses = EarlierSuccesses()
    /// What the command reads, `-` being standard input: none of it is touched before a whole report replaces it.
    var inputs: [String]

    /// Where the stream of events goes, if it is asked for.
    var events: String? { files.first { $0.format.isStream }?.path }

    /// Whether one of the reports goes to standard output.
    var usesStandardOutput: Bool { files.contains { $0.path == "-" } }

    /// Compares a run with the baseline, if there is one.
    ///
    /// - Parameter jobs: The job files, where the command has read them.
    /// - Returns: The run, failed where it is worse and must not be, and what has changed.
    func compared(_ report: RedactedReport, of jobs: [Job]? = nil) -> (RedactedReport, RunComparison?) {
        guard let baseline else { return (report, nil) }
        let comparison = RunComparison(baseline: baseline, current: report, jobs: jobs)
        return (comparison.judging(report, failsOnRegression: failsOnRegression), comparison)
    }

    /// The reports, each with what renders it.
    ///
    /// - Parameters:
    ///   - comparison: What has changed since an earlier run, for the reports that show it.
    ///   - includesEvents: Whether the stream of events is among them, which a run writes as it goes on.
    func targets(_ comparison: RunComparison?, includesEvents: Bool) -> [ReportWriter.Target] {
        let options = options(comparison)
        var targets = files.filter { includesEvents || !$0.format.isStream }.map { file in
            ReportWriter.Target(renderer: file.format.renderer(options), destination: .place(file.path))
        }
        if let summaryPath {
            targets.append(
                ReportWriter.Target(
                    renderer: MarkdownRenderer(comparison: comparison),
                    destination: .end(summaryPath, limit: MarkdownRenderer.gitHubSummaryLimit)
                )
            )
        }
        if annotatesForGitHub {
            // GitHub reads commands from both streams; standard output may hold a report.
            let destination: ReportWriter.Destination = usesStandardOutput ? .standardError : .place("-")
            let renderer = AnnotationRenderer(path: workspace.path(of:))
            targets.append(ReportWriter.Target(renderer: renderer, destination: destination))
        }
        return targets
    }

    /// What the formats are asked for.
    func options(_ comparison: RunComparison? = nil) -> ReportFormat.Options {
        var options = ReportFormat.Options()
        options.comparison = comparison
        options.includesFileAttributes = includesFileAttributes
        options.earlierSuccesses = earlierSuccesses
        return options
    }
}
